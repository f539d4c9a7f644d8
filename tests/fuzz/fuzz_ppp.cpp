// A hostile PPP server against a session in any of its states. The input is a script: a few octets for the
// configuration and for how far an honest server gets before the fuzzer takes its place, then frames: raw ones, ones
// with the protocol and identifier of what the session sent last, honest answers damaged, answers of the person, and
// time. Whatever it does: nothing that is made from the password leaves in clear outside PAP, nobody is taken for
// proven who does not know the password, nothing follows the end, and no deadline stands still.
#include "core/ppp/session.h"
#include "tests/fuzz/choices.h"
#include "tests/sim/ppp_server.h"

#include <algorithm>
#include <cstdlib>
#include <deque>

namespace {

using namespace tern;
using namespace std::chrono_literals;
using base::ByteView;
using ppp::Method;
using ppp::Protocol;

constexpr std::string_view password = "Canary-password-7";

class CountingRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override {
        for (auto& octet : out) {
            octet = m_next = static_cast<std::uint8_t>(m_next * 5 + 17);
        }
    }

private:
    std::uint8_t m_next = 1;
};

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

ppp::SessionConfig configOf(Method method, std::uint8_t bits) {
    ppp::SessionConfig config;
    config.methods = {method};
    if ((bits & 1U) != 0) {
        config.methods.push_back(Method::MsChapV2);
    }
    config.username = "alice";
    if ((bits & 2U) != 0) {
        config.password = base::SecureBytes(password);
    }
    config.serverVerified = true;
    config.requestIpv4 = (bits & 4U) == 0;
    config.timers.echoInterval = (bits & 8U) != 0 ? 10s : 0s;
    return config;
}

sim::PppServerConfig serverOf(Method method, std::uint8_t bits) {
    sim::PppServerConfig config;
    config.offers = {method};
    config.password = std::string(password);
    config.ipv6 = true;
    config.isExpired = (bits & 1U) != 0;
    config.offersCcp = (bits & 2U) != 0;
    config.retries = true;
    config.router.emplace();
    config.router->prefixes = {{"2001:db8:1::/64"}};
    config.router->managed = config.router->dhcp = (bits & 4U) != 0;
    return config;
}

class Drama {
public:
    Drama(Method method, std::uint8_t client, std::uint8_t server)
        : m_method(method)
        , m_mayProve(method != Method::MsChapV2 && method != Method::Eap)
        , m_server(serverOf(method, server), m_random)
        , m_session(std::move(*ppp::Session::create(configOf(method, client), m_random))) {}

    // The honest part: so many frames pass.
    void open(unsigned frames) {
        m_session->start(m_now);
        for (auto& frame : m_server.start()) {
            m_pending.push_back(std::move(frame));
        }
        collect();
        for (; frames > 0 && !m_pending.empty(); --frames) {
            const auto frame = std::move(m_pending.front());
            m_pending.pop_front();
            m_session->receive(m_now, frame);
            collect();
        }
        m_mayProve |= m_isProven;
        m_isHonest = false;
    }

    void step(test::Choices& choices) {
        switch (choices.next() % 8) {
        case 0:
            return give(choices.bytes(choices.next()));
        case 1:
            return give(answering(choices));
        case 2:
            return give(damaged(choices));
        case 3:
            return give(control(choices));
        case 4: {
            const std::size_t length = choices.next() % 40U;
            m_session->answer(m_now, (length & 1U) != 0 ? "bob" : "", base::SecureBytes(choices.bytes(length)));
            return collect();
        }
        case 5:
            return wait(std::chrono::milliseconds(choices.next() * 100));
        case 6:
            if (choices.next() == 0) {
                m_session->close(m_now);
            } else {
                m_session->probe(m_now);
            }
            return collect();
        default:
            return wait(std::chrono::seconds(choices.next()));
        }
    }

private:
    static constexpr std::array protocols{Protocol::Lcp, Protocol::Ipcp, Protocol::Ipv6cp, Protocol::Chap,
                                          Protocol::Eap, Protocol::Pap,  Protocol::Ccp,    Protocol::Ipv6};

