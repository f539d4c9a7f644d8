#include "core/formats/phonebook_kind.h"

#include "core/formats/text.h"

#include <algorithm>
#include <charconv>

namespace tern::formats {

namespace {

using profile::Protocol;

constexpr std::int64_t typeDialUp = 1;
constexpr std::int64_t typeVpn = 2;

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

bool isVpnToken(std::string_view token) {
    return token == "PPTP" || token == "L2TP" || token == "SSTP" || token == "IKEV2";
}

// A plug-in's profile is hexadecimal or plain; what identifies the plug-in is a name like Publisher.Product_hash.
std::string pluginName(std::string_view value) {
    std::string text;
    const auto bytes = base::fromHex(value.substr(0, 8192));
    const std::string source = bytes.empty() ? std::string(value) : base::toText(bytes);
    for (const char c : source) {
        const bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                          c == '_' || c == '-';
        if (part) {
            text += c;
        } else if (c != '\0' && !text.empty()) { // zeros: UTF-16
            if (text.find('.') != std::string::npos && text.find('_') != std::string::npos) {
                break;
            }
            text.clear();
        }
        if (text.size() >= 128) {
            break;
        }
    }
    return text.find('.') != std::string::npos && text.find('_') != std::string::npos ? text : "VPN plug-in";
}

// VpnStrategy, MS-RRASM §2.2.2.
struct Strategy {
    std::int64_t value;
    Protocol protocol;
    std::vector<Protocol> tries;
};

const std::vector<Strategy>& strategies() {
    using enum Protocol;
    static const std::vector<Strategy> table{
        {0, Automatic, {Ikev2, Sstp, Pptp, L2tp}},
        {1, Pptp, {}},
        {2, Automatic, {Pptp, Ikev2, Sstp, L2tp}},
        {3, L2tp, {}},
        {4, Automatic, {L2tp, Ikev2, Sstp, Pptp}},
        {5, Sstp, {}},
        {6, Automatic, {Sstp, Ikev2, Pptp, L2tp}},
        {7, Ikev2, {}},
        {8, Automatic, {Ikev2, Sstp, Pptp, L2tp}},
        {9, Unsupported, {}},
        {12, Automatic, {Pptp, Sstp}},
        {13, Automatic, {L2tp, Sstp}},
        {14, Automatic, {Ikev2, Sstp}},
        // A list kept elsewhere: whatever it is, nothing here keeps the retired ones out of it.
        {15, Automatic, {Ikev2, Sstp, Pptp, L2tp}},
    };
    return table;
}

} // namespace

std::int64_t number(const EntryKeys& keys, std::string_view key, std::int64_t otherwise, Notes& notes) {
    const auto* found = keys.find(key);
    if (found == nullptr || found->value.empty()) {
        return otherwise;
    }
    const char* end = found->value.data() + found->value.size();
    std::int64_t value = 0;
    const auto [at, error] = std::from_chars(found->value.data(), end, value);
    if (error != std::errc() || at != end) {
        notes.add("tern.formats.note.bad-number", {std::string(key), std::string(found->value.substr(0, 64))},
                  found->line);
        return otherwise;
    }
    return value;
}

bool isVpnDevice(std::string_view kind) {
    return upper(kind) == "VPN";
}

std::string deviceToken(std::string_view device) {
    constexpr std::string_view wideOpen = "\xEF\xBC\x88"; // fullwidth brackets
    constexpr std::string_view wideClose = "\xEF\xBC\x89";
    std::string text(device);
    for (auto at = text.find(wideOpen); at != std::string::npos; at = text.find(wideOpen)) {
        text.replace(at, wideOpen.size(), "(");
    }
    for (auto at = text.find(wideClose); at != std::string::npos; at = text.find(wideClose)) {
        text.replace(at, wideClose.size(), ")");
    }
    const auto open = text.rfind('(');
    const auto close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open) {
        return {};
    }
    return upper(trimmed(std::string_view(text).substr(open + 1, close - open - 1)));
}

std::optional<base::Error> whyNotVpn(const EntryKeys& keys, Notes& notes) {
    const std::string token = deviceToken(keys.device);
    const auto isKind = [&](std::string_view kind) {
        return std::ranges::any_of(keys.devices, [&](const DeviceGroup& group) { return upper(group.kind) == kind; });
    };
    const bool vpnDevice = isKind("VPN");
    const std::int64_t type = number(keys, "Type", vpnDevice || isVpnToken(token) ? typeVpn : 0, notes);
    if (token == "PPPOE" || isKind("PPPOE") || (type == 5 && !vpnDevice)) {
        return base::Error{"tern.formats.entry.pppoe", {}, "Type=" + std::to_string(type)};
    }
    const bool plugin = keys.find("ThirdPartyProfileInfo") != nullptr;
    const bool otherDevice = !keys.devices.empty() && !vpnDevice && !(type == typeVpn && isVpnToken(token));
    const bool otherType = type != typeVpn && type != 0 && !vpnDevice;
    if (!plugin && (otherDevice || otherType)) {
        const std::string kind = keys.devices.empty() ? std::string() : std::string(keys.devices.front().kind);
        return base::Error{"tern.formats.entry.dial-up", {}, "Type=" + std::to_string(type) + " DEVICE=" + kind};
    }
    if (type == typeDialUp || type == 5) {
        notes.add("tern.formats.note.contradiction", {"Type=" + std::to_string(type)});
    }
    return std::nullopt;
}

bool setProtocol(profile::Profile& profile, std::int64_t strategy) {
    const auto found = std::ranges::find(strategies(), strategy, &Strategy::value);
    if (found == strategies().end()) {
        return false;
    }
    profile.protocol = found->protocol;
    profile.originTries = found->tries;
    if (found->protocol == Protocol::Unsupported) {
        profile.plugin = "GRE";
    }
    return true;
}

void readProtocol(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    if (const auto* plugin = keys.find("ThirdPartyProfileInfo"); plugin != nullptr && !plugin->value.empty()) {
        profile.protocol = Protocol::Unsupported;
        profile.plugin = pluginName(keys.joined("ThirdPartyProfileInfo", 65536));
        return;
    }
    const auto* key = keys.find("VpnStrategy");
    const std::int64_t value = number(keys, "VpnStrategy", 0, notes);
    if (!setProtocol(profile, value)) {
        notes.add("tern.formats.note.strategy", {std::to_string(value)}, key == nullptr ? 0 : key->line);
        static_cast<void>(setProtocol(profile, 0));
    } else if (value == 15) {
        notes.add("tern.formats.note.protocol-list", {}, key->line);
    }
}

} // namespace tern::formats
