// The store of IKE fragments (RFC 7383): any order, any numbers, any sizes, any age; what it puts together is what was
// cut, and it never keeps more than its bounds allow.
#include "core/ike/fragments.h"
#include "tests/fuzz/choices.h"

#include <cstdlib>

using namespace tern;
using namespace tern::ike;
using tern::test::Choices;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(base::ByteView(data, size));
    Reassembler store;
    base::Instant now{};
    while (!choices.atEnd()) {
        const std::uint32_t message = choices.next() % 4;
        Opened piece;
        FragmentPlace place;
        place.number = choices.next();
        place.total = static_cast<std::uint16_t>(choices.next() % 8 == 0 ? choices.next() * 257U : choices.next() % 6U);
        // Each piece says where it belongs.
        const auto length = static_cast<std::size_t>(choices.next()) * (choices.next() % 64 == 0 ? 200U : 1U);
        piece.plain.assign(length, static_cast<std::uint8_t>(place.number));
        piece.firstPayload = place.number == 1 ? PayloadType::Notify : PayloadType::None;
        if (choices.next() % 16 != 0) {
            piece.fragment = place;
        }
        now += std::chrono::seconds(choices.next() % 8 == 0 ? choices.next() : 0);
        const auto whole = store.add(now, message, std::move(piece));
        if (!whole) {
            continue;
        }
        // In order, complete, begun by the first, and no larger than a message may be.
        std::uint8_t last = 0;
        for (const auto octet : whole->plain) {
            if (octet < last) {
                std::abort();
            }
            last = octet;
        }
        if (whole->firstPayload != PayloadType::Notify || whole->plain.size() > maximumMessageSize) {
            std::abort();
        }
    }
    return 0;
}
