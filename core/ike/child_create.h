// The first CHILD_SA, made within IKE_AUTH (RFC 7296 §1.2, §2.17).
#pragma once

#include "core/ike/child_negotiation.h"
#include "core/ike/task.h"

namespace tern::ike {

class ChildCreate final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    // When the ends are proven: announces Established and then the child's keys.
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

private:
    ChildOffer m_offer;
};

} // namespace tern::ike
