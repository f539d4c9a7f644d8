// Being sent to another server (RFC 5685): in IKE_SA_INIT, at the end of IKE_AUTH, and while connected. Whether to
// follow is not decided here.
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

// REDIRECT_SUPPORTED in the first message, or REDIRECTED_FROM when a server has sent us here (§3, §5).
[[nodiscard]] Payload redirectSupport(const SessionConfig& config);

// The body of REDIRECT and REDIRECTED_FROM: kind, length, gateway, and in IKE_SA_INIT our nonce (§8). `nonce` empty:
// there must be nothing behind the gateway. Fails with tern.ike.malformed.
[[nodiscard]] base::Result<RedirectTarget> parseRedirect(base::ByteView data, base::ByteView nonce);

// On REDIRECT in an IKE_SA_INIT response. Ignore: not an answer to our request (§3). Else Redirected is out, and the
// error is tern.ike.redirected.
[[nodiscard]] base::Result<Outcome> takeInitRedirect(Context& context, const Notification& notification);

// A REDIRECT in an IKE_AUTH response by which the server has proven itself, the first one before EAP or the last (§6).
// Redirected, and in the context where to; Continue: there is none. Fails with tern.ike.malformed.
[[nodiscard]] base::Result<Outcome> takeAuthRedirect(Context& context, const Payloads& response);
[[nodiscard]] base::Error redirectedError(const Context& context, const RedirectTarget& target);

// In IKE_AUTH, behind the task that proves both ends: a REDIRECT beside AUTH (§6).
class IkeRedirect final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& /*context*/, Payloads& /*request*/) override { return {}; }
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
};

// In an INFORMATIONAL request of the server (§5).
void takeSessionRedirect(Context& context, const Payloads& request);

} // namespace tern::ike
