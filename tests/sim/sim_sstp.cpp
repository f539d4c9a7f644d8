// Hundreds of SSTP calls over a stream that delays, cuts its octets apart anywhere, stalls and breaks, under a clock of
// its own. `sim_sstp --seed N` replays one.
#include "tests/sim/sstp_server.h"
#include "tests/unit/ike/seeded_random.h"

#include "core/sstp/session.h"

#include <chrono>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <map>
#include <random>
#include <set>

using namespace tern;
using namespace std::chrono_literals;

namespace {

using Tally = std::map<std::string, std::uint64_t>;

enum class Fault { None, Slow, Cut, Stall, Mute, WrongPassword, ChangedCertificate, Http, Garbage };
constexpr std::array faultNames{"none", "slow",   "cut", "stall", "mute", "wrong password", "changed certificate",
                                "HTTP", "garbage"};

// One direction of the stream: octets arrive in order, in pieces of any size.
struct Pipe {
    struct Piece {
        base::Instant at;
        base::Bytes octets;
    };
    std::deque<Piece> pieces;
    base::Instant last{};
    bool stalled = false;
};

class Run {
public:
    explicit Run(std::uint64_t seed)
        : m_dice(seed)
        , m_random(seed * 2 + 1) {}

    std::string go(Tally& tally) {
        prepare();
        tally["octet by octet"] += m_drips ? 1 : 0;
        ++tally[std::string("fault: ") + faultNames.at(static_cast<std::size_t>(m_fault))];
        m_session->start(m_now, m_certificate);
        collect();
        const auto problem = play(tally);
        return problem.empty() ? problem
                               : std::string(faultNames.at(static_cast<std::size_t>(m_fault))) + ": " + problem;
    }
    bool verbose = false;

private:
    unsigned roll(unsigned sides) { return static_cast<unsigned>(m_dice() % sides); }
    bool chance(unsigned percent) { return roll(100) < percent; }

    void prepare() {
        constexpr std::array faults{
            Fault::None, Fault::None,   Fault::None, Fault::None,          Fault::Slow,
            Fault::Cut,  Fault::Stall,  Fault::Mute, Fault::WrongPassword, Fault::ChangedCertificate,
            Fault::Http, Fault::Garbage};
        m_fault = faults.at(roll(faults.size()));
        sim::SstpServerConfig config;
        switch (roll(5)) {
        case 0:
            config.ppp = sim::PppServerConfig::rras();
            break;
        case 1:
            config.ppp = sim::PppServerConfig::softEther();
            config.hashes = 2;
            config.answersEcho = false;
            break;
        case 2:
            config.ppp = sim::PppServerConfig::accelPpp();
            break;
        default:
            break;
        }
        config.ppp.offers = {ppp::Method::MsChapV2};
        if (chance(20)) {
            config.ppp.offers = {ppp::Method::ChapMd5};
        }
        config.hashes = config.hashes == 3 && chance(30) ? 1 : config.hashes;
        config.naks = roll(3);
        config.certificate = m_fault == Fault::ChangedCertificate ? base::toBytes("another") : m_certificate;
        config.abortsBinding = chance(50);
        if (m_fault == Fault::Http) {
            constexpr std::array answers{"HTTP/1.1 404 No\r\n\r\n", "HTTP/1.1 302 F\r\nLocation: /\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "SSH-2.0\r\n"};
            config.http = answers.at(roll(answers.size()));
        }
        if (m_fault == Fault::Mute) {
            config.answersHttp = chance(50);
            config.answersCall = false;
        }
        m_drips = chance(10); // split at every octet
        m_slowPuts = m_fault == Fault::Slow ? 2 : 0;
        m_server = std::make_unique<sim::SstpServer>(std::move(config), m_random);

        sstp::SessionConfig client;
        client.host = "vpn.example";
        client.ppp.methods = {ppp::Method::MsChapV2, ppp::Method::ChapMd5};
        client.ppp.username = "alice";
        client.ppp.password =
            base::SecureBytes(std::string_view(m_fault == Fault::WrongPassword ? "wrong" : "Correct-horse-9"));
        client.ppp.serverVerified = true;
        client.ppp.requestIpv6 = false;
        m_session = std::move(*sstp::Session::create(std::move(client), m_random));
        m_faultAt = m_now + std::chrono::milliseconds(roll(900));
    }

    // A server that is slow, but there: what it says first and second (HTTP, and to the call) takes most of a minute.
    void putSlowly(base::ByteView octets) {
        while (!octets.empty()) {
            const bool last = m_toClient.pieces.size() == 3;
            const auto size = last ? octets.size() : std::min<std::size_t>(octets.size(), 1 + roll(20));
            m_toClient.last = std::max(m_toClient.last, m_now) + std::chrono::milliseconds(roll(14000));
            m_toClient.pieces.push_back(
                {m_toClient.last, base::Bytes(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size))});
            octets = octets.subspan(size);
        }
    }

