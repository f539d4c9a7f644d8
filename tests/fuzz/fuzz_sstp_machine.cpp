// The SSTP client with its PPP against a server whose octets are damaged, left out, doubled and made up.
#include "core/sstp/session.h"
#include "tests/sim/sstp_server.h"
#include "tests/unit/ike/seeded_random.h"

#include <cstdlib>

using namespace tern;
using namespace std::chrono_literals;

namespace {

class Script {
public:
    explicit Script(base::ByteView octets)
        : m_rest(octets) {}
    [[nodiscard]] bool isOver() const { return m_rest.empty(); }
    std::uint8_t next() {
        if (m_rest.empty()) {
            return 0;
        }
        const auto octet = m_rest.front();
        m_rest = m_rest.subspan(1);
        return octet;
    }
    base::ByteView take(std::size_t count) {
        const auto taken = m_rest.first(std::min(count, m_rest.size()));
        m_rest = m_rest.subspan(taken.size());
        return taken;
    }

private:
    base::ByteView m_rest;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Script script(base::ByteView(data, size));
    test::SeededRandom random(script.next());
    sim::SstpServerConfig wanted;
    wanted.certificate = base::toBytes("leaf");
    wanted.naks = script.next() % 3;
    sim::SstpServer server(std::move(wanted), random);
    sstp::SessionConfig config;
    config.host = "vpn.example";
    config.ppp.methods = {ppp::Method::Eap, ppp::Method::MsChapV2, ppp::Method::ChapMd5};
    config.ppp.username = "alice";
    config.ppp.password = base::SecureBytes(std::string_view("Correct-horse-9"));
    config.ppp.serverVerified = true;
    auto session = std::move(*sstp::Session::create(std::move(config), random));
    base::Instant now{1000s};
    bool closed = false;
    base::Bytes toServer;
    const auto collect = [&] {
        for (auto& output : session->takeOutputs()) {
            if (closed) {
                std::abort(); // nothing follows the end
            }
            if (const auto* bytes = std::get_if<sstp::SendBytes>(&output)) {
                base::append(toServer, bytes->bytes);
            }
            closed = std::holds_alternative<sstp::Closed>(output);
        }
    };
    session->start(now, base::toBytes("leaf"));
    collect();
    for (int i = 0; i < 400 && !closed && !(script.isOver() && toServer.empty()); ++i) {
        auto answer = server.receive(std::exchange(toServer, {}));
        const auto what = script.next();
        if (what >= 0xC0 && !answer.empty()) { // damaged
            answer[script.next() % answer.size()] ^= static_cast<std::uint8_t>(1U << (what & 7U));
        } else if (what >= 0xA0) { // made up
            const auto made = script.take(what & 0x1FU);
            base::append(answer, made);
        } else if (what >= 0x90) {
            base::append(answer, sstp::writeData(script.take(script.next())));
        } else if (what >= 0x80) { // cut short
            answer.resize(answer.size() / 2);
        } else if (what >= 0x70) {
            now += std::chrono::seconds(what & 0x0FU) * 10;
            if (const auto due = session->deadline(); due && *due <= now) {
                session->timeout(now);
                collect();
            }
        } else if (what == 0x60) {
            session->close(now);
            collect();
        } else if (what == 0x61) {
            session->probe(now);
            collect();
        } else if (what == 0x62) {
            session->answer(now, "bob", base::SecureBytes(std::string_view("x")));
            collect();
        } else if (what == 0x63) {
            session->streamEnded(now, std::nullopt);
            collect();
        }
        session->receive(now, answer);
        collect();
    }
    // Whatever happened, it ends by itself when nobody says anything any more.
    for (int i = 0; i < 1000 && !closed; ++i) {
        if (i == 200 || !session->deadline()) { // nothing is waited for but a person
            session->close(now);
            collect();
        }
        const auto due = session->deadline();
        if (!due) {
            break;
        }
        now = std::max(now, *due);
        session->timeout(now);
        toServer.clear();
        collect();
    }
    if (!closed) {
        std::abort();
    }
    return 0;
}
