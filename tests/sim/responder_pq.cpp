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
