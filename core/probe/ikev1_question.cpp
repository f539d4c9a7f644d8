#include "core/probe/ikev1_question.h"

#include "core/base/byte_io.h"
#include "core/probe/vendor_ids.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tern::probe {

namespace {

// RFC 2408 §3.1, §3.4 to §3.6; RFC 2407 §4.2, §4.4.1; RFC 2409 appendix A.
constexpr std::uint8_t version1 = 0x10;
constexpr std::uint8_t majorVersion = 0xF0;
constexpr std::uint8_t mainMode = 2;
constexpr std::uint8_t informational = 5;
constexpr auto payloadSa = static_cast<ike::PayloadType>(1);
constexpr auto payloadNotification = static_cast<ike::PayloadType>(11);
constexpr auto payloadVendorId = static_cast<ike::PayloadType>(13);
constexpr std::uint8_t nextTransform = 3;
constexpr std::uint32_t doiIpsec = 1;
constexpr std::uint32_t situationIdentityOnly = 1;
constexpr std::uint8_t protocolIsakmp = 1;
constexpr std::uint8_t transformKeyIke = 1;
constexpr std::uint16_t shortAttribute = 0x8000;
constexpr std::uint16_t attributeEncryption = 1;
constexpr std::uint16_t attributeHash = 2;
constexpr std::uint16_t attributeAuthentication = 3;
constexpr std::uint16_t attributeGroup = 4;
constexpr std::uint16_t attributeLifeType = 11;
constexpr std::uint16_t attributeLifeDuration = 12;
constexpr std::uint16_t attributeKeyLength = 14;
constexpr std::uint16_t sharedKey = 1;
constexpr std::uint16_t rsaSignature = 3;
constexpr std::uint16_t lifeSeconds = 1;
constexpr std::uint32_t lifetime = 28800;
constexpr std::uint16_t firstStatus = 16384;
constexpr std::size_t mostVendors = 16;
constexpr std::size_t mostAttributes = 32;

constexpr std::uint16_t cipher3des = 5;
constexpr std::uint16_t cipherAes = 7;
constexpr std::uint16_t hashMd5 = 1;
constexpr std::uint16_t hashSha1 = 2;

struct Transform {
    std::uint16_t cipher = 0;
    std::uint16_t keyBits = 0;
    std::uint16_t hash = 0;
    std::uint16_t group = 0;
};
// In the order of Windows 10 and 11.
constexpr std::array windowsTransforms{Transform{cipherAes, 256, hashSha1, 20}, Transform{cipherAes, 128, hashSha1, 19},
                                       Transform{cipherAes, 256, hashSha1, 14}, Transform{cipher3des, 0, hashSha1, 14},
                                       Transform{cipher3des, 0, hashSha1, 2}};

void writeAttribute(base::ByteWriter& writer, std::uint16_t type, std::uint16_t value) {
    writer.u16(shortAttribute | type);
    writer.u16(value);
}

base::Bytes transformPayload(const Transform& transform, std::uint16_t authentication, std::uint8_t number, bool last) {
    base::ByteWriter writer;
    writer.u8(last ? 0 : nextTransform);
    writer.u8(0);
    writer.u16(0); // the length, below
    writer.u8(number);
    writer.u8(transformKeyIke);
    writer.u16(0);
    writeAttribute(writer, attributeEncryption, transform.cipher);
    if (transform.keyBits != 0) {
        writeAttribute(writer, attributeKeyLength, transform.keyBits);
    }
    writeAttribute(writer, attributeHash, transform.hash);
    writeAttribute(writer, attributeGroup, transform.group);
    writeAttribute(writer, attributeAuthentication, authentication);
    writeAttribute(writer, attributeLifeType, lifeSeconds);
    writer.u16(attributeLifeDuration);
    writer.u16(sizeof lifetime);
    writer.u32(lifetime);
    writer.patchU16(2, static_cast<std::uint16_t>(writer.size()));
    return writer.take();
}

base::Bytes securityAssociation() {
    base::Bytes transforms;
    constexpr std::array methods{sharedKey, rsaSignature};
    constexpr auto count = static_cast<std::uint8_t>(windowsTransforms.size() * methods.size());
    std::uint8_t number = 0;
    for (const auto method : methods) {
        for (const auto& transform : windowsTransforms) {
            ++number;
            base::append(transforms, transformPayload(transform, method, number, number == count));
        }
    }
    constexpr std::size_t proposalHeader = 8;
    base::ByteWriter writer;
    writer.u32(doiIpsec);
    writer.u32(situationIdentityOnly);
    writer.u8(0); // the only proposal
    writer.u8(0);
    writer.u16(static_cast<std::uint16_t>(proposalHeader + transforms.size()));
    writer.u8(1);
    writer.u8(protocolIsakmp);
    writer.u8(0); // no SPI
    writer.u8(count);
    writer.bytes(transforms);
    return writer.take();
}

std::string groupText(std::uint16_t group) {
    switch (group) {
    case 1:
        return "MODP-768";
    case 2:
        return "MODP-1024";
    case 5:
        return "MODP-1536";
    case 14:
        return "MODP-2048";
    case 19:
        return "ECP-256";
    case 20:
        return "ECP-384";
    default:
        return "group " + std::to_string(group);
    }
}

std::string suiteText(const Transform& transform) {
    const auto bits = transform.keyBits != 0 ? "-" + std::to_string(transform.keyBits) : std::string();
    const auto cipher = transform.cipher == cipher3des  ? std::string("3DES")
                        : transform.cipher == cipherAes ? "AES" + bits
                                                        : "cipher " + std::to_string(transform.cipher);
    const auto hash = transform.hash == hashSha1  ? std::string("SHA-1")
                      : transform.hash == hashMd5 ? std::string("MD5")
                                                  : "hash " + std::to_string(transform.hash);
    return cipher + " / " + hash + " / " + groupText(transform.group);
}

// The one transform a responder has chosen; nothing when this is no such answer.
std::optional<Transform> chosenTransform(base::ByteView body) {
    base::ByteReader reader(body);
    const bool ipsec = reader.u32() == doiIpsec;
    reader.skip(sizeof situationIdentityOnly);
    reader.skip(2);
    const auto proposalSize = reader.u16();
    reader.skip(1); // its number
    const auto protocol = reader.u8();
    const auto spiSize = reader.u8();
    const auto count = reader.u8();
    reader.skip(spiSize);
    reader.skip(2);
    const auto transformSize = reader.u16();
    reader.skip(1); // its number
    const auto id = reader.u8();
    reader.skip(2);
    constexpr std::size_t proposalHeader = 8;
    constexpr std::size_t transformHeader = 8;
    if (reader.failed() || !ipsec || protocol != protocolIsakmp || count != 1 || id != transformKeyIke ||
        transformSize < transformHeader || proposalSize != proposalHeader + spiSize + transformSize) {
        return std::nullopt;
    }
    base::ByteReader attributes(reader.take(transformSize - transformHeader));
    if (reader.failed()) {
        return std::nullopt;
    }
    Transform transform;
    for (std::size_t i = 0; i < mostAttributes && !attributes.atEnd(); ++i) {
        const auto type = attributes.u16();
        const auto value = attributes.u16();
        if ((type & shortAttribute) == 0) {
            attributes.skip(value); // a lifetime
            continue;
        }
        switch (type & ~shortAttribute) {
        case attributeEncryption:
            transform.cipher = value;
            break;
        case attributeHash:
            transform.hash = value;
            break;
        case attributeGroup:
            transform.group = value;
            break;
        case attributeKeyLength:
            transform.keyBits = value;
            break;
        default:
            break;
        }
    }
    return attributes.failed() || transform.cipher == 0 ? std::nullopt : std::optional(transform);
}

// Whether an error is told: "NO-PROPOSAL-CHOSEN" and its like.
bool tellsError(const ike::Payloads& payloads) {
    const auto* notification = ike::find(payloads, payloadNotification);
    if (notification == nullptr) {
        return false;
    }
    base::ByteReader reader(notification->body);
    reader.skip(4 + 2); // domain of interpretation, protocol, size of the SPI
    const auto type = reader.u16();
    return !reader.failed() && type < firstStatus;
}

} // namespace

