// A number that one thread counts and others look at now and then.
#pragma once

#include <atomic>
#include <cstdint>

namespace tern::datapath {

class Counter {
public:
    // Only the one thread that counts may call these: there is no locked instruction in them.
    void add(std::uint64_t more) { set(get() + more); }
    void set(std::uint64_t value) { m_value.store(value, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t get() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

} // namespace tern::datapath
