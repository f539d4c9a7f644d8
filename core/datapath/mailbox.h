// Hands a new version of something to a thread that must not lock: the writer leaves it, the reader picks it up before
// its next batch. A version nobody picked up in time is replaced by the next.
#pragma once

#include <atomic>
#include <memory>

namespace tern::datapath {

template<typename T>
class Mailbox {
public:
    Mailbox() = default;
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;
    ~Mailbox() { static_cast<void>(take()); }

    void put(std::unique_ptr<T> next) {
        const std::unique_ptr<T> unseen(m_waiting.exchange(next.release(), std::memory_order_acq_rel));
    }
    // Nothing when there is no newer version; costs one relaxed load then.
    [[nodiscard]] std::unique_ptr<T> take() {
        if (m_waiting.load(std::memory_order_relaxed) == nullptr) {
            return nullptr;
        }
        return std::unique_ptr<T>(m_waiting.exchange(nullptr, std::memory_order_acq_rel));
    }

private:
    std::atomic<T*> m_waiting{nullptr};
};

} // namespace tern::datapath
