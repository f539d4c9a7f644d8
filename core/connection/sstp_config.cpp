#include "core/connection/sstp_config.h"

#include "core/connection/eap_settings.h"
#include "core/connection/machine.h"
#include "core/connection/own_certificate.h"
#include "core/crypto/certificate_owner.h"

#include <algorithm>

namespace tern::connection {

namespace {

constexpr std::uint16_t httpsPort = 443;
// Room for the headers around: TCP, TLS and SSTP need more than an ordinary packet has to spare.
constexpr unsigned usualMtu = 1400;
constexpr unsigned leastMtu = 576;
constexpr unsigned leastMtuV6 = 1280; // RFC 8200 §5
// With another server or address to try, silence costs less patience.
constexpr base::Duration shortConnectLimit = std::chrono::seconds(8);

std::optional<ppp::Method> methodOf(profile::Method method) {
    using profile::Method;
    if (profile::isEap(method)) {
        return ppp::Method::Eap;
    }
    switch (method) {
    case Method::Mschapv2:
        return ppp::Method::MsChapV2;
    case Method::Chap:
        return ppp::Method::ChapMd5;
    case Method::Pap:
        return ppp::Method::Pap;
    default:
        return std::nullopt;
    }
}

} // namespace

bool mayUseSstp(const profile::Profile& profile) {
    const auto& authentication = profile.authentication;
    return profile.protocol == profile::Protocol::Sstp ||
           (profile.protocol == profile::Protocol::Automatic && authentication.method != profile::Method::Psk &&
            authentication.method != profile::Method::MachineCertificate &&
            !(authentication.ppkRequired && !authentication.ppkId.empty()) &&
            profile.ike.postQuantum != profile::PostQuantum::Required);
}

std::string sstpHost(const profile::Profile& profile, std::size_t server) {
    return profile.sstp.host.empty() ? profile.servers.at(server) : profile.sstp.host;
}

std::uint16_t sstpPort(const profile::Profile& profile) {
    return profile.port == 0 ? httpsPort : profile.port;
}

std::vector<ppp::Method> pppMethods(const profile::Authentication& authentication) {
    std::vector<ppp::Method> methods;
    const auto add = [&methods](std::optional<ppp::Method> method) {
        if (method && std::find(methods.begin(), methods.end(), *method) == methods.end()) {
            methods.push_back(*method);
        }
    };
    add(methodOf(authentication.method));
    for (const auto allowed : authentication.allowed) {
        if (allowed != profile::Method::Pap) { // a list that allows everything is no decision for a clear password
            add(methodOf(allowed));
        }
    }
    return methods.empty() ? std::vector{ppp::Method::Eap, ppp::Method::MsChapV2} : methods;
}

ike::ServerConfiguration configurationOf(const ppp::Up& up) {
    ike::ServerConfiguration configuration;
    configuration.addresses = up.addresses;
    configuration.dns = up.dns;
    configuration.nbns = up.nbns;
    configuration.domains = up.domains;
    configuration.subnets = up.routes;
    return configuration;
}

base::Result<TunnelPlan> planSstp(const profile::Profile& profile, const ppp::Up& up,
                                  const std::optional<dhcp::Reply>& dhcp, const base::IpAddress& server) {
    const auto said = configurationOf(up);
    auto plan = planTunnel(profile, dhcp ? withDhcp(said, *dhcp, profile, server) : said, {});
    if (plan) {
        const bool v6 = std::any_of(plan->addresses.begin(), plan->addresses.end(),
                                    [](const base::IpPrefix& prefix) { return prefix.address.isV6(); });
        plan->mtu = std::max(std::min(up.mtu == 0 ? usualMtu : up.mtu, usualMtu), v6 ? leastMtuV6 : leastMtu);
    }
    return plan;
}

base::Result<SstpDriver::Setup> sstpSetup(Machine& machine, std::unique_ptr<ByteStream> stream) {
    const auto& profile = machine.request.profile;
    const auto& wanted = profile.sstp;
    const auto now = machine.environment.reactor.wallClock();
    auto trust = machine.environment.parts.trustFor(profile);
    if (!trust) {
        return base::fail(std::move(trust.error()));
    }
    const auto& dialled = profile.servers.at(machine.serverIndex);
    const auto host = sstpHost(profile, machine.serverIndex);

    SstpDriver::Setup setup;
    setup.stream = std::move(stream);
    setup.host = dialled;
    setup.port = sstpPort(profile);
    setup.trust = *trust;
    setup.expectation.name = profile.trust.serverName.empty() ? host : profile.trust.serverName;
    setup.expectation.time = now;
    auto pins = CertificateCheck::pinsOf(profile.trust);
    if (!pins) {
        return base::fail(std::move(pins.error()));
    }
    setup.expectation.pins = std::move(*pins);
    setup.awaitCheck = profile.trust.revocation != profile::Revocation::Off;
    const bool another =
        machine.addressIndex + 1 < machine.serverAddresses.size() || machine.serverIndex + 1 < profile.servers.size();
    if (another || machine.status.reconnecting) {
        setup.connectLimit = shortConnectLimit;
    }

    // RFC 6066 §3: a name, never an address.
    const auto& called = wanted.serverNameIndication.empty() ? host : wanted.serverNameIndication;
    if (!machine.nameInTls.isLeftOut() && !base::IpAddress::fromText(called)) {
        setup.tls.serverName = called;
    }
    setup.tls.wantOcsp = setup.awaitCheck;
    setup.tls.forwardSecrecyOnly = !profile.ike.legacyAlgorithms;
    const auto ours = credentialsForTls(machine.own, machine.username, now);
    setup.tls.credentials = ours;

    sstp::SessionConfig config;
    config.host = host;
    config.port = setup.port;
    config.tenantId = wanted.tenantId;
    config.ppp.methods = pppMethods(profile.authentication);
    config.ppp.serverVerified = true; // TLS goes no further otherwise
    config.ppp.username = machine.username;
    if (machine.username.empty() && !needsUsername(profile) && !ours.empty()) {
        config.ppp.username = crypto::certificateOwner(ours.front().leaf());
    }
    config.ppp.password = machine.secret ? std::make_optional(machine.secret->clone()) : std::nullopt;
    config.ppp.mtuLimit = usualMtu;
    auto settings = eapSettings(profile, setup.expectation.name, *trust, now);
    if (!settings) {
        return base::fail(std::move(settings.error()));
    }
    settings->tls.credentials = ours;
    config.ppp.eap = std::move(*settings);
    for (const auto& prefix : machine.status.addresses) {
        if (!prefix.address.isV6()) {
            config.ppp.previousIpv4 = prefix.address; // connections inside live on if it stays
        }
    }
    auto session = machine.environment.parts.createSstp(std::move(config));
    if (!session) {
        return base::fail(std::move(session.error()));
    }
    setup.session = std::move(*session);
    return setup;
}

} // namespace tern::connection
