#include "core/formats/server_names.h"

#include "core/formats/text.h"

#include <algorithm>
#include <charconv>

namespace tern::formats {

namespace {

constexpr std::size_t maximumName = 256;
constexpr std::size_t maximumShown = 64;
constexpr std::size_t maximumHost = 255;
constexpr std::size_t maximumServers = 64;

void splitPort(std::string& host, std::uint16_t& port) {
    const auto colon = host.rfind(':');
    const bool bracketed = host.starts_with('[');
    if (colon != std::string::npos && (host.find(':') == colon || (bracketed && host[colon - 1] == ']'))) {
        std::uint16_t number = 0;
        const char* end = host.data() + host.size();
        const auto [at, error] = std::from_chars(host.data() + colon + 1, end, number);
        if (error == std::errc() && at == end && number != 0) {
            port = number;
            host.resize(colon);
        }
    }
    if (bracketed && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
}

// Cut between characters.
std::string cutClean(std::string_view text, std::size_t most) {
    std::size_t end = std::min(text.size(), most);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    std::string clean(text.substr(0, end));
    std::ranges::replace_if(
        clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return clean;
}

} // namespace

bool isHost(std::string_view host) {
    const auto bad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; };
    return !host.empty() && host.size() <= maximumHost && std::ranges::none_of(host, bad);
}

void addServers(profile::Profile& profile, std::string_view text) {
    while (!text.empty() && profile.servers.size() < maximumServers) {
        const auto start = text.find_first_not_of(" \t");
        if (start == std::string_view::npos) {
            return;
        }
        text.remove_prefix(start);
        const auto end = std::min(text.find_first_of(" \t"), text.size());
        std::string host(text.substr(0, end));
        text.remove_prefix(end);
        std::uint16_t port = 0;
        splitPort(host, port);
        if (profile.servers.empty()) {
            profile.port = port;
        }
        if (!host.empty() && std::ranges::find(profile.servers, host) == profile.servers.end()) {
            profile.servers.push_back(std::move(host));
        }
    }
}

std::string cleanName(std::string_view name) {
    return std::string(trimmed(cutClean(name, maximumName)));
}

std::string briefly(std::string_view value) {
    return cutClean(value, maximumShown);
}

} // namespace tern::formats
