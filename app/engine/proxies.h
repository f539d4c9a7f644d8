// connection::Proxies with the profile's setting, the desktop's and libcurl.
#pragma once

#include "app/engine/proxy_dial.h"
#include "app/engine/proxy_search.h"

namespace tern::engine {

class SystemProxies final : public connection::Proxies {
public:
    explicit SystemProxies(ProxySearch::LookUp lookUp = systemProxy)
        : m_search(std::move(lookUp)) {}

    [[nodiscard]] connection::PendingPtr find(const profile::Profile& profile, const std::string& server,
                                              std::uint16_t port, Found found) override;
    [[nodiscard]] connection::PendingPtr dial(const connection::ProxyWay& proxy, const base::IpAddress& address,
                                              const std::string& server, std::uint16_t port, Socket socket,
                                              std::function<void(base::Result<base::UniqueFd>)> done) override;

private:
    ProxySearch m_search;
};

} // namespace tern::engine
