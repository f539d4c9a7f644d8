// What this client proposes. The order is the order of preference; servers that choose by their own are left to it.
#include "core/base/byte_io.h"
#include "core/ike/hybrid.h"
#include "core/ike/proposal.h"

#include <algorithm>

namespace tern::ike {

namespace {

template<typename Id>
Transform transformOf(TransformType type, Id id, std::uint16_t keyBits = 0) {
    return {type, static_cast<std::uint16_t>(id), keyBits};
}

template<typename Id>
void add(Proposal& proposal, TransformType type, std::initializer_list<Id> ids) {
    for (const auto id : ids) {
        proposal.transforms.push_back(transformOf(type, id));
    }
}

void addEncryption(Proposal& proposal, EncryptionId id, std::initializer_list<std::uint16_t> keyLengths) {
    for (const auto bits : keyLengths) {
        proposal.transforms.push_back(transformOf(TransformType::Encryption, id, bits));
    }
}

// A group id of at most 21 comes first, because it is the one in the KE payload and some gateways silently drop a
// message whose KE names a later one; ECP-256 is also the cheapest.
void addGroups(Proposal& proposal) {
    add(proposal, TransformType::KeyExchange,
        {GroupId::Ecp256, GroupId::Ecp384, GroupId::Ecp521, GroupId::Modp2048, GroupId::Curve25519, GroupId::Curve448,
         GroupId::Modp3072, GroupId::Modp4096, GroupId::Modp6144, GroupId::Modp8192});
}

void addLegacyGroups(Proposal& proposal) {
    add(proposal, TransformType::KeyExchange, {GroupId::Modp1536, GroupId::Modp1024});
}

void addPrfs(Proposal& proposal) {
    add(proposal, TransformType::Prf,
        {PrfId::HmacSha256, PrfId::HmacSha384, PrfId::HmacSha512, PrfId::AesCmac, PrfId::AesXcbc});
}

void addIntegrity(Proposal& proposal) {
    add(proposal, TransformType::Integrity,
        {IntegrityId::HmacSha256_128, IntegrityId::HmacSha384_192, IntegrityId::HmacSha512_256, IntegrityId::AesCmac96,
         IntegrityId::AesXcbc96});
}

// Ciphers that carry their own tag. They and separate integrity may not be mixed in one proposal (RFC 5282 §8).
void addAead(Proposal& proposal, bool chachaFirst) {
    const auto chacha = transformOf(TransformType::Encryption, EncryptionId::ChaCha20Poly1305);
    if (chachaFirst) {
        proposal.transforms.push_back(chacha);
    }
    addEncryption(proposal, EncryptionId::AesGcm16, {256, 128, 192});
    if (!chachaFirst) {
        proposal.transforms.push_back(chacha);
    }
    addEncryption(proposal, EncryptionId::AesGcm12, {256, 128});
    addEncryption(proposal, EncryptionId::AesGcm8, {256, 128});
}

void addWithMac(Proposal& proposal) {
    addEncryption(proposal, EncryptionId::AesCbc, {256, 128, 192});
    addEncryption(proposal, EncryptionId::AesCtr, {256, 128});
    addIntegrity(proposal);
}

// What servers with settings of twenty years ago have. Strong parts are listed beside the weak ones, in case a server
// mixes them.
void addLegacy(Proposal& proposal) {
    addEncryption(proposal, EncryptionId::AesCbc, {256, 128});
    proposal.transforms.push_back(transformOf(TransformType::Encryption, EncryptionId::TripleDesCbc));
    add(proposal, TransformType::Integrity,
        {IntegrityId::HmacSha256_128, IntegrityId::HmacSha384_192, IntegrityId::HmacSha1_96});
}

Proposal wantedProposal(const WantedSuite& suite, ProtocolId protocol) {
    Proposal proposal{1, protocol, {}, {}};
    proposal.transforms.reserve(4); // one of each type; g++ 14 warns of the vector's growing
    proposal.transforms.push_back(transformOf(TransformType::Encryption, suite.encryption, suite.keyBits));
    if (suite.integrity != IntegrityId::None) {
        proposal.transforms.push_back(transformOf(TransformType::Integrity, suite.integrity));
    }
    if (protocol == ProtocolId::Ike) {
        proposal.transforms.push_back(transformOf(TransformType::Prf, suite.prf));
    }
    if (suite.group != GroupId::None) {
        proposal.transforms.push_back(transformOf(TransformType::KeyExchange, suite.group));
    }
    return proposal;
}

bool wantedIsUsable(const WantedSuite& suite, ProtocolId protocol, bool legacy) {
    const bool ike = protocol == ProtocolId::Ike;
    const auto traits = crypto::encryptionTraits(static_cast<std::uint16_t>(suite.encryption), suite.keyBits);
    return traits && traits->isAead() == (suite.integrity == IntegrityId::None) &&
           (!ike || suite.group != GroupId::None) && (legacy || !isWeak(suite, protocol));
}

void number(Proposals& proposals) {
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        proposals[i].number = static_cast<std::uint8_t>(i + 1);
    }
}

} // namespace

