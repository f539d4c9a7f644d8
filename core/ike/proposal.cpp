#include "core/ike/proposal.h"

#include "core/base/byte_io.h"

#include <algorithm>
#include <array>

namespace tern::ike {

namespace {

constexpr std::uint8_t moreProposals = 2;
constexpr std::uint8_t moreTransforms = 3;
constexpr std::uint16_t keyLengthAttribute = 0x8000U | 14U; // short form, RFC 7296 §3.3.5
constexpr std::size_t proposalHeaderSize = 8;
constexpr std::size_t transformHeaderSize = 8;

base::Bytes encodeTransform(const Transform& transform, bool last) {
    base::ByteWriter writer;
    writer.u8(last ? 0 : moreTransforms);
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(transformHeaderSize + (transform.keyBits != 0 ? 4U : 0U)));
    writer.u8(static_cast<std::uint8_t>(transform.type));
    writer.u8(0);
    writer.u16(transform.id);
    if (transform.keyBits != 0) {
        writer.u16(keyLengthAttribute);
        writer.u16(transform.keyBits);
    }
    return writer.take();
}

base::Result<Transform> parseTransform(base::ByteReader& reader) {
    reader.skip(2);
    const std::size_t length = reader.u16();
    Transform transform;
    transform.type = static_cast<TransformType>(reader.u8());
    reader.skip(1);
    transform.id = reader.u16();
    if (reader.failed() || length < transformHeaderSize) {
        return base::fail("tern.ike.malformed", {}, "transform header");
    }
    base::ByteReader attributes(reader.take(length - transformHeaderSize));
    while (!reader.failed() && !attributes.failed() && !attributes.atEnd()) {
        const auto type = attributes.u16();
        if ((type & 0x8000U) == 0) {
            attributes.skip(attributes.u16());
            continue;
        }
        const auto value = attributes.u16();
        if (type == keyLengthAttribute) {
            transform.keyBits = value;
        }
    }
    if (reader.failed() || attributes.failed()) {
        return base::fail("tern.ike.malformed", {}, "transform attributes");
    }
    return transform;
}

base::Result<Proposal> parseProposal(base::ByteReader& reader) {
    reader.skip(2);
    const std::size_t length = reader.u16();
    Proposal proposal;
    proposal.number = reader.u8();
    proposal.protocol = static_cast<ProtocolId>(reader.u8());
    const std::size_t spiSize = reader.u8();
    const std::size_t count = reader.u8();
    if (reader.failed() || length < proposalHeaderSize + spiSize || count > maximumTransforms) {
        return base::fail("tern.ike.malformed", {}, "proposal header");
    }
    const auto spi = reader.take(spiSize);
    proposal.spi.assign(spi.begin(), spi.end());
    base::ByteReader transforms(reader.take(length - proposalHeaderSize - spiSize));
    if (reader.failed()) {
        return base::fail("tern.ike.malformed", {}, "proposal is cut off");
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto transform = parseTransform(transforms);
        if (!transform) {
            return base::fail(std::move(transform.error()));
        }
        proposal.transforms.push_back(*transform);
    }
    if (!transforms.atEnd()) {
        return base::fail("tern.ike.malformed", {}, "octets behind the last transform");
    }
    return proposal;
}

bool offers(const Proposal& proposal, const Transform& transform) {
    return std::find(proposal.transforms.begin(), proposal.transforms.end(), transform) != proposal.transforms.end();
}

bool offersType(const Proposal& proposal, TransformType type) {
    return std::any_of(proposal.transforms.begin(), proposal.transforms.end(),
                       [type](const Transform& transform) { return transform.type == type; });
}

// RFC 7296 §3.3.3: NONE for integrity and key exchange, and no ESN, mean the same as leaving the type out.
bool meansAbsent(const Transform& transform) {
    return transform.id == 0 && (transform.type == TransformType::Integrity ||
                                 transform.type == TransformType::KeyExchange || transform.type >= TransformType::Esn);
}

void take(ChosenSuite& suite, const Transform& transform) {
    switch (transform.type) {
    case TransformType::Encryption:
        suite.encryption = static_cast<EncryptionId>(transform.id);
        suite.keyBits = transform.keyBits;
        break;
    case TransformType::Prf:
        suite.prf = static_cast<PrfId>(transform.id);
        break;
    case TransformType::Integrity:
        suite.integrity = static_cast<IntegrityId>(transform.id);
        break;
    case TransformType::KeyExchange:
        suite.group = static_cast<GroupId>(transform.id);
        break;
    case TransformType::Esn:
        suite.extendedSequenceNumbers = transform.id != 0;
        break;
    default: // an additional key exchange; NONE skips it
        if (transform.id != 0) {
            suite.additional.push_back(static_cast<GroupId>(transform.id));
        }
        break;
    }
}

constexpr std::array transformTypes{TransformType::Encryption,  TransformType::Prf,       TransformType::Integrity,
                                    TransformType::KeyExchange, TransformType::Esn,       additionalKeyExchange(0),
                                    additionalKeyExchange(1),   additionalKeyExchange(2), additionalKeyExchange(3),
                                    additionalKeyExchange(4),   additionalKeyExchange(5), additionalKeyExchange(6)};

// RFC 9370 §2.2.1: no method may be taken twice.
bool hasMethodTwice(const ChosenSuite& suite) {
    auto methods = suite.additional;
    methods.push_back(suite.group);
    std::sort(methods.begin(), methods.end());
    return std::adjacent_find(methods.begin(), methods.end()) != methods.end();
}

// The transform of one type that both list, in the peer's order.
std::optional<Transform> common(const Proposal& ours, const Proposal& theirs, TransformType type,
                                std::optional<GroupId> preferredGroup) {
    std::optional<Transform> found;
    for (const auto& transform : theirs.transforms) {
        const bool acceptable = offers(ours, transform) || (meansAbsent(transform) && !offersType(ours, type));
        if (transform.type != type || !acceptable) {
            continue;
        }
        if (type == TransformType::KeyExchange && preferredGroup &&
            transform.id == static_cast<std::uint16_t>(*preferredGroup)) {
            return transform;
        }
        if (!found) {
            found = transform;
        }
    }
    return found;
}

std::optional<Selection> match(const Proposal& ours, const Proposal& theirs, std::optional<GroupId> preferredGroup) {
    if (ours.protocol != theirs.protocol) {
        return std::nullopt;
    }
    Selection selection;
    selection.answer.number = theirs.number;
    selection.answer.protocol = theirs.protocol;
    selection.peerSpi = theirs.spi;
    for (const auto type : transformTypes) {
        const bool theyList = offersType(theirs, type);
        if (!theyList) {
            // Left out means none; that must be acceptable to us.
            if (offersType(ours, type) && !offers(ours, {type, 0, 0})) {
                return std::nullopt;
            }
            continue;
        }
        const auto transform = common(ours, theirs, type, preferredGroup);
        const bool noneIsFine = !offersType(ours, type) || offers(ours, {type, 0, 0});
        if (!transform || (transform->id == 0 && meansAbsent(*transform) && !noneIsFine)) {
            return std::nullopt;
        }
        take(selection.suite, *transform);
        selection.answer.transforms.push_back(*transform);
    }
    if (hasMethodTwice(selection.suite)) {
        return std::nullopt;
    }
    return selection;
}

} // namespace

