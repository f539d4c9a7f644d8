#include "core/connection/dhcp_question.h"

#include "core/base/byte_io.h"

#include <array>
#include <utility>

namespace tern::connection {

namespace {

std::uint32_t randomNumber(base::RandomSource& random) {
    std::array<std::uint8_t, 4> octets{};
    random.fill(octets);
    return base::ByteReader(octets).u32();
}

} // namespace

DhcpQuestion::DhcpQuestion(Environment& environment, datapath::InnerPackets& packets, const base::IpAddress& own,
                           const std::vector<base::IpAddress>& servers, bool toEverybody,
                           std::function<void(dhcp::Reply)> done)
    : m_environment(environment)
    , m_packets(packets)
    , m_inform(randomNumber(environment.random), own, servers, toEverybody)
    , m_done(std::move(done)) {
    if (m_inform.isExhausted()) {
        return;
    }
    m_packets.divert(dhcp::clientPort);
    m_diverting = true;
    m_watch = m_environment.reactor.whenReadable(m_packets.divertedFd(), [this] { read(); });
    send();
}

DhcpQuestion::~DhcpQuestion() {
    if (m_diverting) {
        m_packets.divert(0);
    }
}

void DhcpQuestion::send() {
    if (m_inform.isExhausted()) {
        m_packets.divert(0);
        m_diverting = false;
        m_watch.reset();
        return;
    }
    m_packets.inject(m_inform.next());
    m_timer = m_environment.reactor.at(m_environment.reactor.now() + m_inform.pause(), [this] { send(); });
}

void DhcpQuestion::read() {
    for (auto packet = m_packets.receiveDiverted(); !packet.empty(); packet = m_packets.receiveDiverted()) {
        if (auto reply = m_inform.take(packet)) {
            m_timer.reset();
            m_packets.divert(0);
            m_diverting = false;
            const auto done = m_done;
            done(std::move(*reply)); // the last thing: this may be gone
            return;
        }
    }
}

} // namespace tern::connection