bool isWeak(const WantedSuite& suite, ProtocolId protocol) {
    return suite.encryption == EncryptionId::TripleDesCbc || suite.integrity == IntegrityId::HmacSha1_96 ||
           suite.group == GroupId::Modp1024 || suite.group == GroupId::Modp1536 ||
           (protocol == ProtocolId::Ike && suite.prf == PrfId::HmacSha1);
}

Proposals ikeProposals(const Algorithms& algorithms) {
    Proposals proposals;
    for (const auto& suite : algorithms.ike) {
        if (wantedIsUsable(suite, ProtocolId::Ike, algorithms.legacy)) {
            proposals.push_back(wantedProposal(suite, ProtocolId::Ike));
        }
    }
    Proposal aead{0, ProtocolId::Ike, {}, {}};
    addAead(aead, algorithms.chachaFirst);
    addPrfs(aead);
    addGroups(aead);
    Proposal withMac{0, ProtocolId::Ike, {}, {}};
    addWithMac(withMac);
    addPrfs(withMac);
    addGroups(withMac);
    proposals.push_back(std::move(aead));
    proposals.push_back(std::move(withMac));
    if (algorithms.legacy) {
        Proposal legacy{0, ProtocolId::Ike, {}, {}};
        addLegacy(legacy);
        add(legacy, TransformType::Prf, {PrfId::HmacSha256, PrfId::HmacSha384, PrfId::HmacSha1});
        addGroups(legacy);
        addLegacyGroups(legacy);
        proposals.push_back(std::move(legacy));
    }
    putHybridFirst(proposals, algorithms);
    number(proposals);
    return proposals;
}

Proposals espProposals(std::uint32_t spi, Pfs pfs, const Algorithms& algorithms) {
    base::ByteWriter spiOctets;
    spiOctets.u32(spi);
    Proposals plain; // without groups
    Proposals grouped;
    const auto take = [&](Proposal proposal, auto addOwnGroups) {
        proposal.spi = spiOctets.view();
        plain.push_back(proposal);
        addOwnGroups(proposal);
        grouped.push_back(std::move(proposal));
    };
    for (const auto& suite : algorithms.esp) {
        if (wantedIsUsable(suite, ProtocolId::Esp, algorithms.legacy)) {
            auto withoutGroup = suite;
            withoutGroup.group = GroupId::None;
            take(wantedProposal(withoutGroup, ProtocolId::Esp), [&](Proposal& proposal) {
                if (suite.group == GroupId::None) {
                    addGroups(proposal);
                } else {
                    add(proposal, TransformType::KeyExchange, {suite.group});
                }
            });
        }
    }
    Proposal aead{0, ProtocolId::Esp, {}, {}};
    addAead(aead, algorithms.chachaFirst);
    take(std::move(aead), addGroups);
    Proposal withMac{0, ProtocolId::Esp, {}, {}};
    addWithMac(withMac);
    take(std::move(withMac), addGroups);
    if (algorithms.legacy) {
        Proposal legacy{0, ProtocolId::Esp, {}, {}};
        addLegacy(legacy);
        take(std::move(legacy), [](Proposal& proposal) {
            addGroups(proposal);
            addLegacyGroups(proposal);
        });
    }
    Proposals proposals;
    if (pfs != Pfs::Without) {
        proposals = std::move(grouped);
        putHybridFirst(proposals, algorithms);
    }
    if (pfs != Pfs::Required) {
        std::move(plain.begin(), plain.end(), std::back_inserter(proposals));
    }
    for (auto& proposal : proposals) {
        // 32-bit numbers first: they are what every server has, and keys are replaced long before they run out.
        add(proposal, TransformType::Esn, {std::uint16_t{0}, std::uint16_t{1}});
    }
    number(proposals);
    return proposals;
}

} // namespace tern::ike
