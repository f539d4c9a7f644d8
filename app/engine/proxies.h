// connection::Proxies with the profile's setting, the desktop's and libcurl.
#pragma once

#include "app/engine/proxy_dial.h"

namespace tern::engine {

class SystemProxies final : public connection::Proxies {
public:
    [[nodiscard]] base::Result<std::optional<connection::ProxyWay>>
    find(const profile::Profile& profile, const std::string& server, std::uint16_t port) override;
    [[nodiscard]] connection::PendingPtr dial(const connection::ProxyWay& proxy, const base::IpAddress& address,
                                              const std::string& server, std::uint16_t port, Socket socket,
                                              std::function<void(base::Result<base::UniqueFd>)> done) override;
};

} // namespace tern::engine
