#include "core/formats/strongswan_export.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Profile;
using profile::Protocol;

// GLib's key files: what would not come back is escaped.
std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : oneLine(value)) {
        out += c == '\\' ? "\\\\" : (c == ' ' && out.empty()) ? "\\s" : std::string(1, c);
    }
    return out;
}

class KeyFile {
public:
    void group(std::string_view name) {
        m_text.append(m_text.empty() ? "" : "\n").append("[").append(name).append("]\n");
    }
    void add(std::string_view key, std::string_view value) {
        m_text.append(key).append("=").append(escaped(value)).append("\n");
    }
    void addIfAny(std::string_view key, std::string_view value) {
        if (!value.empty()) {
            add(key, value);
        }
    }
    [[nodiscard]] std::string text() && { return std::move(m_text); }

private:
    std::string m_text;
};

// A file on this computer; a token is named otherwise in each program.
bool isFile(const std::string& source) {
    return source.starts_with('/');
}

std::string_view methodOf(Method method) {
    switch (method) {
    case Method::Psk:
        return "psk";
    case Method::EapTls:
        return "eap-tls";
    case Method::MachineCertificate:
        return "cert";
    default:
        return "eap";
    }
}

void addStrongswan(const Profile& profile, KeyFile& file, Settings& written) {
    const auto& authentication = profile.authentication;
    file.add("service-type", "org.freedesktop.NetworkManager.strongswan");
    file.add("address", profile.server());
    if (profile.port != 0) {
        file.add("server-port", std::to_string(profile.port));
    }
    file.add("method", methodOf(authentication.method));
    const bool named = authentication.method == Method::Psk || authentication.method == Method::EapTls ||
                       authentication.method == Method::MachineCertificate ||
                       authentication.method == Method::EapMschapv2 || authentication.method == Method::Unknown;
    if (named && !authentication.certificateFirst) {
        written.insert(Setting::SignIn);
    }
    file.addIfAny("user", authentication.login());
    file.addIfAny("remote-identity", serverIdentity(profile));
    file.addIfAny("local-identity", profile.trust.localIdentity);
    const auto& own = authentication.certificate;
    if (isFile(own.source) && isFile(own.key) && own.rsaSignature.empty()) {
        file.add("usercert", own.source);
        file.add("userkey", own.key);
        written.insert(Setting::OwnCertificate);
    }
    if (const auto proposals = proposalsOf(profile, written)) {
        file.add("proposal", "yes");
        file.add("ike", proposals->ike);
        file.add("esp", proposals->esp);
    }
    file.add("virtual", "yes");
    file.add("encap", "yes");
    written.insert({Setting::Port, Setting::User, Setting::ServerIdentity, Setting::OwnIdentity});
}

void addSstp(const Profile& profile, KeyFile& file, Settings& written) {
    const auto& authentication = profile.authentication;
    file.add("service-type", "org.freedesktop.NetworkManager.sstp");
    file.add("gateway", hostAndPort(profile));
    const auto& own = authentication.certificate;
    if (authentication.method == Method::EapTls) {
        file.add("connection-type", "tls");
        written.insert(Setting::SignIn);
        if (isFile(own.source) && isFile(own.key) && own.rsaSignature.empty()) {
            file.add("user-cert", own.source);
            file.add("user-key", own.key);
            written.insert(Setting::OwnCertificate);
        }
    } else {
        file.add("connection-type", "password");
        // pppd takes what is not refused. What it does not know by name it may still do as MS-CHAPv2.
        const bool named = authentication.method == Method::Pap || authentication.method == Method::Chap;
        const auto wanted = named ? authentication.method : Method::Mschapv2;
        for (const auto& [key, method] : {std::pair("refuse-pap", Method::Pap), std::pair("refuse-chap", Method::Chap),
                                          std::pair("refuse-mschapv2", Method::Mschapv2)}) {
            if (method != wanted) {
                file.add(key, "yes");
            }
        }
        file.add("refuse-mschap", "yes");
        file.add("refuse-eap", "yes");
        if (authentication.method == wanted) {
            written.insert(Setting::SignIn);
        }
    }
    file.addIfAny("user", authentication.username);
    file.addIfAny("domain", authentication.domain);
    // Whether the name dialled is sent in TLS; another one cannot be said.
    const bool plain =
        profile.sstp.host.empty() && profile.sstp.serverNameIndication.empty() && profile.sstp.tenantId.empty();
    file.add("tls-ext", profile.sstp.withoutServerName ? "no" : "yes");
    if (plain) {
        written.insert(Setting::SstpDetails);
    }
    if (const std::string_view http = "http://"; profile.sstp.proxy.starts_with(http)) {
        const auto proxy = profile.sstp.proxy.substr(http.size());
        const auto colon = proxy.rfind(':');
        if (colon != std::string::npos && proxy.find('@') == std::string::npos) {
            file.add("proxy-server", proxy.substr(0, colon));
            file.add("proxy-port", proxy.substr(colon + 1));
            written.insert(Setting::Proxy);
        }
    }
    written.insert({Setting::Port, Setting::User});
}

void addIp(const Profile& profile, bool v6, KeyFile& file) {
    file.group(v6 ? "ipv6" : "ipv4");
    file.add("method", "auto");
    if (!(v6 ? profile.routing.fullTunnelIpv6 : profile.routing.fullTunnelIpv4)) {
        file.add("never-default", "true");
    }
    unsigned count = 0;
    for (const auto& each : profile.routing.routes) {
        if (each.to.address.isV6() == v6) {
            const auto gateway = v6 ? ",::," : ",0.0.0.0,";
            file.add("route" + std::to_string(++count),
                     each.to.text() + (each.metric == 0 ? "" : gateway + std::to_string(each.metric)));
        }
    }
    std::string servers;
    for (const auto& each : profile.dns.servers) {
        servers += each.isV6() == v6 ? each.text() + ';' : std::string();
    }
    file.addIfAny("dns", servers);
    if (!v6) {
        std::string domains;
        for (const auto& each : profile.dns.domains) {
            domains += oneLine(each) + ';';
        }
        file.addIfAny("dns-search", domains);
    }
    if (profile.routing.metric != 0) {
        file.add("route-metric", std::to_string(profile.routing.metric));
    }
}

} // namespace

Written writeNetworkManager(const Profile& profile) {
    Written written;
    KeyFile file;
    file.group("connection");
    file.add("id", profile.name);
    file.add("uuid", profile.id);
    file.add("type", "vpn");
    file.add("autoconnect", profile.alwaysOn.enabled ? "true" : "false");
    file.group("vpn");
    // Asked for when it connects: nothing secret is in here.
    file.add("password-flags", "2");
    if (profile.protocol == Protocol::Sstp) {
        addSstp(profile, file, written.settings);
    } else {
        addStrongswan(profile, file, written.settings);
    }
    addIp(profile, false, file);
    addIp(profile, true, file);
    auto& settings = written.settings;
    settings.insert({Setting::SplitTunnel, Setting::DnsServers});
    if (!profile.routing.routesFromSelectors && (profile.routing.classRoute || profile.routing.fullTunnelIpv4)) {
        settings.insert(Setting::Routes);
    }
    if (profile.dns.suffix.empty() && !profile.dns.registerAddress) {
        settings.insert(Setting::DnsDomains);
    }
    if (!profile.alwaysOn.deviceTunnel && !profile.alwaysOn.triggered) {
        settings.insert(Setting::AlwaysOn);
    }
    written.text = std::move(file).text();
    return written;
}

} // namespace tern::formats