Ikev1Question::Ikev1Question(Door door, base::RandomSource& random)
    : Question(door)
    , m_random(random) {}

void Ikev1Question::begin(base::Instant now) {
    std::array<std::uint8_t, sizeof m_cookie> cookie{};
    m_random.fill(cookie);
    m_cookie = base::ByteReader(cookie).u64() | 1U; // never zero
    // MS NT5 ISAKMPOAKLEY of Windows 10, RFC 3947, and FRAGMENTATION: what a Windows client says of itself.
    ike::Payloads payloads{{payloadSa, securityAssociation(), false}};
    for (const auto* id : {"1e2b516905991c7d7c96fcbfb587e46100000009", "4a131c81070358455c5728f20e95452f",
                           "4048b7d56ebce88525e7de7f00d6c2d3"}) {
        payloads.push_back({payloadVendorId, base::fromHex(id), false});
    }
    const auto body = ike::encodePayloads(payloads);
    ike::Header header;
    header.initiatorSpi = m_cookie;
    header.firstPayload = payloadSa;
    header.version = version1;
    header.exchange = static_cast<ike::ExchangeType>(mainMode);
    auto message = ike::encodeHeader(header, body.size());
    base::append(message, body);
    ask(now, std::move(message));
}

void Ikev1Question::take(base::Instant now, base::ByteView octets) {
    const auto header = ike::parseHeader(octets);
    if (!header || header->initiatorSpi != m_cookie) {
        return;
    }
    if ((header->version & majorVersion) != version1) {
        // RFC 7296 §2.5: INVALID_MAJOR_VERSION, from who knows IKEv2 only.
        noteAnswer(now);
        conclude(Verdict::Closed);
        return;
    }
    const auto payloads = ike::parsePayloads(header->firstPayload, octets.subspan(ike::headerSize));
    if (!payloads) {
        return;
    }
    const auto exchange = static_cast<std::uint8_t>(header->exchange);
    if (exchange == informational || (exchange == mainMode && tellsError(*payloads))) {
        if (tellsError(*payloads)) {
            noteAnswer(now);
            m_ikev1 = Ikev1::Speaks;
            conclude(Verdict::Unusable);
        }
    } else if (exchange == mainMode && header->responderSpi != 0) {
        takeMainMode(now, *payloads);
    }
}

void Ikev1Question::takeMainMode(base::Instant now, const ike::Payloads& payloads) {
    const auto* sa = ike::find(payloads, payloadSa);
    const auto transform = sa != nullptr ? chosenTransform(sa->body) : std::nullopt;
    if (!transform) {
        return;
    }
    noteAnswer(now);
    m_suite = suiteText(*transform);
    for (const auto& payload : payloads) {
        if (payload.type == payloadVendorId && m_vendors.size() < mostVendors) {
            m_vendors.push_back(vendorName(payload.body));
        }
    }
    m_ikev1 = Ikev1::Accepts;
    // What was begun cannot be deleted before keys are agreed on (RFC 2408 §5.15); the server forgets it soon.
    conclude(Verdict::Open);
}

} // namespace tern::probe
