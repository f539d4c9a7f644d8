// Windows' VpnClient module: scripts with Add-VpnConnection and its relatives, and what Get-VpnConnection says of
// connections that are there, as ConvertTo-Json writes it (Microsoft Learn, "VpnClient").
#include "core/formats/eap_host_config.h"
#include "core/formats/ike_names.h"
#include "core/formats/powershell_text.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/windows_vpn.h"
#include "core/formats/xml.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Protocol;
using Secret = ImportedSecret::Kind;

constexpr std::size_t mostLookedAt = 1'000;

// As a text of XML, as a script has it, or as objects, as JSON has it.
void readEapXml(Draft& draft, Node& settings) {
    auto* const eap = settings.find("EapConfigXmlStream");
    if (eap == nullptr) {
        return;
    }
    const auto allowed = draft.profile.authentication.allowed;
    if (eap->kind == Node::Kind::Group) {
        if (eap->find("EapHostConfig") == nullptr) {
            return;
        }
        readEapHostConfig(draft, *eap);
    } else if (!eap->value.empty()) {
        auto document = readXml(eap->value, "EapConfigXmlStream");
        if (!document) {
            draft.note("tern.formats.note.eap-data", {}, eap->line);
            return;
        }
        readEapHostConfig(draft, *document);
    }
    eap->markAll();
    std::ranges::copy_if(allowed, std::back_inserter(draft.profile.authentication.allowed),
                         [](Method each) { return each != Method::EapMschapv2; });
}

void readRoutes(Draft& draft, Node& settings) {
    for (auto* const list : settings.all("Routes")) {
        if (list->kind == Node::Kind::Group) {
            for (auto& route : list->children) {
                const auto metric = std::clamp<std::int64_t>(route.number("RouteMetric").value_or(0), 0, 0xFFFFFFFE);
                draft.addRoute(route.text("DestinationPrefix"), "Routes", static_cast<std::uint32_t>(metric));
                route.markAll();
            }
        }
    }
}

void readServers(Draft& draft, Node& settings) {
    addServers(draft.profile, settings.text("ServerAddress"));
    if (auto* const list = settings.find("ServerList")) {
        for (auto& each : list->children) {
            addServers(draft.profile, each.kind == Node::Kind::Group ? each.text("ServerAddress") : each.value);
        }
        list->markAll();
    }
}

// What a parameter of Add-VpnConnection and a property of Get-VpnConnection have the same name for.
void readSettings(Draft& draft, Node& settings) {
    auto& profile = draft.profile;
    readServers(draft, settings);
    const auto type = settings.text("TunnelType");
    if (!setTunnelType(draft, type.empty() ? "Automatic" : type)) {
        draft.note("tern.formats.note.strategy", {briefly(type)});
        static_cast<void>(setTunnelType(draft, "Automatic"));
    }
    setMethods(draft, settings.texts("AuthenticationMethod"));
    readEapXml(draft, settings);
    setEncryption(draft, settings.text("EncryptionLevel"));
    if (settings.boolean("SplitTunneling").value_or(false)) {
        draft.setSplit();
    }
    profile.authentication.rememberPassword = settings.boolean("RememberCredential").value_or(false);
    profile.dns.suffix = settings.text("DnsSuffix");
    if (const auto seconds = settings.number("IdleDisconnectSeconds"); seconds && *seconds > 0) {
        profile.redial.idleDisconnect = std::chrono::seconds(std::min<std::int64_t>(*seconds, 0xFFFFFFFF));
    }
    draft.takeSecret(Secret::L2tpPreSharedKey, settings, "L2tpPsk");
    const bool shared = sameName(settings.text("L2tpIPsecAuth"), "Psk") || !draft.secrets.empty();
    if (shared && profile.protocol == Protocol::L2tp) {
        profile.authentication.allowed.push_back(Method::Psk);
    }
    readRoutes(draft, settings);
    if (const auto plugin = settings.text("PlugInApplicationID"); !plugin.empty()) {
        draft.setUnsupported(plugin);
    }
    for (const auto* const key : {"IPSecCustomPolicy", "IPsecCustomPolicy"}) {
        if (auto* const policy = settings.find(key); policy != nullptr && policy->kind == Node::Kind::Group) {
            setWindowsPolicy(draft, *policy);
            policy->markAll();
            break;
        }
    }
    // How Windows keeps and shows it; whether its Windows password is used has no meaning here.
    settings.ignore({"Name", "AllUserConnection", "Guid", "ConnectionStatus", "PassThru", "Force", "WhatIf", "Confirm",
                     "ProfileType", "ProvisioningAuthority", "PSComputerName", "CimClass", "CimInstanceProperties",
                     "CimSystemProperties", "UseWinlogonCredential"});
}

// ---- scripts ----

