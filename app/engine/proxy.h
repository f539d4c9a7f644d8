// Which proxy leads to a server: what the profile says, else what the desktop or the environment is set to.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tern::engine {

struct Proxy {
    enum class Kind { Http, Socks5 };
    Kind kind = Kind::Http;
    std::string host; // a name or an address, without brackets
    std::uint16_t port = 0;
    std::string username; // only where it was written into the address
    base::SecureBytes password;

    [[nodiscard]] Proxy clone() const;
    // As a person writes it, without user and password.
    [[nodiscard]] std::string text() const;
};

// "http://proxy:3128", "socks5://[2001:db8::1]:1080", "proxy:3128" (http), with user:password@ where there is one
// (percent encoding undone). The port may be missing: 3128 or 1080. Fails with tern.proxy.address.
[[nodiscard]] base::Result<Proxy> parseProxy(std::string_view text);

// The way to a server, by a profile's setting: "none", an address as above, or "system" and nothing for what the
// desktop (GNOME, KDE, a PAC file) or https_proxy, all_proxy and no_proxy say. May ask a PAC file and wait for it.
[[nodiscard]] base::Result<std::optional<Proxy>> proxyFor(std::string_view setting, const std::string& server,
                                                          std::uint16_t port);

} // namespace tern::engine
