// Numbers of [MS-SSTP] §2.2.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tern::sstp {

constexpr std::uint8_t version = 0x10;
constexpr std::size_t headerSize = 4;
constexpr std::size_t largestFrame = 4095; // the length field has twelve bits and counts the header

enum class MessageType : std::uint16_t {
    CallConnectRequest = 1,
    CallConnectAck = 2,
    CallConnectNak = 3,
    CallConnected = 4,
    CallAbort = 5,
    CallDisconnect = 6,
    CallDisconnectAck = 7,
    EchoRequest = 8,
    EchoResponse = 9,
};

enum class AttributeId : std::uint8_t {
    None = 0, // in a Status Info: of no attribute in particular
    EncapsulatedProtocolId = 1,
    StatusInfo = 2,
    CryptoBinding = 3,
    CryptoBindingRequest = 4,
};

// §2.2.8.
enum class Status : std::uint32_t {
    NoError = 0,
    DuplicateAttribute = 1,
    UnrecognizedAttribute = 2,
    InvalidAttributeLength = 3,
    ValueNotSupported = 4,
    UnacceptedFrame = 5,
    RetryCountExceeded = 6,
    InvalidFrame = 7,
    NegotiationTimeout = 8,
    AttributeNotSupportedInMessage = 9,
    RequiredAttributeMissing = 10,
    StatusInfoNotSupported = 11,
};

constexpr std::uint16_t encapsulatedPpp = 1;

} // namespace tern::sstp
