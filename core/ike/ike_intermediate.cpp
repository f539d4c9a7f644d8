#include "core/ike/ike_intermediate.h"

#include "core/ike/notify_error.h"

namespace tern::ike {

base::Result<void> IkeIntermediate::build(Context& context, Payloads& request) {
    auto created = crypto::KeyExchange::create(static_cast<std::uint16_t>(context.sa->suite.additional.at(m_round)));
    if (!created) {
        return base::fail(std::move(created.error()));
    }
    m_keyExchange = std::move(*created);
    const Payloads payloads{encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()})};
    m_plain = encodePayloads(payloads);
    request.insert(request.end(), payloads.begin(), payloads.end());
    return {};
}

base::Result<Outcome> IkeIntermediate::process(Context& context, const Incoming& response) {
    if (auto error = errorOf(*response.payloads, ErrorPlace::Init, context.config)) {
        return base::fail(std::move(*error));
    }
    if (!response.opened) {
        return Outcome::Ignore;
    }
    // Both messages go into AUTH with the proof keys from before this exchange.
    auto requestHeader = response.header;
    requestHeader.flags = flagInitiator;
    requestHeader.version = version2;
    const auto& keys = context.sa->keys;
    context.intAuth.add(keys, intermediateOctets(requestHeader, PayloadType::KeyExchange, 0, m_plain),
                        intermediateOctets(response.header, response.opened->firstPayload, response.opened->reserved,
                                           response.opened->plain));
    auto taken = takeKeys(context, *response.payloads);
    if (!taken) {
        return base::fail(std::move(taken.error()));
    }
    return ++m_round == context.sa->suite.additional.size() ? Outcome::Done : Outcome::Continue;
}

base::Result<void> IkeIntermediate::takeKeys(Context& context, const Payloads& payloads) const {
    const auto* payload = find(payloads, PayloadType::KeyExchange);
    if (payload == nullptr) {
        return base::fail("tern.ike.malformed", {}, "IKE_INTERMEDIATE response without KE");
    }
    const auto keyExchange = parseKeyExchange(*payload);
    if (!keyExchange || keyExchange->group != m_keyExchange->group()) {
        return base::fail("tern.ike.malformed", {}, "KE of IKE_INTERMEDIATE");
    }
    const auto shared = m_keyExchange->sharedSecret(keyExchange->value);
    if (!shared) {
        return base::fail(shared.error());
    }
    auto& sa = *context.sa;
    const KeySeed seed{context.initiatorNonce, context.responderNonce, sa.exchanges.initiatorSpi(),
                       sa.exchanges.responderSpi()};
    auto keys = deriveRekeyedIkeKeys(sa.suite, sa.keys, shared->view(), seed);
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    auto protection = Protection::create(sa.suite, *keys, true);
    if (!protection) {
        return base::fail(std::move(protection.error()));
    }
    sa.keys = std::move(*keys);
    sa.exchanges.protect(std::move(*protection));
    return {};
}

} // namespace tern::ike
