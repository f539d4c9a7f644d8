#include "core/esp/replay_window.h"

#include <algorithm>

namespace tern::esp {

ReplayWindow::ReplayWindow(bool extended, std::uint64_t highest)
    : m_highest(highest)
    , m_extended(extended) {
    if (highest > 0) {
        m_seen.fill(~std::uint64_t{0});
        // Bits above `highest` in its own word belong to numbers still to come.
        m_seen[wordOf(highest)] = bitOf(highest) | (bitOf(highest) - 1);
    }
}

std::optional<std::uint64_t> ReplayWindow::complete(std::uint32_t low) const {
    if (!m_extended) {
        return low;
    }
    const auto top = static_cast<std::uint32_t>(m_highest);
    const std::uint64_t high = m_highest >> 32U;
    const std::uint32_t bottom = top - static_cast<std::uint32_t>(size - 1); // modulo 2^32, as the RFC has it
    std::uint64_t guessed = high;
    if (top >= size - 1) {
        guessed = low >= bottom ? high : high + 1;
    } else if (low >= bottom) {
        if (high == 0) {
            return std::nullopt;
        }
        guessed = high - 1;
    }
    if (guessed > UINT32_MAX) {
        return std::nullopt;
    }
    return (guessed << 32U) | low;
}

bool ReplayWindow::isFresh(std::uint64_t sequence) const {
    if (sequence == 0) {
        return false;
    }
    if (sequence > m_highest) {
        return true;
    }
    return m_highest - sequence < size && (m_seen[wordOf(sequence)] & bitOf(sequence)) == 0;
}

void ReplayWindow::record(std::uint64_t sequence) {
    if (sequence > m_highest) {
        const std::uint64_t entered = std::min<std::uint64_t>(sequence / 64 - m_highest / 64, words);
        for (std::uint64_t i = 0; i < entered; ++i) {
            m_seen[(sequence / 64 - i) % words] = 0;
        }
        m_highest = sequence;
    }
    m_seen[wordOf(sequence)] |= bitOf(sequence);
}

} // namespace tern::esp
