// ProfileXML of Windows' VPNv2 CSP (Microsoft Learn, "VPNv2 CSP" and "ProfileXML XSD").
#include "core/formats/eap_host_config.h"
#include "core/formats/ike_names.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/windows_vpn.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;
using Secret = ImportedSecret::Kind;

void readAuthentication(Draft& draft, Node& native) {
    auto* const authentication = native.find("Authentication");
    if (authentication == nullptr) {
        setMethods(draft, {});
        return;
    }
    std::vector<std::string> methods;
    for (const auto* const key : {"UserMethod", "MachineMethod"}) {
        auto found = authentication->texts(key);
        std::ranges::move(found, std::back_inserter(methods));
    }
    setMethods(draft, methods);
    if (auto* const eap = authentication->find("Eap/Configuration")) {
        const auto allowed = draft.profile.authentication.allowed;
        readEapHostConfig(draft, *eap);
        auto& now = draft.profile.authentication.allowed;
        std::ranges::copy_if(allowed, std::back_inserter(now), [](Method each) { return each != Method::EapMschapv2; });
    }
}

void readProtocols(Draft& draft, Node& native) {
    const auto type = native.text("NativeProtocolType");
    if (setTunnelType(draft, type)) {
        return;
    }
    if (!sameName(type, "ProtocolList")) {
        if (!type.empty()) {
            draft.note("tern.formats.note.strategy", {briefly(type)}, native.line);
        }
        static_cast<void>(setTunnelType(draft, "Automatic"));
        return;
    }
    // Windows 11: the protocols in their order.
    std::vector<profile::Protocol> tries;
    auto* const list = native.find("ProtocolList/NativeProtocolList");
    for (auto* const each : list == nullptr ? std::vector<Node*>() : list->all("Type")) {
        each->used = true;
        if (setTunnelType(draft, each->value)) {
            tries.push_back(draft.profile.protocol);
        }
    }
    static_cast<void>(setTunnelType(draft, "Automatic"));
    if (tries.size() == 1) {
        draft.profile.protocol = tries.front();
        tries.clear();
    }
    draft.profile.originTries = std::move(tries);
}

void readNative(Draft& draft, Node& native) {
    auto& profile = draft.profile;
    for (const auto& each : native.texts("Servers")) {
        addServers(profile, each);
    }
    readProtocols(draft, native);
    readAuthentication(draft, native);
    if (sameName(native.text("RoutingPolicyType"), "SplitTunnel")) {
        draft.setSplit();
    }
    profile.routing.classRoute = !native.boolean("DisableClassBasedDefaultRoute").value_or(false);
    profile.routing.routesFromSelectors = native.boolean("PlumbIKEv2TSAsRoutes").value_or(false);
    if (auto* const suite = native.find("CryptographySuite")) {
        setWindowsPolicy(draft, *suite);
    }
    draft.takeSecret(Secret::L2tpPreSharedKey, native, "L2tpPsk");
    if (profile.protocol == profile::Protocol::L2tp && !draft.secrets.empty()) {
        profile.authentication.allowed.push_back(Method::Psk);
    }
}

// A plug-in's connection: kept in the list, and not usable.
void readPlugin(Draft& draft, Node& plugin) {
    const auto name = plugin.text("PluginPackageFamilyName");
    draft.setUnsupported(name.empty() ? "VPN plug-in" : name);
    for (const auto& each : plugin.texts("ServerUrlList")) {
        const auto scheme = each.find("://");
        const auto host = scheme == std::string::npos ? each : each.substr(scheme + 3);
        addServers(draft.profile, host.substr(0, host.find('/')));
    }
}

void readRoutes(Draft& draft, Node& root) {
    for (auto* const route : root.all("Route")) {
        auto prefix = route->text("Address");
        const auto size = route->text("PrefixSize");
        if (!size.empty()) {
            prefix.append("/").append(size);
        }
        const auto metric = std::clamp<std::int64_t>(route->number("Metric").value_or(0), 0, 0xFFFFFFFE);
        if (route->boolean("ExclusionRoute").value_or(false)) {
            draft.addExcluded(prefix, "Route");
        } else {
            draft.addRoute(prefix, "Route", static_cast<std::uint32_t>(metric));
        }
    }
}

// Names and who knows them. Tern has one list of servers for all names.
void readNames(Draft& draft, Node& root) {
    for (auto* const each : root.all("DomainNameInformation")) {
        auto name = each->text("DomainName");
        name.erase(0, name.find_first_not_of('.'));
        if (!name.empty()) {
            draft.profile.dns.domains.push_back(std::move(name));
        }
        for (const auto& server : each->texts("DnsServers")) {
            draft.addDns(server, "DnsServers");
        }
    }
}

} // namespace

base::Result<ImportResult> readProfileXml(Node tree, const DecodedText& decoded, std::string_view file) {
    Collector collector("profile-xml", decoded.encoding, file);
    auto& root = tree.children.front();
    Draft draft(root.text("ProfileName"), root.line);
    auto& profile = draft.profile;
    if (auto* const native = root.find("NativeProfile")) {
        readNative(draft, *native);
    } else if (auto* const plugin = root.find("PluginProfile")) {
        readPlugin(draft, *plugin);
    }
    readRoutes(draft, root);
    readNames(draft, root);
    profile.dns.suffix = root.text("DnsSuffix");
    profile.dns.registerAddress = root.boolean("RegisterDNS").value_or(false);
    profile.authentication.rememberPassword = root.boolean("RememberCredentials").value_or(false);
    profile.alwaysOn.enabled = root.boolean("AlwaysOn").value_or(false);
    profile.alwaysOn.deviceTunnel = root.boolean("DeviceTunnel").value_or(false);
    profile.alwaysOn.trustedNetworks = root.texts("TrustedNetworkDetection");
    profile.alwaysOn.triggered = root.find("AppTrigger") != nullptr;
    if (const auto seconds = root.number("NetworkOutageTime"); seconds && *seconds >= 0) {
        profile.ike.outage = std::chrono::seconds(std::min<std::int64_t>(*seconds, 0xFFFFFFFF));
    }
    if (const auto metric = root.number("IPv4InterfaceMetric"); metric && *metric > 0) {
        profile.routing.metric = static_cast<std::uint32_t>(std::min<std::int64_t>(*metric, 0xFFFFFFFE));
    }
    if (const auto level = root.text("DataEncryption"); !level.empty()) {
        setEncryption(draft, level);
    }
    // What Windows shows to its users.
    root.ignore({"DisableAdvancedOptionsEditButton", "DisableDisconnectButton", "EdpModeId"});
    collector.add(std::move(draft), tree);
    collector.noteText(decoded);
    return collector.finish("VPN ProfileXML");
}

} // namespace tern::formats
