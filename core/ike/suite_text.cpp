#include "core/crypto/ml_kem.h"
#include "core/ike/proposal.h"

#include <algorithm>
#include <iterator>

namespace tern::ike {

namespace {

std::string encryptionText(const ChosenSuite& suite) {
    const auto bits = suite.keyBits != 0 ? "-" + std::to_string(suite.keyBits) : std::string();
    switch (suite.encryption) {
    case EncryptionId::TripleDesCbc:
        return "3DES-CBC";
    case EncryptionId::AesCbc:
        return "AES" + bits + "-CBC";
    case EncryptionId::AesGcm16:
        return "AES" + bits + "-GCM";
    case EncryptionId::ChaCha20Poly1305:
        return "ChaCha20-Poly1305";
    case EncryptionId::AesCtr:
        return "AES" + bits + "-CTR";
    case EncryptionId::AesGcm12:
        return "AES" + bits + "-GCM-12";
    case EncryptionId::AesGcm8:
        return "AES" + bits + "-GCM-8";
    }
    return {};
}

std::string integrityText(IntegrityId integrity) {
    switch (integrity) {
    case IntegrityId::None:
        return {};
    case IntegrityId::HmacSha1_96:
        return " / HMAC-SHA1";
    case IntegrityId::AesXcbc96:
        return " / AES-XCBC";
    case IntegrityId::AesCmac96:
        return " / AES-CMAC";
    case IntegrityId::HmacSha256_128:
        return " / HMAC-SHA2-256";
    case IntegrityId::HmacSha384_192:
        return " / HMAC-SHA2-384";
    case IntegrityId::HmacSha512_256:
        return " / HMAC-SHA2-512";
    }
    return {};
}

std::string prfText(PrfId prf) {
    switch (prf) {
    case PrfId::HmacSha1:
        return "PRF-HMAC-SHA1";
    case PrfId::AesXcbc:
        return "PRF-AES128-XCBC";
    case PrfId::AesCmac:
        return "PRF-AES128-CMAC";
    case PrfId::HmacSha256:
        return "PRF-HMAC-SHA2-256";
    case PrfId::HmacSha384:
        return "PRF-HMAC-SHA2-384";
    case PrfId::HmacSha512:
        return "PRF-HMAC-SHA2-512";
    }
    return {};
}

} // namespace

std::string groupText(GroupId group) {
    switch (group) {
    case GroupId::None:
        return "no key exchange";
    case GroupId::Modp1024:
        return "MODP-1024";
    case GroupId::Modp1536:
        return "MODP-1536";
    case GroupId::Modp2048:
        return "MODP-2048";
    case GroupId::Modp3072:
        return "MODP-3072";
    case GroupId::Modp4096:
        return "MODP-4096";
    case GroupId::Modp6144:
        return "MODP-6144";
    case GroupId::Modp8192:
        return "MODP-8192";
    case GroupId::Ecp256:
        return "ECP-256";
    case GroupId::Ecp384:
        return "ECP-384";
    case GroupId::Ecp521:
        return "ECP-521";
    case GroupId::Curve25519:
        return "Curve25519";
    case GroupId::Curve448:
        return "Curve448";
    case GroupId::MlKem512:
        return "ML-KEM-512";
    case GroupId::MlKem768:
        return "ML-KEM-768";
    case GroupId::MlKem1024:
        return "ML-KEM-1024";
    }
    return "group " + std::to_string(static_cast<unsigned>(group));
}

std::string keyExchangeText(const ChosenSuite& suite) {
    auto text = groupText(suite.group);
    for (const auto group : suite.additional) {
        text += " + " + groupText(group);
    }
    return text;
}

std::string ikeSuiteText(const ChosenSuite& suite) {
    return encryptionText(suite) + integrityText(suite.integrity) + " / " + prfText(suite.prf) + " / " +
           keyExchangeText(suite);
}

std::string espSuiteText(const ChosenSuite& suite) {
    const auto pfs = suite.group == GroupId::None ? std::string() : " / " + keyExchangeText(suite);
    const auto* extended = suite.extendedSequenceNumbers ? " / ESN" : "";
    return encryptionText(suite) + integrityText(suite.integrity) + pfs + extended;
}

PostQuantumSecrets postQuantumSecrets(const ChosenSuite& suite, const PostQuantumSecrets& before) {
    PostQuantumSecrets secrets{{}, before.ppk};
    std::copy_if(suite.additional.begin(), suite.additional.end(), std::back_inserter(secrets.mlKem),
                 [](GroupId group) { return crypto::isMlKem(static_cast<std::uint16_t>(group)); });
    if (secrets.mlKem.empty()) {
        secrets.mlKem = before.mlKem;
    }
    return secrets;
}

std::string postQuantumText(const PostQuantumSecrets& secrets) {
    std::string text;
    for (const auto group : secrets.mlKem) {
        text += (text.empty() ? "" : " + ") + groupText(group);
    }
    if (secrets.ppk) {
        text += text.empty() ? "PPK" : " + PPK";
    }
    return text;
}

std::string weakText(const ChosenSuite& ike, const ChosenSuite& esp) {
    std::string text;
    const auto name = [&text](bool present, std::string_view what) {
        if (present) {
            text += text.empty() ? "" : ", ";
            text += what;
        }
    };
    const auto either = [&](auto test) { return test(ike) || test(esp); };
    name(either([](const ChosenSuite& suite) { return suite.encryption == EncryptionId::TripleDesCbc; }), "3DES");
    name(ike.prf == PrfId::HmacSha1 ||
             either([](const ChosenSuite& suite) { return suite.integrity == IntegrityId::HmacSha1_96; }),
         "SHA-1");
    for (const auto group : {GroupId::Modp1024, GroupId::Modp1536}) {
        name(either([group](const ChosenSuite& suite) { return suite.group == group; }), groupText(group));
    }
    return text;
}

} // namespace tern::ike
