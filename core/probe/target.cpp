#include "core/probe/target.h"

#include "core/base/ip.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tern::probe {

namespace {

constexpr std::size_t longestName = 253; // RFC 1035 §2.3.4

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::uint16_t> port(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && number != 0 ? std::optional(number) : std::nullopt;
}

// A host name; those of other languages are the resolver's affair.
bool isName(std::string_view text) {
    return !text.empty() && text.size() <= longestName && text.front() != '.' && text.front() != '-' &&
           std::none_of(text.begin(), text.end(), [](char c) {
               return (c >= 0 && c <= ' ') || c == 0x7F ||
                      std::string_view("/\\?#@:[]<>\"'`|%,;()").find(c) != std::string_view::npos;
           });
}

} // namespace

base::Result<Target> parseTarget(std::string_view text) {
    const auto refused = [&] { return base::fail("tern.probe.target", {std::string(text.substr(0, longestName))}); };
    auto rest = trimmed(text);
    for (const std::string_view scheme : {"https://", "http://", "sstp://"}) {
        if (rest.starts_with(scheme)) {
            rest.remove_prefix(scheme.size());
        }
    }
    rest = rest.substr(0, rest.find('/'));
    Target target;
    if (const auto address = base::IpAddress::fromText(rest)) {
        target.host = address->text();
        return target;
    }
    auto host = rest;
    std::string_view behind;
    if (rest.starts_with('[')) {
        const auto close = rest.find(']');
        if (close == std::string_view::npos) {
            return refused();
        }
        host = rest.substr(1, close - 1);
        behind = rest.substr(close + 1);
        const auto address = base::IpAddress::fromText(host);
        if (!address || !address->isV6()) {
            return refused();
        }
    } else {
        const auto colon = rest.find(':');
        host = rest.substr(0, colon);
        behind = colon == std::string_view::npos ? std::string_view() : rest.substr(colon);
        if (!isName(host)) {
            return refused();
        }
    }
    if (!behind.empty()) {
        const auto number = behind.front() == ':' ? port(behind.substr(1)) : std::nullopt;
        if (!number) {
            return refused();
        }
        target.sstpPort = *number;
    }
    target.host = host;
    return target;
}

} // namespace tern::probe
