#include "core/sstp/status_text.h"

#include <array>
#include <cstdio>

namespace tern::sstp {

namespace {

constexpr std::array names{
    "no error",
    "duplicate attribute",
    "unrecognized attribute",
    "invalid attribute length",
    "value not supported",
    "unaccepted frame",
    "retry count exceeded",
    "invalid frame",
    "negotiation timeout",
    "attribute not supported in this message",
    "required attribute missing",
    "status info not supported in this message",
};

std::string oneText(const StatusInfo& info) {
    const auto number = static_cast<std::uint32_t>(info.status);
    std::string text;
    if (number < names.size()) {
        text = names.at(number);
    } else {
        std::array<char, 32> hex{};
        static_cast<void>(std::snprintf(hex.data(), hex.size(), "status 0x%08X", static_cast<unsigned>(number)));
        text = hex.data();
    }
    if (info.attribute != AttributeId::None) {
        text += " (attribute " + std::to_string(static_cast<unsigned>(info.attribute)) + ")";
    }
    return text;
}

} // namespace

std::string statusText(const std::vector<StatusInfo>& statuses) {
    std::string text;
    for (const auto& info : statuses) {
        text += (text.empty() ? "" : ", ") + oneText(info);
    }
    return text.empty() ? "without a reason" : text;
}

} // namespace tern::sstp
