#include "core/migrate/carry.h"

#include <algorithm>
#include <array>

namespace tern::migrate {

namespace {

using profile::Method;
using profile::Protocol;

// Ways of PPP to prove a password; of them only MS-CHAPv2 is used on, inside TLS or as an EAP method.
std::string oldSignInNames(const profile::Authentication& authentication) {
    std::string names;
    for (const auto& [method, name] : std::array<std::pair<Method, const char*>, 4>{
             {{Method::Pap, "PAP"}, {Method::Spap, "SPAP"}, {Method::Chap, "CHAP"}, {Method::Mschap, "MS-CHAP"}}}) {
        if (authentication.allows(method)) {
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
    }
    return names;
}

template<typename List, typename Text>
std::string joined(const List& list, Text text) {
    std::string all;
    for (const auto& each : list) {
        all += (all.empty() ? "" : ", ") + text(each);
    }
    return all;
}

// Takes the old profile apart into `m_new`, noting each part.
class Carrier {
public:
    Carrier(const profile::Profile& old, Protocol protocol, const probe::Result* probed, const Rules& rules,
            const Answers& answers)
        : m_old(old)
        , m_probed(probed)
        , m_rules(rules)
        , m_answers(answers) {
        m_out.settings = old;
        m_out.settings.id.clear();
        m_out.settings.protocol = protocol;
        m_out.settings.originTries.clear();
        m_out.settings.plugin.clear();
        m_out.settings.encryption = profile::Encryption::Unset;
        // The entry as it stood in the file belongs to the old profile, which is kept.
        m_out.settings.origin = {};
        m_out.settings.origin.file = old.origin.file;
        m_out.settings.origin.imported = old.origin.imported;
    }

    Carried run() {
        protocol();
        server();
        signIn();
        trust();
        network();
        ipsec();
        proxy();
        behaviour();
        return std::move(m_out);
    }

private:
    void keep(const char* code, std::vector<std::string> args = {}) {
        m_out.kept.push_back({code, std::move(args), {}});
    }
    void drop(const char* code, std::vector<std::string> args = {}) {
        m_out.dropped.push_back({code, std::move(args), {}});
    }
    [[nodiscard]] bool byIkev2() const { return m_out.settings.protocol != Protocol::Sstp; }

    void protocol() {
        if (m_old.protocol == Protocol::Pptp) {
            drop("tern.migrate.drop.protocol", {"PPTP"});
        } else if (m_old.protocol == Protocol::L2tp) {
            drop("tern.migrate.drop.protocol", {"L2TP"});
        } else if (m_old.protocol == Protocol::Unsupported) {
            drop("tern.migrate.drop.plugin", {m_old.plugin});
        } else if (std::ranges::any_of(m_old.originTries, profile::isRetired)) {
            drop("tern.migrate.drop.fall-back");
        }
        if (m_old.encryption == profile::Encryption::None || m_old.encryption == profile::Encryption::Optional) {
            drop("tern.migrate.drop.ppp-encryption");
        }
    }

    void server() {
        auto& servers = m_out.settings.servers;
        const auto wanted = serverToProbe(m_old, m_rules, m_answers);
        if (wanted != m_old.server()) {
            if (!m_old.server().empty()) {
                drop("tern.migrate.drop.server", {joined(m_old.servers, [](const auto& name) { return name; })});
            }
            servers.assign(1, wanted);
        }
        keep("tern.migrate.keep.server", {joined(servers, [](const auto& name) { return name; })});
        // Ports of PPTP and L2TP mean nothing to the others; where SSTP was found, it is called.
        auto& port = m_out.settings.port;
        const auto found = m_probed != nullptr ? m_probed->sstpPort : std::uint16_t{443};
        const bool sstp = m_out.settings.protocol != Protocol::Ikev2;
        if (isRetired(m_old.protocol) && port != 0) {
            drop("tern.migrate.drop.port", {std::to_string(port)});
            port = 0;
        }
        if (sstp && found != 443) {
            port = found;
        }
    }

    void signIn() {
        auto& authentication = m_out.settings.authentication;
        const auto before = m_old.authentication;
        if (m_answers.username) {
            authentication.username = *m_answers.username;
            authentication.domain.clear();
        }
        if (const auto old = oldSignInNames(before); !old.empty()) {
            drop("tern.migrate.drop.old-sign-in", {old});
        }
        // An L2TP key is known to many, and whoever has it can pose as the server: it goes nowhere.
        if (m_old.protocol == Protocol::L2tp && before.allows(Method::Psk)) {
            drop("tern.migrate.drop.shared-key");
        }
        authentication.allowed.clear();
        authentication.eapType = 0;
        authentication.method = method();
        if (!m_answers.certificate.empty()) {
            authentication.certificate.source = m_answers.certificate;
            authentication.certificate.key.clear();
        }
        if (authentication.method == Method::EapMschapv2 && !m_forced) {
            // SSTP servers sign in by either; IKEv2 knows only the EAP method.
            authentication.allowed = {Method::EapMschapv2, Method::Mschapv2};
        }
        sayHow();
    }

    Method method() {
        const auto& before = m_old.authentication;
        if (m_answers.sharedKey && byIkev2()) {
            m_forced = true;
            m_out.settings.protocol = Protocol::Ikev2; // SSTP has no shared keys
            return Method::Psk;
        }
        switch (before.method) {
        case Method::EapTls:
        case Method::Peap:
        case Method::Ttls:
        case Method::EapGtc:
        case Method::EapMd5:
            m_forced = true;
            return before.method;
        case Method::MachineCertificate:
            // With L2TP the certificate opened IPsec only, and a password followed.
            if (m_old.protocol != Protocol::L2tp && byIkev2()) {
                m_forced = true;
                return before.method;
            }
            return Method::EapMschapv2;
        case Method::Psk:
            if (!isRetired(m_old.protocol) && m_old.protocol != Protocol::Unsupported && byIkev2()) {
                m_forced = true;
                return before.method; // the key of an IKEv2 connection stays its key
            }
            return Method::EapMschapv2;
        default:
            if (before.eapType != 0) {
                drop("tern.migrate.drop.eap-type", {std::to_string(before.eapType)});
            }
            return Method::EapMschapv2;
        }
    }

    void sayHow() {
        const auto& authentication = m_out.settings.authentication;
        const auto& source = authentication.certificate.source;
        const bool certificate =
            authentication.method == Method::EapTls || authentication.method == Method::MachineCertificate;
        if (!source.empty()) {
            keep("tern.migrate.keep.certificate", {source});
        }
        if (authentication.method == Method::Psk) {
            keep(m_answers.sharedKey ? "tern.migrate.keep.new-shared-key" : "tern.migrate.keep.shared-key");
            return;
        }
        if (!certificate || !authentication.username.empty()) {
            keep(authentication.username.empty() ? "tern.migrate.keep.name-asked" : "tern.migrate.keep.username",
                 {authentication.login()});
        }
        if (!certificate) {
            keep("tern.migrate.keep.password");
        }
    }

    void trust() {
        auto& trust = m_out.settings.trust;
        if (m_old.trust.nameCheckDisabled || m_old.trust.eapServerValidated == false) {
            drop("tern.migrate.drop.no-check");
            trust.nameCheckDisabled = false;
            trust.eapServerValidated.reset();
        }
        const auto& authority = !m_answers.caPem.empty() ? m_answers.caPem : m_rules.caPem;
        if (!authority.empty()) {
            trust.caPem = authority;
        }
        trust.pins.insert(trust.pins.end(), m_answers.pins.begin(), m_answers.pins.end());
        if (!trust.caPem.empty()) {
            keep(!m_answers.caPem.empty() || m_rules.caPem.empty() ? "tern.migrate.keep.authority"
                                                                   : "tern.migrate.keep.policy-authority");
        }
        if (!trust.pins.empty()) {
            keep("tern.migrate.keep.pins", {joined(trust.pins, [](const auto& pin) { return pin; })});
        }
        if (!trust.eapServerNames.empty()) {
            keep("tern.migrate.keep.eap-names", {joined(trust.eapServerNames, [](const auto& name) { return name; })});
        }
        const bool changed = serverToProbe(m_old, m_rules, m_answers) != m_old.server();
        if (changed) { // names and identities of another server
            trust.serverName.clear();
            trust.remoteIdentity.clear();
        }
    }

    void network() {
        const auto& routing = m_out.settings.routing;
        keep(routing.fullTunnelIpv4 ? "tern.migrate.keep.full-tunnel" : "tern.migrate.keep.split-tunnel");
        if (!routing.routes.empty()) {
            keep("tern.migrate.keep.routes",
                 {joined(routing.routes, [](const profile::Route& route) { return route.to.text(); })});
        }
        if (!routing.excluded.empty()) {
            keep("tern.migrate.keep.excluded",
                 {joined(routing.excluded, [](const base::IpPrefix& prefix) { return prefix.text(); })});
        }
        const auto& dns = m_out.settings.dns;
        if (!dns.servers.empty()) {
            keep("tern.migrate.keep.dns",
                 {joined(dns.servers, [](const base::IpAddress& address) { return address.text(); })});
        }
        auto domains = dns.domains;
        if (!dns.suffix.empty() && std::ranges::find(domains, dns.suffix) == domains.end()) {
            domains.insert(domains.begin(), dns.suffix);
        }
        if (!domains.empty()) {
            keep("tern.migrate.keep.domains", {joined(domains, [](const auto& name) { return name; })});
        }
        const auto& own = m_out.settings.addresses;
        if (own.ipv4 || own.ipv6) {
            const auto v4 = own.ipv4 ? own.ipv4->text() : std::string();
            const auto v6 = own.ipv6 ? own.ipv6->text() : std::string();
            keep("tern.migrate.keep.address", {v4.empty() || v6.empty() ? v4 + v6 : v4 + ", " + v6});
        }
    }

    void ipsec() {
        auto& ike = m_out.settings.ike;
        if (ike.policy) {
            const auto& policy = *ike.policy;
            const std::array parts{policy.integrity, policy.cipher,       policy.group,
                                   policy.espCipher, policy.espIntegrity, policy.pfs};
            constexpr std::array<std::string_view, 7> outdated{"DES",    "3DES",   "MD5",    "SHA1",
                                                               "group1", "group2", "group24"};
            std::string weak;
            for (const auto& part : parts) {
                if (std::ranges::find(outdated, part) != outdated.end() && weak.find(part) == std::string::npos) {
                    weak += (weak.empty() ? "" : ", ") + part;
                }
            }
            if (policy.espCipher == "none") {
                weak += (weak.empty() ? "" : ", ") + std::string("none");
            }
            if (!byIkev2()) {
                drop("tern.migrate.drop.ipsec-policy");
                ike.policy.reset();
            } else if (!weak.empty()) {
                drop("tern.migrate.drop.weak-policy", {weak});
                ike.policy.reset();
            } else {
                keep("tern.migrate.keep.ipsec-policy",
                     {joined(parts, [](const std::string& part) { return part.empty() ? std::string("–") : part; })});
            }
        }
        if (ike.legacyAlgorithms && !m_answers.allowWeak) {
            drop("tern.migrate.drop.weak-allowed");
        }
        ike.legacyAlgorithms = m_answers.allowWeak && byIkev2();
    }

    void proxy() {
        const auto& proxy = m_out.settings.sstp.proxy;
        if (proxy.empty() || proxy == "system") {
            return;
        }
        if (m_out.settings.protocol != Protocol::Ikev2) {
            keep("tern.migrate.keep.proxy", {proxy});
        } else {
            drop("tern.migrate.drop.proxy", {proxy});
        }
    }

    void behaviour() {
        if (m_out.settings.alwaysOn.enabled || m_out.settings.alwaysOn.triggered) {
            keep("tern.migrate.keep.always-on");
        }
    }

    const profile::Profile& m_old;
    const probe::Result* m_probed;
    const Rules& m_rules;
    const Answers& m_answers;
    Carried m_out;
    bool m_forced = false; // the one method that is used, and no other beside it
};

} // namespace

Carried carry(const profile::Profile& old, Protocol protocol, const probe::Result* probed, const Rules& rules,
              const Answers& answers) {
    return Carrier(old, protocol, probed, rules, answers).run();
}

} // namespace tern::migrate
