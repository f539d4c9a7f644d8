#include "core/connection/states/configuring.h"

#include "core/connection/states/connected.h"
#include "core/connection/states/disconnecting.h"

namespace tern::connection {

StatePtr Configuring::enter() {
    m.status.stage = Stage::Configuring;
    const auto& established = *m.established;
    auto plan = planTunnel(m.request.profile, established.configuration, m.child->remote);
    if (!plan) {
        return std::make_unique<Disconnecting>(m, std::move(plan.error()));
    }
    m.status.cipher = established.espSuite;
    m.status.ikeCipher = established.ikeSuite;
    m.status.weakAlgorithms = established.weakAlgorithms;
    m.status.addresses = plan->addresses;
    m.status.dns = plan->dns;
    m.note("IKE: " + established.ikeSuite + "; ESP: " + established.espSuite);
    m.plan = *plan;
    m.host->configure(*plan, m.callback<base::Result<ConfiguredTunnel>>(
                                 [](auto tunnel) -> Event { return Configured{std::move(tunnel)}; }));
    return nullptr;
}

StatePtr Configuring::handle(Event& event) {
    if (auto* configured = std::get_if<Configured>(&event)) {
        if (!configured->tunnel) {
            return std::make_unique<Disconnecting>(m, std::move(configured->tunnel.error()));
        }
        if (auto begun = m.beginTunnel(std::move(*configured->tunnel)); !begun) {
            return std::make_unique<Disconnecting>(m, std::move(begun.error()));
        }
        return std::make_unique<Connected>(m);
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        if (auto* closed = std::get_if<ike::Closed>(&ike->output)) {
            m.ike.reset();
            return std::make_unique<Disconnecting>(m, std::move(closed->error));
        }
        if (auto* child = std::get_if<ike::ChildUp>(&ike->output)) {
            m.child = std::move(*child);
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

} // namespace tern::connection
