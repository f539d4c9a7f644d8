#include "app/engine/probe_run.h"

#include "core/datapath/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>

namespace tern::engine {

namespace {

constexpr std::size_t readSize = 16384;
// What one server may say to one question: a certificate chain is the most there is to hear.
constexpr std::size_t mostOctets = 262144;

base::UniqueFd openSocket(const probe::Door& door) {
    const int family = door.endpoint.address.isV6() ? AF_INET6 : AF_INET;
    const int type = door.transport == probe::Transport::Udp ? SOCK_DGRAM : SOCK_STREAM;
    return base::UniqueFd(::socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// 0, or the system's error; EINPROGRESS for a stream that is being connected. A connected datagram socket is told when
// nobody listens, and hears nobody else.
int connectSocket(int socket, const base::Endpoint& to) {
    const auto address = datapath::toSocketAddress(to, datapath::socketFamily(socket));
    if (!address) {
        return EAFNOSUPPORT;
    }
    return ::connect(socket, address->raw(), address->length) == 0 ? 0 : errno;
}

std::optional<base::IpAddress> localAddress(int socket) {
    datapath::SocketAddress name;
    const bool known = ::getsockname(socket, name.raw(), &name.length) == 0;
    const auto endpoint = known ? datapath::toEndpoint(name) : std::nullopt;
    return endpoint ? std::optional(endpoint->address) : std::nullopt;
}

int pendingError(int socket) {
    int error = 0;
    socklen_t length = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

} // namespace

struct ProbeRun::Talk {
    probe::Question* question = nullptr;
    base::UniqueFd socket;
    base::Bytes unsent; // of a stream
    std::size_t heard = 0;
    connection::PendingPtr reading;
    connection::PendingPtr writing;
    connection::PendingPtr timer;
    std::optional<base::Instant> due; // of the timer
    bool closed = false;              // and what follows from its answer has been asked for

    [[nodiscard]] bool isStream() const { return question->door().transport == probe::Transport::Tcp; }
    void failed(base::Instant now, int error) const {
        if (error == ECONNREFUSED) {
            question->refused(now);
        } else {
            question->ended(now);
        }
    }
};

ProbeRun::ProbeRun(probe::SurveyConfig config, const World& world, Done done)
    : m_config(std::move(config))
    , m_world(world)
    , m_done(std::move(done))
    , m_started(m_world.reactor.now()) {
    m_limit = m_world.reactor.at(m_started + probe::longestProbe, [this] { finish(); });
    if (const auto address = base::IpAddress::fromText(m_config.target.host)) {
        // Resolvers look up an address's name, and may wait long for that.
        m_lookup = m_world.reactor.at(m_started, [this, address] { resolved(std::vector{*address}); });
    } else {
        m_lookup = m_world.resolver.resolve(m_config.target.host, [this](auto found) { resolved(std::move(found)); });
    }
}

ProbeRun::~ProbeRun() = default;

void ProbeRun::resolved(base::Result<std::vector<base::IpAddress>> addresses) {
    if (!addresses) {
        const auto done = std::exchange(m_done, nullptr); // it may destroy this
        done(base::fail(std::move(addresses.error())));
        return;
    }
    m_config.addresses = std::move(*addresses);
    m_survey = std::make_unique<probe::Survey>(m_config, m_world.random);
    open(m_survey->begin());
    settle();
}

void ProbeRun::open(const std::vector<probe::Question*>& questions) {
    for (auto* question : questions) {
        const auto now = m_world.reactor.now();
        auto talk = std::make_unique<Talk>();
        talk->question = question;
        talk->socket = openSocket(question->door());
        const int error = talk->socket ? connectSocket(talk->socket.get(), question->door().endpoint) : errno;
        const bool begun = error == 0 || error == EINPROGRESS;
        if (begun) {
            if (const auto local = localAddress(talk->socket.get()); local && !local->isUnspecified()) {
                m_from.push_back(*local);
            }
            auto& opened = *talk;
            question->start(now);
            talk->reading = m_world.reactor.whenReadable(talk->socket.get(), [this, &opened] { readable(opened); });
            if (talk->isStream()) {
                talk->writing = m_world.reactor.whenWritable(talk->socket.get(), [this, &opened] { writable(opened); });
            }
        } else {
            talk->failed(now, error); // no way there: as silent as anything that does not answer
        }
        m_talks.push_back(std::move(talk));
    }
    for (std::size_t i = m_talks.size() - questions.size(); i < m_talks.size(); ++i) {
        flush(*m_talks[i]);
    }
}

void ProbeRun::writable(Talk& talk) {
    if (!talk.question->isConnected()) {
        const int error = pendingError(talk.socket.get());
        if (error != 0) {
            talk.failed(m_world.reactor.now(), error);
        } else {
            talk.question->connected(m_world.reactor.now());
        }
    }
    pump(talk);
}

void ProbeRun::readable(Talk& talk) {
    std::array<std::uint8_t, readSize> buffer{};
    while (!talk.question->isOver() && talk.question->isConnected()) {
        const auto now = m_world.reactor.now();
        const auto got = ::recv(talk.socket.get(), buffer.data(), buffer.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
            break;
        }
        if (got < 0 || (got == 0 && talk.isStream())) {
            talk.failed(now, got < 0 ? errno : 0);
            break;
        }
        const auto size = static_cast<std::size_t>(got);
        talk.heard += size;
        if (talk.heard > mostOctets) {
            talk.question->ended(now);
            break;
        }
        talk.question->receive(now, base::ByteView(buffer).first(size));
        flush(talk);
    }
    pump(talk);
}

void ProbeRun::flush(Talk& talk) {
    for (const auto& octets : talk.question->takeOutput()) {
        if (talk.isStream()) {
            base::append(talk.unsent, octets);
        } else if (::send(talk.socket.get(), octets.data(), octets.size(), MSG_NOSIGNAL) < 0 && errno == ECONNREFUSED) {
            talk.question->refused(m_world.reactor.now());
        }
    }
    while (talk.isStream() && !talk.unsent.empty()) {
        const auto sent = ::send(talk.socket.get(), talk.unsent.data(), talk.unsent.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            break; // no room, or over: reading tells
        }
        talk.unsent.erase(talk.unsent.begin(), talk.unsent.begin() + sent);
    }
}

void ProbeRun::pump(Talk& talk) {
    flush(talk);
    settle();
}

// Brings timers, sockets and follow-up questions up to what the questions say.
void ProbeRun::settle() {
    for (std::size_t i = 0; i < m_talks.size(); ++i) {
        auto& talk = *m_talks[i]; // more may be added behind
        if (talk.closed) {
            continue;
        }
        if (talk.question->isOver()) {
            talk.closed = true;
            talk.reading.reset();
            talk.writing.reset();
            talk.timer.reset();
            talk.socket.reset();
            open(m_survey->next(*talk.question));
            continue;
        }
        const bool wantsRoom = talk.isStream() && (!talk.question->isConnected() || !talk.unsent.empty());
        if (!wantsRoom) {
            talk.writing.reset();
        } else if (!talk.writing) {
            talk.writing = m_world.reactor.whenWritable(talk.socket.get(), [this, &talk] { writable(talk); });
        }
        if (const auto due = talk.question->deadline(); due && due != talk.due) {
            talk.due = due;
            talk.timer = m_world.reactor.at(*due, [this, &talk] {
                talk.question->timeout(m_world.reactor.now());
                pump(talk);
            });
        }
    }
    const bool over = std::all_of(m_talks.begin(), m_talks.end(), [](const auto& talk) { return talk->closed; });
    if (over && !m_ending) {
        // Not from inside: one of the talks is on the stack.
        m_ending = m_world.reactor.at(m_world.reactor.now(), [this] { finish(); });
    }
}

void ProbeRun::finish() {
    if (!m_done) {
        return;
    }
    const auto done = std::exchange(m_done, nullptr); // it may destroy this
    if (!m_survey) {
        done(base::fail("tern.engine.resolver-failed", {m_config.target.host}, "no answer in time"));
        return;
    }
    if (m_from.empty()) {
        done(base::fail("tern.probe.no-network", {m_config.target.host}));
        return;
    }
    const auto took = m_world.reactor.now() - m_started;
    done(Found{
        m_survey->result(m_world.reactor.wallClock(), std::chrono::duration_cast<std::chrono::milliseconds>(took)),
        m_from});
}

} // namespace tern::engine
