// Profiles, findings and import reports as the maps of org.ternvpn.Engine1.xml.
#pragma once

#include "app/dbus/types.h"
#include "app/engine/judge.h"
#include "core/base/finding.h"
#include "core/formats/import.h"
#include "core/profile/profile.h"

namespace tern::engine {

[[nodiscard]] QVariantMap findingMap(const base::Finding& finding);
// What List answers for each profile.
[[nodiscard]] QVariantMap profileSummary(const profile::Profile& profile, const Judged& judged, bool hasPassword);
// What Show answers: the summary and all the rest.
[[nodiscard]] QVariantMap profileDetails(const profile::Profile& profile, const Judged& judged, bool hasPassword);
// {code, sentence, remedy, detail, line u, entry s}.
[[nodiscard]] QVariantMap problemMap(const formats::ImportProblem& problem);

} // namespace tern::engine
