// Key files somebody was talked into choosing: any octets as a PKCS#12, PEM or DER file, without a pass phrase and with
// one. What is opened has to make sense as a credential.
#include "core/crypto/credential_file.h"
#include "core/crypto/token.h"

#include <cstdlib>

using namespace tern;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView file(data, size);
    for (const bool typed : {false, true}) {
        const auto passPhrase = typed ? std::make_optional(base::SecureBytes(std::string_view("fuzz"))) : std::nullopt;
        static_cast<void>(crypto::certificatesInFile(file, passPhrase));
        auto material = crypto::readCredentialFile(file, passPhrase);
        if (!material) {
            continue;
        }
        const auto credentials = crypto::assemble(std::move(*material));
        if (!credentials) {
            continue;
        }
        for (const auto& credential : *credentials) {
            if (credential.chain.empty() || !credential.key || credential.key->publicKey().empty()) {
                std::abort();
            }
            static_cast<void>(crypto::checkOwnCertificate(credential.leaf(), base::UnixSeconds(1'800'000'000)));
            static_cast<void>(crypto::distinguishedNameText(crypto::subjectName(credential.leaf())));
        }
    }
    static_cast<void>(crypto::distinguishedNameText(file));
    static_cast<void>(crypto::checkTokenUri(base::toText(file)));
    return 0;
}
