// Client connections of strongSwan: swanctl.conf and ipsec.conf (their manual pages, and libreswan's words where they
// differ).
#include "core/formats/ike_names.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/swan_text.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>

namespace tern::formats {

namespace {

using profile::Method;
using Secret = ImportedSecret::Kind;

constexpr std::size_t mostSecrets = 1'000;
constexpr std::size_t mostInherited = 100'000; // keys, of all connections together

bool isAnyone(const std::string& host) {
    return host.starts_with('%') || host == "0.0.0.0" || host == "::" || host.find('/') != std::string::npos;
}

// "pubkey", "psk", "eap", "eap-tls", "eap-mschapv2", "ike:rsa/pss-…": one round of our sign-in.
void addRound(Draft& draft, std::string text) {
    text = lowered(text.substr(0, text.find(':')));
    auto& authentication = draft.profile.authentication;
    struct Row {
        std::string_view name;
        Method method;
    };
    constexpr std::array rows{Row{"psk", Method::Psk},
                              Row{"secret", Method::Psk},
                              Row{"eap", Method::EapMschapv2},
                              Row{"eap-dynamic", Method::EapMschapv2},
                              Row{"eap-mschapv2", Method::EapMschapv2},
                              Row{"eap-tls", Method::EapTls},
                              Row{"eap-peap", Method::Peap},
                              Row{"eap-ttls", Method::Ttls},
                              Row{"eap-gtc", Method::EapGtc},
                              Row{"eap-md5", Method::EapMd5}};
    const auto* const row = std::ranges::find(rows, std::string_view(text), &Row::name);
    const bool certificate = text.empty() || text.starts_with("pubkey") || text.starts_with("rsa") ||
                             text.starts_with("ecdsa") || text.starts_with("ike");
    const auto method = row != rows.end() ? row->method : certificate ? Method::MachineCertificate : Method::Unknown;
    if (method == Method::Unknown) {
        draft.unused.push_back("auth=" + cleanName(text));
        return;
    }
    const bool second = authentication.method == Method::MachineCertificate && method != Method::MachineCertificate;
    authentication.certificateFirst = authentication.certificateFirst || second;
    authentication.method = method;
}

// Those of a "secrets" section that fit: by kind, and by a name where they have names.
class Secrets {
public:
    explicit Secrets(Node* section)
        : m_section(section) {}

    void give(Draft& draft, const std::vector<std::string>& names) {
        const auto method = draft.profile.authentication.method;
        if (method == Method::Psk) {
            give(draft, {"ike"}, names, Secret::PreSharedKey);
        } else if (method != Method::MachineCertificate && method != Method::EapTls) {
            give(draft, {"eap", "xauth", "ntlm"}, names, Secret::Password);
        }
        if (method == Method::MachineCertificate || method == Method::EapTls ||
            draft.profile.authentication.certificateFirst) {
            give(draft, {"private", "rsa", "ecdsa", "pkcs8", "pkcs12"}, {}, Secret::KeyPassPhrase);
        }
    }

    [[nodiscard]] bool someLeft() const {
        return m_section != nullptr && std::ranges::any_of(m_section->children, [](const Node& each) {
                   const auto* const value = each.find("secret");
                   return value != nullptr && !value->value.empty() && !value->used;
               });
    }

private:
    void give(Draft& draft, std::initializer_list<std::string_view> kinds, const std::vector<std::string>& names,
              Secret kind) {
        if (m_section == nullptr) {
            return;
        }
        std::vector<Node*> fitting;
        for (auto& each : m_section->children) {
            if (fitting.size() >= mostSecrets) { // the rest is told of as left over
                break;
            }
            const auto name = lowered(each.name);
            if (std::ranges::any_of(kinds, [&](auto start) { return name.starts_with(start); }) &&
                each.find("secret") != nullptr) {
                fitting.push_back(&each);
            }
        }
        const auto named = std::ranges::find_if(fitting, [&](Node* each) { return isFor(*each, names); });
        auto* const chosen = named != fitting.end()                               ? *named
                             : fitting.size() == 1 && !hasNames(*fitting.front()) ? fitting.front()
                                                                                  : nullptr;
        if (chosen == nullptr) {
            return;
        }
        auto* const value = chosen->find("secret");
        value->used = true;
        draft.addSecret(kind, swanSecret(value->value));
        if (auto path = chosen->text("file"); kind == Secret::KeyPassPhrase && !path.empty()) {
            auto& own = draft.profile.authentication.certificate;
            draft.setOwnFile(lowered(chosen->name).starts_with("pkcs12") ? own.source : own.key, path, "secrets.file");
        }
    }

