#include "core/connection/states/counter_watch.h"

#include <utility>

namespace tern::connection {

namespace {

// How often the counters are read: while they change, and while nothing flows.
constexpr base::Duration busyPeriod = std::chrono::seconds(1);
constexpr base::Duration idlePeriod = std::chrono::seconds(2);
// An alarm this late means that nobody was there to hear it: a sleep that was not announced.
constexpr base::Duration latest = std::chrono::seconds(4);

} // namespace

void CounterWatch::begin() {
    m.setAlarm(busyPeriod);
    m_alarmDue = m.environment.reactor.now() + busyPeriod;
}

bool CounterWatch::isLate() const {
    return m.environment.reactor.now() - m_alarmDue >= latest;
}

bool CounterWatch::read() {
    m.readStatistics();
    const auto counted = m.status.received + m.status.sent;
    return std::exchange(m_counted, counted) != counted;
}

void CounterWatch::rest(bool changed) {
    const auto period = changed ? busyPeriod : idlePeriod;
    m.setAlarm(period);
    m_alarmDue = m.environment.reactor.now() + period;
    if (changed) {
        m.announce();
    }
}

} // namespace tern::connection
