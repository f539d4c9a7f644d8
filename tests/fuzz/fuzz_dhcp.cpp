// Packets that a server inside the tunnel may send as DHCP's answer.
#include "core/dhcp/inform.h"

#include <cstdlib>

using namespace tern;

namespace {

constexpr std::uint32_t transaction = 0x12345678;

void check(const dhcp::Reply& reply) {
    if (reply.routes.size() > 1024 || reply.dns.size() > 16 || reply.domains.size() > 64) {
        std::abort();
    }
    for (const auto& route : reply.routes) {
        if (route.length > 32 || route.masked() != route) {
            std::abort();
        }
    }
    for (const auto& name : reply.domains) {
        if (name.empty() || name.size() > 253) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto client = base::IpAddress::fromText("10.9.0.2").value_or(base::IpAddress());
    const auto server = base::IpAddress::fromText("10.9.0.1").value_or(base::IpAddress());
    const dhcp::Inform inform(transaction, client, {client}, true);
    // As a packet, and as a message.
    static_cast<void>(inform.take(input));
    if (const auto reply = dhcp::parseAck(input, transaction, client)) {
        check(*reply);
    }
    // As the options of a good message, so that they are reached at once; bare, and in a packet with checksums.
    auto message = dhcp::encodeInform(transaction, client);
    message[0] = 2;
    message.resize(240);
    base::append(message, base::Bytes{53, 1, 5});
    base::append(message, input);
    const auto bare = dhcp::parseAck(message, transaction, client);
    if (bare) {
        check(*bare);
    }
    if (message.size() <= 60'000) {
        const auto packet = dhcp::wrapUdp(server, dhcp::serverPort, client, dhcp::clientPort, message);
        if (inform.take(packet) != bare) {
            std::abort();
        }
    }
    return 0;
}
