// SSTP packets in the TLS stream ([MS-SSTP] §2.2.1): where one ends, and what a control message says.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/sstp/constants.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tern::sstp {

struct Frame {
    bool control = false;
    base::ByteView body; // behind the header; borrowed
};

// The frame at the beginning of a stream. size: octets of it, the header included; 0 when more are needed.
struct FoundFrame {
    std::size_t size = 0;
    Frame frame;
};
// Fails with tern.sstp.frame where no frame of SSTP begins: then nobody can tell where the next one does.
[[nodiscard]] base::Result<FoundFrame> findFrame(base::ByteView stream);

// Collects a stream and gives it back as frames.
class FrameReader {
public:
    void add(base::ByteView more);
    // The next whole frame; nothing when there is none yet. Its body is good until the next call of this object.
    // Fails as findFrame(), and for ever from then on.
    [[nodiscard]] base::Result<std::optional<Frame>> next();
    // What came behind the last frame and is none yet. The reader is empty afterwards.
    [[nodiscard]] base::Bytes takeRest();

private:
    base::Bytes m_bytes;
    std::size_t m_begin = 0;
};

// The header of a frame around so many octets (at most largestFrame - headerSize).
void writeHeader(base::MutableByteView header, bool control, std::size_t bodySize);
// A data frame around a PPP frame (without HDLC's flags and checksum).
[[nodiscard]] base::Bytes writeData(base::ByteView pppFrame);

// ---- control messages, §2.2.9 to §2.2.19 ----

struct StatusInfo {
    AttributeId attribute = AttributeId::None;
    Status status = Status::NoError;
};
struct CryptoBindingRequest {
    std::uint8_t hashes = 0; // bits: 1 = SHA-1, 2 = SHA-256
    base::Bytes nonce;       // 32 octets
};
struct ControlMessage {
    MessageType type{};
    std::optional<std::uint16_t> protocol; // Encapsulated Protocol ID
    std::optional<CryptoBindingRequest> binding;
    std::vector<StatusInfo> statuses;
    base::Bytes cryptoBinding; // value of a Crypto Binding, which only servers receive; else empty
};

// A message that must be answered with an abort, and what that one says.
struct BadMessage {
    StatusInfo status;
    std::string detail;
};
// body: of a control frame. Checks lengths, counts and which attributes belong where.
[[nodiscard]] tl::expected<ControlMessage, BadMessage> parseControl(base::ByteView body);

[[nodiscard]] base::Bytes writeCallConnectRequest();
// CALL_ABORT and CALL_DISCONNECT, with a reason or without.
[[nodiscard]] base::Bytes writeEnd(MessageType type, const std::optional<StatusInfo>& reason);
// The messages without attributes: CALL_DISCONNECT_ACK, ECHO_REQUEST, ECHO_RESPONSE.
[[nodiscard]] base::Bytes writePlain(MessageType type);

} // namespace tern::sstp
