#include "core/audit/html_charts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace tern::audit {

namespace {

// With a point whatever the locale, which "%f" would not have.
std::string decimal(double value) {
    const auto thousandths = std::llround(value * 1000);
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%lld.%03lld", thousandths / 1000, thousandths % 1000);
    return text.data();
}

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string gradeClass(std::size_t grade) {
    return "g-" + std::string(gradeName(grades[grade]));
}

std::size_t sum(const ByGrade& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

} // namespace

std::string ringChart(const ByGrade& counts, const std::string& label) {
    // A circumference of 100, so that a share is a length.
    constexpr std::string_view circle = R"( cx="21" cy="21" r="15.9155" fill="none" stroke-width="5")";
    const auto all = sum(counts);
    std::string svg = R"(<svg class="ring" viewBox="0 0 42 42" role="img" aria-label=")" + label + "\">";
    svg.append("<circle class=\"rest\"").append(circle).append("/>");
    double before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) {
            continue;
        }
        const double part = share(counts[i], all);
        svg.append("<circle class=\"").append(gradeClass(i)).append("\"").append(circle);
        svg.append(" stroke-dasharray=\"").append(decimal(part)).append(" ").append(decimal(100 - part));
        // From the top, clockwise.
        svg.append("\" stroke-dashoffset=\"").append(decimal(before > 25 ? 125 - before : 25 - before)).append("\"/>");
        before += part;
    }
    svg.append(R"(<text x="21" y="23.4" text-anchor="middle">)").append(std::to_string(all)).append("</text></svg>");
    return svg;
}

std::string barChart(const ByGrade& counts, std::size_t longest) {
    std::string svg = R"(<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">)";
    double before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) {
            continue;
        }
        // What is there can be seen, however little it is.
        const double width = std::max(share(counts[i], longest), 0.6);
        svg.append("<rect class=\"").append(gradeClass(i)).append("\" x=\"").append(decimal(before));
        svg.append("\" y=\"0\" height=\"10\" width=\"").append(decimal(width)).append("\"/>");
        before += width;
    }
    return svg.append("</svg>");
}

} // namespace tern::audit
