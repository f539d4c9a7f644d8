// Is the peer alive? An empty INFORMATIONAL exchange (RFC 7296 §2.4).
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class IkeDpd final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& /*context*/, Payloads& /*request*/) override { return {}; }
    // Any authentic answer will do; the exchange manager has checked that it is one.
    [[nodiscard]] base::Result<Outcome> process(Context& /*context*/, const Incoming& /*response*/) override {
        return Outcome::Done;
    }
    [[nodiscard]] bool mayBeForgotten() const override { return true; }
};

} // namespace tern::ike
