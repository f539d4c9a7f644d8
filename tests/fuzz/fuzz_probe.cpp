// Answers of foreign servers to the questions of a probe: the first octet says which question, then come pieces, each
// with an octet of flags and two of length. So that the input reaches what lies behind cookies and tunnel ids, a flag
// has the question's own put where the answer needs them, and another one the length.
//
// Whatever is said: a question ends when its patience does, sends a bounded number of messages, is open only where
// there was an answer, and its result has words.
#include "core/base/byte_io.h"
#include "core/base/catalogue.h"
#include "core/probe/survey.h"
#include "tests/fuzz/choices.h"
#include "tests/unit/ike/seeded_random.h"

#include <cstdlib>

using namespace tern;
using namespace tern::probe;

namespace {

constexpr base::Instant start{std::chrono::seconds(1)};
constexpr std::size_t mostMessages = 24; // two rounds, cookies, other groups, each three times, and a goodbye
constexpr std::size_t ikeHeader = 28;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// What a server of this protocol would have copied from the request.
void adopt(base::Bytes& answer, const base::Bytes& request, const Question& question) {
    const auto& door = question.door();
    const bool stream = door.transport == Transport::Tcp;
    const std::size_t before = door.endpoint.port != 4500 ? 0 : stream ? 6 : 4; // length and marker
    const std::size_t asked = door.endpoint.port != 4500 ? 0 : stream ? 12 : 4; // the prefix too
    if (door.endpoint.port == 1701) {
        constexpr std::size_t place = 4;
        if (answer.size() >= place + 2 && request.size() > 53) {
            // The Assigned Tunnel ID is the last but one AVP.
            answer[place] = request[request.size() - 10];
            answer[place + 1] = request[request.size() - 9];
        }
    } else if (answer.size() >= before + ikeHeader && request.size() >= asked + 8) {
        std::fill_n(answer.begin(), before, std::uint8_t{0});
        std::copy_n(request.begin() + static_cast<std::ptrdiff_t>(asked), 8,
                    answer.begin() + static_cast<std::ptrdiff_t>(before));
    }
}

void setLength(base::Bytes& answer, const Question& question) {
    const auto& door = question.door();
    const bool stream = door.transport == Transport::Tcp;
    const std::size_t before = door.endpoint.port != 4500 ? 0 : stream ? 6 : 4;
    const auto put = [&](std::size_t place, std::size_t value) {
        answer[place] = static_cast<std::uint8_t>(value >> 8U);
        answer[place + 1] = static_cast<std::uint8_t>(value);
    };
    if (door.endpoint.port == 1701 && answer.size() >= 12) {
        answer[0] = 0xC8;
        answer[1] = 2;
        put(2, answer.size());
    } else if (answer.size() >= before + ikeHeader) {
        answer[before + 24] = answer[before + 25] = 0;
        put(before + 26, answer.size() - before);
        if (stream) {
            put(0, answer.size());
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Choices choices({data, size});
    test::SeededRandom random(1);
    SurveyConfig config;
    config.target = {"vpn.example.test", 443};
    config.addresses = {*base::IpAddress::fromText("192.0.2.1")};
    Survey survey(std::move(config), random);
    const auto questions = survey.begin();
    auto* question = questions.at(choices.below(questions.size()));
    question->start(start);
    question->connected(start);
    std::size_t sent = 0;
    base::Bytes request;
    const auto drain = [&] {
        for (auto& octets : question->takeOutput()) {
            request = std::move(octets);
            require(++sent <= mostMessages);
        }
    };
    drain();
    while (!choices.atEnd() && !question->isOver()) {
        constexpr unsigned takesOver = 1;
        constexpr unsigned hasLength = 2;
        constexpr unsigned late = 4;
        const unsigned flags = choices.next();
        auto answer = choices.bytes(choices.below(2048));
        if ((flags & takesOver) != 0) {
            adopt(answer, request, *question);
        }
        if ((flags & hasLength) != 0) {
            setLength(answer, *question);
        }
        if ((flags & late) != 0 && question->deadline()) {
            question->timeout(*question->deadline());
            drain();
        }
        question->receive(start, answer);
        drain();
    }
    for (int i = 0; i < 64 && question->deadline(); ++i) {
        question->timeout(*question->deadline());
        drain();
    }
    require(!question->deadline());
    const auto& door = question->door();
    require(door.verdict > Verdict::Weak || door.answered);
    require(survey.next(*question).size() <= 1);
    const auto result = survey.result(base::UnixSeconds(1'800'000'000), std::chrono::milliseconds(1));
    for (const auto* road : {&result.ikev2, &result.sstp, &result.pptp, &result.l2tp}) {
        require(!road->words.code.empty());
        for (const auto& finding : road->findings) {
            require(!finding.code.empty());
        }
    }
    require(result.l2tpFacts.host.size() <= 64 && result.pptpFacts.host.size() <= 64);
    return 0;
}
