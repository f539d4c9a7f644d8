#include "core/connection/states/configuring.h"

#include "core/connection/states/after_configuring.h"
#include "core/connection/states/connected.h"

namespace tern::connection {

StatePtr Configuring::enter() {
    m.status.stage = Stage::Configuring;
    m.status.protocol = "ikev2";
    const auto& established = *m.established;
    m.agreed.carry(m.child->remote);
    m.agreed.measure(m.child->keys.outbound, m.status.server->isV6(), m.streamPort != 0, m.ike->pathMtu());
    auto plan = m.agreed.plan(m.request.profile, established.configuration, *m.status.server);
    if (!plan) {
        return std::make_unique<Disconnecting>(m, std::move(plan.error()));
    }
    m.plan = std::move(*plan);
    m.showSuites(established);
    m.status.binding.clear();
    m.status.proxy.clear();
    m.showPlan();
    m.configure(*m.plan);
    return nullptr;
}

StatePtr Configuring::handle(Event& event) {
    if (auto* configured = std::get_if<Configured>(&event)) {
        return afterConfiguring<Connected>(m, *configured, &Machine::beginTunnel);
    }
    if (auto* ike = std::get_if<IkeOutput>(&event)) {
        if (auto* closed = std::get_if<ike::Closed>(&ike->output)) {
            m.ike.reset();
            return std::make_unique<Disconnecting>(m, std::move(closed->error));
        }
        if (auto* child = std::get_if<ike::ChildUp>(&ike->output)) {
            m.agreed.carry(child->remote);
            m.furtherChildren.push_back(std::move(*child));
        } else if (const auto* down = std::get_if<ike::ChildDown>(&ike->output)) {
            m.goneChildren.push_back(down->inboundSpi);
        } else if (const auto* send = std::get_if<ike::ChildSend>(&ike->output)) {
            for (auto& further : m.furtherChildren) {
                further.sendNow = further.sendNow || further.keys.inbound.spi == send->inboundSpi;
            }
        } else if (const auto* changed = std::get_if<ike::SuitesChanged>(&ike->output)) {
            m.showSuites(*changed);
        } else if (const auto* refused = std::get_if<ike::ChildRefused>(&ike->output)) {
            m.noteRefused(*refused);
        }
        return nullptr;
    }
    return Disconnecting::ifAsked(m, event);
}

} // namespace tern::connection
