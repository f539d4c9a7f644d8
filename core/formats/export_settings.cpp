#include "core/formats/export_settings.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace tern::formats {

namespace {

using profile::Profile;

std::vector<std::string> spares(const Profile& profile) {
    return {profile.servers.begin() + (profile.servers.empty() ? 0 : 1), profile.servers.end()};
}

auto signIn(const Profile& p) {
    return std::tuple(p.authentication.method, p.authentication.certificateFirst, p.authentication.eapType);
}

// What is done where nothing is said of it.
std::vector<profile::Method> innerMethods(const Profile& p) {
    using profile::Method;
    if (!p.authentication.inner.empty()) {
        return p.authentication.inner;
    }
    return p.authentication.method == Method::Peap   ? std::vector{Method::EapMschapv2}
           : p.authentication.method == Method::Ttls ? std::vector{Method::Mschapv2}
                                                     : std::vector<Method>();
}

auto inner(const Profile& p) {
    const auto& a = p.authentication;
    return std::tie(a.outerIdentity, a.eapTls13, a.requireCryptobinding);
}

bool sameInner(const Profile& a, const Profile& b) {
    // Of two methods, what each does by itself is no setting.
    const bool alike = a.authentication.method == b.authentication.method
                           ? innerMethods(a) == innerMethods(b)
                           : a.authentication.inner == b.authentication.inner;
    return alike && inner(a) == inner(b);
}

// Who the server has to be, by whichever of the two it is said.
std::string identity(const Profile& p) {
    return !p.trust.remoteIdentity.empty() ? p.trust.remoteIdentity
           : !p.trust.serverName.empty()   ? p.trust.serverName
                                           : p.server();
}

auto eapServer(const Profile& p) {
    return std::tuple(p.trust.eapServerNames, p.trust.eapRootSha1, p.trust.eapServerValidated.value_or(true));
}

auto domains(const Profile& p) {
    return std::tie(p.dns.domains, p.dns.suffix, p.dns.registerAddress);
}

auto mobility(const Profile& p) {
    return std::tuple(p.ike.mobility, p.ike.outage, p.ike.tcp);
}

auto sstp(const Profile& p) {
    return std::tie(p.sstp.host, p.sstp.serverNameIndication, p.sstp.withoutServerName, p.sstp.tenantId);
}

auto split(const Profile& p) {
    return std::tuple(p.routing.fullTunnelIpv4, p.routing.fullTunnelIpv6);
}

bool sameRoutes(const Profile& a, const Profile& b) {
    const auto rest = [](const Profile& p) {
        // The class route is part of a split tunnel alone.
        return std::tuple(p.routing.classRoute || p.routing.fullTunnelIpv4, p.routing.routesFromSelectors,
                          p.routing.metric);
    };
    return a.routing.routes == b.routing.routes && rest(a) == rest(b);
}

bool same(Setting setting, const Profile& a, const Profile& b) {
    const auto& left = a.authentication;
    const auto& right = b.authentication;
    switch (setting) {
    case Setting::Fallback:
        return a.protocol == b.protocol;
    case Setting::Spares:
        return spares(a) == spares(b);
    case Setting::Port:
        return a.port == b.port;
    case Setting::User:
        return std::tie(left.username, left.domain) == std::tie(right.username, right.domain);
    case Setting::SignIn:
        return signIn(a) == signIn(b);
    case Setting::InnerSignIn:
        return sameInner(a, b);
    case Setting::OwnCertificate:
        return left.certificate == right.certificate;
    case Setting::Ppk:
        return left.ppkId == right.ppkId && left.ppkRequired == right.ppkRequired;
    case Setting::Authority:
        return a.trust.caPem == b.trust.caPem;
    case Setting::ServerIdentity:
        return identity(a) == identity(b);
    case Setting::OwnIdentity:
        return a.trust.localIdentity == b.trust.localIdentity;
    case Setting::EapServer:
        return eapServer(a) == eapServer(b);
    case Setting::Pins:
        return a.trust.pins == b.trust.pins;
    case Setting::Revocation:
        return a.trust.revocation == b.trust.revocation;
    case Setting::SplitTunnel:
        return split(a) == split(b);
    case Setting::Routes:
        return sameRoutes(a, b);
    case Setting::Excluded:
        return a.routing.excluded == b.routing.excluded;
    case Setting::DnsServers:
        return a.dns.servers == b.dns.servers;
    case Setting::DnsDomains:
        return domains(a) == domains(b);
    case Setting::Address:
        return a.addresses == b.addresses;
    case Setting::Policy:
        return a.ike.policy == b.ike.policy && a.ike.legacyAlgorithms == b.ike.legacyAlgorithms;
    case Setting::PostQuantum:
        return a.ike.postQuantum == b.ike.postQuantum;
    case Setting::Mobility:
        return mobility(a) == mobility(b);
    case Setting::SstpDetails:
        return sstp(a) == sstp(b);
    case Setting::Proxy:
        return a.sstp.proxy == b.sstp.proxy;
    case Setting::AlwaysOn:
        return std::tie(a.alwaysOn.enabled, a.alwaysOn.deviceTunnel, a.alwaysOn.triggered) ==
               std::tie(b.alwaysOn.enabled, b.alwaysOn.deviceTunnel, b.alwaysOn.triggered);
    case Setting::TrustedNetworks:
        return a.alwaysOn.trustedNetworks == b.alwaysOn.trustedNetworks;
    case Setting::Redial:
        return a.redial == b.redial;
    }
    return true;
}

struct Row {
    Setting setting;
    std::string_view code;
};
constexpr std::array rows{
    Row{Setting::Fallback, "tern.formats.export.left-out.fallback"},
    Row{Setting::Spares, "tern.formats.export.left-out.spares"},
    Row{Setting::Port, "tern.formats.export.left-out.port"},
    Row{Setting::User, "tern.formats.export.left-out.user"},
    Row{Setting::SignIn, "tern.formats.export.left-out.sign-in"},
    Row{Setting::InnerSignIn, "tern.formats.export.left-out.inner-sign-in"},
    Row{Setting::OwnCertificate, "tern.formats.export.left-out.own-certificate"},
    Row{Setting::Ppk, "tern.formats.export.left-out.ppk"},
    Row{Setting::Authority, "tern.formats.export.left-out.authority"},
    Row{Setting::ServerIdentity, "tern.formats.export.left-out.server-identity"},
    Row{Setting::OwnIdentity, "tern.formats.export.left-out.own-identity"},
    Row{Setting::EapServer, "tern.formats.export.left-out.eap-server"},
    Row{Setting::Pins, "tern.formats.export.left-out.pins"},
    Row{Setting::Revocation, "tern.formats.export.left-out.revocation"},
    Row{Setting::SplitTunnel, "tern.formats.export.left-out.split-tunnel"},
    Row{Setting::Routes, "tern.formats.export.left-out.routes"},
    Row{Setting::Excluded, "tern.formats.export.left-out.excluded"},
    Row{Setting::DnsServers, "tern.formats.export.left-out.dns-servers"},
    Row{Setting::DnsDomains, "tern.formats.export.left-out.dns-domains"},
    Row{Setting::Address, "tern.formats.export.left-out.address"},
    Row{Setting::Policy, "tern.formats.export.left-out.policy"},
    Row{Setting::PostQuantum, "tern.formats.export.left-out.post-quantum"},
    Row{Setting::Mobility, "tern.formats.export.left-out.mobility"},
    Row{Setting::SstpDetails, "tern.formats.export.left-out.sstp"},
    Row{Setting::Proxy, "tern.formats.export.left-out.proxy"},
    Row{Setting::AlwaysOn, "tern.formats.export.left-out.always-on"},
    Row{Setting::TrustedNetworks, "tern.formats.export.left-out.trusted-networks"},
    Row{Setting::Redial, "tern.formats.export.left-out.redial"},
};

} // namespace

Settings differing(const Profile& a, const Profile& b) {
    Settings settings;
    for (const auto& row : rows) {
        if (!same(row.setting, a, b)) {
            settings.insert(row.setting);
        }
    }
    return settings;
}

Settings settingsOf(const Profile& profile) {
    Profile blank;
    // What a format has to hold in any case is no setting that could be left out.
    blank.servers = {profile.server()};
    blank.protocol = profile.protocol == profile::Protocol::Automatic ? profile::Protocol::Ikev2 : profile.protocol;
    return differing(profile, blank);
}

std::string_view leftOutCode(Setting setting) {
    const auto* found = std::ranges::find(rows, setting, &Row::setting);
    return found == rows.end() ? std::string_view() : found->code;
}

} // namespace tern::formats
