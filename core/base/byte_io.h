// Bounded big-endian reading and writing: the only way wire bytes are taken apart in core/.
// A ByteReader never reads past its view: a short read sets failed(), answers zeros or an empty view, and every
// later read fails too, so a parser may read a whole structure and check once at the end.
#pragma once

#include "core/base/bytes.h"

#include <cstddef>
#include <utility>

namespace tern::base {

class ByteReader {
public:
    explicit ByteReader(ByteView view)
        : m_rest(view) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::size_t remaining() const { return m_rest.size(); }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u24() { return static_cast<std::uint32_t>(number(3)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }

    // A borrowed view of the next `count` octets; empty and failed() when there are fewer.
    ByteView take(std::size_t count) {
        if (m_failed || count > m_rest.size()) {
            m_failed = true;
            m_rest = {};
            return {};
        }
        const ByteView taken = m_rest.first(count);
        m_rest = m_rest.subspan(count);
        return taken;
    }
    ByteView rest() { return take(m_rest.size()); }
    void skip(std::size_t count) { static_cast<void>(take(count)); }

private:
    std::uint64_t number(std::size_t count) {
        std::uint64_t value = 0;
        for (const auto octet : take(count)) {
            value = (value << 8U) | octet;
        }
        return value;
    }

    ByteView m_rest;
    bool m_failed = false;
};

class ByteWriter {
public:
    void u8(std::uint8_t value) { m_bytes.push_back(value); }
    void u16(std::uint16_t value) { number(value, 2); }
    void u24(std::uint32_t value) { number(value, 3); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void bytes(ByteView view) { append(m_bytes, view); }
    void zeros(std::size_t count) { m_bytes.resize(m_bytes.size() + count); }

    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    // Overwrites two octets already written at `offset` (a length known only later). The offset must be in range.
    void patchU16(std::size_t offset, std::uint16_t value) {
        m_bytes.at(offset) = static_cast<std::uint8_t>(value >> 8U);
        m_bytes.at(offset + 1) = static_cast<std::uint8_t>(value);
    }
    void patchU32(std::size_t offset, std::uint32_t value) {
        patchU16(offset, static_cast<std::uint16_t>(value >> 16U));
        patchU16(offset + 2, static_cast<std::uint16_t>(value));
    }

    [[nodiscard]] const Bytes& view() const { return m_bytes; }
    [[nodiscard]] Bytes take() { return std::move(m_bytes); }

private:
    void number(std::uint64_t value, unsigned count) {
        for (unsigned i = count; i > 0; --i) {
            m_bytes.push_back(static_cast<std::uint8_t>(value >> ((i - 1) * 8U)));
        }
    }

    Bytes m_bytes;
};

} // namespace tern::base