    void put(Pipe& pipe, base::ByteView octets) {
        if (&pipe == &m_toClient && m_slowPuts > 0 && !octets.empty()) {
            --m_slowPuts;
            putSlowly(octets);
            return;
        }
        while (!octets.empty()) {
            const auto most = chance(30) ? 1 + roll(3) : 1 + roll(400);
            const auto size = std::min<std::size_t>(octets.size(), m_drips ? 1 : most);
            // Never more than a second behind: PPP repeats itself after three, and a slow network is no fault.
            const auto delay = chance(1) ? std::chrono::milliseconds(roll(3000)) : std::chrono::milliseconds(roll(25));
            pipe.last = std::max(pipe.last, m_now) + (chance(50) ? base::Duration(delay) : base::Duration::zero());
            pipe.last = std::min(pipe.last, std::max(m_now + 1s, pipe.pieces.empty() ? m_now : pipe.pieces.back().at));
            pipe.pieces.push_back(
                {pipe.last, base::Bytes(octets.begin(), octets.begin() + static_cast<std::ptrdiff_t>(size))});
            octets = octets.subspan(size);
        }
    }

    void collect() {
        for (auto& output : m_session->takeOutputs()) {
            if (m_closed) {
                m_problem = "it speaks after its end";
            }
            if (const auto* bytes = std::get_if<sstp::SendBytes>(&output)) {
                put(m_toServer, bytes->bytes);
            } else if (std::holds_alternative<sstp::Up>(output)) {
                m_up = true;
            } else if (std::holds_alternative<sstp::Alive>(output)) {
                m_alive = true;
            } else if (std::holds_alternative<sstp::Prompt>(output)) {
                m_prompted = true;
            } else if (auto* closed = std::get_if<sstp::Closed>(&output)) {
                m_closed = std::move(*closed);
            }
        }
        if (m_prompted && !m_closed) {
            m_prompted = false;
            m_session->answer(m_now, "alice", base::SecureBytes(std::string_view("still wrong")));
            if (++m_answers > 20) {
                m_problem = "it asks for ever";
            } else {
                collect();
            }
        }
    }

    // The next thing that happens; false: nothing ever will.
    bool step() {
        auto next = base::Instant::max();
        const auto consider = [&next](base::Instant when) { next = std::min(next, when); };
        for (const auto* pipe : {&m_toServer, &m_toClient}) {
            if (!pipe->pieces.empty() && !pipe->stalled) {
                consider(pipe->pieces.front().at);
            }
        }
        if (const auto due = m_session->deadline()) {
            consider(*due);
        }
        if (m_nextEcho) {
            consider(*m_nextEcho);
        }
        const bool faulty = m_fault == Fault::Cut || m_fault == Fault::Stall || m_fault == Fault::Garbage;
        if (faulty && !m_faulted) {
            consider(m_faultAt);
        }
        if (next == base::Instant::max()) {
            return false;
        }
        m_now = std::max(m_now, next);
        if (faulty && !m_faulted && m_faultAt <= m_now) {
            strike();
        }
        deliver();
        if (m_nextEcho && *m_nextEcho <= m_now && !m_server->ended) {
            put(m_toClient, m_server->echo());
            m_nextEcho = m_now + 4s;
        }
        if (const auto due = m_session->deadline(); due && *due <= m_now) {
            m_session->timeout(m_now);
            collect();
            if (const auto again = m_session->deadline(); again && *again <= m_now) {
                m_problem = "a deadline that does not pass";
            }
        }
        return true;
    }

