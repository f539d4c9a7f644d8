// Connects one IKEv2 session to a real server and prints what comes of it, a line each: for interoperation tests and
// for looking at a server by hand. No tunnel is made.
//
// ike_probe SERVER-ADDRESS NAME (--psk KEY | --eap USER PASSWORD) [--ca FILE] [--local-id ID] [--remote-id ID]
//           [--stay SECONDS] [--rekey SECONDS] [--rekey-ike SECONDS] [--legacy] [--additional GROUP,GROUP…]
//           [--post-quantum automatic|required|off] [--ppk ID SECRET] [--ppk-required]
// Exit codes: 0 connected and closed, 1 ended with an error (its code is printed), 2 usage.
#include "core/base/unique_fd.h"
#include "core/crypto/random.h"
#include "core/ike/session.h"

#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <poll.h>
#include <sstream>
#include <sys/socket.h>

namespace {

using namespace tern;

base::Instant bootTime() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return base::Instant(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

struct Options {
    std::string address;
    std::string name;
    std::string ca;
    ike::SessionConfig config;
    int staySeconds = 2;
    int rekeySeconds = 0;
    int rekeyIkeSeconds = 0;
};

std::vector<std::vector<ike::GroupId>> rounds(const std::string& text) {
    std::vector<std::vector<ike::GroupId>> all;
    std::istringstream words(text);
    for (std::string word; std::getline(words, word, ',');) {
        all.push_back({static_cast<ike::GroupId>(std::stoi(word))});
    }
    return all;
}

ike::PostQuantum postQuantum(const std::string& word) {
    return word == "required" ? ike::PostQuantum::Required
           : word == "off"    ? ike::PostQuantum::Off
                              : ike::PostQuantum::Automatic;
}

std::optional<Options> parse(std::vector<std::string> words) {
    if (words.size() < 2) {
        return std::nullopt;
    }
    Options options{words[0], words[1], {}, {}};
    std::size_t i = 2;
    const auto next = [&words, &i] { return ++i < words.size() ? words[i] : std::string(); };
    for (; i < words.size(); ++i) {
        if (words[i] == "--psk") {
            options.config.authentication = ike::PskAuthentication{base::SecureBytes(std::string_view(next()))};
        } else if (words[i] == "--eap") {
            ike::EapAuthentication eap;
            eap.username = next();
            eap.password = base::SecureBytes(std::string_view(next()));
            options.config.authentication = std::move(eap);
        } else if (words[i] == "--ca") {
            options.ca = next();
        } else if (words[i] == "--local-id") {
            options.config.localIdentity = ike::Identity::fromText(next());
        } else if (words[i] == "--remote-id") {
            options.config.remoteIdentity = ike::Identity::fromText(next());
        } else if (words[i] == "--stay") {
            options.staySeconds = std::stoi(next());
        } else if (words[i] == "--rekey") {
            options.rekeySeconds = std::stoi(next());
        } else if (words[i] == "--rekey-ike") {
            options.rekeyIkeSeconds = std::stoi(next());
        } else if (words[i] == "--additional") {
            options.config.algorithms.additional = rounds(next());
        } else if (words[i] == "--post-quantum") {
            options.config.algorithms.postQuantum = postQuantum(next());
        } else if (words[i] == "--ppk") {
            const auto id = next();
            options.config.ppk = ike::Ppk{id, base::SecureBytes(std::string_view(next())), false};
        } else if (words[i] == "--ppk-required" && options.config.ppk) {
            options.config.ppk->required = true;
        } else if (words[i] == "--legacy") {
            options.config.algorithms.legacy = true;
        } else {
            return std::nullopt;
        }
    }
    return options;
}

class Probe {
public:
    explicit Probe(Options options)
        : m_options(std::move(options)) {}

    int run() {
        if (!openSocket()) {
            std::cerr << "socket: " << std::strerror(errno) << '\n';
            return 2;
        }
        if (!m_options.ca.empty()) {
            std::ifstream file(m_options.ca);
            const std::string pem((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
            const auto trust = crypto::TrustStore::fromPem(pem);
            if (!trust) {
                std::cout << "error " << trust.error().code << '\n';
                return 1;
            }
            m_options.config.trust = *trust;
        }
        auto session = ike::Session::create(std::move(m_options.config), m_random);
        if (!session) {
            std::cout << "error " << session.error().code << '\n';
            return 1;
        }
        m_session = std::move(*session);
        m_session->start(bootTime());
        while (!m_closed) {
            takeOutputs();
            step();
        }
        return m_failed ? 1 : 0;
    }

private:
    bool openSocket() {
        auto& config = m_options.config;
        config.serverAddress = base::IpAddress::fromText(m_options.address).value_or(base::IpAddress());
        config.serverName = m_options.name;
        config.wallClock = std::chrono::seconds(std::time(nullptr));
        m_socket.reset(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        // Connecting for a moment tells our address.
        auto to = target(500);
        if (!m_socket || connect(m_socket.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
            return false;
        }
        sockaddr_in local{};
        socklen_t size = sizeof local;
        getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&local), &size);
        const auto* octets = reinterpret_cast<const std::uint8_t*>(&local.sin_addr);
        config.localAddress = base::IpAddress::fromBytes({octets, 4}).value_or(base::IpAddress());
        config.localPort = ntohs(local.sin_port);
        m_socket.reset(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        return bind(m_socket.get(), reinterpret_cast<sockaddr*>(&local), sizeof local) == 0;
    }

    [[nodiscard]] sockaddr_in target(std::uint16_t port) const {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        inet_pton(AF_INET, m_options.address.c_str(), &to.sin_addr);
        return to;
    }

    void step() {
        const auto now = bootTime();
        auto until = m_session->deadline().value_or(now + std::chrono::seconds(1));
        for (const auto& own : {m_leaveAt, m_rekeyAt, m_rekeyIkeAt}) {
            until = own ? std::min(until, *own) : until;
        }
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(until - now).count() + 1;
        pollfd entry{m_socket.get(), POLLIN, 0};
        if (poll(&entry, 1, static_cast<int>(std::clamp<long>(wait, 0, 1000))) > 0) {
            receive();
        }
        const auto after = bootTime();
        if (const auto due = m_session->deadline(); due && after >= *due) {
            m_session->timeout(after);
        }
        if (m_rekeyAt && after >= *m_rekeyAt) {
            m_rekeyAt.reset();
            m_session->replaceKeys(after);
        }
        if (m_rekeyIkeAt && after >= *m_rekeyIkeAt) {
            m_rekeyIkeAt.reset();
            m_session->replaceKeys(after, ike::Session::Keys::IkeSa);
        }
        if (m_leaveAt && after >= *m_leaveAt) {
            m_leaveAt.reset();
            m_session->close(after);
        }
    }

    void receive() {
        std::array<std::uint8_t, 65536> buffer{};
        sockaddr_in from{};
        socklen_t size = sizeof from;
        const auto count =
            recvfrom(m_socket.get(), buffer.data(), buffer.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
        if (count <= 0) {
            return;
        }
        auto datagram = base::ByteView(buffer).first(static_cast<std::size_t>(count));
        if (ntohs(from.sin_port) == 4500) {
            if (datagram.size() < 4 || datagram[0] != 0 || datagram[1] != 0 || datagram[2] != 0 || datagram[3] != 0) {
                return;
            }
            datagram = datagram.subspan(4);
        }
        m_session->receive(bootTime(), datagram);
    }

    void takeOutputs() {
        for (auto& output : m_session->takeOutputs()) {
            std::visit([this](const auto& what) { take(what); }, output);
        }
        std::cout.flush();
    }

    void take(const ike::SendDatagram& send) const {
        auto to = target(send.natTraversalPort ? 4500 : 500);
        sendto(m_socket.get(), send.payload.data(), send.payload.size(), 0, reinterpret_cast<sockaddr*>(&to),
               sizeof to);
    }
    static void take(const ike::Progress& progress) {
        std::cout << "progress " << static_cast<int>(progress.stage) << '\n';
    }
    // What is of no interest here: certificates, paths, redirections, tickets.
    template<typename Other>
    static void take(const Other& /*other*/) {}
    static void take(const ike::Prompt& prompt) {
        std::cout << "prompt " << static_cast<int>(prompt.kind) << ' ' << prompt.text << '\n';
    }
    void take(const ike::Established& established) {
        std::cout << "established " << established.ikeSuite << " | " << established.espSuite << " | "
                  << established.peer.text() << '\n';
        for (const auto& address : established.configuration.addresses) {
            std::cout << "address " << address.text() << '\n';
        }
        for (const auto& server : established.configuration.dns) {
            std::cout << "dns " << server.text() << '\n';
        }
        for (const auto& domain : established.configuration.domains) {
            std::cout << "domain " << domain << '\n';
        }
        m_leaveAt = bootTime() + std::chrono::seconds(m_options.staySeconds);
        if (m_options.rekeySeconds > 0) {
            m_rekeyAt = bootTime() + std::chrono::seconds(m_options.rekeySeconds);
        }
        if (m_options.rekeyIkeSeconds > 0) {
            m_rekeyIkeAt = bootTime() + std::chrono::seconds(m_options.rekeyIkeSeconds);
        }
    }
    static void take(const ike::SuitesChanged& suites) {
        std::cout << "suites " << suites.ikeSuite << " | " << suites.espSuite << " | " << suites.postQuantum << '\n';
    }
    static void take(const ike::ChildUp& child) {
        std::ostringstream line;
        line << std::hex << "child-up " << child.keys.inbound.spi << ' ' << child.keys.outbound.spi << " replaces "
             << child.replaces;
        for (const auto& selector : child.remote) {
            line << ' ' << selector.first.text() << '-' << selector.last.text();
        }
        std::cout << line.str() << '\n';
    }
    static void take(const ike::ChildSend& child) {
        std::ostringstream line;
        line << std::hex << "child-send " << child.inboundSpi;
        std::cout << line.str() << '\n';
    }
    static void take(const ike::ReauthenticationDue& due) {
        std::cout << "new-session-due " << (due.until - bootTime()) / std::chrono::seconds(1) << " s\n";
    }
    static void take(const ike::ChildRefused& refused) { std::cout << "child-refused " << refused.error.code << '\n'; }
    static void take(const ike::PathProbed& probed) {
        std::cout << "path " << probed.size << (probed.passed ? " passed" : " did not pass") << '\n';
    }
    static void take(const ike::ChildDown& child) {
        std::ostringstream line;
        line << std::hex << "child-down " << child.inboundSpi;
        std::cout << line.str() << '\n';
    }
    void take(const ike::Closed& closed) {
        m_closed = true;
        m_failed = closed.error.has_value();
        if (m_failed) {
            std::cout << "error " << closed.error->code << " (" << closed.error->detail << ")\n";
        } else {
            std::cout << "closed\n";
        }
    }

    Options m_options;
    crypto::SystemRandom m_random;
    base::UniqueFd m_socket;
    std::unique_ptr<ike::Session> m_session;
    std::optional<base::Instant> m_leaveAt;
    std::optional<base::Instant> m_rekeyAt;
    std::optional<base::Instant> m_rekeyIkeAt;
    bool m_closed = false;
    bool m_failed = false;
};

} // namespace

int main(int argc, char** argv) {
    auto options = parse({argv + 1, argv + argc});
    if (!options) {
        std::cerr << "usage: ike_probe SERVER-ADDRESS NAME (--psk KEY | --eap USER PASSWORD) [--ca FILE]\n"
                     "                 [--local-id ID] [--remote-id ID] [--stay SECONDS] [--rekey SECONDS]\n"
                     "                 [--rekey-ike SECONDS] [--legacy] [--additional GROUP,GROUP…]\n"
                     "                 [--post-quantum automatic|required|off] [--ppk ID SECRET] [--ppk-required]\n";
        return 2;
    }
    return Probe(std::move(*options)).run();
}
