#include "core/formats/ike_names.h"
#include "core/formats/key_sections.h"
#include "core/formats/phonebook_fields.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/swan_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;
using profile::Protocol;
using Secret = ImportedSecret::Kind;

constexpr std::string_view servicePrefix = "org.freedesktop.NetworkManager.";

// What a plug-in refuses is left out; the others it takes as the server offers them.
void readPppMethods(Draft& draft, Node& vpn) {
    struct Row {
        std::string_view refuse;
        Method method;
    };
    constexpr std::array rows{Row{"refuse-pap", Method::Pap}, Row{"refuse-chap", Method::Chap},
                              Row{"refuse-mschap", Method::Mschap}, Row{"refuse-mschapv2", Method::Mschapv2}};
    for (const auto& row : rows) {
        if (!vpn.boolean(row.refuse).value_or(false)) {
            draft.profile.authentication.allowed.push_back(row.method);
        }
    }
    vpn.ignore({"refuse-eap"});
    draft.profile.authentication.method = mainMethod(draft.profile);
}

void readPpp(Draft& draft, Node& vpn, Node* secrets) {
    auto& profile = draft.profile;
    addServers(profile, vpn.text("gateway"));
    draft.setUser(vpn.text("user"));
    if (const auto domain = vpn.text("domain"); !domain.empty()) {
        profile.authentication.domain = domain;
    }
    readPppMethods(draft, vpn);
    const bool strong = vpn.boolean("require-mppe-128").value_or(false);
    const bool required = vpn.boolean("require-mppe").value_or(false) || vpn.boolean("require-mppe-40").value_or(false);
    profile.encryption = strong ? Encryption::Maximum : required ? Encryption::Required : Encryption::Unset;
    draft.takeSecret(Secret::Password, vpn, "password"); // old plug-ins
    if (secrets != nullptr) {
        draft.takeSecret(Secret::Password, *secrets, "password");
    }
}

void readPptp(Draft& draft, Node& vpn, Node* secrets) {
    readPpp(draft, vpn, secrets);
    if (draft.profile.encryption == Encryption::Unset) {
        draft.profile.encryption = Encryption::Optional;
    }
}

void takeL2tpKey(Draft& draft, Node& node) {
    auto key = node.takeSecret("ipsec-psk");
    if (!key) {
        return;
    }
    draft.addSecret(Secret::L2tpPreSharedKey, swanSecret({reinterpret_cast<const char*>(key->data()), key->size()}));
}

void readL2tp(Draft& draft, Node& vpn, Node* secrets) {
    readPpp(draft, vpn, secrets);
    auto& authentication = draft.profile.authentication;
    const bool ipsec = vpn.boolean("ipsec-enabled").value_or(false);
    const auto kind = vpn.text("machine-auth-type");
    takeL2tpKey(draft, vpn);
    if (secrets != nullptr) {
        takeL2tpKey(draft, *secrets);
    }
    draft.profile.l2tp.withoutIpsec = !ipsec;
    if (ipsec) {
        authentication.allowed.push_back(kind == "tls" ? Method::MachineCertificate : Method::Psk);
    } else {
        draft.profile.l2tp.withoutIpsec = true;
        draft.profile.encryption =
            draft.profile.encryption == Encryption::Unset ? Encryption::None : draft.profile.encryption;
    }
}

void readSstp(Draft& draft, Node& vpn, Node* secrets) {
    readPpp(draft, vpn, secrets);
    auto& profile = draft.profile;
    draft.addAuthorityFile(vpn.text("ca-cert"), "ca-cert");
    profile.trust.nameCheckDisabled = vpn.boolean("ignore-cert-warn").value_or(false);
    profile.trust.certificateCheckDisabled = profile.trust.nameCheckDisabled; // it is said of every mistake alike
    // "no": no name is sent in TLS.
    profile.sstp.withoutServerName = !vpn.boolean("tls-ext").value_or(true);
    const auto proxy = vpn.text("proxy-server");
    if (!proxy.empty()) {
        const auto port = vpn.text("proxy-port");
        profile.sstp.proxy = "http://" + proxy + (port.empty() ? "" : ':' + port);
    }
    if (vpn.text("connection-type") == "tls") {
        profile.authentication.method = Method::EapTls;
        profile.authentication.allowed = {Method::EapTls};
        draft.setOwnFile(profile.authentication.certificate.source, vpn.text("user-cert"), "user-cert");
        draft.setOwnFile(profile.authentication.certificate.key, vpn.text("user-key"), "user-key");
    }
}

