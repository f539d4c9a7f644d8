// What may answer the SSTP request, whole and in two pieces: the answer must be the same.
#include "core/sstp/http_response.h"

#include <cstdlib>

using namespace tern;

namespace {

struct Outcome {
    bool complete = false;
    std::size_t used = 0;
    std::string code;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(base::ByteView first, base::ByteView second) {
    sstp::HttpResponse response;
    Outcome outcome;
    for (const auto part : {first, second}) {
        const auto taken = response.take(part);
        if (!taken) {
            outcome.code = taken.error().code;
            return outcome;
        }
        outcome.used += *taken;
        outcome.complete = response.isComplete();
    }
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    const auto whole = read(input, {});
    if (whole.used > sstp::mostHttpHead || (whole.code.empty() && !whole.complete && whole.used != size)) {
        std::abort();
    }
    const auto cut = size == 0 ? 0 : (data[0] * std::size_t{257}) % (size + 1);
    const auto cutInput = read(input.first(cut), input.subspan(cut));
    if (whole.code != cutInput.code || (whole.code.empty() && whole != cutInput)) {
        std::abort();
    }
    // As the rest of an answer that has begun well, so that the fields are reached at once.
    base::Bytes begun = base::toBytes("HTTP/1.1 200 OK\r\n");
    base::append(begun, input);
    static_cast<void>(read(begun, {}));
    return 0;
}
