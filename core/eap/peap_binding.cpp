#include "core/eap/peap_binding.h"

#include "core/base/byte_io.h"
#include "core/crypto/prf.h"

#include <algorithm>
#include <string_view>

namespace tern::eap {

namespace {

using crypto::Hash;

constexpr std::size_t macSize = 20;
constexpr std::size_t headerSize = 4;
constexpr std::size_t intermediateSize = 40;
constexpr std::uint16_t cryptobinding = 12;
constexpr std::uint8_t peap = 25;

// The MAC is made over the TLV with zeros in its place, and the EAP type.
base::SecureBytes macOf(const base::SecureBytes& key, base::ByteView tlvWithoutMac) {
    constexpr std::array<std::uint8_t, macSize> zeros{};
    return crypto::hmac(Hash::Sha1, key.view(), {tlvWithoutMac, zeros, base::ByteView(&peap, 1)});
}

base::ByteWriter header() {
    base::ByteWriter writer;
    writer.u16(cryptobinding);
    writer.u16(PeapBinding::valueSize);
    return writer;
}

} // namespace

base::SecureBytes peapPrfPlus(base::ByteView key, base::ByteView label, base::ByteView seed, std::size_t size) {
    base::SecureBytes out;
    base::SecureBytes last;
    for (std::uint8_t counter = 1; out.size() < size; ++counter) {
        const std::array<std::uint8_t, 3> tail{counter, 0, 0};
        last = crypto::hmac(Hash::Sha1, key, {last.view(), label, seed, tail});
        out.append(last.view().first(std::min(last.size(), size - out.size())));
    }
    return out;
}

PeapBinding::PeapBinding(base::ByteView tunnelKey, base::ByteView innerKey) {
    constexpr std::size_t innerSize = 32;
    base::SecureBytes seed(innerSize);
    std::copy_n(innerKey.begin(), std::min(innerKey.size(), innerSize), seed.data());
    const auto both = peapPrfPlus(tunnelKey.first(intermediateSize), base::toBytes("Inner Methods Compound Keys"),
                                  seed.view(), intermediateSize + macSize);
    m_intermediate = base::SecureBytes(both.view().first(intermediateSize));
    m_macKey = base::SecureBytes(both.view().subspan(intermediateSize));
}

bool PeapBinding::verifies(base::ByteView value) const {
    base::ByteReader reader(value);
    reader.skip(1); // reserved
    const auto version = reader.u8();
    const auto received = reader.u8();
    const auto kind = reader.u8();
    if (reader.failed() || value.size() != valueSize || version != 0 || received != 0 ||
        kind != static_cast<std::uint8_t>(Kind::Request)) {
        return false;
    }
    auto writer = header();
    writer.bytes(value.first(valueSize - macSize));
    return base::equalConstantTime(macOf(m_macKey, writer.view()).view(), value.last(macSize));
}

base::Bytes PeapBinding::tlv(Kind kind, const std::array<std::uint8_t, 32>& nonce) const {
    auto writer = header();
    writer.zeros(3); // reserved, version, version received
    writer.u8(static_cast<std::uint8_t>(kind));
    writer.bytes(nonce);
    const auto mac = macOf(m_macKey, writer.view());
    writer.bytes(mac.view());
    return writer.take();
}

base::SecureBytes PeapBinding::sessionKey() const {
    constexpr std::size_t size = 128;
    constexpr std::uint8_t end = 0;
    return peapPrfPlus(m_intermediate.view(), base::toBytes("Session Key Generating Function"), base::ByteView(&end, 1),
                       size);
}

static_assert(PeapBinding::valueSize == headerSize + 32 + macSize);

} // namespace tern::eap
