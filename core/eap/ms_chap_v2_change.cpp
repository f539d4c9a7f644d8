// A new password by MS-CHAPv2 (RFC 2759 §8.9 to §8.13).
#include "core/eap/ms_chap_v2.h"

#include "core/crypto/md4_des.h"
#include "core/crypto/rc4.h"

#include <algorithm>

namespace tern::eap {

namespace {

constexpr std::size_t passwordSpace = 512;

// §8.9, §8.10: random octets, the password at their end, its length in octets, low octet first; all under RC4.
base::SecureBytes passwordBlock(base::ByteView unicode, base::ByteView key, base::RandomSource& random) {
    base::SecureBytes block(passwordSpace + 4);
    random.fill(block.span().first(passwordSpace - unicode.size()));
    std::copy(unicode.begin(), unicode.end(),
              block.span().begin() + static_cast<std::ptrdiff_t>(passwordSpace - unicode.size()));
    for (std::size_t i = 0; i < 4; ++i) {
        block.span()[passwordSpace + i] = static_cast<std::uint8_t>(unicode.size() >> (8 * i));
    }
    crypto::rc4(key, block.span());
    return block;
}

} // namespace

base::Result<MsChapV2PasswordChange> changeMsChapV2Password(base::ByteView oldPassword, base::ByteView newPassword,
                                                            base::RandomSource& random) {
    const auto oldUnicode = crypto::utf16le(oldPassword);
    const auto newUnicode = crypto::utf16le(newPassword);
    if (!oldUnicode || !newUnicode) {
        return base::fail(oldUnicode ? newUnicode.error() : oldUnicode.error());
    }
    if (newUnicode->empty() || newUnicode->size() > passwordSpace) {
        return base::fail("tern.eap.password-length");
    }
    const auto oldHash = crypto::md4(oldUnicode->view());
    const auto newHash = crypto::md4(newUnicode->view());
    MsChapV2PasswordChange change;
    const auto block = passwordBlock(newUnicode->view(), oldHash.view(), random);
    change.encryptedPassword.assign(block.view().begin(), block.view().end());
    // §8.12, §8.13: the old hash as two DES blocks, each under seven octets of the new.
    constexpr std::size_t desBlock = 8;
    constexpr std::size_t desKey = 7;
    for (std::size_t i = 0; i < 2; ++i) {
        const auto half = crypto::desEncrypt(newHash.view().subspan(desKey * i, desKey),
                                             oldHash.view().subspan(desBlock * i, desBlock));
        if (!half) {
            return base::fail(half.error());
        }
        base::append(change.encryptedHash, *half);
    }
    return change;
}

} // namespace tern::eap
