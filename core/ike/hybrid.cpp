#include "core/ike/hybrid.h"

#include "core/crypto/ml_kem.h"

#include <algorithm>

namespace tern::ike {

namespace {

// What servers that know RFC 9370 are new enough to have; the copies would make IKE_SA_INIT too large otherwise.
bool isWorthRepeating(const Transform& transform) {
    if (transform.type == TransformType::Encryption) {
        const auto id = static_cast<EncryptionId>(transform.id);
        return transform.keyBits != 192 &&
               (id == EncryptionId::AesGcm16 || id == EncryptionId::AesCbc || id == EncryptionId::ChaCha20Poly1305);
    }
    if (transform.type == TransformType::KeyExchange) {
        return transform.id != static_cast<std::uint16_t>(GroupId::Modp6144) &&
               transform.id != static_cast<std::uint16_t>(GroupId::Modp8192);
    }
    return true;
}

bool isLegacy(const Proposal& proposal) {
    return std::any_of(proposal.transforms.begin(), proposal.transforms.end(), [](const Transform& transform) {
        return (transform.type == TransformType::Encryption &&
                transform.id == static_cast<std::uint16_t>(EncryptionId::TripleDesCbc)) ||
               (transform.type == TransformType::Integrity &&
                transform.id == static_cast<std::uint16_t>(IntegrityId::HmacSha1_96)) ||
               (transform.type == TransformType::KeyExchange &&
                (transform.id == static_cast<std::uint16_t>(GroupId::Modp1024) ||
                 transform.id == static_cast<std::uint16_t>(GroupId::Modp1536)));
    });
}

Proposal withAdditional(const Proposal& proposal, const std::vector<std::vector<GroupId>>& additional) {
    auto hybrid = proposal;
    // A wanted suite is short and may hold one transform of a type: it is repeated as it stands.
    constexpr std::size_t shortOne = 6;
    if (hybrid.transforms.size() > shortOne) {
        std::erase_if(hybrid.transforms, [](const Transform& transform) { return !isWorthRepeating(transform); });
    }
    for (std::size_t round = 0; round < additional.size(); ++round) {
        for (const auto group : additional[round]) {
            hybrid.transforms.push_back({additionalKeyExchange(round), static_cast<std::uint16_t>(group), 0});
        }
    }
    return hybrid;
}

} // namespace

std::vector<std::vector<GroupId>> additionalGroups(const Algorithms& algorithms) {
    if (algorithms.postQuantum == PostQuantum::Off) {
        return {};
    }
    if (!algorithms.additional.empty()) {
        return algorithms.additional;
    }
    if (!crypto::mlKemIsAvailable(crypto::mlKem768)) {
        return {};
    }
    return {{GroupId::MlKem768, GroupId::MlKem1024}};
}

Algorithms withoutAdditional(Algorithms algorithms) {
    algorithms.postQuantum = PostQuantum::Off;
    return algorithms;
}

void putHybridFirst(Proposals& proposals, const Algorithms& algorithms) {
    const auto additional = additionalGroups(algorithms);
    Proposals all;
    if (!additional.empty()) {
        for (const auto& proposal : proposals) {
            if (!isLegacy(proposal)) {
                all.push_back(withAdditional(proposal, additional));
            }
        }
    }
    const bool forIke = !proposals.empty() && proposals.front().protocol == ProtocolId::Ike;
    if (!forIke || algorithms.postQuantum != PostQuantum::Required) {
        std::move(proposals.begin(), proposals.end(), std::back_inserter(all));
    }
    proposals = std::move(all);
}

} // namespace tern::ike
