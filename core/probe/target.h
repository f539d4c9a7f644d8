// What a person types to have a server probed: "vpn.example.com", "192.0.2.1:8443", "[2001:db8::1]:443".
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tern::probe {

struct Target {
    std::string host;             // a name or an address, without brackets
    std::uint16_t sstpPort = 443; // where SSTP is looked for; all else has ports of its own
};

// Also takes what is copied out of a browser or a phonebook: blanks around it, "https://" in front, a path behind.
// Fails with tern.probe.target.
[[nodiscard]] base::Result<Target> parseTarget(std::string_view text);

} // namespace tern::probe
