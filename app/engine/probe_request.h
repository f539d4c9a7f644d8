// What Probe of org.ternvpn.Engine1.xml was asked for.
#pragma once

#include "core/probe/survey.h"
#include "core/profile/profile.h"

#include <QVariantMap>
#include <functional>
#include <optional>

namespace tern::engine {

using TrustFor = std::function<base::Result<std::shared_ptr<const crypto::TrustStore>>(const profile::Profile&)>;

// profile: of the options, found already. Fails with tern.probe.target, and with tern.crypto.ca.* for a damaged
// authority; without the system's authorities the server is asked all the same, and nobody is trusted.
[[nodiscard]] base::Result<probe::SurveyConfig> probeRequest(const QString& host, const QVariantMap& options,
                                                             std::optional<profile::Profile> profile,
                                                             const TrustFor& trustFor);

} // namespace tern::engine