base::Bytes encodeProposals(const Proposals& proposals) {
    base::ByteWriter writer;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        const auto& proposal = proposals[i];
        const auto start = writer.size();
        writer.u8(i + 1 == proposals.size() ? 0 : moreProposals);
        writer.u8(0);
        writer.u16(0);
        writer.u8(proposal.number);
        writer.u8(static_cast<std::uint8_t>(proposal.protocol));
        writer.u8(static_cast<std::uint8_t>(proposal.spi.size()));
        writer.u8(static_cast<std::uint8_t>(proposal.transforms.size()));
        writer.bytes(proposal.spi);
        for (std::size_t t = 0; t < proposal.transforms.size(); ++t) {
            writer.bytes(encodeTransform(proposal.transforms[t], t + 1 == proposal.transforms.size()));
        }
        writer.patchU16(start + 2, static_cast<std::uint16_t>(writer.size() - start));
    }
    return writer.take();
}

base::Result<Proposals> parseProposals(base::ByteView body) {
    Proposals proposals;
    base::ByteReader reader(body);
    while (!reader.atEnd()) {
        auto proposal = parseProposal(reader);
        if (!proposal || proposals.size() == maximumProposals) {
            return base::fail("tern.ike.malformed", {}, proposal ? "too many proposals" : proposal.error().detail);
        }
        proposals.push_back(std::move(*proposal));
    }
    if (proposals.empty()) {
        return base::fail("tern.ike.malformed", {}, "no proposal");
    }
    return proposals;
}

