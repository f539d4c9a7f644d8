// The charts of the HTML report as inline SVG; colours are the page's, by the classes g-GRADE.
#pragma once

#include "core/audit/report.h"

#include <string>

namespace tern::audit {

// The ring of grades with the sum in its middle. label: what it says, for those who cannot see it; HTML already.
[[nodiscard]] std::string ringChart(const ByGrade& counts, const std::string& label);

// A bar of the grades, as long as its sum is to `longest`.
[[nodiscard]] std::string barChart(const ByGrade& counts, std::size_t longest);

} // namespace tern::audit
