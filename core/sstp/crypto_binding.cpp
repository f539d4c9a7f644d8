#include "core/sstp/crypto_binding.h"

#include "core/base/byte_io.h"
#include "core/sstp/constants.h"
#include "core/sstp/frames.h"

#include <algorithm>
#include <string_view>

namespace tern::sstp {

namespace {

constexpr std::uint8_t sha1Bit = 1;
constexpr std::uint8_t sha256Bit = 2;
constexpr std::size_t messageSize = 112;
constexpr std::size_t bindingLength = 104;
constexpr std::size_t fieldSize = 32; // certificate hash and MAC, zeros behind a shorter one
constexpr std::size_t macOffset = messageSize - fieldSize;

// §3.2.5.2.2, §3.2.5.2.4: one step of the PRF+ of EAP-FAST's kind, with the length in little-endian.
base::SecureBytes compoundMacKey(crypto::Hash hash, base::ByteView hlak) {
    constexpr std::string_view seed = "SSTP inner method derived CMK";
    const std::array<std::uint8_t, 3> rest{static_cast<std::uint8_t>(crypto::hashSize(hash)), 0, 1};
    const auto seedBytes = base::toBytes(seed);
    return crypto::hmac(hash, hlak, {seedBytes, rest});
}

void writePadded(base::ByteWriter& writer, base::ByteView value) {
    writer.bytes(value.first(std::min(value.size(), fieldSize)));
    writer.zeros(fieldSize - std::min(value.size(), fieldSize));
}

} // namespace

std::optional<crypto::Hash> bindingHash(std::uint8_t bitmask) {
    if ((bitmask & sha256Bit) != 0) {
        return crypto::Hash::Sha256;
    }
    if ((bitmask & sha1Bit) != 0) {
        return crypto::Hash::Sha1;
    }
    return std::nullopt;
}

base::Bytes writeCallConnected(crypto::Hash hash, base::ByteView nonce, base::ByteView certificateHash,
                               base::ByteView hlak) {
    base::ByteWriter writer;
    writer.zeros(headerSize);
    writer.u16(static_cast<std::uint16_t>(MessageType::CallConnected));
    writer.u16(1);
    writer.u8(0);
    writer.u8(static_cast<std::uint8_t>(AttributeId::CryptoBinding));
    writer.u16(bindingLength);
    writer.zeros(3);
    writer.u8(hash == crypto::Hash::Sha256 ? sha256Bit : sha1Bit);
    writePadded(writer, nonce);
    writePadded(writer, certificateHash);
    writer.zeros(fieldSize);
    auto message = writer.take();
    writeHeader(message, true, message.size() - headerSize);
    const auto key = compoundMacKey(hash, hlak);
    const auto mac = crypto::hmac(hash, key.view(), {message});
    std::copy(mac.view().begin(), mac.view().end(), message.begin() + macOffset);
    return message;
}

} // namespace tern::sstp
