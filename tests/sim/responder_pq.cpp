// IKE_INTERMEDIATE with additional key exchanges, and the PPK, at the responder.
#include "core/base/byte_io.h"
#include "core/crypto/ml_kem.h"
#include "tests/sim/responder.h"

namespace tern::sim {

using namespace ike;

void Responder::answerIntermediate(Sa& sa, const Header& header, const Payloads& payloads, const Opened& opened) {
    const auto* payload = find(payloads, PayloadType::KeyExchange);
    if (payload == nullptr || m_round >= sa.suite.additional.size()) {
        answer(sa, header, {encodeNotify(NotifyType::InvalidSyntax)});
        return;
    }
    const auto theirs = parseKeyExchange(*payload);
    if (theirs->group != static_cast<std::uint16_t>(sa.suite.additional[m_round])) {
        answer(sa, header, {encodeNotify(NotifyType::InvalidSyntax)});
        return;
    }
    ++m_round;
    const auto reply = crypto::replyToKeyExchange(theirs->group, theirs->value);
    if (!reply) {
        answer(sa, header, {encodeNotify(NotifyType::InvalidSyntax)});
        return;
    }
    Payloads response{encodeKeyExchange({theirs->group, reply->publicValue})};
    if (m_config.changeIntermediate) {
        m_config.changeIntermediate(response);
    }
    Header ours = header;
    ours.flags = flagResponse;
    auto plain = encodePayloads(response);
    const auto octets = intermediateOctets(ours, firstType(response), 0, plain);
    auto seen = intermediateOctets(header, opened.firstPayload, opened.reserved, opened.plain);
    seen.back() ^= m_config.wrongIntAuth ? 1U : 0U;
    m_intAuth.add(sa.keys, seen, octets);
    answer(sa, header, response);
    sa.keys = *deriveRekeyedIkeKeys(sa.suite, sa.keys, reply->secret.view(),
                                    {m_nonceI, m_nonceR, sa.initiatorSpi, sa.responderSpi});
    sa.previous = std::move(sa.protection);
    sa.protection.emplace(*Protection::create(sa.suite, sa.keys, false));
}

// ---- IKE_FOLLOWUP_KE ----

void Responder::beginFollowUp(const ChosenSuite& suite, Payloads& answer, std::function<void(base::ByteView)> finish) {
    if (suite.additional.empty()) {
        finish({});
        return;
    }
    auto& state = m_clientFollowUp.emplace(FollowUp{});
    state.groups = suite.additional;
    state.link = randomBytes(5);
    state.finish = std::move(finish);
    answer.push_back(encodeNotify(NotifyType::AdditionalKeyExchange, state.link));
}

Payloads Responder::followUpAnswer(const Payloads& payloads) {
    const auto link = findNotify(payloads, NotifyType::AdditionalKeyExchange);
    const auto* payload = find(payloads, PayloadType::KeyExchange);
    auto& state = m_clientFollowUp;
    if (!state || !link || link->data != state->link || payload == nullptr || m_config.forgetsFollowUp) {
        return {encodeNotify(NotifyType::StateNotFound)};
    }
    const auto theirs = parseKeyExchange(*payload);
    const auto group = static_cast<std::uint16_t>(state->groups[state->round]);
    const auto reply = crypto::replyToKeyExchange(group, theirs->value);
    if (theirs->group != group || !reply) {
        return {encodeNotify(NotifyType::InvalidSyntax)};
    }
    state->secrets.append(reply->secret.view());
    Payloads answer{encodeKeyExchange({group, reply->publicValue})};
    if (++state->round < state->groups.size()) {
        state->link = randomBytes(9); // a server may change it each time
        answer.push_back(encodeNotify(NotifyType::AdditionalKeyExchange, state->link));
        return answer;
    }
    auto complete = std::move(*state);
    state.reset();
    ++m_tally["IKE_FOLLOWUP_KE by the client"];
    complete.finish(complete.secrets.view());
    return answer;
}

void Responder::beginOwnFollowUp(base::Instant now, const ChosenSuite& suite, const Payloads& answer,
                                 std::function<void(base::ByteView)> finish) {
    if (suite.additional.empty()) {
        finish({});
        m_rekey.reset();
        return;
    }
    auto& state = m_ownFollowUp.emplace(FollowUp{});
    state.groups = suite.additional;
    state.finish = std::move(finish);
    state.link = findNotify(answer, NotifyType::AdditionalKeyExchange).value_or(Notification()).data;
    sendFollowUp(now);
}

void Responder::sendFollowUp(base::Instant now) {
    auto& state = *m_ownFollowUp;
    state.key = std::move(*crypto::KeyExchange::create(static_cast<std::uint16_t>(state.groups[state.round])));
    request(now, m_sa, ExchangeType::FollowupKe,
            {encodeKeyExchange({state.key->group(), state.key->publicValue()}),
             encodeNotify(NotifyType::AdditionalKeyExchange, state.link)});
}

void Responder::continueFollowUp(base::Instant now, const Payloads& answer) {
    auto& state = *m_ownFollowUp;
    const auto* payload = find(answer, PayloadType::KeyExchange);
    const auto secret = payload != nullptr ? state.key->sharedSecret(parseKeyExchange(*payload)->value)
                                           : base::Result<base::SecureBytes>(base::fail("none"));
    if (!secret) {
        m_ownFollowUp.reset();
        m_rekey.reset();
        return; // refused; whoever drives the test asks again
    }
    state.secrets.append(secret->view());
    if (++state.round < state.groups.size()) {
        state.link = findNotify(answer, NotifyType::AdditionalKeyExchange).value_or(Notification()).data;
        sendFollowUp(now);
        return;
    }
    auto complete = std::move(state);
    m_ownFollowUp.reset();
    ++m_tally["IKE_FOLLOWUP_KE by the server"];
    complete.finish(complete.secrets.view());
    m_rekey.reset();
}

std::optional<base::Bytes> Responder::clientProof(const Payloads& payloads) {
    const auto* payload = find(payloads, PayloadType::Auth);
    if (payload == nullptr) {
        return std::nullopt;
    }
    auto proof = parseAuth(*payload)->data;
    if (!m_ppkAgreed) {
        return m_config.ppk && m_config.ppk->required ? std::nullopt : std::optional(proof);
    }
    const auto identity = findNotify(payloads, NotifyType::PpkIdentity);
    if (!identity || identity->data.empty()) {
        return std::nullopt;
    }
    base::Bytes known{2}; // PPK_ID_FIXED
    base::append(known, base::toBytes(m_config.ppk->id));
    if (identity->data == known) {
        m_mixed = mixPpk(m_sa.keys, base::toBytes(m_config.ppk->secret));
        return proof;
    }
    const auto without = findNotify(payloads, NotifyType::NoPpkAuth);
    return without && !m_config.ppk->required ? std::optional(without->data) : std::nullopt;
}

} // namespace tern::sim
