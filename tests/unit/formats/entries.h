// Phonebook text for tests.
#pragma once

#include "core/formats/import.h"

#include <QByteArray>
#include <algorithm>
#include <string>
#include <string_view>

namespace tern::test {

// A whole entry; `keys` are further "Key=Value" lines, without VpnStrategy when `strategy` is "".
inline std::string entry(const std::string& name, const std::string& strategy, const std::string& keys = {},
                         const std::string& device = "WAN Miniport (IKEv2)") {
    return "[" + name + "]\r\nEncoding=1\r\nPBVersion=8\r\nType=2\r\n" +
           (strategy.empty() ? "" : "VpnStrategy=" + strategy + "\r\n") + keys +
           "\r\nNETCOMPONENTS=\r\nms_msclient=1\r\n\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=" + device +
           "\r\n\r\nDEVICE=vpn\r\nPhoneNumber=vpn.example.com\r\nAreaCode=\r\n\r\n";
}

inline base::Result<formats::ImportResult> import(std::string_view text) {
    return formats::importFile({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "office.pbk");
}

// The one profile of a text that holds one; fails loudly through at().
inline profile::Profile single(std::string_view text) {
    return import(text).value().profiles.at(0);
}

inline bool has(const formats::ImportResult& result, std::string_view code) {
    return std::ranges::any_of(result.problems, [&](const auto& each) { return each.error.code == code; });
}

inline std::string hex(std::string_view octets) {
    return QByteArray(octets.data(), static_cast<qsizetype>(octets.size())).toHex().toUpper().toStdString();
}

inline std::string little32(std::uint32_t value) {
    std::string out;
    for (int i = 0; i < 4; ++i) {
        out.push_back(static_cast<char>(value >> (8 * i)));
    }
    return out;
}

// ASCII as UTF-16LE.
inline std::string wide(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out.push_back(c);
        out.push_back('\0');
    }
    return out;
}

// Key=…, 128 hexadecimal digits a line, as Windows writes long values.
inline std::string blobLines(const std::string& key, std::string_view octets) {
    const std::string digits = hex(octets);
    std::string lines;
    for (std::size_t at = 0; at < digits.size(); at += 128) {
        lines += key + "=" + digits.substr(at, 128) + "\r\n";
    }
    return lines;
}

} // namespace tern::test
