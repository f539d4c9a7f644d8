#include "core/crypto/prf.h"

#include "core/crypto/sha.h"

#include <algorithm>
#include <array>
#include <cstdlib>

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

std::optional<Prf> prfFromTransform(std::uint16_t id) {
    for (const auto known : {Prf::HmacSha1, Prf::HmacSha256, Prf::HmacSha384, Prf::HmacSha512}) {
        if (static_cast<std::uint16_t>(known) == id) {
            return known;
        }
    }
    return {};
}

Hash hashOf(Prf prf) {
    switch (prf) {
    case Prf::HmacSha1:
        return Hash::Sha1;
    case Prf::HmacSha256:
        return Hash::Sha256;
    case Prf::HmacSha384:
        return Hash::Sha384;
    case Prf::HmacSha512:
        break;
    }
    return Hash::Sha512;
}

std::size_t prfSize(Prf prf) {
    return hashSize(hashOf(prf));
}

base::SecureBytes prf(Prf function, base::ByteView key, std::initializer_list<base::ByteView> pieces) {
    return hmac(hashOf(function), key, pieces);
}

base::SecureBytes prfPlus(Prf function, base::ByteView key, base::ByteView seed, std::size_t length) {
    const std::size_t size = prfSize(function);
    if (length > 255 * size) {
        std::abort();
    }
    const HmacKey ready(hashOf(function), key);
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