    void strike() {
        m_faulted = true;
        if (m_fault == Fault::Cut) {
            m_toClient.pieces.clear();
            m_toServer.pieces.clear();
            m_server->ended = true;
            m_session->streamEnded(m_now, std::nullopt);
            collect();
        } else if (m_fault == Fault::Stall) {
            m_toClient.stalled = true;
            m_toServer.stalled = chance(50);
        } else {
            base::Bytes noise(1 + roll(64));
            m_random.fill(noise);
            noise[0] = static_cast<std::uint8_t>(chance(50) ? 0x10 : noise[0]);
            m_session->receive(m_now, noise);
            collect();
        }
    }

    void deliver() {
        while (!m_toServer.stalled && !m_toServer.pieces.empty() && m_toServer.pieces.front().at <= m_now) {
            const auto piece = std::move(m_toServer.pieces.front());
            m_toServer.pieces.pop_front();
            put(m_toClient, m_server->receive(piece.octets));
        }
        while (!m_toClient.stalled && !m_toClient.pieces.empty() && m_toClient.pieces.front().at <= m_now) {
            const auto piece = std::move(m_toClient.pieces.front());
            m_toClient.pieces.pop_front();
            m_session->receive(m_now, piece.octets);
            collect();
        }
        if (m_server->ended && m_toClient.pieces.empty() && !m_toldEnd && !m_toClient.stalled) {
            m_toldEnd = true;
            m_session->streamEnded(m_now, std::nullopt);
            collect();
        }
    }

    template<typename Until>
    bool passUntil(base::Duration limit, Until until) {
        const auto end = m_now + limit;
        while (!until() && m_problem.empty() && m_now < end) {
            if (!step()) {
                break;
            }
        }
        return until();
    }

    [[nodiscard]] bool isClean() const { return m_fault == Fault::None || m_fault == Fault::Slow; }

    std::string play(Tally& tally) {
        const auto begun = m_now;
        passUntil(400s, [this] { return m_up || m_closed; });
        if (!m_problem.empty()) {
            return m_problem;
        }
        if (!m_up && !m_closed) {
            return "neither up nor over after 400 s";
        }
        // A server that says nothing is given up after 20 s; the goodbye has 3 more, and each way is up to 1 s late.
        if (m_fault == Fault::Mute && (m_now - begun < 20s || m_now - begun > 26s)) {
            return "over after " + std::to_string((m_now - begun) / 1s) + " s";
        }
        const bool cleanly = isClean();
        if (m_server->bindingRefused && m_fault != Fault::ChangedCertificate) {
            return "the server refused the binding";
        }
        if (m_up && !m_closed) {
            ++tally["up"];
            if (m_fault == Fault::WrongPassword || m_fault == Fault::Http || m_fault == Fault::ChangedCertificate ||
                m_fault == Fault::Mute) {
                return "up all the same";
            }
            if (auto problem = live(tally); !problem.empty()) {
                return problem;
            }
        } else if (cleanly) {
            return "no connection: " + code();
        }
        return judge(tally);
    }

    // Up: quiet for a while, then it ends one way or the other.
    std::string live(Tally& tally) {
        const bool cleanly = isClean();
        if (!m_server->config.answersEcho) {
            m_nextEcho = m_now + 1s;
        }
        passUntil(300s, [this] { return m_closed.has_value(); });
        if (cleanly && m_closed) {
            return "lost while quiet: " + code();
        }
        if (!m_closed && chance(40)) {
            m_session->probe(m_now);
            collect();
            if (!passUntil(20s, [this] { return m_alive || m_closed; }) || (cleanly && !m_alive)) {
                return "no answer to a probe";
            }
            ++tally["probes answered"];
        }
        if (m_closed) {
            return {};
        }
        if (chance(50)) {
            m_session->close(m_now);
            collect();
            m_weClosed = true;
        } else {
            put(m_toClient, m_server->disconnect());
        }
        const auto over = [this] { return m_closed.has_value(); };
        if (!passUntil(20s, over) && m_fault == Fault::Garbage) {
            m_session->close(m_now); // noise may look like a long frame, which swallows what the server says
            collect();
            m_weClosed = true;
        }
        if (!passUntil(20s, over)) {
            return "no end";
        }
        if (cleanly && m_weClosed && !m_server->sawDisconnect) {
            return "no goodbye";
        }
        if (cleanly && !m_weClosed) {
            passUntil(5s, [this] { return m_server->sawDisconnectAck; });
            if (!m_server->sawDisconnectAck) {
                return "the server's goodbye was not answered";
            }
        }
        return {};
    }

