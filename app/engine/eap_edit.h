// Changes to what a profile says about EAP.
#pragma once

#include "core/profile/profile.h"

#include <QString>
#include <QVariant>

namespace tern::engine {

// "inner" (names of methods, most wanted first) and "eap-server-names" as texts separated by commas, "outer-identity",
// and the switches "eap-tls-1.3" and "require-cryptobinding". False: another key, or a value that cannot be.
[[nodiscard]] bool applyEap(profile::Profile& profile, const QString& key, const QVariant& value);

} // namespace tern::engine