// PowerShell takes any beginning of a parameter's name that no other has.
void completeNames(Node& command) {
    constexpr std::array<std::string_view, 26> names{"Name",
                                                     "ServerAddress",
                                                     "TunnelType",
                                                     "EncryptionLevel",
                                                     "AuthenticationMethod",
                                                     "SplitTunneling",
                                                     "AllUserConnection",
                                                     "L2tpPsk",
                                                     "RememberCredential",
                                                     "UseWinlogonCredential",
                                                     "EapConfigXmlStream",
                                                     "DnsSuffix",
                                                     "IdleDisconnectSeconds",
                                                     "PassThru",
                                                     "Force",
                                                     "PlugInApplicationID",
                                                     "ConnectionName",
                                                     "DestinationPrefix",
                                                     "RouteMetric",
                                                     "AuthenticationTransformConstants",
                                                     "CipherTransformConstants",
                                                     "DHGroup",
                                                     "EncryptionMethod",
                                                     "IntegrityCheckMethod",
                                                     "PfsGroup",
                                                     "ServerList"};
    for (auto& parameter : command.children) {
        const auto given = lowered(parameter.name);
        std::string_view only;
        unsigned count = 0;
        for (const auto name : names) {
            const auto full = lowered(name);
            if (full == given) {
                count = 0;
                break;
            }
            if (full.starts_with(given)) {
                only = name;
                ++count;
            }
        }
        if (count == 1 && given.size() > 1) {
            parameter.name = only;
        }
    }
    // By their place: the name, then the server (of Add-VpnConnection), or the network (of a route).
    const bool route = sameName(command.name, "Add-VpnConnectionRoute");
    const bool add = sameName(command.name, "Add-VpnConnection") || sameName(command.name, "Set-VpnConnection");
    for (auto& parameter : command.children) {
        if (parameter.name == "0") {
            parameter.name = add ? "Name" : "ConnectionName";
        } else if (parameter.name == "1") {
            parameter.name = route ? "DestinationPrefix" : add ? "ServerAddress" : parameter.name;
        } else if (parameter.name == "2" && add) {
            parameter.name = "TunnelType";
        }
    }
}

std::string connectionOf(Node& command) {
    const auto name = command.text("ConnectionName");
    return name.empty() ? command.text("Name") : name;
}

// A later command about a connection that an earlier one made: what it says goes into that one's settings.
void apply(Node& settings, Node command) {
    if (sameName(command.name, "Add-VpnConnectionRoute")) {
        auto& list = settings.children.emplace_back();
        list.name = "Routes";
        list.kind = Node::Kind::Group;
        auto& route = list.children.emplace_back();
        route = std::move(command);
        route.name.clear();
        return;
    }
    if (sameName(command.name, "Set-VpnConnectionIPsecConfiguration")) {
        std::erase_if(settings.children, [](const Node& each) { return sameName(each.name, "IPSecCustomPolicy"); });
        command.name = "IPSecCustomPolicy";
        settings.children.push_back(std::move(command));
        return;
    }
    if (sameName(command.name, "Set-VpnConnection")) {
        for (auto& parameter : command.children) {
            std::erase_if(settings.children, [&](const Node& each) { return sameName(each.name, parameter.name); });
            settings.children.push_back(std::move(parameter));
        }
        return;
    }
    // Others keep their name, and what they say is named as unused.
    settings.children.push_back(std::move(command));
}

void readUserPassword(Draft& draft, Node& settings) {
    // A widely used script of the community writes both.
    if (auto* const login = settings.find("Set-VpnConnectionUsernamePassword")) {
        draft.setUser(login->text("username"));
        if (const auto domain = login->text("domain"); !domain.empty()) {
            draft.profile.authentication.domain = domain;
        }
        draft.takeSecret(Secret::Password, *login, "password");
        login->markAll();
    }
}

} // namespace

base::Result<ImportResult> readPowershellScript(const DecodedText& decoded, std::string_view file) {
    std::vector<std::string> computed;
    auto root = readPowershell(decoded.text, computed);
    std::vector<Node> connections;
    for (auto& command : root.children) {
        completeNames(command);
        const auto name = connectionOf(command);
        if (sameName(command.name, "Add-VpnConnection")) {
            connections.push_back(std::move(command));
            continue;
        }
        // What belongs together is close together.
        const auto last =
            connections.rbegin() + static_cast<std::ptrdiff_t>(std::min(connections.size(), mostLookedAt));
        const auto target = std::ranges::find_if(connections.rbegin(), last, [&](Node& each) {
            return each.find("Name") != nullptr && sameName(each.text("Name"), name);
        });
        if (target != last && !lowered(command.name).starts_with("get-") &&
            !lowered(command.name).starts_with("remove-")) {
            apply(*target, std::move(command));
        }
    }
    Collector collector("powershell", decoded.encoding, file);
    for (auto& settings : connections) {
        if (collector.full()) {
            break;
        }
        Draft draft(settings.text("Name"), settings.line);
        readSettings(draft, settings);
        readUserPassword(draft, settings);
        collector.add(std::move(draft), settings);
    }
    std::string names;
    for (const auto& each : computed) {
        if (names.size() < 256) {
            names += (names.empty() ? "" : ", ") + cleanName(each);
        }
    }
    if (!names.empty() && collector.entries() > 0) {
        collector.noteFile("tern.formats.note.computed", {names});
    }
    collector.noteText(decoded);
    return collector.finish("PowerShell");
}

base::Result<ImportResult> readVpnConnectionJson(Node root, const DecodedText& decoded, std::string_view file) {
    Collector collector("vpn-connection-json", decoded.encoding, file);
    const auto read = [&](Node& settings) {
        Draft draft(settings.text("Name"), 1);
        readSettings(draft, settings);
        collector.add(std::move(draft), settings);
    };
    if (root.find("ServerAddress") != nullptr) { // one connection is no list
        read(root);
        return collector.finish("JSON");
    }
    for (auto& settings : root.children) {
        if (settings.find("ServerAddress") != nullptr && !collector.full()) {
            read(settings);
        }
    }
    collector.noteText(decoded);
    return collector.finish("JSON");
}

} // namespace tern::formats
