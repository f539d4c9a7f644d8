// What a state with a tunnel does every second or two: reads the counters, tells them when they have changed, and
// notices by an alarm that rings far too late that the machine has slept and nobody said so.
#pragma once

#include "core/connection/machine.h"

namespace tern::connection {

class CounterWatch {
public:
    // machine: outlives it.
    explicit CounterWatch(Machine& machine)
        : m(machine) {}

    // The tunnel is there; uses the state's alarm from now on.
    void begin();
    // The alarm rings now, and should have long before.
    [[nodiscard]] bool isLate() const;
    // The alarm has rung in time. `session`: looks after itself while the counters are fresh.
    template<typename Look>
    void look(Look session) {
        const bool changed = read();
        session();
        rest(changed);
    }

private:
    [[nodiscard]] bool read();
    void rest(bool changed);

    Machine& m;
    std::uint64_t m_counted = 0; // octets, when the alarm last rang
    base::Instant m_alarmDue{};
};

} // namespace tern::connection
