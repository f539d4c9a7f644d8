// What callers may ask for, checked and typed. Everything that comes over the bus goes through here and nowhere else.
// Errors: tern.helper.bad-request, and tern.helper.bad-server for the address of one; what is wrong is the detail.
#pragma once

#include "app/dbus/types.h"
#include "core/base/error.h"
#include "core/base/ip.h"

#include <QStringList>
#include <string>
#include <vector>

namespace tern::helper {

enum class Transport { Udp, Tcp };

struct SocketRequest {
    Transport transport = Transport::Udp;
    base::IpAddress server;
    std::vector<std::uint16_t> ports; // 1…4, sorted, none twice

    friend bool operator==(const SocketRequest&, const SocketRequest&) = default;
};

struct SearchDomain {
    std::string name; // lower case, without a final dot
    bool routingOnly = false;

    // clang-tidy 14 takes the 0 in the generated comparison for a pointer.
    // NOLINTNEXTLINE(modernize-use-nullptr)
    friend auto operator<=>(const SearchDomain&, const SearchDomain&) = default;
};

// Lists are sorted and hold nothing twice, except dns and domains, whose order counts.
struct TunnelRequest {
    unsigned mtu = 0;
    std::vector<base::IpAddress> addresses;
    std::vector<base::IpPrefix> routes;
    std::vector<base::IpPrefix> excluded;
    std::vector<base::IpAddress> dns;
    std::vector<SearchDomain> domains; // without "."
    bool allNames = false;             // every name goes to dns: "." was there, or no domain at all
    bool blockV4 = false;
    bool blockV6 = false;

    [[nodiscard]] bool hasAddress(bool v6) const;
};

[[nodiscard]] base::Result<SocketRequest> checkSocket(const QString& transport, const QString& address,
                                                      const dbus::PortList& ports);

[[nodiscard]] base::Result<TunnelRequest> checkTunnel(unsigned mtu, const dbus::PrefixList& addresses,
                                                      const dbus::PrefixList& routes, const dbus::PrefixList& excluded,
                                                      const QStringList& dns, const dbus::DomainList& domains,
                                                      const QStringList& block);

} // namespace tern::helper
