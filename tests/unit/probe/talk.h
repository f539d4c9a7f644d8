// Talking to a question of the probe without a network: what it sends, and a clock that is moved by hand.
#pragma once

#include "core/probe/question.h"
#include "tests/unit/ike/seeded_random.h"

#include <QTest>

namespace tern::test {

inline constexpr base::Instant begin{std::chrono::seconds(1000)};

inline probe::Door door(probe::Transport transport, std::uint16_t port) {
    return {transport, {*base::IpAddress::fromText("192.0.2.1"), port}};
}

// The one thing it sends now.
inline base::Bytes only(probe::Question& question) {
    auto output = question.takeOutput();
    return output.size() == 1 ? std::move(output.front()) : base::Bytes();
}

// Lets all its patience run out; answers how often it sent meanwhile.
inline std::size_t waitOut(probe::Question& question) {
    std::size_t sent = 0;
    for (int i = 0; i < 20 && question.deadline(); ++i) {
        question.timeout(*question.deadline());
        sent += question.takeOutput().size();
    }
    return sent;
}

} // namespace tern::test
