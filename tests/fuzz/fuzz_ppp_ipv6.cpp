// What a hostile router or DHCPv6 server at the other end of PPP may send: advertisements, solicitations and answers,
// raw and with checksums, ports and transaction put right so that the parsers behind are reached.
#include "core/ppp/autoconf.h"
#include "tests/fuzz/choices.h"

#include <algorithm>
#include <cstdlib>

using namespace tern;
using namespace std::chrono_literals;

namespace {

class FixedRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override { std::fill(out.begin(), out.end(), std::uint8_t{0x5A}); }
};

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

constexpr ppp::InterfaceId identifier{2, 2, 3, 4, 5, 6, 7, 8};
const base::Bytes duid{0, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

base::Bytes icmp(std::uint8_t type, base::ByteView rest) {
    base::Bytes payload{type, 0, 0, 0};
    base::append(payload, rest);
    return ppp::buildIpv6(
        {ppp::linkLocalFrom(ppp::InterfaceId{1}), ppp::linkLocalFrom(identifier), ppp::protocolIcmpV6, 255, payload},
        2);
}

base::Bytes dhcp(std::uint8_t type, base::ByteView rest) {
    base::Bytes message{type, 0x5A, 0x5A, 0x5A, 0, 1, 0, static_cast<std::uint8_t>(duid.size())};
    base::append(message, duid);
    base::append(message, base::Bytes{0, 2, 0, 3, 7, 7, 7});
    base::append(message, rest);
    return ppp::buildUdp(ppp::linkLocalFrom(ppp::InterfaceId{1}), ppp::dhcpServerPort, ppp::linkLocalFrom(identifier),
                         ppp::dhcpClientPort, message);
}

void check(const ppp::Autoconf& autoconf) {
    const auto result = autoconf.result();
    demand(result.addresses.size() <= 48 && result.dns.size() <= 48 && result.domains.size() <= 96 &&
           result.routes.size() <= 32);
    for (const auto& one : result.addresses) {
        demand(!one.address.isMulticast() && !one.address.isLinkLocal() && !one.address.isUnspecified());
    }
    for (const auto& route : result.routes) {
        demand(route.length <= 128 && route.masked() == route);
    }
    for (const auto& name : result.domains) {
        demand(!name.empty() && name.size() <= 253);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FixedRandom random;
    test::Choices choices({data, size});
    ppp::Autoconf autoconf(identifier, duid, random);
    base::Instant now{1000s};
    autoconf.start(now);
    static_cast<void>(autoconf.takePackets());
    for (unsigned steps = 0; !choices.atEnd() && steps < 100; ++steps) {
        switch (choices.next() % 6) {
        case 0:
            autoconf.receive(now, choices.bytes(choices.next()));
            break;
        case 1:
            autoconf.receive(now, icmp(134, choices.bytes(choices.next())));
            break;
        case 2:
            autoconf.receive(now, icmp(135, choices.bytes(choices.next())));
            break;
        case 3:
            autoconf.receive(now, dhcp(7, choices.bytes(choices.next())));
            break;
        case 4:
            autoconf.receive(now, dhcp(2, choices.bytes(choices.next())));
            break;
        default: {
            const auto end = now + std::chrono::seconds(choices.next() * 16);
            for (auto next = autoconf.deadline(); next && *next <= end; next = autoconf.deadline()) {
                now = std::max(now, *next);
                autoconf.timeout(now);
                const auto then = autoconf.deadline();
                demand(!then || *then > now);
            }
            now = end;
            break;
        }
        }
        demand(autoconf.takePackets().size() < 1000);
        check(autoconf);
    }
    return 0;
}