std::vector<GroupId> groupsOf(const Proposals& proposals) {
    std::vector<GroupId> groups;
    for (const auto& proposal : proposals) {
        for (const auto& transform : proposal.transforms) {
            const auto group = static_cast<GroupId>(transform.id);
            if (transform.type == TransformType::KeyExchange && group != GroupId::None &&
                std::find(groups.begin(), groups.end(), group) == groups.end()) {
                groups.push_back(group);
            }
        }
    }
    return groups;
}

base::Result<ChosenSuite> checkChoice(const Proposals& offered, const Proposals& answer) {
    if (answer.size() != 1) {
        return base::fail("tern.ike.proposal.unoffered", {},
                          std::to_string(answer.size()) + " proposals in the answer");
    }
    const auto& chosen = answer.front();
    const auto ours = std::find_if(offered.begin(), offered.end(), [&chosen](const Proposal& proposal) {
        return proposal.number == chosen.number && proposal.protocol == chosen.protocol;
    });
    if (ours == offered.end()) {
        return base::fail("tern.ike.proposal.unoffered", {}, "proposal " + std::to_string(chosen.number));
    }
    ChosenSuite suite;
    for (const auto type : transformTypes) {
        std::size_t count = 0;
        for (const auto& transform : chosen.transforms) {
            if (transform.type != type) {
                continue;
            }
            ++count;
            const bool acceptable = offers(*ours, transform) || (meansAbsent(transform) && !offersType(*ours, type));
            if (!acceptable || count > 1) {
                return base::fail("tern.ike.proposal.unoffered", {},
                                  "transform type " + std::to_string(static_cast<unsigned>(type)) + " id " +
                                      std::to_string(transform.id));
            }
            take(suite, transform);
        }
        if (count == 0 && offersType(*ours, type) && !offers(*ours, {type, 0, 0})) {
            return base::fail("tern.ike.proposal.unoffered", {},
                              "no transform of type " + std::to_string(static_cast<unsigned>(type)));
        }
    }
    const auto known = [](const Transform& transform) {
        return std::find(transformTypes.begin(), transformTypes.end(), transform.type) != transformTypes.end();
    };
    if (!std::all_of(chosen.transforms.begin(), chosen.transforms.end(), known)) {
        return base::fail("tern.ike.proposal.unoffered", {}, "unknown transform type");
    }
    if (hasMethodTwice(suite)) {
        return base::fail("tern.ike.proposal.unoffered", {}, "one key exchange method twice");
    }
    return suite;
}

std::optional<Selection> select(const Proposals& ours, const Proposals& theirs, std::optional<GroupId> preferredGroup) {
    for (const auto& their : theirs) {
        for (const auto& our : ours) {
            if (auto selection = match(our, their, preferredGroup)) {
                return selection;
            }
        }
    }
    return std::nullopt;
}

} // namespace tern::ike
