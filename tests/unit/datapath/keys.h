// Keys for two ends of a tunnel.
#pragma once

#include "core/crypto/sa_keys.h"

namespace tern::testing {

inline crypto::SaKeys gcmKeys(std::uint32_t spi) {
    crypto::SaKeys keys;
    keys.spi = spi;
    keys.encryptionKey = base::SecureBytes(base::ByteView(base::Bytes(32, static_cast<std::uint8_t>(spi))));
    keys.salt = base::SecureBytes(base::ByteView(base::Bytes(4, static_cast<std::uint8_t>(spi >> 8U))));
    return keys;
}

inline crypto::SaPair gcmPair(std::uint32_t inbound, std::uint32_t outbound) {
    return {gcmKeys(inbound), gcmKeys(outbound)};
}

} // namespace tern::testing
