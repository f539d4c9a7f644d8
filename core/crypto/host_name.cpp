#include "core/crypto/host_name.h"

#include <algorithm>

namespace tern::crypto {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameText(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

bool dnsNameMatches(std::string_view presented, std::string_view dialled) {
    if (dialled.ends_with('.')) {
        dialled.remove_suffix(1);
    }
    if (presented.empty() || dialled.empty()) {
        return false;
    }
    if (sameText(presented, dialled)) {
        return true;
    }
    constexpr std::string_view wildcard = "*.";
    if (!presented.starts_with(wildcard)) {
        return false;
    }
    const std::string_view parent = presented.substr(wildcard.size());
    const std::size_t dot = dialled.find('.');
    return parent.find('.') != std::string_view::npos && parent.find('*') == std::string_view::npos && dot != 0 &&
           dot != std::string_view::npos && sameText(parent, dialled.substr(dot + 1));
}

} // namespace tern::crypto
