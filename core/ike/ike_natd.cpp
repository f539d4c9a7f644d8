#include "core/ike/ike_natd.h"

#include "core/base/byte_io.h"
#include "core/crypto/prf.h"

namespace tern::ike {

namespace {

constexpr std::uint16_t ikePort = 500;
constexpr std::uint16_t natTraversalPort = 4500;

} // namespace

base::Bytes natDetectionHash(Spi initiator, Spi responder, const base::IpAddress& address, std::uint16_t port) {
    base::ByteWriter writer;
    writer.u64(initiator);
    writer.u64(responder);
    writer.bytes(address.bytes());
    writer.u16(port);
    return crypto::digest(crypto::Hash::Sha1, {writer.view()});
}

base::Result<void> IkeNatDetection::build(Context& context, Payloads& request) {
    const auto& exchanges = context.sa->exchanges;
    // The data path speaks ESP in UDP only, because plain ESP needs a raw socket and dies in many networks. A source
    // hash that matches no sender makes the server see a NAT and send UDP too.
    const base::IpAddress nowhere;
    request.push_back(
        encodeNotify(NotifyType::NatDetectionSourceIp, natDetectionHash(exchanges.initiatorSpi(), 0, nowhere, 0)));
    request.push_back(encodeNotify(NotifyType::NatDetectionDestinationIp,
                                   natDetectionHash(exchanges.initiatorSpi(), 0, context.config.serverAddress,
                                                    context.config.natTraversalPortOnly ? natTraversalPort : ikePort)));
    return {};
}

base::Result<Outcome> IkeNatDetection::process(Context& context, const Incoming& response) {
    const auto& header = response.header;
    const auto& config = context.config;
    const auto ours = findNotify(*response.payloads, NotifyType::NatDetectionDestinationIp);
    if (config.transport == Transport::Tcp) {
        return Outcome::Done; // a stream passes every NAT and keeps itself alive (RFC 9329 §7.1)
    }
    if (!ours || !findNotify(*response.payloads, NotifyType::NatDetectionSourceIp)) {
        return base::fail("tern.ike.no-nat-traversal", {config.serverName});
    }
    const auto unchanged =
        natDetectionHash(header.initiatorSpi, header.responderSpi, config.localAddress, config.localPort);
    context.behindNat = ours->data != unchanged;
    return Outcome::Done;
}

} // namespace tern::ike