    void give(const base::Bytes& frame) {
        static_cast<void>(ppp::classify(frame));
        m_session->receive(m_now, frame);
        collect();
    }
    // As if to the last frame of the session.
    base::Bytes answering(test::Choices& choices) const {
        base::Bytes frame = m_last;
        if (frame.size() > 5) {
            frame[4] = choices.next();
            const auto cut = choices.next();
            const auto more = choices.bytes(cut % 32);
            base::append(frame, more);
            if ((cut & 0x80U) != 0 || frame.size() < 8) {
                frame.resize(std::min<std::size_t>(frame.size(), 8));
                base::append(frame, more);
            }
            fixLength(frame);
        }
        return frame;
    }
    // What the honest server would say, with some octets changed.
    base::Bytes damaged(test::Choices& choices) {
        if (m_pending.empty()) {
            for (auto& frame : m_server.receive(m_last)) {
                m_pending.push_back(std::move(frame));
            }
        }
        if (m_pending.empty()) {
            return {};
        }
        auto frame = std::move(m_pending.front());
        m_pending.pop_front();
        m_isTouched = false;
        for (unsigned changes = choices.next() % 4; changes > 0 && frame.size() > 4; --changes) {
            frame[4 + choices.next() % (frame.size() - 4)] = choices.next();
            m_isTouched = true;
        }
        m_mayProve = true; // perhaps nothing that matters was changed
        return frame;
    }
    base::Bytes control(test::Choices& choices) const {
        const auto protocol = protocols.at(choices.next() % protocols.size());
        const auto code = choices.next() % 16;
        const auto identifier = choices.next();
        const auto data = choices.bytes(choices.next() % 80);
        return ppp::buildFrame(protocol, ppp::buildPacket(static_cast<std::uint8_t>(code), identifier, data));
    }
    static void fixLength(base::Bytes& frame) {
        if (frame.size() >= 8) {
            frame[6] = static_cast<std::uint8_t>((frame.size() - 4) >> 8U);
            frame[7] = static_cast<std::uint8_t>(frame.size() - 4);
        }
    }

    void wait(base::Duration time) {
        const auto end = m_now + time;
        unsigned turns = 0;
        for (auto next = m_session->deadline(); next && *next <= end; next = m_session->deadline()) {
            m_now = std::max(m_now, *next);
            m_session->timeout(m_now);
            collect();
            const auto then = m_session->deadline();
            demand(!then || *then > m_now);
            demand(++turns < 2000);
        }
        m_now = end;
    }

    void collect() {
        unsigned frames = 0;
        for (auto& output : m_session->takeOutputs()) {
            demand(!m_isClosed);
            if (auto* const send = std::get_if<ppp::SendFrame>(&output)) {
                check(send->frame);
                m_last = std::move(send->frame);
                m_mayProve |= m_isHonest && acknowledgesProof(m_last);
                ++frames;
                for (auto& frame : m_isHonest ? m_server.receive(m_last) : std::vector<base::Bytes>{}) {
                    m_pending.push_back(std::move(frame));
                }
            } else if (std::get_if<ppp::Authenticated>(&output) != nullptr) {
                demand(!m_isProven && (m_isHonest || m_mayProve));
                m_isProven = true;
            } else if (const auto* const up = std::get_if<ppp::Up>(&output)) {
                demand(m_isProven && !up->addresses.empty() && up->mtu >= 128 && up->mtu <= 1500);
            } else if (std::get_if<ppp::Closed>(&output) != nullptr) {
                m_isClosed = true;
            }
        }
        demand(frames <= 24);
        demand(!m_isClosed || (!m_session->deadline() && !m_session->isUp()));
    }
    // EAP-MSCHAPv2's answer to what proves the server: from there on a network protocol stands for EAP-Success, which
    // some servers never send (RFC 3748 §4.2).
    static bool acknowledgesProof(const base::Bytes& frame) {
        constexpr std::uint8_t response = 2;
        constexpr std::uint8_t success = 3;
        return frame.size() >= 10 && ppp::parseFrame(frame).protocol == Protocol::Eap && frame[4] == response &&
               frame[8] == 26 && frame[9] == success;
    }
    void check(const base::Bytes& frame) const {
        demand(frame.size() >= 4 && frame[0] == 0xFF && frame[1] == 0x03);
        const bool isPap = ppp::parseFrame(frame).protocol == Protocol::Pap;
        demand(m_method == Method::Pap || !isPap);
        demand(isPap || std::search(frame.begin(), frame.end(), password.begin(), password.end()) == frame.end());
    }

    Method m_method;
    bool m_mayProve;
    CountingRandom m_random;
    sim::PppServer m_server;
    std::unique_ptr<ppp::Session> m_session;
    base::Instant m_now{1000s};
    std::deque<base::Bytes> m_pending;
    base::Bytes m_last;
    bool m_isHonest = true;
    bool m_isTouched = false;
    bool m_isProven = false;
    bool m_isClosed = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array methods{Method::MsChapV2, Method::Eap, Method::ChapMd5, Method::Pap};
    test::Choices choices({data, size});
    const auto method = methods.at(choices.next() % methods.size());
    const auto client = choices.next();
    Drama drama(method, client, choices.next());
    drama.open(choices.next() % 32);
    for (unsigned steps = 0; !choices.atEnd() && steps < 300; ++steps) {
        drama.step(choices);
    }
    return 0;
}
