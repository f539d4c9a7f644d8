// Service profiles of Microsoft's Connection Manager, .cms (Microsoft Learn, "Connection Manager Keys", "Networking
// Keys"): [Connection Manager] names the tunnel's server and its settings, which are in sections "Kind&Name".
#include "core/formats/key_sections.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/windows_vpn.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;

// [Kind&Name] of this tunnel, or, when it is not named, the first of the kind.
Node* sectionOf(Node& root, std::string_view kind, const std::string& tunnel) {
    const auto exact = std::string(kind) + '&' + tunnel;
    const auto start = lowered(std::string(kind) + '&');
    Node* first = nullptr;
    for (auto& section : root.children) { // not find(): there is a "/" in "TCP/IP"
        if (sameName(section.name, exact)) {
            return &section;
        }
        if (first == nullptr && lowered(section.name).starts_with(start)) {
            first = &section;
        }
    }
    return first;
}

void readMethods(Draft& draft, Node* server) {
    struct Row {
        std::string_view key;
        std::string_view method;
    };
    constexpr std::array rows{Row{"Require_PAP", "pap"},          Row{"Require_SPAP", "spap"},
                              Row{"Require_CHAP", "chap"},        Row{"Require_MSCHAP", "mschap"},
                              Row{"Require_MSCHAP2", "mschapv2"}, Row{"Require_EAP", "eap"}};
    std::vector<std::string> methods;
    for (const auto& row : rows) {
        if (server != nullptr && server->boolean(row.key).value_or(false)) {
            methods.emplace_back(row.method);
        }
    }
    setMethods(draft, methods);
    if (server == nullptr) {
        return;
    }
    if (const auto type = server->number("EncryptionType")) {
        // 0 none, 1 required, 2 maximum, 3 optional
        constexpr std::array levels{Encryption::None, Encryption::Required, Encryption::Maximum, Encryption::Optional};
        if (*type >= 0 && *type < static_cast<std::int64_t>(levels.size())) {
            draft.profile.encryption = levels.at(static_cast<std::size_t>(*type));
        }
    }
    server->ignore({"NetworkLogon", "SW_Compress", "Disable_LCP", "Negotiate_TCP/IP", "SecureLocalFiles",
                    "EnforceCustomSecurity", "Custom_Security", "PW_Encrypt", "PW_EncryptMS", "DataEncrypt"});
}

void readTcpIp(Draft& draft, Node* tcpIp) {
    if (tcpIp == nullptr) {
        return;
    }
    if (!tcpIp->boolean("Gateway_On_Remote").value_or(true)) {
        draft.setSplit();
    }
    if (tcpIp->boolean("Specify_Server_Address").value_or(false)) {
        for (const auto* const key : {"DNS_Address", "DNS_Alt_Address", "IPv6_DNS_Address", "IPv6_DNS_Alt_Address"}) {
            if (const auto address = tcpIp->text(key); !address.empty()) {
                draft.addDns(address, key);
            }
        }
    }
    draft.profile.dns.suffix = tcpIp->text("DnsSuffix");
    tcpIp->ignore({"IP_Header_Compress", "Specify_IP_Address"});
}

} // namespace

base::Result<ImportResult> readCmak(const DecodedText& decoded, std::string_view file) {
    unsigned stray = 0;
    auto root = readKeySections(decoded.text, KeyFileKind::Windows, stray);
    Collector collector("cmak", decoded.encoding, file);
    auto* const manager = root.find("Connection Manager");
    if (manager == nullptr) {
        return collector.finish("Connection Manager");
    }
    Draft draft(manager->text("ServiceName"), manager->line);
    const auto tunnel = manager->text("TunnelDUN");
    addServers(draft.profile, manager->text("TunnelAddress"));
    if (draft.profile.servers.empty()) {
        // A list of servers in a file of its own, or a dial-up profile.
        const auto list = manager->text("TunnelFile");
        collector.skip(draft.name.empty() ? cleanName(file) : draft.name,
                       {list.empty() ? "tern.formats.entry.no-server" : "tern.formats.entry.server-list", {}, list},
                       manager->line);
        return collector.finish("Connection Manager");
    }
    auto* const networking = sectionOf(root, "Networking", tunnel);
    const auto strategy = networking == nullptr ? 0 : networking->number("VpnStrategy").value_or(0);
    if (!setStrategy(draft, strategy)) {
        draft.note("tern.formats.note.strategy", {std::to_string(strategy)});
        static_cast<void>(setStrategy(draft, 0));
    }
    readMethods(draft, sectionOf(root, "Server", tunnel));
    readTcpIp(draft, sectionOf(root, "TCP/IP", tunnel));
    draft.setUser(manager->text("UserName"));
    if (const auto domain = manager->text("Domain"); !domain.empty()) {
        draft.profile.authentication.domain = domain;
    }
    const bool shared = networking != nullptr && networking->boolean("UsePreSharedKey").value_or(false);
    if (shared) { // the key itself is in the installer
        draft.profile.authentication.allowed.push_back(Method::Psk);
    }
    if (networking != nullptr) {
        networking->ignore({"VpnEntry"});
    }
    // What Connection Manager shows, runs and asks is its own matter, but that programs are run is worth a word.
    for (auto& section : root.children) {
        const bool actions = lowered(section.name).ends_with("actions") || sameName(section.name, "Auto Applications");
        const bool of = section.name.find('&') != std::string::npos;
        section.used = section.used || (!actions && !of && &section != manager);
    }
    manager->markAll();
    if (stray != 0) {
        draft.note("tern.formats.note.stray-line", {}, stray);
    }
    collector.add(std::move(draft), root);
    collector.noteText(decoded);
    return collector.finish("Connection Manager");
}

} // namespace tern::formats
