// What the AUTH payloads say about IKE_INTERMEDIATE exchanges (RFC 9242 §3.3.2).
#pragma once

#include "core/ike/keymat.h"
#include "core/ike/message.h"

namespace tern::ike {

// One message as it is authenticated: whole, not encrypted, the lengths counting nothing of the encryption. Header and
// SK's generic header are IntAuth_*A, `plain` (the inner payloads) is IntAuth_*P. `reserved` is the octet behind the
// inner type in SK, or in the first SKF.
[[nodiscard]] base::Bytes intermediateOctets(Header header, PayloadType inner, std::uint8_t reserved,
                                             base::ByteView plain);

class IntAuth {
public:
    // Takes one exchange; `keys` are those it was protected with.
    void add(const IkeKeys& keys, base::ByteView request, base::ByteView response);
    // What follows MACedID in the signed octets; empty when there was no such exchange.
    [[nodiscard]] base::Bytes octets() const;

private:
    base::Bytes m_initiator;
    base::Bytes m_responder;
    std::uint32_t m_exchanges = 0;
};

} // namespace tern::ike
