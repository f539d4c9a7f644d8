#include "core/ike/ike_delete.h"

namespace tern::ike {

base::Result<void> IkeDelete::build(Context& /*context*/, Payloads& request) {
    request.push_back(encodeDelete({ProtocolId::Ike, {}}));
    return {};
}

base::Result<Outcome> IkeDelete::process(Context& /*context*/, const Incoming& /*response*/) {
    return Outcome::Done;
}

base::Result<void> ChildDelete::build(Context& context, Payloads& request) {
    auto& child = context.children.at(m_spi);
    child.leaving = true;
    child.weDelete = true;
    request.push_back(encodeDelete({ProtocolId::Esp, {m_spi}}));
    return {};
}

base::Result<Outcome> ChildDelete::process(Context& context, const Incoming& /*response*/) {
    context.removeChild(m_spi);
    return Outcome::Done;
}

} // namespace tern::ike
