#include "core/formats/foreign.h"

#include "core/formats/node.h"
#include "core/formats/server_names.h"
#include "core/formats/sniff.h"
#include "core/formats/text.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

// The rest of the first line that starts with `word`, whatever its case, and a blank, "=" or the end behind it.
std::optional<std::string> lineOf(std::string_view text, std::string_view word) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.size() < word.size() || !sameName(line.substr(0, word.size()), word)) {
            continue;
        }
        const auto rest = line.substr(word.size());
        if (rest.empty() || rest.front() == ' ' || rest.front() == '\t' || rest.front() == '=') {
            const auto value = rest.find_first_not_of(" \t=");
            return std::string(value == std::string_view::npos ? std::string_view() : rest.substr(value));
        }
    }
    return std::nullopt;
}

std::string serverFrom(const std::string& text) {
    profile::Profile profile;
    addServers(profile, text.substr(0, text.find_first_of(" \t")));
    const auto server = profile.servers.empty() ? std::string() : profile.servers.front();
    return isHost(server) ? server : std::string();
}

std::optional<ForeignVpn> openVpn(std::string_view head) {
    const auto remote = lineOf(head, "remote");
    constexpr std::array also{"client", "tls-client", "dev", "auth-user-pass", "<ca>"};
    if (!remote || std::ranges::none_of(also, [&](auto word) { return lineOf(head, word).has_value(); })) {
        return std::nullopt;
    }
    return ForeignVpn{"openvpn", "OpenVPN", serverFrom(*remote)};
}

// wg-quick's file, or NetworkManager's.
std::optional<ForeignVpn> wireGuard(std::string_view head) {
    const bool quick = lineOf(head, "[Interface]") && lineOf(head, "[Peer]");
    const bool manager = lineOf(head, "[connection]") && lineOf(head, "type") == "wireguard";
    const auto endpoint = lineOf(head, "Endpoint");
    if ((!quick && !manager) || !endpoint) { // a peer without one calls, and is not called
        return std::nullopt;
    }
    return ForeignVpn{"wireguard", "WireGuard", serverFrom(*endpoint)};
}

std::optional<ForeignVpn> cisco(std::string_view head) {
    if (const auto gateway = lineOf(head, "IPSec gateway")) {
        return ForeignVpn{"vpnc", "vpnc (IKEv1)", serverFrom(*gateway)};
    }
    const auto host = lineOf(head, "Host");
    if (host && lineOf(head, "[main]") && (lineOf(head, "GroupName") || lineOf(head, "enc_GroupPwd"))) {
        return ForeignVpn{"pcf", "Cisco VPN Client (IKEv1)", serverFrom(*host)};
    }
    return std::nullopt;
}

} // namespace

std::optional<ForeignVpn> foreignVpn(base::ByteView bytes) {
    const auto decoded = decodeText(bytes.first(std::min<std::size_t>(bytes.size(), 65536)));
    const auto head = headOf(decoded.text);
    for (const auto recognise : {openVpn, wireGuard, cisco}) {
        if (auto found = recognise(head)) {
            return found;
        }
    }
    return std::nullopt;
}

} // namespace tern::formats
