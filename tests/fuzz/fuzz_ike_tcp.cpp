// A TCP stream as a server may send it (RFC 9329), in pieces of any size: what comes out does not depend on the pieces.
#include "core/datapath/stream_frames.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

using namespace tern;
using datapath::Frame;

namespace {

struct Outcome {
    std::vector<base::Bytes> frames;
    bool invalid = false;
    std::size_t left = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(base::ByteView stream, std::size_t piece) {
    Outcome outcome;
    base::Bytes waiting;
    while (!outcome.invalid && !stream.empty()) {
        const auto now = std::min(piece, stream.size());
        base::append(waiting, stream.first(now));
        stream = stream.subspan(now);
        for (;;) {
            const auto frame = datapath::nextFrame(waiting);
            if (frame.state == Frame::State::Whole) {
                if (frame.size < 2 || frame.size > waiting.size()) {
                    std::abort();
                }
                outcome.frames.emplace_back(waiting.begin() + 2,
                                            waiting.begin() + static_cast<std::ptrdiff_t>(frame.size));
                waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(frame.size));
                continue;
            }
            outcome.invalid = frame.state == Frame::State::Invalid;
            break;
        }
    }
    outcome.left = outcome.invalid ? 0 : waiting.size();
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) {
        return 0;
    }
    const base::ByteView stream(data + 1, size - 1);
    const auto whole = read(stream, std::max<std::size_t>(stream.size(), 1));
    if (whole != read(stream, 1) || whole != read(stream, data[0] % 61U + 1U)) {
        std::abort();
    }
    base::Bytes again;
    for (const auto& frame : whole.frames) {
        if (!frame.empty() && !datapath::appendFrame(again, frame)) {
            std::abort();
        }
    }
    return 0;
}
