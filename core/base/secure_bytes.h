// Secrets in memory: keys, passwords, MSKs. Wiped when destroyed, moved from, shrunk or assigned over; never
// converted to QString or logged. Copying is explicit (clone), so that every copy of a secret is seen in review.
#pragma once

#include "core/base/bytes.h"

#include <memory>
#include <string_view>

namespace tern::base {

// Overwrites memory in a way the compiler may not leave out.
void wipe(MutableByteView memory) noexcept;

// An allocator that wipes what it gives back, so that growth leaves no copy behind.
template<typename T>
struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template<typename U>
    explicit WipingAllocator(const WipingAllocator<U>&) noexcept {}
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        wipe({reinterpret_cast<std::uint8_t*>(memory), count * sizeof(T)});
        std::allocator<T>().deallocate(memory, count);
    }
    friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

class SecureBytes {
public:
    SecureBytes() = default;
    explicit SecureBytes(std::size_t size)
        : m_bytes(size) {}
    explicit SecureBytes(ByteView from)
        : m_bytes(from.begin(), from.end()) {}
    explicit SecureBytes(std::string_view text)
        : m_bytes(text.begin(), text.end()) {}
    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;
    SecureBytes(SecureBytes&&) noexcept = default;
    SecureBytes& operator=(SecureBytes&&) noexcept = default;
    ~SecureBytes() = default;

    [[nodiscard]] SecureBytes clone() const { return SecureBytes(view()); }
    [[nodiscard]] ByteView view() const { return m_bytes; }
    [[nodiscard]] MutableByteView span() { return m_bytes; }
    [[nodiscard]] std::uint8_t* data() { return m_bytes.data(); }
    [[nodiscard]] const std::uint8_t* data() const { return m_bytes.data(); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool empty() const { return m_bytes.empty(); }
    void append(ByteView more) { m_bytes.insert(m_bytes.end(), more.begin(), more.end()); }
    void clear() { m_bytes = {}; }

private:
    std::vector<std::uint8_t, WipingAllocator<std::uint8_t>> m_bytes;
};

} // namespace tern::base
