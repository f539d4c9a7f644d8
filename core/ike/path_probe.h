// A message of a given size, to learn whether packets of the tunnel's size arrive where nobody reports those that do
// not (RFC 8899 names the idea). An INFORMATIONAL request filled with a notification that every server ignores; when it
// is not answered, it goes on as fragments of a size that passes everywhere (RFC 7383 §2.5.1).
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class PathProbe final : public Task {
public:
    // size: of the UDP payload.
    explicit PathProbe(std::size_t size)
        : m_size(size) {}
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] bool isProbe() const override { return true; }

private:
    std::size_t m_size;
};

} // namespace tern::ike
