// An SSTP call with a server and a PPP session that do what the test says.
#pragma once

#include "core/sstp/frames.h"
#include "core/sstp/machine.h"
#include "tests/unit/eap/counting_random.h"

#include <QTest>

namespace tern::sstp::test {

using namespace std::chrono_literals;

class FakePpp final : public ppp::Session {
public:
    void start(base::Instant) override { started = true; }
    void receive(base::Instant, base::ByteView frame) override { received.emplace_back(frame.begin(), frame.end()); }
    void timeout(base::Instant) override { due.reset(); }
    void answer(base::Instant, std::string name, base::SecureBytes) override { answeredBy = std::move(name); }
    void probe(base::Instant) override {}
    void close(base::Instant) override { says(ppp::SendFrame{{0xFF, 0x03, 0xC0, 0x21, 5, 1, 0, 4}}); }
    [[nodiscard]] bool isUp() const override { return false; }
    [[nodiscard]] std::optional<base::Error> reason() const override { return why; }
    [[nodiscard]] std::optional<base::Instant> deadline() const override { return due; }
    [[nodiscard]] std::vector<ppp::Output> takeOutputs() override { return std::exchange(m_outputs, {}); }

    void says(ppp::Output output) { m_outputs.push_back(std::move(output)); }

    bool started = false;
    std::vector<base::Bytes> received;
    std::string answeredBy;
    std::optional<base::Instant> due;
    std::optional<base::Error> why;

private:
    std::vector<ppp::Output> m_outputs;
};

inline const std::string httpOk = "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n";
inline const base::Bytes certificate = base::toBytes("the leaf");
inline const base::Bytes nonce(32, 0x5A);

inline base::Bytes ack(std::uint8_t hashes = 3) {
    base::Bytes bytes{0x10, 1, 0, 48, 0, 2, 0, 1, 0, 4, 0, 40, 0, 0, 0, hashes};
    base::append(bytes, nonce);
    return bytes;
}
inline base::Bytes nak(std::uint8_t attribute, std::uint8_t status) {
    return {0x10, 1, 0, 20, 0, 3, 0, 1, 0, 2, 0, 12, 0, 0, 0, attribute, 0, 0, 0, status};
}

// What the client has put out, by kind.
struct Seen {
    base::Bytes bytes;
    std::vector<MessageType> messages; // control messages among them
    std::vector<base::Bytes> data;
    std::vector<Stage> stages;
    std::optional<Closed> closed;
    std::optional<SignedIn> signedIn;
    int alive = 0;
    int up = 0;
    int prompts = 0;
};

class Call {
public:
    explicit Call(SessionConfig config = {}) {
        config.host = "vpn.example";
        auto fake = std::make_unique<FakePpp>();
        ppp = fake.get();
        session = std::make_unique<Machine>(std::move(config), std::move(fake), m_random);
    }
    void start() {
        session->start(now, certificate);
        take();
    }
    void hear(base::ByteView octets) {
        session->receive(now, octets);
        take();
    }
    void hear(const std::string& text) { hear(base::toBytes(text)); }
    void pass(base::Duration time) {
        const auto end = now + time;
        while (session->deadline() && *session->deadline() <= end) {
            now = std::max(now, *session->deadline());
            session->timeout(now);
            take();
        }
        now = end;
    }
    void pppSays(ppp::Output output) {
        ppp->says(std::move(output));
        hear(writeData(base::Bytes{0xFF, 0x03, 0xC0, 0x21}));
    }
    void toRequest() {
        start();
        hear(httpOk);
    }
    void toAck() {
        toRequest();
        hear(ack());
    }
    void toConnected() {
        toAck();
        pppSays(ppp::Authenticated{ppp::Method::MsChapV2, base::SecureBytes(hlakSize)});
    }
    void toUp() {
        toConnected();
        pppSays(ppp::Up{});
    }
    [[nodiscard]] std::string error() const {
        return seen.closed && seen.closed->error ? seen.closed->error->code : "";
    }
    [[nodiscard]] MessageType last() const { return seen.messages.empty() ? MessageType{} : seen.messages.back(); }

    void take() {
        for (auto& output : session->takeOutputs()) {
            if (const auto* bytes = std::get_if<SendBytes>(&output)) {
                base::append(seen.bytes, bytes->bytes);
                const auto found = findFrame(bytes->bytes);
                if (found && found->size > 0) {
                    if (found->frame.control) {
                        seen.messages.push_back(parseControl(found->frame.body).value().type);
                    } else {
                        seen.data.emplace_back(found->frame.body.begin(), found->frame.body.end());
                    }
                }
            } else if (const auto* progress = std::get_if<Progress>(&output)) {
                seen.stages.push_back(progress->stage);
            } else if (auto* closed = std::get_if<Closed>(&output)) {
                QVERIFY(!seen.closed);
                seen.closed = std::move(*closed);
            } else if (auto* done = std::get_if<SignedIn>(&output)) {
                seen.signedIn = *done;
            }
            seen.alive += std::holds_alternative<Alive>(output) ? 1 : 0;
            seen.up += std::holds_alternative<Up>(output) ? 1 : 0;
            seen.prompts += std::holds_alternative<Prompt>(output) ? 1 : 0;
        }
    }

    base::Instant now{1000s};
    FakePpp* ppp = nullptr;
    std::unique_ptr<Session> session;
    Seen seen;

private:
    tern::test::CountingRandom m_random;
};

} // namespace tern::sstp::test