    static bool isName(const Node& child) { return lowered(child.name).starts_with("id"); }
    static bool hasNames(const Node& secret) { return std::ranges::any_of(secret.children, isName); }
    static bool isFor(const Node& secret, const std::vector<std::string>& names) {
        return std::ranges::any_of(secret.children, [&](const Node& child) {
            return isName(child) && !child.value.empty() && std::ranges::find(names, child.value) != names.end();
        });
    }

    Node* m_section;
};

bool isRound(const Node& node, std::string_view side) {
    const auto name = lowered(node.name);
    return node.kind == Node::Kind::Group && (name == side || name.starts_with(std::string(side) + "-"));
}

void readLocal(Draft& draft, Node& local, std::vector<std::string>& names) {
    addRound(draft, local.text("auth"));
    auto& profile = draft.profile;
    if (auto id = local.text("id"); !id.empty() && id != "%any") {
        names.push_back(id);
        profile.trust.localIdentity = id.starts_with('@') ? id.substr(1) : id;
    }
    if (auto id = local.text("eap_id"); !id.empty() && !id.starts_with('%')) {
        names.push_back(id);
        draft.setUser(id);
    }
    if (const auto files = local.texts("certs"); !files.empty()) {
        draft.setOwnFile(profile.authentication.certificate.source, files.front(), "certs");
    }
}

void readRemote(Draft& draft, Node& remote, std::vector<std::string>& names) {
    const auto id = remote.text("id");
    if (!id.empty()) {
        names.push_back(id);
    }
    draft.setServerIdentity(id);
    for (const auto* const key : {"cacerts", "certs"}) {
        for (const auto& path : remote.texts(key)) {
            draft.addAuthorityFile(path, key);
        }
    }
    const auto revocation = lowered(remote.text("revocation"));
    if (revocation == "strict") {
        draft.profile.trust.revocation = profile::Revocation::Strict;
    }
    remote.ignore({"auth"}); // Tern asks for a certificate, or for the same key as ours
}

void readChildren(Draft& draft, Node& connection, const std::vector<std::string>& proposals) {
    std::vector<std::string> selectors;
    std::vector<std::string> esp;
    if (auto* const children = connection.find("children")) {
        for (auto& child : children->children) {
            std::ranges::move(child.texts("remote_ts", ", "), std::back_inserter(selectors));
            std::ranges::move(child.texts("esp_proposals", ", "), std::back_inserter(esp));
            child.ignore({"local_ts", "start_action", "dpd_action", "close_action", "updown"});
        }
    }
    setSelectors(draft, selectors, "remote_ts");
    std::erase(esp, "default");
    setStrongswanPolicy(draft, proposals, esp);
}

void readSwanctlConnection(Collector& collector, Node& connection, Secrets& secrets) {
    Draft draft(connection.name, connection.line);
    for (const auto& each : connection.texts("remote_addrs", ", ")) {
        if (!isAnyone(each)) {
            addServers(draft.profile, each);
        }
    }
    if (draft.profile.servers.empty()) {
        collector.skip(draft.name, {"tern.formats.entry.server-side", {}, {}}, connection.line);
        return;
    }
    if (const auto port = connection.number("remote_port"); port && *port > 0 && *port < 65536) {
        draft.profile.port = static_cast<std::uint16_t>(*port);
    }
    if (connection.text("version") == "1") {
        draft.setUnsupported("IPsec (IKEv1)");
    } else {
        draft.profile.protocol = profile::Protocol::Ikev2;
        std::vector<std::string> names;
        for (auto& each : connection.children) {
            if (isRound(each, "local")) {
                readLocal(draft, each, names);
            } else if (isRound(each, "remote")) {
                readRemote(draft, each, names);
            }
        }
        auto proposals = connection.texts("proposals", ", ");
        std::erase(proposals, "default");
        readChildren(draft, connection, proposals);
        draft.profile.ike.mobility = connection.boolean("mobike").value_or(true);
        secrets.give(draft, names);
    }
    connection.ignore({"vips", "encap", "local_addrs", "dpd_delay", "dpd_timeout", "rekey_time", "reauth_time",
                       "over_time", "rand_time", "keyingtries", "unique", "fragmentation"});
    collector.add(std::move(draft), connection);
}

// ---- ipsec.conf ----

constexpr std::string_view connPrefix = "conn ";

// The sections of a file by their name, and what they take from each other.
class Templates {
public:
    explicit Templates(const Node& root) {
        for (const auto& section : root.children) {
            m_byName.emplace(section.name, section);
            for (const auto& key : section.children) {
                if (sameName(key.name, "also")) {
                    m_named.insert(std::string(connPrefix) + key.value);
                }
            }
        }
    }

