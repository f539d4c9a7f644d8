#include "app/gui/traffic_meter.h"

namespace tern::gui {

void TrafficMeter::add(quint64 received, quint64 sent, qint64 now) {
    if (m_lastTime < 0 || received < m_lastReceived || sent < m_lastSent) {
        *this = {};
        m_lastReceived = received;
        m_lastSent = sent;
        m_lastTime = now;
        return;
    }
    const auto elapsed = now - m_lastTime;
    if (elapsed < 400) {
        return;
    }
    const auto perSecond = [&](quint64 octets) {
        return static_cast<qreal>(octets) * 1000.0 / static_cast<qreal>(elapsed);
    };
    m_received.append(perSecond(received - m_lastReceived));
    m_sent.append(perSecond(sent - m_lastSent));
    while (m_received.size() > places) {
        m_received.removeFirst();
        m_sent.removeFirst();
    }
    m_lastReceived = received;
    m_lastSent = sent;
    m_lastTime = now;
}

} // namespace tern::gui
