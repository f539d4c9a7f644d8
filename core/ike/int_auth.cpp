#include "core/ike/int_auth.h"

#include "core/base/byte_io.h"
#include "core/crypto/prf.h"

namespace tern::ike {

base::Bytes intermediateOctets(Header header, PayloadType inner, std::uint8_t reserved, base::ByteView plain) {
    constexpr std::size_t genericHeaderSize = 4;
    header.firstPayload = PayloadType::Encrypted;
    base::ByteWriter writer;
    writer.bytes(encodeHeader(header, genericHeaderSize + plain.size()));
    writer.u8(static_cast<std::uint8_t>(inner));
    writer.u8(reserved);
    writer.u16(static_cast<std::uint16_t>(genericHeaderSize + plain.size()));
    writer.bytes(plain);
    return writer.take();
}

void IntAuth::add(const IkeKeys& keys, base::ByteView request, base::ByteView response) {
    const auto chain = [&keys](base::Bytes& value, const base::SecureBytes& key, base::ByteView message) {
        const auto next = crypto::prf(keys.prf, key.view(), {value, message});
        value.assign(next.view().begin(), next.view().end());
    };
    chain(m_initiator, keys.proofInitiator, request);
    chain(m_responder, keys.proofResponder, response);
    ++m_exchanges;
}

base::Bytes IntAuth::octets() const {
    if (m_exchanges == 0) {
        return {};
    }
    base::ByteWriter writer;
    writer.bytes(m_initiator);
    writer.bytes(m_responder);
    writer.u32(m_exchanges + 1); // the message id of the first IKE_AUTH: IKE_SA_INIT has 0
    return writer.take();
}

} // namespace tern::ike
