#include "core/formats/import.h"

#include "core/formats/json.h"
#include "core/formats/phonebook.h"
#include "core/formats/plist.h"
#include "core/formats/readers.h"
#include "core/formats/signed_file.h"
#include "core/formats/sniff.h"
#include "core/formats/xml.h"

#include <algorithm>

namespace tern::formats {

namespace {

using Outcome = base::Result<ImportResult>;

std::string_view view(base::ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// ---- XML ----

using TreeReader = Outcome (*)(Node, const DecodedText&, std::string_view);

Outcome readPlistDocument(Node tree, const DecodedText& decoded, std::string_view file) {
    auto root = plistFromXml(std::move(tree), file);
    return root ? readMobileconfig(std::move(*root), decoded.encoding, file, {}) : base::fail(std::move(root.error()));
}

TreeReader xmlReader(const Node& root) {
    if (sameName(root.name, "plist")) {
        return readPlistDocument;
    }
    if (sameName(root.name, "VPNProfile")) { // Azure calls its own so as well
        return root.find("VpnServer") != nullptr ? readAzureSettings : readProfileXml;
    }
    if (sameName(root.name, "AzVpnProfile")) {
        return readAzureClient;
    }
    if (sameName(root.name, "NetworkOptions")) {
        return readGroupPolicy;
    }
    return nullptr;
}

bool looksLikeOurXml(std::string_view head) {
    const auto text = lowered(head);
    return std::ranges::any_of(std::initializer_list<std::string_view>{"<plist", "<vpnprofile", "<azvpnprofile",
                                                                       "<networkoptions", "<!entity"},
                               [&](auto start) { return text.find(start) != std::string::npos; });
}

Outcome readXmlFile(const DecodedText& decoded, std::string_view file) {
    auto tree = readXml(decoded.text, file);
    if (!tree) {
        // A web page that was saved is no damaged list of connections.
        return base::fail(looksLikeOurXml(headOf(decoded.text)) ? std::move(tree.error())
                                                                : refuseText(decoded.text, file, 0));
    }
    const auto reader = xmlReader(tree->children.front());
    return reader != nullptr ? reader(std::move(*tree), decoded, file) : base::fail(refuseText(decoded.text, file, 0));
}

// ---- JSON ----

Outcome readJsonFile(const DecodedText& decoded, std::string_view file) {
    auto root = readJson(decoded.text, file);
    const auto head = headOf(decoded.text);
    const bool sswan = head.find("ikev2-") != std::string_view::npos;
    if (!root) {
        const bool ours = sswan || head.find("ServerAddress") != std::string_view::npos;
        return base::fail(ours ? std::move(root.error()) : refuseText(decoded.text, file, 0));
    }
    const auto* const type = root->find("type");
    if (type != nullptr && root->find("remote") != nullptr) {
        return readSswan(std::move(*root), decoded, file);
    }
    const auto isConnection = [](const Node& node) { return node.find("ServerAddress") != nullptr; };
    if (isConnection(*root) || std::ranges::any_of(root->children, isConnection)) {
        return readVpnConnectionJson(std::move(*root), decoded, file);
    }
    return base::fail("tern.formats.other-kind", {std::string(file), "JSON"});
}

bool isJson(std::string_view text) {
    const auto start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) {
        return false;
    }
    if (text[start] == '{') {
        return true;
    }
    const auto next = text[start] == '[' ? text.find_first_not_of(" \t\r\n", start + 1) : std::string_view::npos;
    return next != std::string_view::npos && text[next] == '{';
}

// ---- binary ----

Outcome readPlistBytes(base::ByteView bytes, std::string_view file, const std::vector<ImportProblem>& notes) {
    if (isBinaryPlist(bytes)) {
        auto root = plistFromBinary(bytes, file);
        return root ? readMobileconfig(std::move(*root), "binary", file, notes) : base::fail(std::move(root.error()));
    }
    const auto decoded = decodeText(bytes);
    auto tree = readXml(decoded.text, file);
    if (!tree) {
        return base::fail(std::move(tree.error()));
    }
    if (!sameName(tree->children.front().name, "plist")) {
        return base::fail("tern.formats.no-vpn", {std::string(file), "CMS"});
    }
    auto root = plistFromXml(std::move(*tree), file);
    if (!root) {
        return base::fail(std::move(root.error()));
    }
    return readMobileconfig(std::move(*root), decoded.encoding, file, notes);
}

Outcome readText(const DecodedText& decoded, std::string_view file) {
    const auto start = decoded.text.find_first_not_of(" \t\r\n");
    if (start != std::string::npos && decoded.text[start] == '<' &&
        !std::string_view(decoded.text).substr(start).starts_with("<#")) {
        return readXmlFile(decoded, file);
    }
    if (isJson(decoded.text)) {
        return readJsonFile(decoded, file);
    }
    switch (textKind(decoded.text)) {
    case TextKind::NetworkManager:
        return readNetworkManager(decoded, file);
    case TextKind::ConnectionManager:
        return readCmak(decoded, file);
    case TextKind::Swanctl:
        return readSwanctlConf(decoded, file);
    case TextKind::IpsecConf:
        return readIpsecConfFile(decoded, file);
    case TextKind::Xl2tpd:
        return readXl2tpd(decoded, file);
    case TextKind::PppPeer:
        return readPppPeer(decoded, file);
    case TextKind::Powershell:
        return readPowershellScript(decoded, file);
    case TextKind::Other:
        break;
    }
    return parsePhonebook(decoded, file);
}

} // namespace

std::size_t ImportResult::skipped() const {
    return static_cast<std::size_t>(
        std::ranges::count(problems, ImportProblem::Severity::Skipped, [](const auto& each) { return each.severity; }));
}

Outcome importFile(base::ByteView bytes, std::string_view name, const ImportTrust& trust) {
    if (auto error = refuseUnread(bytes, name)) {
        return base::fail(std::move(*error));
    }
    if (view(bytes).starts_with("PK\x03\x04")) {
        return readAzureZip(bytes, name);
    }
    if (isBinaryPlist(bytes)) {
        return readPlistBytes(bytes, name, {});
    }
    if (auto opened = openSignedFile(bytes, name, trust)) {
        return *opened ? readPlistBytes((*opened)->content, name, (*opened)->notes)
                       : base::fail(std::move(opened->error()));
    }
    return readText(decodeText(bytes), name);
}

std::optional<std::size_t> sharedKeySize(std::span<const ImportedSecret> secrets, std::string_view profile) {
    using Kind = ImportedSecret::Kind;
    for (const auto& secret : secrets) {
        const bool key = secret.kind == Kind::PreSharedKey || secret.kind == Kind::L2tpPreSharedKey;
        if (key && secret.profile == profile) {
            return secret.value.size();
        }
    }
    return std::nullopt;
}

} // namespace tern::formats
