// How IKE and ESP lie in a TCP stream (RFC 9329 §3, §4): the initiator begins with "IKETCP", then everything is a frame
// of a 16-bit length, which counts itself, and an ESP packet or the non-ESP marker and an IKE message. Pure; used by
// the data path and, before there is one, by IKE's own port.
#pragma once

#include "core/base/bytes.h"

#include <array>
#include <cstddef>

namespace tern::datapath {

constexpr std::array<std::uint8_t, 6> streamPrefix{'I', 'K', 'E', 'T', 'C', 'P'};
constexpr std::size_t frameHeaderSize = 2;
constexpr std::size_t largestFrame = 65'535; // its header included

struct Frame {
    enum class State { Whole, Partial, Invalid };
    State state = State::Partial;
    std::size_t size = 0; // header included, when Whole
};
// The frame that the octets begin with. Invalid: a length below 2, after which nothing can be made of the stream.
[[nodiscard]] Frame nextFrame(base::ByteView octets);

// Appends a frame. False, and nothing is appended, when the content does not fit into one or is empty.
[[nodiscard]] bool appendFrame(base::Bytes& stream, base::ByteView content);

} // namespace tern::datapath
