// How long the server lets a login live (RFC 4478): it says so in IKE_AUTH or later, and ends the session then. We ask
// for a new one in good time.
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class IkeLifetime final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& /*context*/, Payloads& /*request*/) override { return {}; }
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
};

// Takes N(AUTH_LIFETIME) if it is there.
void takeAuthLifetime(Context& context, const Payloads& payloads);

} // namespace tern::ike
