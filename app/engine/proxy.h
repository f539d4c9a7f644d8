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

// A profile's setting leaves it to the system: it is "system" or empty.
[[nodiscard]] bool leavesProxyToSystem(std::string_view setting);
// What any other setting says: "none", or an address as above.
[[nodiscard]] base::Result<std::optional<Proxy>> proxyOfSetting(std::string_view setting);
// The way to a server by the desktop (GNOME, KDE, a PAC file) or https_proxy, all_proxy and no_proxy. Where it has to
// ask a PAC file or the network it waits for them: see ProxySearch.
[[nodiscard]] std::optional<Proxy> systemProxy(const std::string& server, std::uint16_t port);

} // namespace tern::engine
