#include "tests/sim/traffic.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::sim {

void TrafficEnd::add(const crypto::SaPair& keys) {
    const auto spi = keys.inbound.spi;
    auto in = esp::InboundSa::create(keys.inbound, 0, esp::Backend::OpenSsl);
    auto out = esp::OutboundSa::create(keys.outbound, 0, esp::Backend::OpenSsl);
    if (in && out) {
        m_in.insert_or_assign(spi, std::move(*in));
        m_out.insert_or_assign(spi, std::move(*out));
    }
}

void TrafficEnd::remove(std::uint32_t inboundSpi) {
    m_in.erase(inboundSpi);
    m_out.erase(inboundSpi);
}

void TrafficEnd::clear() {
    m_in.clear();
    m_out.clear();
}

base::Bytes TrafficEnd::seal(std::uint32_t inboundSpi) {
    const auto sa = m_out.find(inboundSpi);
    if (sa == m_out.end()) {
        return {};
    }
    base::ByteWriter number;
    number.u64(m_sent++);
    base::Bytes packet(sa->second.sealedSize(number.view().size()));
    std::copy(number.view().begin(), number.view().end(),
              packet.begin() + static_cast<std::ptrdiff_t>(sa->second.headroom()));
    packet.resize(sa->second.seal(packet, number.view().size(), esp::nextIpv4));
    return packet;
}

TrafficEnd::Opened TrafficEnd::open(base::Bytes packet) {
    const auto spi = esp::spiOf(packet).value_or(0);
    const auto sa = m_in.find(spi);
    if (sa == m_in.end()) {
        return {0, "a packet for keys that are gone or not there yet"};
    }
    const auto opened = sa->second.open(packet);
    if (opened.verdict == esp::Verdict::Replayed) {
        return {spi, {}}; // on its way twice
    }
    if (opened.verdict != esp::Verdict::Opened) {
        return {spi, "a packet that does not open"};
    }
    const auto number = base::ByteReader(opened.payload).u64();
    if (!m_seen.insert(number).second) {
        return {spi, "a packet twice"};
    }
    ++m_opened;
    return {spi, {}};
}

} // namespace tern::sim
