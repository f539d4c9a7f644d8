// The numbers of IKEv2 as IANA's "Internet Key Exchange Version 2 (IKEv2) Parameters" registers them.
#pragma once

#include "core/crypto/cipher.h"
#include "core/crypto/prf.h"

#include <cstddef>
#include <cstdint>

namespace tern::ike {

using Spi = std::uint64_t; // of an IKE SA, in host order

// RFC 7296 §3.1, RFC 5723, RFC 9242, RFC 9370.
enum class ExchangeType : std::uint8_t {
    SaInit = 34,
    Auth = 35,
    CreateChildSa = 36,
    Informational = 37,
    SessionResume = 38,
    Intermediate = 43,
    FollowupKe = 44,
};
constexpr std::uint8_t flagInitiator = 0x08;
constexpr std::uint8_t flagResponse = 0x20;
constexpr std::uint8_t version2 = 0x20;
constexpr std::size_t headerSize = 28;

// RFC 7296 §3.2, RFC 7383 §2.5.
enum class PayloadType : std::uint8_t {
    None = 0,
    SecurityAssociation = 33,
    KeyExchange = 34,
    IdInitiator = 35,
    IdResponder = 36,
    Certificate = 37,
    CertificateRequest = 38,
    Auth = 39,
    Nonce = 40,
    Notify = 41,
    Delete = 42,
    VendorId = 43,
    TrafficSelectorInitiator = 44,
    TrafficSelectorResponder = 45,
    Encrypted = 46,
    Configuration = 47,
    Eap = 48,
    EncryptedFragment = 53,
};

// RFC 7296 §3.3.1.
enum class ProtocolId : std::uint8_t { None = 0, Ike = 1, Ah = 2, Esp = 3 };

// RFC 7296 §3.3.2; from 6 to 12 ADDITIONAL_KEY_EXCHANGE_1 to _7 of RFC 9370, whose ids are groups as well.
enum class TransformType : std::uint8_t {
    Encryption = 1,
    Prf = 2,
    Integrity = 3,
    KeyExchange = 4,
    Esn = 5,
    AdditionalKeyExchange1 = 6,
};
constexpr std::size_t mostAdditionalKeyExchanges = 7;
[[nodiscard]] constexpr TransformType additionalKeyExchange(std::size_t round) {
    return static_cast<TransformType>(static_cast<std::size_t>(TransformType::AdditionalKeyExchange1) + round);
}

using EncryptionId = crypto::Encryption;
using PrfId = crypto::Prf;
enum class IntegrityId : std::uint16_t {
    None = 0,
    HmacSha1_96 = 2,
    AesXcbc96 = 5,
    AesCmac96 = 8,
    HmacSha256_128 = 12,
    HmacSha384_192 = 13,
    HmacSha512_256 = 14,
};
enum class GroupId : std::uint16_t {
    None = 0,
    Modp1024 = 2,
    Modp1536 = 5,
    Modp2048 = 14,
    Modp3072 = 15,
    Modp4096 = 16,
    Modp6144 = 17,
    Modp8192 = 18,
    Ecp256 = 19,
    Ecp384 = 20,
    Ecp521 = 21,
    Curve25519 = 31,
    Curve448 = 32,
    MlKem512 = 35, // only as an additional key exchange
    MlKem768 = 36,
    MlKem1024 = 37,
};

// RFC 7296 §3.10.1; below 16384 an error, from there on a status.
enum class NotifyType : std::uint16_t {
    UnsupportedCriticalPayload = 1,
    InvalidIkeSpi = 4,
    InvalidMajorVersion = 5,
    InvalidSyntax = 7,
    InvalidMessageId = 9,
    InvalidSpi = 11,
    NoProposalChosen = 14,
    InvalidKePayload = 17,
    AuthenticationFailed = 24,
    SinglePairRequired = 34,
    NoAdditionalSas = 35,
    InternalAddressFailure = 36,
    FailedCpRequired = 37,
    TsUnacceptable = 38,
    InvalidSelectors = 39,
    UnacceptableAddresses = 40, // RFC 4555
    UnexpectedNatDetected = 41,
    TemporaryFailure = 43,
    ChildSaNotFound = 44,
    StateNotFound = 47,   // RFC 9370
    WindowsError = 12345, // private use of Windows servers: a 32-bit Win32 error
    InitialContact = 16384,
    SetWindowSize = 16385,
    AdditionalTsPossible = 16386,
    NatDetectionSourceIp = 16388,
    NatDetectionDestinationIp = 16389,
    Cookie = 16390,
    UseTransportMode = 16391,
    HttpCertLookupSupported = 16392,
    RekeySa = 16393,
    EspTfcPaddingNotSupported = 16394,
    MobikeSupported = 16396, // RFC 4555
    AdditionalIp4Address = 16397,
    AdditionalIp6Address = 16398,
    NoAdditionalAddresses = 16399,
    UpdateSaAddresses = 16400,
    Cookie2 = 16401,
    AuthLifetime = 16403,          // RFC 4478
    MultipleAuthSupported = 16404, // RFC 4739
    AnotherAuthFollows = 16405,
    RedirectSupported = 16406, // RFC 5685
    Redirect = 16407,
    RedirectedFrom = 16408,
    TicketLtOpaque = 16409, // RFC 5723
    TicketRequest = 16410,
    TicketAck = 16411,
    TicketNack = 16412,
    TicketOpaque = 16413,
    EapOnlyAuthentication = 16417,
    ChildlessSupported = 16418,      // RFC 6023
    FragmentationSupported = 16430,  // RFC 7383
    SignatureHashAlgorithms = 16431, // RFC 7427
    UsePpk = 16435,                  // RFC 8784
    PpkIdentity = 16436,
    NoPpkAuth = 16437,
    IntermediateExchangeSupported = 16438, // RFC 9242
    AdditionalKeyExchange = 16441,         // RFC 9370
};
// Private use, a status: everybody ignores it. Octets to fill a message with.
constexpr std::uint16_t paddingNotify = 48879;
constexpr std::uint16_t firstStatusNotify = 16384;

// RFC 7296 §3.6.
constexpr std::uint8_t certificateX509 = 4;
constexpr std::uint8_t certificateCrl = 7;
constexpr std::uint8_t certificateHashAndUrl = 12;
constexpr std::uint8_t certificateHashAndUrlBundle = 13;
constexpr std::uint8_t certificateOcsp = 14; // RFC 4806

// RFC 7296 §3.8, RFC 4754, RFC 7427.
enum class AuthMethod : std::uint8_t {
    RsaSignature = 1,
    SharedKey = 2,
    EcdsaSha256 = 9,
    EcdsaSha384 = 10,
    EcdsaSha512 = 11,
    DigitalSignature = 14,
};

// RFC 7296 §3.15.
enum class ConfigurationType : std::uint8_t { Request = 1, Reply = 2, Set = 3, Ack = 4 };
enum class AttributeType : std::uint16_t {
    InternalIp4Address = 1,
    InternalIp4Netmask = 2,
    InternalIp4Dns = 3,
    InternalIp4Nbns = 4,
    ApplicationVersion = 7,
    InternalIp6Address = 8,
    InternalIp6Dns = 10,
    InternalIp4Subnet = 13,
    InternalIp6Subnet = 15,
    InternalDnsDomain = 25,   // RFC 8598
    InternalDnssecTa = 26,    // RFC 8598
    WindowsIp4Server = 23456, // private use of Windows: INTERNAL_IP4_SERVER, INTERNAL_IP6_SERVER (MS-IKEE)
    WindowsIp6Server = 23457,
    UnityBanner = 28672, // Cisco Unity, sent by several servers
    UnityDefaultDomain = 28674,
    UnitySplitDns = 28675,
};

} // namespace tern::ike