    // Named by others: no connection of its own when it lacks an end.
    [[nodiscard]] bool isNamed(const Node& section) const { return m_named.contains(section.name); }

    // What a section does not say itself comes from those that it names by "also", then from "%default".
    void complete(Node& section) {
        std::set<std::string, std::less<>> seen;
        inherit(section, 0, seen);
        merge(section, "%default");
    }

private:
    void inherit(Node& section, unsigned depth, std::set<std::string, std::less<>>& seen) {
        std::vector<std::string> others;
        for (auto* const each : section.all("also")) {
            each->used = true;
            others.push_back(each->value);
        }
        for (const auto& name : others) {
            const auto found = m_byName.find(std::string(connPrefix) + name);
            if (depth < 8 && found != m_byName.end() && seen.insert(name).second) {
                merge(section, name);
                auto further = found->second;
                inherit(further, depth + 1, seen);
                merge(section, further);
            }
        }
    }

    void merge(Node& section, const std::string& name) {
        if (const auto found = m_byName.find(std::string(connPrefix) + name); found != m_byName.end()) {
            merge(section, found->second);
        }
    }

    void merge(Node& section, const Node& from) {
        for (const auto& key : from.children) {
            if (!sameName(key.name, "also") && section.find(key.name) == nullptr && ++m_merged < mostInherited) {
                section.children.push_back(key);
            }
        }
    }

