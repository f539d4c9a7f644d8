#include "core/crypto/prf.h"

#include "core/crypto/aes_mac.h"
#include "core/crypto/sha.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <variant>

namespace tern::crypto {

base::Bytes digest(Hash hash, std::initializer_list<base::ByteView> pieces) {
    base::Bytes out(hashSize(hash));
    Sha state(hash);
    for (const auto piece : pieces) {
        state.add(piece);
    }
    state.finish(out);
    return out;
}

base::SecureBytes secretDigest(Hash hash, std::initializer_list<base::ByteView> pieces) {
    base::SecureBytes out(hashSize(hash));
    Sha state(hash);
    for (const auto piece : pieces) {
        state.add(piece);
    }
    state.finish(out.span());
    return out;
}

base::SecureBytes hmac(Hash hash, base::ByteView key, std::initializer_list<base::ByteView> pieces) {
    base::SecureBytes out(hashSize(hash));
    HmacKey(hash, key).compute(pieces, out.span());
    return out;
}

namespace {

// Nothing for those made of AES.
std::optional<Hash> hashOf(Prf prf) {
    switch (prf) {
    case Prf::HmacSha1:
        return Hash::Sha1;
    case Prf::HmacSha256:
        return Hash::Sha256;
    case Prf::HmacSha384:
        return Hash::Sha384;
    case Prf::HmacSha512:
        return Hash::Sha512;
    case Prf::AesXcbc:
    case Prf::AesCmac:
        break;
    }
    return std::nullopt;
}

// Both take 16 octets. A key of another length is made to fit: RFC 4434 §2 pads a shorter one with zeros and hashes a
// longer one with the MAC under a key of zeros, RFC 4615 §3 hashes either.
AesMac aesKey(Prf function, base::ByteView key) {
    const auto kind = function == Prf::AesXcbc ? AesMac::Kind::Xcbc : AesMac::Kind::Cmac;
    if (key.size() == AesMac::size) {
        return {kind, key};
    }
    std::array<std::uint8_t, AesMac::size> fitting{};
    if (kind == AesMac::Kind::Xcbc && key.size() < AesMac::size) {
        std::copy(key.begin(), key.end(), fitting.begin());
    } else {
        const std::array<std::uint8_t, AesMac::size> zeros{};
        AesMac(kind, zeros).compute({key}, fitting);
    }
    AesMac made(kind, fitting);
    base::wipe(fitting);
    return made;
}

// A PRF with its key made ready.
class PrfKey {
public:
    PrfKey(Prf function, base::ByteView key)
        : m_state(make(function, key)) {}
    void compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView out) const {
        std::visit([&](const auto& state) { state.compute(pieces, out); }, m_state);
    }

private:
    using State = std::variant<HmacKey, AesMac>;
    static State make(Prf function, base::ByteView key) {
        if (const auto hash = hashOf(function)) {
            return HmacKey(*hash, key);
        }
        return aesKey(function, key);
    }
    State m_state;
};

} // namespace

std::optional<Prf> prfFromTransform(std::uint16_t id) {
    for (const auto known :
         {Prf::HmacSha1, Prf::AesXcbc, Prf::HmacSha256, Prf::HmacSha384, Prf::HmacSha512, Prf::AesCmac}) {
        if (static_cast<std::uint16_t>(known) == id) {
            return known;
        }
    }
    return {};
}

std::size_t prfSize(Prf prf) {
    const auto hash = hashOf(prf);
    return hash ? hashSize(*hash) : AesMac::size;
}

base::SecureBytes prf(Prf function, base::ByteView key, std::initializer_list<base::ByteView> pieces) {
    base::SecureBytes out(prfSize(function));
    PrfKey(function, key).compute(pieces, out.span());
    return out;
}

base::SecureBytes prfPlus(Prf function, base::ByteView key, base::ByteView seed, std::size_t length) {
    const std::size_t size = prfSize(function);
    if (length > 255 * size) {
        std::abort();
    }
    const PrfKey ready(function, key);
    base::SecureBytes out(length);
    base::SecureBytes block(size);
    for (std::size_t done = 0; done < length; done += size) {
        const std::array<std::uint8_t, 1> counter{static_cast<std::uint8_t>(done / size + 1)};
        const auto previous = done == 0 ? base::ByteView{} : block.view();
        // compute() reads the previous block before it writes this one over it.
        ready.compute({previous, seed, counter}, block.span());
        const std::size_t count = std::min(size, length - done);
        std::copy_n(block.data(), count, out.data() + done);
    }
    return out;
}

} // namespace tern::crypto
