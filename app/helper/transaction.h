// Steps that are all done or all undone, the last one first.
#pragma once

#include "core/base/error.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace tern::helper {

class Transaction {
public:
    using Step = std::function<base::Result<void>()>;
    using Undo = std::function<void()>;

    Transaction() = default;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        while (!m_undo.empty()) {
            m_undo.back()();
            m_undo.pop_back();
        }
    }

    // Does a step; when it succeeds, `undo` is what takes it back. A step that fails must have changed nothing.
    [[nodiscard]] base::Result<void> run(const Step& step, Undo undo) {
        auto done = step();
        if (done) {
            m_undo.push_back(std::move(undo));
        }
        return done;
    }
    void commit() { m_undo.clear(); }

private:
    std::vector<Undo> m_undo;
};

// Adds what `after` has and `before` has not. Both sorted. add and remove take an element and answer Result<void>.
template<typename T, typename Add, typename Remove>
[[nodiscard]] base::Result<void> addMissing(Transaction& transaction, const std::vector<T>& before,
                                            const std::vector<T>& after, const Add& add, const Remove& remove) {
    for (const auto& element : after) {
        if (std::binary_search(before.begin(), before.end(), element)) {
            continue;
        }
        auto done = transaction.run([&] { return add(element); }, [remove, element] { std::ignore = remove(element); });
        if (!done) {
            return done;
        }
    }
    return {};
}

} // namespace tern::helper
