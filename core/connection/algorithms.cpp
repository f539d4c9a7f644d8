#include "core/connection/algorithms.h"

#include <algorithm>
#include <array>

namespace tern::connection {

namespace {

using ike::EncryptionId;
using ike::GroupId;
using ike::IntegrityId;
using ike::PrfId;

struct CipherRow {
    std::string_view name;
    EncryptionId id;
    std::uint16_t keyBits;
};
constexpr std::array ciphers{
    CipherRow{"3DES", EncryptionId::TripleDesCbc, 0},      CipherRow{"AES128", EncryptionId::AesCbc, 128},
    CipherRow{"AES192", EncryptionId::AesCbc, 192},        CipherRow{"AES256", EncryptionId::AesCbc, 256},
    CipherRow{"AES-GCM-128", EncryptionId::AesGcm16, 128}, CipherRow{"AES-GCM-192", EncryptionId::AesGcm16, 192},
    CipherRow{"AES-GCM-256", EncryptionId::AesGcm16, 256}};

struct HashRow {
    std::string_view name;
    IntegrityId integrity;
    PrfId prf;
};
constexpr std::array hashes{HashRow{"SHA1", IntegrityId::HmacSha1_96, PrfId::HmacSha1},
                            HashRow{"SHA256", IntegrityId::HmacSha256_128, PrfId::HmacSha256},
                            HashRow{"SHA384", IntegrityId::HmacSha384_192, PrfId::HmacSha384},
                            HashRow{"SHA512", IntegrityId::HmacSha512_256, PrfId::HmacSha512}};

struct GroupRow {
    std::string_view name;
    GroupId id;
};
constexpr std::array groups{GroupRow{"none", GroupId::None}, GroupRow{"group2", GroupId::Modp1024},
                            GroupRow{"group14", GroupId::Modp2048}, GroupRow{"ECP256", GroupId::Ecp256},
                            GroupRow{"ECP384", GroupId::Ecp384}};

template<typename Rows>
auto find(const Rows& rows, std::string_view name) {
    const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.name == name; });
    return row == rows.end() ? nullptr : row;
}

bool isAead(EncryptionId id) {
    return id == EncryptionId::AesGcm16;
}

// Windows has one name for the integrity and for the PRF; with AES-GCM it is the PRF alone.
std::optional<ike::WantedSuite> ikeSuite(const profile::IkePolicy& policy) {
    const auto* const cipher = find(ciphers, policy.cipher);
    const auto* const hash = find(hashes, policy.integrity);
    const auto* const group = find(groups, policy.group);
    if (cipher == nullptr || hash == nullptr || group == nullptr || group->id == GroupId::None) {
        return std::nullopt;
    }
    return ike::WantedSuite{cipher->id, cipher->keyBits, isAead(cipher->id) ? IntegrityId::None : hash->integrity,
                            hash->prf, group->id};
}

std::optional<ike::WantedSuite> espSuite(const profile::IkePolicy& policy) {
    const auto* const cipher = find(ciphers, policy.espCipher);
    const auto* const hash = find(hashes, policy.espIntegrity);
    const auto* const group = find(groups, policy.pfs == "as-ike" ? policy.group : policy.pfs);
    if (cipher == nullptr || group == nullptr || (hash == nullptr && !isAead(cipher->id))) {
        return std::nullopt;
    }
    ike::WantedSuite suite;
    suite.encryption = cipher->id;
    suite.keyBits = cipher->keyBits;
    suite.integrity = isAead(cipher->id) ? IntegrityId::None : hash->integrity;
    suite.group = group->id;
    return suite;
}

} // namespace

ike::Algorithms algorithmsFor(const profile::Ike& settings, bool fastAes) {
    ike::Algorithms algorithms;
    algorithms.legacy = settings.legacyAlgorithms;
    algorithms.chachaFirst = !fastAes;
    if (settings.policy) {
        if (const auto suite = ikeSuite(*settings.policy)) {
            algorithms.ike.push_back(*suite);
        }
        if (const auto suite = espSuite(*settings.policy)) {
            algorithms.esp.push_back(*suite);
        }
    }
    return algorithms;
}

} // namespace tern::connection
