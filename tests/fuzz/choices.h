// What the fuzz targets of IKE share: decisions taken off the input, and damage done to the payloads of a message.
#pragma once

#include "core/ike/message.h"

namespace tern::test {

// Takes decisions off the input, zeros when it has run out.
class Choices {
public:
    explicit Choices(base::ByteView input)
        : m_rest(input) {}
    std::uint8_t next() {
        if (m_rest.empty()) {
            return 0;
        }
        const auto octet = m_rest.front();
        m_rest = m_rest.subspan(1);
        return octet;
    }
    base::Bytes bytes(std::size_t count) {
        base::Bytes octets;
        while (octets.size() < count) {
            octets.push_back(next());
        }
        return octets;
    }
    // Below `size`, which is not 0; one octet where that is enough.
    std::size_t below(std::size_t size) {
        std::size_t value = next();
        if (size > 256) {
            value = value << 8U | next();
        }
        return value % size;
    }
    [[nodiscard]] base::ByteView rest() const { return m_rest; }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    base::ByteView m_rest;
};

// Damages octets, in one place.
inline void damage(Choices& choices, base::Bytes& octets) {
    const auto at = octets.empty() ? 0 : choices.below(octets.size());
    switch (choices.next() % 4) {
    case 0:
        if (!octets.empty()) {
            octets[at] = choices.next();
        }
        break;
    case 1:
        octets.resize(at);
        break;
    case 2: {
        const auto more = choices.bytes(choices.next());
        octets.insert(octets.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
        break;
    }
    default:
        octets = choices.bytes(choices.next());
        break;
    }
}

// Damages the payloads of one message.
inline void damage(Choices& choices, ike::Payloads& payloads) {
    const unsigned changes = choices.next() % 4;
    for (unsigned i = 0; i < changes && !payloads.empty(); ++i) {
        auto& payload = payloads[choices.next() % payloads.size()];
        switch (choices.next() % 6) {
        case 0:
            if (!payload.body.empty()) {
                payload.body[choices.below(payload.body.size())] = choices.next();
            }
            break;
        case 1:
            payload.body.resize(choices.below(payload.body.size() + 1));
            break;
        case 2:
            payload.body = choices.bytes(choices.next());
            break;
        case 3:
            payload.type = static_cast<ike::PayloadType>(choices.next());
            break;
        case 4:
            payloads.push_back({static_cast<ike::PayloadType>(33 + choices.next() % 16),
                                choices.bytes(choices.next() % 40), (choices.next() & 1U) != 0});
            break;
        default:
            payloads.erase(payloads.begin() + choices.next() % static_cast<int>(payloads.size()));
            break;
        }
    }
}

} // namespace tern::test