void readStrongswan(Draft& draft, Node& vpn, Node* secrets) {
    auto& profile = draft.profile;
    auto& authentication = profile.authentication;
    addServers(profile, vpn.text("address"));
    profile.port =
        static_cast<std::uint16_t>(std::clamp<std::int64_t>(vpn.number("server-port").value_or(0), 0, 65535));
    draft.addAuthorityFile(vpn.text("certificate"), "certificate");
    draft.setServerIdentity(vpn.text("remote-identity"));
    profile.trust.localIdentity = vpn.text("local-identity");
    draft.setUser(vpn.text("user"));
    const auto method = lowered(vpn.text("method"));
    authentication.method = method == "psk"                     ? Method::Psk
                            : method == "eap-tls"               ? Method::EapTls
                            : method == "eap" || method.empty() ? Method::EapMschapv2
                                                                : Method::MachineCertificate;
    const auto place = vpn.text("cert-source");
    if (method == "agent" || method == "smartcard" || place == "agent" || place == "smartcard") {
        draft.note("tern.formats.note.key-elsewhere", {place.empty() ? method : place});
    } else {
        draft.setOwnFile(authentication.certificate.source, vpn.text("usercert"), "usercert");
        draft.setOwnFile(authentication.certificate.key, vpn.text("userkey"), "userkey");
    }
    if (vpn.boolean("proposal").value_or(false)) {
        setStrongswanPolicy(draft, vpn.texts("ike", ";,"), vpn.texts("esp", ";,"));
    }
    setSelectors(draft, vpn.texts("remote-ts"), "remote-ts");
    vpn.ignore({"virtual", "encap"}); // both are so in any case
    if (secrets != nullptr) {
        draft.takeSecret(authentication.method == Method::Psk                  ? Secret::PreSharedKey
                         : authentication.method == Method::MachineCertificate ? Secret::KeyPassPhrase
                                                                               : Secret::Password,
                         *secrets, "password");
    }
}

// "10.0.0.0/8,10.1.1.1,50": where to, the next hop (which a tunnel has not), the metric.
void readRoute(Draft& draft, const Node& key) {
    const auto parts = splitList(key.value, ",");
    std::uint32_t metric = 0;
    if (parts.size() > 2) {
        metric = static_cast<std::uint32_t>(std::min(std::strtoul(parts[2].c_str(), nullptr, 10), 0xFFFFFFFEUL));
    }
    draft.addRoute(parts.empty() ? std::string() : parts.front(), key.name, metric);
}

void readIp(Draft& draft, Node& ip, bool v6) {
    auto& routing = draft.profile.routing;
    if (ip.boolean("never-default").value_or(false)) {
        (v6 ? routing.fullTunnelIpv6 : routing.fullTunnelIpv4) = false;
    }
    for (auto& key : ip.children) {
        const bool numbered =
            key.name.size() > 5 && key.name.starts_with("route") && key.name[5] >= '0' && key.name[5] <= '9';
        if (numbered && key.name.find('_') == std::string::npos) {
            key.used = true;
            readRoute(draft, key);
        }
    }
    for (const auto& each : ip.texts("dns")) {
        draft.addDns(each, v6 ? "ipv6.dns" : "ipv4.dns");
    }
    auto domains = ip.texts("dns-search");
    std::ranges::move(domains, std::back_inserter(draft.profile.dns.domains));
    if (const auto metric = ip.number("route-metric"); metric && *metric > 0) {
        routing.metric = static_cast<std::uint32_t>(std::min<std::int64_t>(*metric, 0xFFFFFFFE));
    }
    const auto method = ip.text("method");
    if (method != "auto" && !method.empty()) {
        draft.unused.push_back((v6 ? "ipv6.method=" : "ipv4.method=") + method);
    }
    ip.ignore({"addr-gen-mode", "ip6-privacy"});
    if (ip.find("dns-priority") != nullptr && ip.number("dns-priority").value_or(0) == 0) {
        ip.ignore({"dns-priority"});
    }
}

