#include "core/datapath/stream_frames.h"

namespace tern::datapath {

Frame nextFrame(base::ByteView octets) {
    if (octets.size() < frameHeaderSize) {
        return {};
    }
    const std::size_t size = (std::size_t{octets[0]} << 8U) | octets[1];
    if (size < frameHeaderSize) {
        return {Frame::State::Invalid, 0};
    }
    return size <= octets.size() ? Frame{Frame::State::Whole, size} : Frame{};
}

bool appendFrame(base::Bytes& stream, base::ByteView content) {
    const std::size_t size = content.size() + frameHeaderSize;
    if (content.empty() || size > largestFrame) {
        return false;
    }
    stream.push_back(static_cast<std::uint8_t>(size >> 8U));
    stream.push_back(static_cast<std::uint8_t>(size));
    base::append(stream, content);
    return true;
}

} // namespace tern::datapath
