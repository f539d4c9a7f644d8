// Packets of the control and authentication protocols: code, identifier, length, data (RFC 1661 §5, RFC 1994 §4,
// RFC 1334 §2.2), and the options of those that configure (§6).
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <vector>

namespace tern::ppp {

// RFC 1661 §5, RFC 1570 §2.
enum class Code : std::uint8_t {
    ConfigureRequest = 1,
    ConfigureAck = 2,
    ConfigureNak = 3,
    ConfigureReject = 4,
    TerminateRequest = 5,
    TerminateAck = 6,
    CodeReject = 7,
    ProtocolReject = 8,
    EchoRequest = 9,
    EchoReply = 10,
    DiscardRequest = 11,
    Identification = 12,
    TimeRemaining = 13,
};

struct Packet {
    std::uint8_t code = 0;
    std::uint8_t identifier = 0;
    base::ByteView data; // borrows
    [[nodiscard]] bool is(Code what) const { return code == static_cast<std::uint8_t>(what); }
};
// Nothing when the length does not fit; octets behind it are padding.
[[nodiscard]] std::optional<Packet> parsePacket(base::ByteView octets);
// data: at most 65,531 octets.
[[nodiscard]] base::Bytes buildPacket(std::uint8_t code, std::uint8_t identifier, base::ByteView data);
[[nodiscard]] base::Bytes buildPacket(Code code, std::uint8_t identifier, base::ByteView data);

struct Option {
    std::uint8_t type = 0;
    base::Bytes data; // at most 253 octets
    friend bool operator==(const Option&, const Option&) = default;
};
using Options = std::vector<Option>;
// Nothing when a length does not fit, or for more than 64 of them.
[[nodiscard]] std::optional<Options> parseOptions(base::ByteView octets);
[[nodiscard]] base::Bytes buildOptions(const Options& options);
// The first of that type.
[[nodiscard]] const Option* findOption(const Options& options, std::uint8_t type);

} // namespace tern::ppp