// Of those that Tern does not speak: whether they use IKEv1, which is retired.
bool speaksIkev1(std::string_view kind, Node& vpn) {
    if (kind == "vpnc") {
        return true;
    }
    const bool libreswan = kind == "libreswan" || kind == "openswan";
    const auto ikev2 = libreswan ? lowered(vpn.text("ikev2")) : std::string();
    return libreswan && (ikev2.empty() || ikev2 == "no" || ikev2 == "never");
}

// The kinds that Tern lists, and what reads them.
void readVpn(Draft& draft, Node& vpn, Node* secrets) {
    const auto service = vpn.text("service-type");
    const auto kind = service.starts_with(servicePrefix) ? service.substr(servicePrefix.size()) : service;
    struct Row {
        std::string_view kind;
        Protocol protocol;
        void (*read)(Draft&, Node&, Node*);
    };
    constexpr std::array rows{
        Row{"pptp", Protocol::Pptp, readPptp},
        Row{"l2tp", Protocol::L2tp, readL2tp},
        Row{"sstp", Protocol::Sstp, readSstp},
        Row{"strongswan", Protocol::Ikev2, readStrongswan},
    };
    const auto* const row = std::ranges::find(rows, kind, &Row::kind);
    if (row == rows.end()) {
        draft.setUnsupported(kind.empty() ? "NetworkManager" : kind + (speaksIkev1(kind, vpn) ? " (IKEv1)" : ""));
        for (const auto* key : {"gateway", "remote", "server", "IPSec gateway", "right"}) {
            addServers(draft.profile, vpn.text(key));
        }
        return;
    }
    draft.profile.protocol = row->protocol;
    row->read(draft, vpn, secrets);
}

} // namespace

base::Result<ImportResult> readNetworkManager(const DecodedText& decoded, std::string_view file) {
    unsigned stray = 0;
    auto root = readKeySections(decoded.text, KeyFileKind::Glib, stray);
    Collector collector("nmconnection", decoded.encoding, file);
    auto* const connection = root.find("connection");
    auto* const vpn = root.find("vpn");
    Draft draft(connection == nullptr ? std::string() : connection->text("id"),
                connection == nullptr ? 1 : connection->line);
    const auto type = connection == nullptr ? std::string("vpn") : connection->text("type");
    if (vpn == nullptr || type != "vpn") {
        collector.skip(draft.name, {"tern.formats.entry.other-kind", {type.empty() ? "NetworkManager" : type}, {}},
                       draft.line);
        return collector.finish("NetworkManager");
    }
    readVpn(draft, *vpn, root.find("vpn-secrets"));
    for (const bool v6 : {false, true}) {
        if (auto* const ip = root.find(v6 ? "ipv6" : "ipv4")) {
            readIp(draft, *ip, v6);
        }
    }
    if (connection != nullptr) {
        draft.profile.alwaysOn.enabled = connection->boolean("autoconnect").value_or(false);
        connection->ignore({"uuid", "type", "permissions", "timestamp", "interface-name", "secondaries"});
    }
    for (auto& key : vpn->children) { // where NetworkManager keeps each secret
        key.used = key.used || key.name.ends_with("-flags");
    }
    root.ignore({"proxy"});
    if (stray != 0) {
        draft.note("tern.formats.note.stray-line", {}, stray);
    }
    collector.add(std::move(draft), root);
    collector.noteText(decoded);
    return collector.finish("NetworkManager");
}

} // namespace tern::formats
