// PKCS#11 calls as functions with results. For the .cpp files of this folder only.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/private_key.h"

#include <cstdlib>
#include <memory>
#include <optional>
#include <p11-kit/p11-kit.h>
#include <p11-kit/uri.h>
#include <string>
#include <vector>

namespace tern::crypto {

// What p11-kit allocates with malloc; made with &std::free.
using MallocText = std::unique_ptr<char, decltype(&std::free)>;

// Every module that p11-kit is configured with, but for trust stores; loaded as long as this lives.
class TokenModules {
public:
    TokenModules();
    TokenModules(const TokenModules&) = delete;
    TokenModules& operator=(const TokenModules&) = delete;
    ~TokenModules();
    [[nodiscard]] std::vector<CK_FUNCTION_LIST*> all() const;

private:
    CK_FUNCTION_LIST** m_modules = nullptr;
};

// A token in a slot.
struct TokenSlot {
    CK_FUNCTION_LIST* module = nullptr;
    CK_SLOT_ID slot = 0;
    CK_TOKEN_INFO info{};

    [[nodiscard]] std::string label() const;
    [[nodiscard]] bool has(CK_FLAGS flag) const { return (info.flags & flag) != 0; }
};
[[nodiscard]] std::vector<TokenSlot> tokensOf(const TokenModules& modules);

// tern.crypto.token.{removed,pin-wrong,pin-locked,failed} for what a token answered.
[[nodiscard]] tl::unexpected<base::Error> tokenFailure(CK_RV answer, const std::string& label, const char* doing);

class TokenSession {
public:
    [[nodiscard]] static base::Result<std::shared_ptr<TokenSession>> open(std::shared_ptr<const TokenModules> modules,
                                                                          TokenSlot token);
    TokenSession(std::shared_ptr<const TokenModules> modules, TokenSlot token, CK_SESSION_HANDLE handle)
        : m_modules(std::move(modules))
        , m_token(token)
        , m_handle(handle) {}
    TokenSession(const TokenSession&) = delete;
    TokenSession& operator=(const TokenSession&) = delete;
    ~TokenSession();

    // Nothing for the PIN: the token has a key pad of its own.
    [[nodiscard]] base::Result<void> logIn(const std::optional<base::SecureBytes>& pin);
    [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(CK_OBJECT_CLASS type,
                                                     const std::vector<CK_ATTRIBUTE>& wanted) const;
    // Empty for an attribute that is not there or is not shown.
    [[nodiscard]] base::Bytes attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
    [[nodiscard]] base::Result<base::Bytes> sign(CK_OBJECT_HANDLE key, CK_MECHANISM mechanism,
                                                 base::ByteView input) const;
    [[nodiscard]] const TokenSlot& token() const { return m_token; }

private:
    std::shared_ptr<const TokenModules> m_modules;
    TokenSlot m_token;
    CK_SESSION_HANDLE m_handle;
    std::optional<base::SecureBytes> m_pin; // some keys ask for it again with each signature
};

// A private key on a token. publicKey: DER SubjectPublicKeyInfo; null for a kind that IKEv2 has no signature for.
[[nodiscard]] std::shared_ptr<const PrivateKey> tokenKey(std::shared_ptr<const TokenSession> session,
                                                         CK_OBJECT_HANDLE handle, base::Bytes publicKey);

// What libssl asks of a key that it borrows.
class BorrowedSigner {
public:
    BorrowedSigner() = default;
    BorrowedSigner(const BorrowedSigner&) = delete;
    BorrowedSigner& operator=(const BorrowedSigner&) = delete;
    virtual ~BorrowedSigner() = default;
    // RSA. padded: the whole block, else PKCS#1 v1.5 padding is the token's.
    [[nodiscard]] virtual base::Result<base::Bytes> signRaw(bool padded, base::ByteView block) const = 0;
    // ECDSA over a digest, DER.
    [[nodiscard]] virtual base::Result<base::Bytes> signDigest(base::ByteView digest) const = 0;
};
// An EVP_PKEY with that public key whose signatures `signer` makes, which it borrows. Null for kinds OpenSSL cannot
// borrow (EdDSA).
[[nodiscard]] evp_pkey_st* borrowedKey(base::ByteView publicKey, const BorrowedSigner& signer);

} // namespace tern::crypto
