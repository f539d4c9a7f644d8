// Which way the kernel sends what goes outside the tunnel, and word of every change that may alter it (rtnetlink).
// Needs no privilege. Used from one thread.
#pragma once

#include "core/base/ip.h"
#include "core/base/unique_fd.h"

#include <cstdint>
#include <optional>

namespace tern::datapath {

struct OuterRoute {
    base::IpAddress source;
    unsigned interface = 0;
    std::optional<base::IpAddress> gateway; // two networks may well give us the same address
    friend bool operator==(const OuterRoute&, const OuterRoute&) = default;
};

class NetworkWatch {
public:
    NetworkWatch();
    // Without it changes are not noticed; routeTo() still answers.
    [[nodiscard]] bool valid() const { return static_cast<bool>(m_events); }

    // Readable when something has changed: links, addresses, routes, rules. drain() takes what was said.
    [[nodiscard]] int fd() const { return m_events.get(); }
    void drain() const;

    // How a packet with this mark (SO_MARK) would go to `server`; nothing when it would go nowhere, or over a link that
    // is not running.
    [[nodiscard]] std::optional<OuterRoute> routeTo(const base::IpAddress& server, std::uint32_t mark) const;

private:
    base::UniqueFd m_events;
    base::UniqueFd m_queries;
};

// SO_MARK of a socket; 0 when it has none.
[[nodiscard]] std::uint32_t markOf(int socket);

} // namespace tern::datapath
