// The configuration payload: addresses, DNS and domains from the server (RFC 7296 §2.19, §3.15, RFC 8598).
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class IkeConfig final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

private:
    bool m_asked = false;
};

// Takes what is usable; addresses nobody may have (loopback, multicast, unspecified) and names that are no host
// names are left out, and each list is bounded.
[[nodiscard]] ServerConfiguration readConfiguration(const ConfigurationData& data);

} // namespace tern::ike
