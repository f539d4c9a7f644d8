// The receiver's anti-replay window (RFC 4303 §3.4.3), 64-bit numbers throughout; with 32-bit sequence numbers the
// high half stays zero. Belongs to one thread.
//
// A packet is asked about before its ICV is checked and recorded after, so that a forgery moves nothing. The bitmap is
// a ring of words as in RFC 6479: going forward clears words, never shifts them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tern::esp {

class ReplayWindow {
public:
    // Numbers up to this far behind the highest received are told apart; older ones count as replayed.
    static constexpr std::uint64_t size = 127 * 64;

    // highest: the last number taken for received; everything up to it is refused.
    explicit ReplayWindow(bool extended, std::uint64_t highest = 0);

    // The whole 64-bit number of a packet with these low 32 bits (RFC 4303 appendix A2.2, first choice for
    // extended numbers). Nothing when it would lie before the first number.
    [[nodiscard]] std::optional<std::uint64_t> complete(std::uint32_t low) const;
    // False for zero, for a number received before, and for one older than the window.
    [[nodiscard]] bool isFresh(std::uint64_t sequence) const;
    // Takes note of an authenticated packet. The number must be fresh.
    void record(std::uint64_t sequence);

    [[nodiscard]] std::uint64_t highest() const { return m_highest; }

private:
    static constexpr std::size_t words = 128;
    [[nodiscard]] static std::size_t wordOf(std::uint64_t sequence) { return (sequence / 64) % words; }
    [[nodiscard]] static std::uint64_t bitOf(std::uint64_t sequence) { return std::uint64_t{1} << (sequence % 64); }

    std::array<std::uint64_t, words> m_seen{};
    std::uint64_t m_highest;
    bool m_extended;
};

} // namespace tern::esp
