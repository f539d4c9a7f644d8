#include "app/helper/request.h"

#include <algorithm>

namespace tern::helper {

namespace {

constexpr unsigned minMtu = 576;
constexpr unsigned minMtuV6 = 1280; // RFC 8200 section 5
constexpr unsigned maxMtu = 9000;
constexpr qsizetype maxPorts = 4;
constexpr qsizetype maxAddresses = 16;
constexpr qsizetype maxRoutes = 1024;
constexpr qsizetype maxDns = 8;
constexpr qsizetype maxDomains = 64;
constexpr std::size_t maxName = 253; // RFC 1035 section 3.1, as text
constexpr std::size_t maxLabel = 63;
constexpr qsizetype maxText = 255; // longer than any valid address or name

constexpr const char* badRequest = "tern.helper.bad-request";
constexpr const char* badServer = "tern.helper.bad-server";

auto bad(std::string detail, const char* code = badRequest) {
    return base::fail(code, {}, std::move(detail));
}

// Text from the bus for an error's detail: short, and without anything that could upset a log.
std::string shown(const QString& text) {
    std::string out;
    for (const char octet : text.left(64).toStdString()) {
        out += octet >= 0x20 && octet < 0x7F ? octet : '?';
    }
    return out;
}

bool inPrefix(const base::IpAddress& address, const char* prefix) {
    return base::IpPrefix::fromText(prefix)->contains(address);
}

// Addresses no host on a network has: "this network" and the reserved rest of IPv4, IPv4 inside IPv6.
bool isReserved(const base::IpAddress& address) {
    return address.isV6() ? inPrefix(address, "::ffff:0:0/96")
                          : inPrefix(address, "0.0.0.0/8") || inPrefix(address, "240.0.0.0/4");
}

bool isHost(const base::IpAddress& address) {
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast() && !isReserved(address);
}

base::Result<base::IpAddress> checkHost(const QString& text, const char* what, const char* code = badRequest) {
    const auto address = text.size() <= maxText ? base::IpAddress::fromText(text.toStdString()) : std::nullopt;
    if (!address) {
        return bad(std::string(what) + " is not an address: " + shown(text), code);
    }
    if (!isHost(*address) || address->isLinkLocal()) {
        return bad(std::string(what) + " is not the address of a host: " + shown(text), code);
    }
    return *address;
}

// A network whose host bits are zero. Loopback, multicast and link-local networks never go into or round a tunnel by
// a rule of ours; networks that merely contain them (0.0.0.0/0) may.
base::Result<base::IpPrefix> checkNetwork(const dbus::Prefix& from, const char* what) {
    const auto address =
        from.address.size() <= maxText ? base::IpAddress::fromText(from.address.toStdString()) : std::nullopt;
    if (!address || from.length > address->bits()) {
        return bad(std::string(what) + " is not a network: " + shown(from.address) + "/" + std::to_string(from.length));
    }
    const base::IpPrefix prefix{*address, from.length};
    if (prefix.masked() != prefix) {
        return bad(std::string(what) + " has host bits set: " + prefix.text());
    }
    if (prefix.length >= 4 && (address->isLoopback() || address->isMulticast() || address->isLinkLocal() ||
                               (address->isV6() && isReserved(*address)))) {
        return bad(std::string(what) + " is not a network of hosts: " + prefix.text());
    }
    return prefix;
}

template<typename T>
void sortUnique(std::vector<T>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isLabel(std::string_view label) {
    return !label.empty() && label.size() <= maxLabel && isLetterOrDigit(label.front()) &&
           isLetterOrDigit(label.back()) &&
           std::all_of(label.begin(), label.end(), [](char c) { return isLetterOrDigit(c) || c == '-'; });
}

// Letters, digits and hyphens (RFC 1123 section 2.1); internationalised names come as A-labels.
base::Result<std::string> checkName(const QString& text) {
    std::string name = text.size() <= maxText ? text.toStdString() : std::string();
    for (char& c : name) {
        // ASCII only: Unicode has other letters whose lower case is in ASCII.
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (name.ends_with('.')) {
        name.pop_back();
    }
    if (name.empty() || name.size() > maxName) {
        return bad("a domain is empty or too long");
    }
    for (std::size_t start = 0; start <= name.size();) {
        const auto dot = std::min(name.find('.', start), name.size());
        if (!isLabel(std::string_view(name).substr(start, dot - start))) {
            return bad("not a domain name: " + shown(text));
        }
        start = dot + 1;
    }
    return name;
}

base::Result<void> takeAddresses(TunnelRequest& request, const dbus::PrefixList& addresses) {
    if (addresses.isEmpty() || addresses.size() > maxAddresses) {
        return bad("1 to 16 addresses are needed, not " + std::to_string(addresses.size()));
    }
    for (const auto& from : addresses) {
        auto address = checkHost(from.address, "a tunnel address");
        if (!address) {
            return base::fail(address.error());
        }
        if (from.length == 0 || from.length > address->bits()) {
            return bad("the prefix length of " + address->text() + " is " + std::to_string(from.length));
        }
        request.addresses.push_back(*address);
    }
    sortUnique(request.addresses);
    return {};
}

base::Result<void> takeNetworks(std::vector<base::IpPrefix>& to, const dbus::PrefixList& networks, const char* what) {
    if (networks.size() > maxRoutes) {
        return bad(std::string("more than 1024 times ") + what);
    }
    for (const auto& from : networks) {
        auto network = checkNetwork(from, what);
        if (!network) {
            return base::fail(network.error());
        }
        to.push_back(*network);
    }
    sortUnique(to);
    return {};
}

base::Result<void> takeDns(TunnelRequest& request, const QStringList& dns, const dbus::DomainList& domains) {
    if (dns.size() > maxDns || domains.size() > maxDomains) {
        return bad("more than 8 name servers or 64 domains");
    }
    for (const auto& text : dns) {
        auto server = checkHost(text, "a name server");
        if (!server) {
            return base::fail(server.error());
        }
        if (!request.hasAddress(server->isV6())) {
            return bad("no address of the family of name server " + server->text());
        }
        if (std::find(request.dns.begin(), request.dns.end(), *server) == request.dns.end()) {
            request.dns.push_back(*server);
        }
    }
    request.allNames = domains.isEmpty();
    for (const auto& domain : domains) {
        if (domain.name == QLatin1String(".")) {
            if (!domain.routingOnly) {
                return bad("the domain \".\" can only be for routing");
            }
            request.allNames = true;
            continue;
        }
        auto name = checkName(domain.name);
        if (!name) {
            return base::fail(name.error());
        }
        request.domains.push_back({*name, domain.routingOnly});
    }
    return {};
}

base::Result<void> takeBlocks(TunnelRequest& request, const QStringList& block) {
    if (block.size() > 2) {
        return bad("more than two families to block");
    }
    for (const auto& family : block) {
        if (family == QLatin1String("ipv4")) {
            request.blockV4 = true;
        } else if (family == QLatin1String("ipv6")) {
            request.blockV6 = true;
        } else {
            return bad("not a family: " + shown(family));
        }
    }
    return {};
}

} // namespace

bool TunnelRequest::hasAddress(bool v6) const {
    return std::any_of(addresses.begin(), addresses.end(), [v6](const auto& address) { return address.isV6() == v6; });
}

base::Result<SocketRequest> checkSocket(const QString& transport, const QString& address, const dbus::PortList& ports) {
    SocketRequest request;
    if (transport == QLatin1String("tcp")) {
        request.transport = Transport::Tcp;
    } else if (transport != QLatin1String("udp")) {
        return bad("not a transport: " + shown(transport));
    }
    auto server = checkHost(address, "the server", badServer);
    if (!server) {
        return base::fail(server.error());
    }
    request.server = *server;
    if (ports.isEmpty() || ports.size() > maxPorts || ports.contains(0)) {
        return bad("1 to 4 ports from 1 to 65535 are needed");
    }
    request.ports.assign(ports.begin(), ports.end());
    sortUnique(request.ports);
    return request;
}

base::Result<TunnelRequest> checkTunnel(unsigned mtu, const dbus::PrefixList& addresses, const dbus::PrefixList& routes,
                                        const dbus::PrefixList& excluded, const QStringList& dns,
                                        const dbus::DomainList& domains, const QStringList& block) {
    TunnelRequest request;
    request.mtu = mtu;
    if (auto done = takeAddresses(request, addresses); !done) {
        return base::fail(done.error());
    }
    if (mtu < (request.hasAddress(true) ? minMtuV6 : minMtu) || mtu > maxMtu) {
        return bad("an MTU of " + std::to_string(mtu));
    }
    if (auto done = takeNetworks(request.routes, routes, "a route"); !done) {
        return base::fail(done.error());
    }
    for (const auto& route : request.routes) {
        if (!request.hasAddress(route.address.isV6())) {
            return bad("no address of the family of route " + route.text());
        }
    }
    if (auto done = takeNetworks(request.excluded, excluded, "an excluded network"); !done) {
        return base::fail(done.error());
    }
    for (const auto& network : request.excluded) {
        if (network.length == 0) {
            return bad("all of a family cannot be excluded");
        }
    }
    if (auto done = takeDns(request, dns, domains); !done) {
        return base::fail(done.error());
    }
    if (auto done = takeBlocks(request, block); !done) {
        return base::fail(done.error());
    }
    return request;
}

} // namespace tern::helper
