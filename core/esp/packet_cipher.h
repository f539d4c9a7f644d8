// What protects the packets of one SA in one direction. Keyed once; belongs to one thread; allocates nothing a packet.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/crypto/cipher.h"
#include "core/crypto/sa_keys.h"

#include <memory>

namespace tern::esp {

// An ESP packet taken apart (RFC 4303 §2). header, iv, text and icv follow each other in memory.
struct PacketParts {
    base::MutableByteView header; // SPI and the low half of the sequence number, 8 octets
    base::MutableByteView iv;
    base::MutableByteView text; // payload, padding, pad length, next header
    base::MutableByteView icv;
    std::uint64_t sequence = 0;
};

class PacketCipher {
public:
    PacketCipher(std::size_t iv, std::size_t block, std::size_t icv)
        : m_iv(iv)
        , m_block(block)
        , m_icv(icv) {}
    PacketCipher(const PacketCipher&) = delete;
    PacketCipher& operator=(const PacketCipher&) = delete;
    virtual ~PacketCipher() = default;

    [[nodiscard]] std::size_t ivSize() const { return m_iv; }
    // The text is a multiple of this, and of 4 (RFC 4303 §2.4).
    [[nodiscard]] std::size_t blockSize() const { return m_block; }
    [[nodiscard]] std::size_t icvSize() const { return m_icv; }

    // Writes iv and icv and encrypts text in place. False: the packet must not be sent.
    [[nodiscard]] virtual bool seal(const PacketParts& parts) = 0;
    // Verifies icv and decrypts text in place. False: text is of no use.
    [[nodiscard]] virtual bool open(const PacketParts& parts) = 0;

private:
    std::size_t m_iv;
    std::size_t m_block;
    std::size_t m_icv;
};

// What does the work: Fastest is ipsec-mb for AES-GCM where there is one (core/esp/ipsec_mb.h), else OpenSSL.
enum class Backend { Fastest, OpenSsl };

// Fails with tern.datapath.cipher when a key or salt has a wrong length or the cipher is not available.
[[nodiscard]] base::Result<std::unique_ptr<PacketCipher>>
makePacketCipher(const crypto::SaKeys& keys, crypto::Direction direction, Backend backend = Backend::Fastest);

} // namespace tern::esp
