#include "core/ike/path_probe.h"

namespace tern::ike {

namespace {

constexpr std::size_t markerSize = 4; // RFC 3948 §2.2
constexpr std::size_t notifyHeader = 8;

} // namespace

base::Result<void> PathProbe::build(Context& context, Payloads& request) {
    const auto around = markerSize + context.sa->exchanges.overhead() + notifyHeader;
    request.push_back(
        encodeNotify(static_cast<NotifyType>(paddingNotify), base::Bytes(m_size > around ? m_size - around : 0, 0)));
    return {};
}

base::Result<Outcome> PathProbe::process(Context& context, const Incoming& /*response*/) {
    // Made in place: g++ 14 takes the other members of a moved variant for uninitialised.
    context.outputs.emplace_back(PathProbed{m_size, !context.sa->exchanges.wasCut()});
    return Outcome::Done;
}

} // namespace tern::ike
