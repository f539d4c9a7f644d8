// One IKEv2 session and its tunnel, for measuring what happens to packets while keys change. Makes the TUN in the
// namespace it runs in and leaves its address, its routes and its state to the caller.
//
// tunnel_probe SERVER-ADDRESS NAME --psk KEY [--tun NAME] [--rekey-child SECONDS] [--rekey-ike SECONDS] [--childless]
// Prints a line for each thing that happens; ends with SIGTERM or SIGINT.
// Exit codes: 0 connected and closed, 1 ended with an error (its code is printed), 2 usage.
#include "core/crypto/random.h"
#include "core/datapath/esp_tunnel.h"
#include "core/datapath/udp_port.h"
#include "core/ike/session.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <iostream>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace tern;

constexpr std::uint16_t natTraversalPort = 4500;

base::Instant bootTime() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return base::Instant(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

struct Options {
    std::string tun = "tun0";
    ike::SessionConfig config;
};

std::optional<Options> parse(const std::vector<std::string>& words) {
    if (words.size() < 2) {
        return std::nullopt;
    }
    Options options;
    const auto server = base::IpAddress::fromText(words[0]);
    if (!server) {
        return std::nullopt;
    }
    options.config.serverAddress = *server;
    options.config.serverName = words[1];
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto& option = words[i];
        if (option == "--childless") {
            options.config.childless = true;
            continue;
        }
        if (++i == words.size()) {
            return std::nullopt;
        }
        if (option == "--psk") {
            options.config.authentication = ike::PskAuthentication{base::SecureBytes(std::string_view(words[i]))};
        } else if (option == "--tun") {
            options.tun = words[i];
        } else if (option == "--rekey-child") {
            options.config.timers.childLifetime = std::chrono::seconds(std::stoi(words[i]));
        } else if (option == "--rekey-ike") {
            options.config.timers.ikeLifetime = std::chrono::seconds(std::stoi(words[i]));
        } else {
            return std::nullopt;
        }
    }
    return options;
}

base::UniqueFd openTun(const std::string& name) {
    base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC));
    ifreq request{};
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    name.copy(request.ifr_name, sizeof request.ifr_name - 1);
    if (!fd || ::ioctl(fd.get(), TUNSETIFF, &request) != 0) {
        return {};
    }
    return fd;
}

