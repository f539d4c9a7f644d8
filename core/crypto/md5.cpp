#include "core/crypto/md5.h"

#include "core/crypto/openssl.h"

namespace tern::crypto {

base::Result<std::array<std::uint8_t, 16>> md5(std::initializer_list<base::ByteView> pieces) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    bool done = context && EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) == 1;
    for (const auto piece : pieces) {
        done = done && EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
    }
    std::array<std::uint8_t, 16> out{};
    unsigned size = 0;
    if (!done || EVP_DigestFinal_ex(context.get(), out.data(), &size) != 1 || size != out.size()) {
        return base::fail("tern.crypto.legacy", {"MD5"}, opensslError());
    }
    return out;
}

} // namespace tern::crypto
