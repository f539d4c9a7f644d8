// Asks the desktop which proxy leads to a server, in a thread: a PAC file has to be fetched and run, and name servers
// may take their time over it, while the event loop has calls to answer and tunnels to keep.
#pragma once

#include "app/engine/proxy.h"
#include "core/connection/environment.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tern::engine {

class ProxySearch {
public:
    // Used in the thread, never twice at a time. Nothing: the way is direct.
    using LookUp = std::function<std::optional<Proxy>(const std::string& server, std::uint16_t port)>;
    using Done = std::function<void(std::optional<Proxy> proxy)>;

    explicit ProxySearch(LookUp lookUp = systemProxy);
    ProxySearch(const ProxySearch&) = delete;
    ProxySearch& operator=(const ProxySearch&) = delete;
    // Waits for a look-up that has begun: nothing can break it off.
    ~ProxySearch();

    // done comes from the event loop, after what was asked before has had its turn, however long that takes; and not
    // any more once the answer is destroyed.
    [[nodiscard]] connection::PendingPtr find(std::string server, std::uint16_t port, Done done);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker; // there as soon as somebody has asked
    LookUp m_lookUp;
};

} // namespace tern::engine
