#include "app/engine/probe_request.h"

#include "app/engine/server_trust.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

void useSettings(probe::SurveyConfig& config, const profile::Profile& profile) {
    config.certificateName = profile.trust.serverName;
    config.httpHost = profile.sstp.host;
    config.serverName = profile.sstp.serverNameIndication;
    config.withoutServerName = profile.sstp.withoutServerName;
    config.tenantId = profile.sstp.tenantId;
}

} // namespace

base::Result<probe::SurveyConfig> probeRequest(const QString& host, const QVariantMap& options,
                                               std::optional<profile::Profile> profile, const TrustFor& trustFor) {
    probe::SurveyConfig config;
    const bool ofProfile = host.isEmpty() && profile;
    auto target = probe::parseTarget(ofProfile ? profile->server() : host.toStdString());
    if (!target) {
        return base::fail(std::move(target.error()));
    }
    config.target = std::move(*target);
    if (profile) {
        useSettings(config, *profile);
        if (ofProfile && profile->port != 0) {
            config.target.sstpPort = profile->port;
        }
    }
    profile::Profile trusting = profile.value_or(profile::Profile());
    // Whether the organisation's authority counts depends on who is asked, which may be another server than the
    // profile's: the one that takes its place.
    trusting.servers = {config.target.host};
    if (const auto authority = options.value(u"ca"_s); authority.isValid()) {
        if (auto applied = applyTrust(trusting, u"ca"_s, authority); applied && !*applied) {
            return base::fail(std::move(applied->error()));
        }
    }
    auto trust = trustFor(trusting);
    if (!trust && !trusting.trust.caPem.empty()) {
        return base::fail(std::move(trust.error()));
    }
    config.trust = trust.value_or(nullptr);
    return config;
}

} // namespace tern::engine
