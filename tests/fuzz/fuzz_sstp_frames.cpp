// SSTP's stream as a server may send it: cut into frames the same way in whatever pieces it comes; control messages
// that are taken hold what they say.
#include "core/sstp/frames.h"

#include <cstdlib>

using namespace tern;

namespace {

std::vector<base::Bytes> framesOf(base::ByteView first, base::ByteView second, bool& broken) {
    sstp::FrameReader reader;
    std::vector<base::Bytes> frames;
    for (const auto part : {first, second}) {
        reader.add(part);
        for (;;) {
            const auto frame = reader.next();
            if (!frame) {
                broken = true;
                return frames;
            }
            if (!*frame) {
                break;
            }
            if ((*frame)->body.size() > sstp::largestFrame - sstp::headerSize) {
                std::abort();
            }
            frames.emplace_back((*frame)->body.begin(), (*frame)->body.end());
            frames.back().push_back((*frame)->control ? 1 : 0);
        }
    }
    return frames;
}

void look(base::ByteView body) {
    const auto message = sstp::parseControl(body);
    if (!message) {
        if (message.error().status.status == sstp::Status::NoError) {
            std::abort();
        }
        return;
    }
    const auto type = message->type;
    if (type < sstp::MessageType::CallConnectRequest || type > sstp::MessageType::EchoResponse ||
        (message->binding && message->binding->nonce.size() != 32) ||
        (type == sstp::MessageType::CallConnectAck) != message->binding.has_value()) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    bool broken = false;
    const auto frames = framesOf(input, {}, broken);
    bool cutBroken = false;
    const auto cut = size == 0 ? 0 : (data[size - 1] * std::size_t{257}) % (size + 1);
    if (framesOf(input.first(cut), input.subspan(cut), cutBroken) != frames || broken != cutBroken) {
        std::abort();
    }
    for (const auto& frame : frames) {
        look(base::ByteView(frame).first(frame.size() - 1));
    }
    look(input);
    return 0;
}
