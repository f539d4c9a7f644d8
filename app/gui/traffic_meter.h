// Rates from the octet counters of one connection, and the last minute of them for the graph.
#pragma once

#include <QList>
#include <QtGlobal>

namespace tern::gui {

class TrafficMeter {
public:
    static constexpr qsizetype places = 60;

    // Counters as of `now` (milliseconds on any steady clock). Readings less than 400 ms apart are gathered into the
    // next one; counters that went back start a new series.
    void add(quint64 received, quint64 sent, qint64 now);

    [[nodiscard]] double receivedRate() const { return m_received.isEmpty() ? 0 : m_received.last(); }
    [[nodiscard]] double sentRate() const { return m_sent.isEmpty() ? 0 : m_sent.last(); }
    [[nodiscard]] const QList<qreal>& receivedRates() const { return m_received; }
    [[nodiscard]] const QList<qreal>& sentRates() const { return m_sent; }

private:
    QList<qreal> m_received; // octets a second, oldest first
    QList<qreal> m_sent;
    quint64 m_lastReceived = 0;
    quint64 m_lastSent = 0;
    qint64 m_lastTime = -1;
};

} // namespace tern::gui
