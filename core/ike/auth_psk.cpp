#include "core/ike/auth_psk.h"

#include "core/ike/proof.h"

namespace tern::ike {

namespace {

const base::SecureBytes& keyOf(const Context& context) {
    // The session asks for a missing key before it sends anything, so there is one here.
    return *std::get<PskAuthentication>(context.config.authentication).key;
}

} // namespace

base::Result<void> PskAuthenticator::build(Context& context, base::ByteView identity, Payloads& request) {
    return addProof(context, identity, request, proveWith(context.sa->keys.prf, keyOf(context).view()));
}

base::Result<Outcome> PskAuthenticator::process(Context& context, base::ByteView identity, const Payloads& response) {
    const auto* payload = find(response, PayloadType::Auth);
    if (payload == nullptr) {
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName}, "no AUTH");
    }
    const auto auth = parseAuth(*payload);
    if (!auth) {
        return base::fail(auth.error());
    }
    if (auth->method != static_cast<std::uint8_t>(AuthMethod::SharedKey)) {
        return base::fail("tern.ike.auth.server-method", {context.config.serverName},
                          "AUTH method " + std::to_string(auth->method));
    }
    const auto expected =
        sharedSecretAuth(context.sa->keys.prf, keyOf(context).view(), responderOctets(context, identity));
    if (!base::equalConstantTime(expected.view(), auth->data)) {
        return base::fail("tern.ike.auth.psk", {context.config.serverName}, "the server's AUTH does not match");
    }
    std::get<PskAuthentication>(context.config.authentication).key.reset(); // not needed any more
    return Outcome::Done;
}

base::Result<Outcome> PskAuthenticator::answer(Context& /*context*/, const std::string& /*username*/,
                                               base::SecureBytes /*secret*/) {
    return Outcome::Continue;
}

} // namespace tern::ike
