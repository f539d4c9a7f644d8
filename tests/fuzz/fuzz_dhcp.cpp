// Packets that a server inside the tunnel may send as DHCP's answer.
#include "core/dhcp/inform.h"

#include <cstdlib>

using namespace tern;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto client = base::IpAddress::fromText("10.9.0.2").value_or(base::IpAddress());
    const dhcp::Inform inform(0x12345678, client, {client}, true);
    static_cast<void>(inform.take(input));
    const auto reply = dhcp::parseAck(input, 0x12345678, client);
    // As the body of a whole message, so that the options are reached at once.
    auto message = dhcp::encodeInform(0x12345678, client);
    message[0] = 2;
    message.resize(240);
    base::append(message, base::Bytes{53, 1, 5});
    base::append(message, input);
    const auto inside = dhcp::parseAck(message, 0x12345678, client);
    for (const auto* each : {&reply, &inside}) {
        if (!*each) {
            continue;
        }
        if ((*each)->routes.size() > 1024 || (*each)->dns.size() > 16 || (*each)->domains.size() > 64) {
            std::abort();
        }
        for (const auto& route : (*each)->routes) {
            if (route.length > 32 || route.masked() != route) {
                std::abort();
            }
        }
        for (const auto& name : (*each)->domains) {
            if (name.empty() || name.size() > 253) {
                std::abort();
            }
        }
    }
    return 0;
}
