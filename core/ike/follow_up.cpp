#include "core/ike/follow_up.h"

#include "core/crypto/ml_kem.h"

namespace tern::ike {

namespace {

constexpr std::size_t linkSize = 16;
constexpr base::Duration longestPause = std::chrono::seconds(60); // between two rounds of the server's

} // namespace

base::Result<void> FollowUp::begin(const ChosenSuite& suite, const Payloads& response) {
    m_groups = suite.additional;
    m_round = 0;
    m_secrets = base::SecureBytes();
    if (m_groups.empty()) {
        return {};
    }
    const auto link = findNotify(response, NotifyType::AdditionalKeyExchange);
    if (!link) {
        return base::fail("tern.ike.malformed", {}, "no ADDITIONAL_KEY_EXCHANGE to continue with");
    }
    m_link = link->data;
    return {};
}

base::Result<void> FollowUp::build(Payloads& request) {
    auto created = crypto::KeyExchange::create(static_cast<std::uint16_t>(m_groups.at(m_round)));
    if (!created) {
        return base::fail(std::move(created.error()));
    }
    m_keyExchange = std::move(*created);
    request.push_back(encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()}));
    request.push_back(encodeNotify(NotifyType::AdditionalKeyExchange, m_link));
    return {};
}

base::Result<Outcome> FollowUp::process(const Payloads& response) {
    const auto* payload = find(response, PayloadType::KeyExchange);
    if (payload == nullptr) {
        return base::fail("tern.ike.malformed", {}, "IKE_FOLLOWUP_KE response without KE");
    }
    const auto keyExchange = parseKeyExchange(*payload);
    if (!keyExchange || keyExchange->group != m_keyExchange->group()) {
        return base::fail("tern.ike.malformed", {}, "KE of IKE_FOLLOWUP_KE");
    }
    const auto secret = m_keyExchange->sharedSecret(keyExchange->value);
    if (!secret) {
        return base::fail(secret.error());
    }
    m_secrets.append(secret->view());
    if (++m_round == m_groups.size()) {
        return Outcome::Done;
    }
    const auto link = findNotify(response, NotifyType::AdditionalKeyExchange);
    if (!link) {
        return base::fail("tern.ike.malformed", {}, "no ADDITIONAL_KEY_EXCHANGE to continue with");
    }
    m_link = link->data;
    return Outcome::Continue;
}

void beginTheirFollowUp(Context& context, const ChosenSuite& suite, Payloads& response,
                        std::function<bool(base::ByteView secrets)> finish) {
    auto& theirs = context.theirFollowUp.emplace();
    theirs.link = context.randomBytes(linkSize);
    theirs.groups = suite.additional;
    theirs.until = context.now + longestPause;
    theirs.finish = std::move(finish);
    response.push_back(encodeNotify(NotifyType::AdditionalKeyExchange, theirs.link));
}

Payloads answerFollowUp(Context& context, const Payloads& request) {
    const auto link = findNotify(request, NotifyType::AdditionalKeyExchange);
    auto& state = context.theirFollowUp;
    if (!state || !link || link->data != state->link || context.now > state->until) {
        return {encodeNotify(NotifyType::StateNotFound)};
    }
    const auto* payload = find(request, PayloadType::KeyExchange);
    const auto theirs = payload != nullptr ? parseKeyExchange(*payload)
                                           : base::Result<KeyExchangeData>(base::fail("tern.ike.malformed"));
    const auto group = static_cast<std::uint16_t>(state->groups.at(state->round));
    const auto reply = theirs && theirs->group == group
                           ? crypto::replyToKeyExchange(group, theirs->value)
                           : base::Result<crypto::KeyReply>(base::fail("tern.ike.malformed"));
    if (!reply) {
        state.reset();
        return {encodeNotify(NotifyType::InvalidSyntax)};
    }
    state->secrets.append(reply->secret.view());
    Payloads response{encodeKeyExchange({group, reply->publicValue})};
    if (++state->round < state->groups.size()) {
        state->until = context.now + longestPause;
        response.push_back(encodeNotify(NotifyType::AdditionalKeyExchange, state->link));
        return response;
    }
    auto complete = std::move(*state);
    state.reset();
    return complete.finish(complete.secrets.view()) ? response : Payloads{encodeNotify(NotifyType::NoProposalChosen)};
}

bool awaitsNewIkeSa(const Context& context) {
    const auto& state = context.theirFollowUp;
    return state && state->forIkeSa && context.now <= state->until;
}

} // namespace tern::ike
