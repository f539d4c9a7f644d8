// The package that Azure makes for point-to-site clients (Microsoft Learn, "point-to-site VPN client configuration"):
// Generic/VpnSettings.xml with VpnServerRoot.cer beside it for IKEv2 and SSTP, AzureVPN/azurevpnconfig.xml for the
// Azure VPN client, which speaks OpenVPN and signs in at Entra.
#include "core/formats/archive.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/windows_vpn.h"
#include "core/formats/xml.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Protocol;

std::string baseName(std::string_view path) {
    return lowered(path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1));
}

bool isWanted(std::string_view path) {
    const auto name = baseName(path);
    return name == "vpnsettings.xml" || name.starts_with("vpnserverroot.cer") ||
           (name.starts_with("azurevpnconfig") && name.ends_with(".xml")) || name.ends_with(".ovpn");
}

void readMethod(Draft& draft, Node& root) {
    auto text = lowered(root.text("Auth"));
    std::erase_if(text, [](char c) { return c == '-' || c == '_' || c == ' '; });
    auto& authentication = draft.profile.authentication;
    const bool certificate = text == "eaptls" || text == "certificate" || text.empty();
    authentication.method = certificate ? Method::EapTls : Method::EapMschapv2;
    if (!certificate && text != "eapmschapv2" && text != "radius") {
        draft.unused.push_back("Auth=" + cleanName(text));
    }
    authentication.allowed = {authentication.method};
}

void readTypes(Draft& draft, Node& root) {
    bool ikev2 = false;
    bool sstp = false;
    std::string others;
    for (const auto& each : root.texts("VpnType", ",; ")) {
        const auto type = lowered(each);
        ikev2 = ikev2 || type == "ikev2";
        sstp = sstp || type == "sstp";
        others += type == "ikev2" || type == "sstp" ? "" : (others.empty() ? "" : ", ") + cleanName(each);
    }
    if (!ikev2 && !sstp) {
        draft.setUnsupported(others.empty() ? "Azure VPN" : others);
        return;
    }
    draft.profile.protocol = ikev2 && sstp ? Protocol::Automatic : ikev2 ? Protocol::Ikev2 : Protocol::Sstp;
    if (ikev2 && sstp) {
        draft.profile.originTries = {Protocol::Ikev2, Protocol::Sstp};
    }
    if (!others.empty()) {
        draft.unused.push_back("VpnType=" + others);
    }
}

void addSettings(Collector& collector, Node& tree, const std::vector<ArchivedFile>& roots) {
    auto& root = tree.children.front();
    Draft draft(root.text("VnetName"), root.line);
    addServers(draft.profile, root.text("VpnServer"));
    readTypes(draft, root);
    readMethod(draft, root);
    const auto routes = root.texts("Routes", ",; ");
    for (const auto& each : routes) {
        draft.addRoute(each, "Routes");
    }
    if (!routes.empty()) {
        draft.setSplit();
    }
    for (const auto& each : root.texts("CustomDnsServers", ",; ")) {
        draft.addDns(each, "CustomDnsServers");
    }
    if (const auto certificate = root.text("CaCert"); !certificate.empty()) {
        draft.addAuthority(certificate, "CaCert");
    }
    for (const auto& file : roots) {
        draft.addAuthority(base::toText(file.content), file.path);
    }
    // Which authority it is: the certificate itself is beside it, or among the system's.
    root.ignore({"ServerCertRootCn", "ServerCertIssuerCn", "VpnClientAddressPool"});
    collector.add(std::move(draft), tree);
}

// Listed, with what it would need.
void addEntraClient(Collector& collector, Node& tree) {
    auto& root = tree.children.front();
    Draft draft(root.text("name"), root.line);
    draft.setUnsupported("Azure VPN Client (OpenVPN, Microsoft Entra ID)");
    if (auto* const list = root.find("serverlist")) {
        for (auto& entry : list->children) {
            addServers(draft.profile, entry.text("fqdn"));
        }
    }
    root.markAll(); // none of it is used, and that is said by the kind
    collector.add(std::move(draft), tree);
}

base::Result<Node> xmlOf(const ArchivedFile& file, std::string_view name) {
    const auto decoded = decodeText(file.content);
    return readXml(decoded.text, std::string(name) + ": " + cleanName(file.path));
}

} // namespace

base::Result<ImportResult> readAzureSettings(Node tree, const DecodedText& decoded, std::string_view file) {
    Collector collector("azure", decoded.encoding, file);
    addSettings(collector, tree, {});
    return collector.finish("Azure VPN");
}

base::Result<ImportResult> readAzureClient(Node tree, const DecodedText& decoded, std::string_view file) {
    Collector collector("azure", decoded.encoding, file);
    addEntraClient(collector, tree);
    return collector.finish("Azure VPN");
}

base::Result<ImportResult> readAzureZip(base::ByteView bytes, std::string_view file) {
    auto files = readZip(bytes, file, isWanted);
    if (!files) {
        return base::fail(std::move(files.error()));
    }
    std::vector<ArchivedFile> roots;
    std::ranges::copy_if(*files, std::back_inserter(roots),
                         [](const ArchivedFile& each) { return baseName(each.path).starts_with("vpnserverroot"); });
    Collector collector("azure", "utf-8", file);
    for (const auto& each : *files) {
        const auto name = baseName(each.path);
        if (!name.ends_with(".xml")) {
            continue;
        }
        auto tree = xmlOf(each, file);
        if (!tree) {
            return base::fail(std::move(tree.error()));
        }
        if (name == "vpnsettings.xml") {
            addSettings(collector, *tree, roots);
        } else {
            addEntraClient(collector, *tree);
        }
    }
    if (std::ranges::any_of(*files, [](const ArchivedFile& each) { return each.path.ends_with(".ovpn"); }) &&
        collector.entries() > 0) {
        collector.noteFile("tern.formats.note.other-payloads", {"OpenVPN"});
    }
    return collector.finish("ZIP");
}

} // namespace tern::formats
