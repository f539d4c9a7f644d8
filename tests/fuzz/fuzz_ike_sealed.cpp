// Messages with an Encrypted or an Encrypted Fragment payload. The first octet chooses the cipher and the header; the
// rest comes three times: as a datagram from anybody, as one under the right header that does not hold, and as one that
// holds whatever it decrypts to: padding, pad length and payloads are the input's. Text in counter mode can be changed
// at will by whoever has the key of the tag, so that no other sealing than the product's is needed.
#include "core/base/byte_io.h"
#include "core/ike/fragments.h"
#include "core/ike/payloads.h"
#include "core/ike/protection.h"
#include "tests/fuzz/choices.h"
#include "tests/unit/ike/seeded_random.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace tern;
using namespace tern::ike;

namespace {

constexpr std::size_t icvSize = 16;

ChosenSuite suiteFor(unsigned kind) {
    constexpr std::array ciphers{EncryptionId::AesCtr, EncryptionId::AesGcm16, EncryptionId::AesCbc,
                                 EncryptionId::ChaCha20Poly1305, EncryptionId::TripleDesCbc};
    ChosenSuite suite;
    suite.encryption = ciphers.at(kind % ciphers.size());
    const bool keyed =
        suite.encryption != EncryptionId::ChaCha20Poly1305 && suite.encryption != EncryptionId::TripleDesCbc;
    suite.keyBits = keyed ? 256 : 0;
    const auto traits = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    suite.integrity = traits && traits->isAead() ? IntegrityId::None : IntegrityId::HmacSha256_128;
    return suite;
}

IkeKeys keysFor(const ChosenSuite& suite) {
    const auto traits = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    if (!traits) {
        std::abort();
    }
    IkeKeys keys;
    const auto secret = [](std::size_t size, std::uint8_t octet) {
        return base::SecureBytes(base::ByteView(base::Bytes(size, octet)));
    };
    keys.encryptionInitiator = secret(traits->key + traits->salt, 1);
    keys.encryptionResponder = secret(traits->key + traits->salt, 2);
    keys.integrityInitiator = secret(traits->isAead() ? 0 : 32, 3);
    keys.integrityResponder = secret(traits->isAead() ? 0 : 32, 4);
    return keys;
}

// What a session does with a message that opened.
void take(std::optional<Opened> opened) {
    if (!opened) {
        return;
    }
    if (opened->fragment) {
        Reassembler store;
        opened = store.add(base::Instant{}, 1, std::move(*opened));
        if (!opened) {
            return;
        }
    }
    const auto payloads = parsePayloads(opened->firstPayload, opened->plain);
    if (!payloads) {
        return;
    }
    static_cast<void>(unknownCritical(*payloads));
    static_cast<void>(findError(*payloads));
    static_cast<void>(parseNonce(*payloads));
}

// The tag of a counter mode message, made anew; see the top.
void mendTag(base::MutableByteView message) {
    const auto keys = keysFor(suiteFor(0));
    const auto integrity =
        crypto::IntegrityContext::create(crypto::Integrity::HmacSha256_128, keys.integrityResponder.view());
    const auto body = message.first(message.size() - icvSize);
    if (!integrity || !integrity->compute({body}, message.last(icvSize))) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size > 60'000) {
        return 0;
    }
    const unsigned kind = data[0];
    const base::ByteView input(data + 1, size - 1);
    const auto suite = suiteFor(kind);
    const auto keys = keysFor(suite);
    auto client = Protection::create(suite, keys, true);
    auto server = Protection::create(suite, keys, false);
    if (!client || !server) {
        std::abort();
    }
    test::SeededRandom random(kind);

    // Whoever does not have the keys opens nothing.
    if (client->open(input)) {
        std::abort();
    }
    Header header;
    header.initiatorSpi = 1;
    header.responderSpi = 2;
    header.exchange = ExchangeType::Informational;
    header.firstPayload = (kind & 0x40U) != 0 ? PayloadType::EncryptedFragment : PayloadType::Encrypted;
    auto forged = encodeHeader(header, input.size());
    base::append(forged, input);
    if (client->open(forged)) {
        std::abort();
    }

    // What was sealed comes out as it went in, and one octet changed is noticed.
    test::Choices choices(input);
    std::optional<FragmentPlace> place;
    if ((kind & 0x40U) != 0) {
        place.emplace();
        place->number = static_cast<std::uint16_t>(1 + choices.next() % 3);
        place->total = static_cast<std::uint16_t>(choices.next() % 4);
    }
    header.firstPayload = static_cast<PayloadType>(choices.next());
    const auto plain = choices.rest();
    auto message = server->seal(header, plain, place, random);
    if (!message) {
        std::abort();
    }
    auto opened = client->open(*message);
    if (!opened || !std::ranges::equal(opened->plain, plain)) {
        std::abort();
    }
    take(std::move(opened));
    auto changed = *message;
    changed[(kind * 7U + size) % changed.size()] ^= 0x10;
    if (client->open(changed)) {
        std::abort();
    }
    if (kind % 5 != 0) {
        return 0;
    }

    // The text as a whole the input's, its end too: padding and pad length.
    const auto start = headerSize + 4 + (place ? 4 : 0) + 8;
    const auto text = base::MutableByteView(*message).subspan(start, message->size() - start - icvSize);
    text.back() ^= (kind & 0x80U) != 0 ? input.back() : std::uint8_t{0};
    mendTag(*message);
    take(client->open(*message));
    return 0;
}
