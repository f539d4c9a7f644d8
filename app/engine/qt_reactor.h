// Time and readiness from Qt's event loop.
#pragma once

#include "core/connection/environment.h"

namespace tern::engine {

class QtReactor final : public connection::Reactor {
public:
    [[nodiscard]] base::Instant now() const override;
    [[nodiscard]] base::UnixSeconds wallClock() const override;
    [[nodiscard]] connection::PendingPtr at(base::Instant when, std::function<void()> due) override;
    [[nodiscard]] connection::PendingPtr whenReadable(int fd, std::function<void()> readable) override;
    [[nodiscard]] connection::PendingPtr whenWritable(int fd, std::function<void()> writable) override;
};

} // namespace tern::engine