    std::map<std::string, Node, std::less<>> m_byName;
    std::set<std::string, std::less<>> m_named;
    std::size_t m_merged = 0;
};

bool isIkev1(Node& section) {
    const auto exchange = lowered(section.text("keyexchange"));
    const auto libreswan = lowered(section.text("ikev2"));
    return exchange == "ikev1" || libreswan == "no" || libreswan == "never";
}

// L2TP's port in "17/1701".
bool isL2tp(const Node& section) {
    const auto* const port = section.find("rightprotoport");
    return port != nullptr && (port->value.ends_with("/1701") || port->value.ends_with("/l2tp"));
}

void readIpsecIdentity(Draft& draft, Node& section) {
    auto& profile = draft.profile;
    draft.setServerIdentity(section.text("rightid"));
    if (auto id = section.text("leftid"); !id.empty() && !id.starts_with('%')) {
        profile.trust.localIdentity = id.starts_with('@') ? id.substr(1) : id;
    }
    for (const auto* const key : {"eap_identity", "xauth_identity"}) {
        if (const auto id = section.text(key); !id.empty() && !id.starts_with('%')) {
            draft.setUser(id);
        }
    }
    draft.setOwnFile(profile.authentication.certificate.source, section.text("leftcert"), "leftcert");
    for (const auto* const key : {"rightcert", "rightcert2"}) {
        draft.addAuthorityFile(section.text(key), key);
    }
}

void readIpsecConnection(Collector& collector, Node& section) {
    Draft draft(std::string_view(section.name).substr(connPrefix.size()), section.line);
    for (const auto& each : section.texts("right", ", ")) {
        if (!isAnyone(each)) {
            addServers(draft.profile, each);
        }
    }
    if (draft.profile.servers.empty()) {
        collector.skip(draft.name, {"tern.formats.entry.server-side", {}, {}}, section.line);
        return;
    }
    const bool old = isIkev1(section);
    if (isL2tp(section)) {
        draft.profile.protocol = profile::Protocol::L2tp;
        draft.profile.authentication.allowed = {Method::Psk};
        draft.profile.authentication.method = Method::Mschapv2;
    } else if (old) {
        draft.setUnsupported("IPsec (IKEv1)");
    } else {
        draft.profile.protocol = profile::Protocol::Ikev2;
        const auto both = section.text("authby");
        const auto first = section.text("leftauth");
        addRound(draft, first.empty() ? both : first);
        if (const auto second = section.text("leftauth2"); !second.empty()) {
            addRound(draft, second);
        }
        readIpsecIdentity(draft, section);
        std::vector<std::string> selectors = section.texts("rightsubnet", ", ");
        std::ranges::move(section.texts("rightsubnets", ", {}"), std::back_inserter(selectors));
        setSelectors(draft, selectors, "rightsubnet");
        setStrongswanPolicy(draft, section.texts("ike"), section.texts("esp"));
        draft.profile.ike.mobility = section.boolean("mobike").value_or(true);
        if (const auto port = section.number("rightikeport"); port && *port > 0 && *port < 65536) {
            draft.profile.port = static_cast<std::uint16_t>(*port);
        }
    }
    section.ignore({"keyexchange",   "ikev2",       "type",           "left",          "leftsourceip", "leftfirewall",
                    "auto",          "rightauth",   "rightprotoport", "leftprotoport", "dpdaction",    "dpddelay",
                    "dpdtimeout",    "keyingtries", "rekey",          "ikelifetime",   "lifetime",     "keylife",
                    "fragmentation", "forceencaps", "rightallowany",  "leftupdown",    "leftsendcert", "pfs",
                    "authby",        "leftsubnet"});
    collector.add(std::move(draft), section);
}

void noteIncludes(Collector& collector, bool includes) {
    if (includes) {
        collector.noteFile("tern.formats.note.includes", {});
    }
}

} // namespace

base::Result<ImportResult> readSwanctlConf(const DecodedText& decoded, std::string_view file) {
    bool includes = false;
    auto root = readSwanctl(decoded.text, file, includes);
    if (!root) {
        return base::fail(std::move(root.error()));
    }
    Collector collector("swanctl", decoded.encoding, file);
    Secrets secrets(root->find("secrets"));
    if (auto* const connections = root->find("connections")) {
        for (auto& connection : connections->children) {
            if (connection.kind == Node::Kind::Group && !collector.full()) {
                readSwanctlConnection(collector, connection, secrets);
            }
        }
    }
    noteIncludes(collector, includes);
    if (secrets.someLeft()) {
        collector.noteFile("tern.formats.note.other-secrets", {});
    }
    collector.noteText(decoded);
    return collector.finish("swanctl.conf");
}

base::Result<ImportResult> readIpsecConfFile(const DecodedText& decoded, std::string_view file) {
    bool includes = false;
    auto root = readIpsecConf(decoded.text, includes);
    Templates templates(root);
    Collector collector("ipsec-conf", decoded.encoding, file);
    for (auto& section : root.children) {
        const bool connection =
            section.name.starts_with(connPrefix) && section.name != std::string(connPrefix) + "%default";
        if (!connection || collector.full() || (templates.isNamed(section) && section.find("right") == nullptr)) {
            continue;
        }
        templates.complete(section);
        readIpsecConnection(collector, section);
    }
    noteIncludes(collector, includes);
    collector.noteText(decoded);
    return collector.finish("ipsec.conf");
}

} // namespace tern::formats
