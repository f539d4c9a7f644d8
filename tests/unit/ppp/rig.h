// A session and a server of the simulator, joined by frames under a clock of their own.
#pragma once

#include "core/ppp/session.h"
#include "tests/sim/ppp_server.h"
#include "tests/unit/ike/seeded_random.h"

#include <deque>

namespace tern::test {

using namespace std::chrono_literals;

class PppRig {
public:
    explicit PppRig(sim::PppServerConfig from = {}, ppp::SessionConfig config = client(), std::uint64_t seed = 1)
        : random(seed)
        , server(std::move(from), random)
        , session(std::move(*ppp::Session::create(std::move(config), random))) {}

    [[nodiscard]] static ppp::SessionConfig client() {
        ppp::SessionConfig config;
        config.username = "alice";
        config.password = base::SecureBytes(std::string_view("Correct-horse-9"));
        config.serverVerified = true;
        config.requestIpv6 = false;
        return config;
    }

    // Frames go to and fro until nobody has anything to say.
    void start() {
        session->start(now);
        for (auto& frame : server.start()) {
            toClient.push_back(std::move(frame));
        }
        run();
    }
    void run() {
        collect();
        while (!toClient.empty()) {
            const auto frame = std::move(toClient.front());
            toClient.pop_front();
            session->receive(now, frame);
            collect();
        }
    }
    void give(base::Bytes frame) {
        toClient.push_back(std::move(frame));
        run();
    }
    void give(ppp::Protocol protocol, const base::Bytes& payload) { give(ppp::buildFrame(protocol, payload)); }
    // Time passes, deadline by deadline.
    void wait(base::Duration time) {
        const auto end = now + time;
        for (auto next = session->deadline(); next && *next <= end; next = session->deadline()) {
            now = std::max(now, *next);
            session->timeout(now);
            run();
        }
        now = end;
    }
    void answer(std::string_view secret, const std::string& username = {}) {
        session->answer(now, username, base::SecureBytes(secret));
        run();
    }

    void releaseHeld() {
        isHeld = false;
        for (const auto& frame : std::exchange(m_held, {})) {
            deliver(frame);
        }
        run();
    }

    template<typename Kind>
    [[nodiscard]] const Kind* last() const {
        for (auto it = outputs.rbegin(); it != outputs.rend(); ++it) {
            if (const auto* const found = std::get_if<Kind>(&*it)) {
                return found;
            }
        }
        return nullptr;
    }
    template<typename Kind>
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::count_if(
            outputs.begin(), outputs.end(), [](const auto& output) { return std::holds_alternative<Kind>(output); }));
    }
    // Empty: not closed; "-": closed without an error.
    [[nodiscard]] std::string closed() const {
        const auto* const end = last<ppp::Closed>();
        return end == nullptr ? std::string() : end->error ? end->error->code : std::string("-");
    }
    [[nodiscard]] std::vector<std::string> addresses() const {
        std::vector<std::string> texts;
        if (const auto* const up = last<ppp::Up>()) {
            for (const auto& one : up->addresses) {
                texts.push_back(one.text());
            }
        }
        return texts;
    }
    [[nodiscard]] std::string hlak() const {
        const auto* const done = last<ppp::Authenticated>();
        return done == nullptr ? std::string() : base::toHex(done->hlak.view());
    }
    [[nodiscard]] ppp::Stage stage() const {
        const auto* const progress = last<ppp::Progress>();
        return progress == nullptr ? ppp::Stage::Negotiating : progress->stage;
    }

    SeededRandom random;
    sim::PppServer server;
    std::unique_ptr<ppp::Session> session;
    base::Instant now{1000s};
    std::vector<ppp::Output> outputs; // without frames that reached the server
    std::vector<base::Bytes> sent;    // all frames of the client
    std::deque<base::Bytes> toClient;
    bool isCut = false;  // nothing reaches the server any more
    bool isHeld = false; // nothing reaches it before releaseHeld()

private:
    void deliver(const base::Bytes& frame) {
        if (isHeld) {
            m_held.push_back(frame);
        } else if (!isCut) {
            for (auto& answer : server.receive(frame)) {
                toClient.push_back(std::move(answer));
            }
        }
    }
    void collect() {
        for (auto& output : session->takeOutputs()) {
            if (auto* const send = std::get_if<ppp::SendFrame>(&output)) {
                sent.push_back(send->frame);
                deliver(send->frame);
            } else {
                outputs.push_back(std::move(output));
            }
        }
    }

    std::vector<base::Bytes> m_held;
};

using Texts = std::vector<std::string>;

} // namespace tern::test
