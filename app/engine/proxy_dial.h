// A TCP connection to a server through a proxy: HTTP CONNECT (RFC 9110 §9.3.6) with no authentication, Basic, Digest,
// NTLM or Negotiate (the user's Kerberos ticket), and SOCKS5 (RFC 1928, 1929). libcurl speaks; the sockets are ours, so
// that they can be the marked ones that alone go outside a tunnel.
#pragma once

#include "app/engine/proxy.h"
#include "core/base/unique_fd.h"
#include "core/connection/environment.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace tern::engine {

struct ProxyDialRequest {
    Proxy proxy;
    std::optional<base::IpAddress> address; // of the proxy, where its name has been resolved already
    std::string server;                     // a name is left to the proxy to resolve
    std::uint16_t port = 0;
    std::string userAgent;
    std::chrono::milliseconds limit{30'000}; // for all of it
};

// Gives an unconnected TCP socket that may talk to the address; called in the event loop, any number of times (a proxy
// may close the connection when it asks who we are).
using ProxySocket = std::function<void(const base::IpAddress& proxy, std::uint16_t port,
                                       std::function<void(base::Result<base::UniqueFd>)> done)>;

// done: the connected socket, non-blocking, what comes from it is the server's; or
// tern.proxy.{unknown-host,unreachable, silent,credentials-needed,credentials-wrong,refused,failed}. Not called once
// the answer is destroyed.
[[nodiscard]] connection::PendingPtr dialThroughProxy(ProxyDialRequest request, ProxySocket socket,
                                                      std::function<void(base::Result<base::UniqueFd>)> done);

} // namespace tern::engine