    std::string judge(Tally& tally) {
        ++tally[m_closed && m_closed->error ? "end: " + code() : "end: ours"];
        if (m_weClosed) {
            return m_closed->error ? "an error after our own goodbye: " + code() : std::string();
        }
        if (!m_closed->error) {
            return "ended without a reason";
        }
        const auto is = [this](const std::set<std::string_view>& allowed) {
            return allowed.contains(code()) ? std::string() : "code " + code();
        };
        switch (m_fault) {
        case Fault::None:
        case Fault::Slow:
            return is({"tern.sstp.disconnected"});
        case Fault::Mute:
            return is({m_server->config.answersHttp ? "tern.sstp.timeout" : "tern.sstp.http.timeout"});
        case Fault::Cut:
            return is({"tern.sstp.cut", "tern.sstp.certificate-changed", "tern.sstp.disconnected"});
        case Fault::Stall:
            return is({"tern.sstp.http.timeout", "tern.sstp.timeout", "tern.sstp.silent", "tern.ppp.no-answer",
                       "tern.ppp.no-network", "tern.ppp.no-address", "tern.ppp.auth.silence", "tern.ppp.gone",
                       "tern.sstp.disconnected", "tern.ppp.server-timeout", "tern.sstp.certificate-changed"});
        case Fault::WrongPassword:
            return code().starts_with("tern.ppp.") || code().starts_with("tern.eap.") ? std::string()
                                                                                      : "code " + code();
        case Fault::ChangedCertificate:
            return is({"tern.sstp.certificate-changed"});
        case Fault::Http:
            return code().starts_with("tern.sstp.http.") ? std::string() : "code " + code();
        case Fault::Garbage:
            break; // the codec decides, as long as it ends
        }
        return {};
    }

    [[nodiscard]] std::string code() const { return m_closed && m_closed->error ? m_closed->error->code : "none"; }

    std::mt19937_64 m_dice;
    test::SeededRandom m_random;
    Fault m_fault = Fault::None;
    base::Bytes m_certificate = base::toBytes("the certificate");
    base::Instant m_now{1000s};
    base::Instant m_faultAt{};
    std::unique_ptr<sim::SstpServer> m_server;
    std::unique_ptr<sstp::Session> m_session;
    Pipe m_toServer;
    Pipe m_toClient;
    std::optional<base::Instant> m_nextEcho;
    std::optional<sstp::Closed> m_closed;
    std::string m_problem;
    unsigned m_answers = 0;
    unsigned m_slowPuts = 0;
    bool m_drips = false;
    bool m_up = false;
    bool m_alive = false;
    bool m_prompted = false;
    bool m_faulted = false;
    bool m_toldEnd = false;
    bool m_weClosed = false;
};

constexpr std::array mustHappen{"up",
                                "probes answered",
                                "end: ours",
                                "octet by octet",
                                "fault: slow",
                                "end: tern.sstp.timeout",
                                "end: tern.sstp.http.timeout",
                                "end: tern.sstp.disconnected",
                                "end: tern.sstp.cut",
                                "end: tern.sstp.silent",
                                "end: tern.sstp.certificate-changed"};

} // namespace

int main(int argc, char** argv) {
    std::uint64_t first = 1;
    std::uint64_t count = 2000;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if ((option == "--seed" || option == "--first" || option == "--count") && i + 1 < argc) {
            const auto number = std::strtoull(argv[++i], nullptr, 10);
            (option == "--count" ? count : first) = number;
            count = option == "--seed" ? 1 : count;
        } else {
            std::cerr << "usage: sim_sstp [--seed N] [--first N] [--count N]\n";
            return 2;
        }
    }
    unsigned failed = 0;
    Tally tally;
    const auto begun = std::chrono::steady_clock::now();
    for (auto seed = first; seed < first + count; ++seed) {
        Run run(seed);
        if (const auto problem = run.go(tally); !problem.empty()) {
            std::cout << "seed " << seed << ": " << problem << '\n';
            ++failed;
        }
    }
    for (const auto& [name, times] : tally) {
        std::cout << "  " << name << ": " << times << '\n';
    }
    constexpr std::uint64_t full = 500;
    for (const auto* name : mustHappen) {
        if (count >= full && tally[name] == 0) {
            std::cout << "never happened: " << name << '\n';
            ++failed;
        }
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    std::cout << count << " calls, " << failed << " failed, " << took.count() << " ms\n";
    return failed == 0 ? 0 : 1;
}
