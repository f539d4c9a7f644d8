// NAT detection in IKE_SA_INIT (RFC 7296 §2.23), with UDP encapsulation always asked for.
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class IkeNatDetection final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
};

// SHA-1(SPIi | SPIr | address | port).
[[nodiscard]] base::Bytes natDetectionHash(Spi initiator, Spi responder, const base::IpAddress& address,
                                           std::uint16_t port);

} // namespace tern::ike
