// What a peer can do to the ESP receiver: raw datagrams, and packets that are authentic but whose inside is anything.
#include "core/datapath/ip_packet.h"
#include "core/esp/security_association.h"

#include <algorithm>
#include <cstdlib>

using namespace tern;

namespace {

crypto::SaKeys keysFor(unsigned kind) {
    constexpr std::array ciphers{crypto::EspCipher::AesGcm16, crypto::EspCipher::AesCbc, crypto::EspCipher::AesCtr,
                                 crypto::EspCipher::ChaCha20Poly1305, crypto::EspCipher::TripleDesCbc};
    crypto::SaKeys keys;
    keys.spi = 0x01020304;
    keys.cipher = ciphers[kind % ciphers.size()];
    keys.extendedSequenceNumbers = (kind & 0x40U) != 0;
    const bool aead = keys.cipher == crypto::EspCipher::AesGcm16 || keys.cipher == crypto::EspCipher::ChaCha20Poly1305;
    const bool xcbc = (kind & 0x80U) != 0;
    const bool tripleDes = keys.cipher == crypto::EspCipher::TripleDesCbc;
    const bool salted = !tripleDes && keys.cipher != crypto::EspCipher::AesCbc;
    keys.integrity = aead   ? crypto::EspIntegrity::None
                     : xcbc ? crypto::EspIntegrity::AesXcbc96
                            : crypto::EspIntegrity::HmacSha256_128;
    keys.encryptionKey = base::SecureBytes(base::ByteView(base::Bytes(tripleDes ? 24 : 32, 1)));
    keys.salt = base::SecureBytes(base::ByteView(base::Bytes(salted ? 4 : 0, 2)));
    keys.integrityKey = base::SecureBytes(base::ByteView(base::Bytes(aead ? 0 : xcbc ? 16 : 32, 3)));
    return keys;
}

void lookInside(const esp::OpenResult& opened, std::uint8_t ecn) {
    if (opened.verdict != esp::Verdict::Opened) {
        return;
    }
    const auto ip = datapath::parseIp(opened.payload);
    if (!ip) {
        return;
    }
    const auto packet = opened.payload.first(ip->totalSize);
    if (datapath::decapsulateEcn(packet, *ip, static_cast<datapath::Ecn>(ecn & 3U))) {
        datapath::clampMss(packet, *ip, 1280, true);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const unsigned kind = data[0];
    const base::ByteView input(data + 2, size - 2);
    auto in = esp::InboundSa::create(keysFor(kind));
    auto cipher = esp::makePacketCipher(keysFor(kind), crypto::Direction::Seal);
    if (!in || !cipher) {
        std::abort();
    }
    // As it came.
    base::Bytes raw(input.begin(), input.end());
    lookInside(in->open(raw), data[1]);
    // Sealed with the right key around any text: padding, pad length, next header and packet are the input's.
    const std::size_t block = std::max<std::size_t>((*cipher)->blockSize(), 4);
    const std::size_t text = input.size() / block * block;
    base::Bytes packet(8 + (*cipher)->ivSize() + text + (*cipher)->icvSize());
    const base::MutableByteView all(packet);
    const esp::PacketParts parts{all.first(8), all.subspan(8, (*cipher)->ivSize()),
                                 all.subspan(8 + (*cipher)->ivSize(), text), all.last((*cipher)->icvSize()), 1};
    packet[3] = 4;
    packet[7] = 1;
    std::ranges::copy(input.first(text), parts.text.begin());
    if ((*cipher)->seal(parts)) {
        const auto opened = in->open(packet);
        if (opened.verdict == esp::Verdict::AuthFailed || opened.verdict == esp::Verdict::Replayed) {
            std::abort();
        }
        lookInside(opened, data[1]);
    }
    return 0;
}