base::UniqueFd openSignals() {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    return base::UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

class Probe {
public:
    explicit Probe(Options options)
        : m_options(std::move(options)) {}

    int run() {
        m_signals = openSignals();
        auto port = datapath::UdpPort::adopt(base::UniqueFd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
        if (!port) {
            return failed(port.error());
        }
        m_port.emplace(std::move(*port));
        auto& config = m_options.config;
        const auto local = datapath::localAddressFor(m_port->fd(), {config.serverAddress, natTraversalPort});
        if (!local) {
            return failed(local.error());
        }
        config.localAddress = *local;
        config.localPort = m_port->localPort();
        config.natTraversalPortOnly = true;
        config.wallClock = std::chrono::seconds(std::time(nullptr));
        m_server = config.serverAddress;
        auto session = ike::Session::create(std::move(config), m_random);
        if (!session) {
            return failed(session.error());
        }
        m_session = std::move(*session);
        m_session->start(bootTime());
        while (!m_over) {
            takeOutputs();
            step();
        }
        if (m_tunnel) {
            const auto counted = m_tunnel->statistics();
            std::cout << "packets sent " << counted.sentPackets << " received " << counted.receivedPackets
                      << " unknown-spi " << counted.unknownSpi << " replayed " << counted.replayed << " auth-failures "
                      << counted.authFailures << " dropped " << counted.dropped << '\n';
        }
        return m_error ? 1 : 0;
    }

private:
    static int failed(const base::Error& error) {
        std::cout << "error " << error.code << ' ' << error.detail << std::endl;
        return 1;
    }

    void step() {
        const auto now = bootTime();
        const auto until = m_session->deadline().value_or(now + std::chrono::seconds(1));
        const auto wait = (until - now) / std::chrono::milliseconds(1) + 1;
        std::array<pollfd, 2> waiting{pollfd{m_signals.get(), POLLIN, 0},
                                      pollfd{m_tunnel ? m_tunnel->controlFd() : m_port->fd(), POLLIN, 0}};
        static_cast<void>(
            ::poll(waiting.data(), waiting.size(), static_cast<int>(std::clamp<std::int64_t>(wait, 0, 1000))));
        if (waiting[0].revents != 0) {
            signalfd_siginfo info{};
            if (::read(m_signals.get(), &info, sizeof info) < 0) {
                return;
            }
            m_session->close(bootTime());
        }
        receive();
        if (m_tunnel) {
            const auto last =
                base::Instant(base::Duration(static_cast<base::Duration::rep>(m_tunnel->statistics().lastReceived)));
            m_session->sawTraffic(last);
        }
        const auto after = bootTime();
        if (const auto due = m_session->deadline(); due && after >= *due) {
            m_session->timeout(after);
        }
    }

    void receive() {
        while (m_tunnel) {
            const auto datagram = m_tunnel->receiveControl();
            if (datagram.empty()) {
                return;
            }
            m_session->receive(bootTime(), datagram);
            takeOutputs();
        }
        while (!m_tunnel) {
            const auto datagram = m_port->receiveFrom();
            if (!datagram) {
                return;
            }
            if (datagram->bytes.size() > 4) {
                m_session->receive(bootTime(), base::ByteView(datagram->bytes).subspan(4));
                takeOutputs();
            }
        }
    }

    void takeOutputs() {
        for (auto& output : m_session->takeOutputs()) {
            std::visit([this](auto& what) { take(what); }, output);
        }
        std::cout.flush();
    }

    void take(ike::SendDatagram& send) {
        if (m_tunnel) {
            if (send.payload.size() == 1) {
                m_tunnel->sendKeepAlive();
            } else {
                m_tunnel->sendControl(send.payload);
            }
        } else {
            static_cast<void>(m_port->sendTo({m_server, natTraversalPort}, send.payload));
        }
    }
    static void take(ike::Established& established) {
        for (const auto& address : established.configuration.addresses) {
            std::cout << "address " << address.text() << '\n';
        }
    }
    void take(ike::ChildUp& child) {
        std::cout << "child-up" << (child.replaces != 0 ? " rekeyed" : "") << (child.sendNow ? " ours" : " theirs")
                  << std::endl;
        if (!m_tunnel) {
            datapath::EspTunnelConfig config;
            config.tun = openTun(m_options.tun);
            config.outer.socket = m_port->release();
            config.outer.peer = {m_server, natTraversalPort};
            auto started = datapath::EspTunnel::start(std::move(config));
            if (!started) {
                fail(started.error());
                return;
            }
            m_tunnel = std::move(*started);
            std::cout << "tunnel " << m_options.tun << std::endl;
        }
        auto installed =
            m_tunnel->install({std::move(child.keys), child.local, child.remote, child.replaces, child.sendNow});
        if (!installed) {
            fail(installed.error());
        }
    }
    void take(ike::ChildSend& child) {
        if (m_tunnel) {
            m_tunnel->sendWith(child.inboundSpi);
        }
    }
    void take(ike::ChildDown& child) {
        if (m_tunnel) {
            m_tunnel->removeInbound(child.inboundSpi);
        }
        std::cout << "child-down\n";
    }
    void take(ike::Closed& closed) {
        m_over = true;
        if (closed.error) {
            fail(*closed.error);
        } else {
            std::cout << "closed\n";
        }
    }
    template<typename Other>
    static void take(Other& /*other*/) {}

    void fail(const base::Error& error) {
        failed(error);
        m_error = true;
        m_over = true;
    }

    Options m_options;
    base::IpAddress m_server;
    crypto::SystemRandom m_random;
    base::UniqueFd m_signals;
    std::optional<datapath::UdpPort> m_port;
    std::unique_ptr<datapath::EspTunnel> m_tunnel;
    std::unique_ptr<ike::Session> m_session;
    bool m_over = false;
    bool m_error = false;
};

} // namespace

int main(int argc, char** argv) {
    auto options = parse({argv + 1, argv + argc});
    if (!options) {
        std::cerr << "usage: tunnel_probe SERVER-ADDRESS NAME --psk KEY [--tun NAME] [--rekey-child SECONDS]\n"
                     "                    [--rekey-ike SECONDS] [--childless]\n";
        return 2;
    }
    return Probe(std::move(*options)).run();
}
