#include "core/ike/ike_lifetime.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr base::Duration longest = std::chrono::hours(24 * 365);
// Enough to ask a person for a code and to try again.
constexpr base::Duration longestNotice = std::chrono::minutes(10);

} // namespace

base::Result<Outcome> IkeLifetime::process(Context& context, const Incoming& response) {
    takeAuthLifetime(context, *response.payloads);
    return context.authenticated ? Outcome::Done : Outcome::Continue;
}

void takeAuthLifetime(Context& context, const Payloads& payloads) {
    const auto notification = findNotify(payloads, NotifyType::AuthLifetime);
    if (!notification) {
        return;
    }
    base::ByteReader reader(notification->data);
    const auto seconds = reader.u32();
    if (reader.failed() || !reader.atEnd() || seconds == 0) {
        return;
    }
    const auto lifetime = std::min(longest, base::Duration(std::chrono::seconds(seconds)));
    context.loginEnds = context.now + lifetime;
    context.replaceLoginAt = context.now + context.jittered(lifetime - std::min(longestNotice, lifetime / 4));
    context.newSessionAsked = false;
}

} // namespace tern::ike
