// The first CHILD_SA, made within IKE_AUTH (RFC 7296 §1.2, §2.17), and what is to follow when it carries too little.
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
    [[nodiscard]] base::Result<Outcome> refused(Context& context, const Payloads& payloads) const;
    void wantTheRest(Context& context, const ChildSa& child, const Payloads& payloads) const;

    ChildOffer m_offer;
};

} // namespace tern::ike
