// CREATE_CHILD_SA and INFORMATIONAL at the responder, from both sides.
#include "core/base/byte_io.h"
#include "core/crypto/diffie_hellman.h"
#include "tests/sim/responder.h"

#include <algorithm>

namespace tern::sim {

using namespace ike;

namespace {

base::Bytes octets(std::uint32_t spi) {
    base::ByteWriter writer;
    writer.u32(spi);
    return writer.take();
}

base::Bytes octets64(Spi spi) {
    base::ByteWriter writer;
    writer.u64(spi);
    return writer.take();
}

Payload saPayload(const Proposals& proposals) {
    return {PayloadType::SecurityAssociation, encodeProposals(proposals), false};
}

Payload uncalledForKe() {
    const auto key = crypto::KeyExchange::create(static_cast<std::uint16_t>(GroupId::Modp2048));
    return encodeKeyExchange({(*key)->group(), (*key)->publicValue()});
}

} // namespace

Proposals Responder::ikeOffer() const {
    if (!m_config.onlyIke) {
        return ikeProposals(m_config.algorithms);
    }
    Algorithms one{true, false, {*m_config.onlyIke}, {}, PostQuantum::Off};
    auto proposals = ikeProposals(one);
    proposals.resize(1); // what is wanted comes first
    return proposals;
}

Proposals Responder::espOffer(std::uint32_t spi, Pfs pfs) const {
    auto proposals = espProposals(spi, pfs, m_config.algorithms);
    if (m_config.onlyEsp) {
        proposals = espProposals(spi, pfs, {true, false, {}, {*m_config.onlyEsp}, PostQuantum::Off});
        proposals.resize(1);
    }
    if (m_config.extendedNumbers) {
        for (auto& proposal : proposals) {
            std::erase_if(proposal.transforms, [this](const Transform& transform) {
                return transform.type == TransformType::Esn && (transform.id != 0) != *m_config.extendedNumbers;
            });
        }
    }
    return proposals;
}

Payloads Responder::informationalAnswer(Sa& sa, const Payloads& payloads) {
    DeleteData ours{ProtocolId::Esp, {}};
    for (const auto& payload : payloads) {
        if (payload.type != PayloadType::Delete) {
            continue;
        }
        const auto deletion = parseDelete(payload);
        if (deletion->protocol == ProtocolId::Ike && &sa == &m_sa) {
            m_up = false;
            m_closed = true;
        }
        for (const auto spi : deletion->spis) {
            const auto child = std::find_if(m_children.begin(), m_children.end(),
                                            [spi](const auto& c) { return c.second.sa.outboundSpi == spi; });
            if (child != m_children.end()) {
                ours.spis.push_back(child->first);
                m_children.erase(child);
            }
        }
    }
    return ours.spis.empty() ? Payloads{} : Payloads{encodeDelete(ours)};
}

tl::expected<Selectors, NotifyType> Responder::furtherSelectors(const Payloads& payloads) const {
    if (m_config.subnets.empty()) {
        return tl::make_unexpected(NotifyType::NoAdditionalSas);
    }
    const auto theirs = *parseSelectors(*find(payloads, PayloadType::TrafficSelectorInitiator));
    const auto ours = *parseSelectors(*find(payloads, PayloadType::TrafficSelectorResponder));
    if (m_config.singlePair && (theirs.size() > 1 || ours.size() > 1)) {
        return tl::make_unexpected(NotifyType::SinglePairRequired);
    }
    for (const auto& subnet : m_config.subnets) {
        const bool taken = std::any_of(m_children.begin(), m_children.end(), [&subnet](const auto& child) {
            return !narrow(child.second.sa.local, {subnet}).empty();
        });
        if (!taken && !narrow(ours, {subnet}).empty()) {
            return Selectors{subnet};
        }
    }
    return tl::make_unexpected(NotifyType::TsUnacceptable);
}

Payloads Responder::createChildAnswer(const Payloads& payloads) {
    const auto rekey = findNotify(payloads, NotifyType::RekeySa);
    const auto spi = rekey ? espSpi(rekey->spi) : std::nullopt;
    const auto old = std::find_if(m_children.begin(), m_children.end(),
                                  [&spi](const auto& c) { return spi && c.second.sa.outboundSpi == *spi; });
    if (rekey && old == m_children.end()) {
        return {encodeNotify(NotifyType::ChildSaNotFound)};
    }
    const auto local = rekey ? tl::expected<Selectors, NotifyType>(old->second.sa.local) : furtherSelectors(payloads);
    if (!local) {
        return {encodeNotify(local.error())};
    }
    if (m_rekey && m_rekey->key) {
        return {encodeNotify(NotifyType::TemporaryFailure)}; // an IKE SA rekey is under way
    }
    if (m_config.keError && find(payloads, PayloadType::KeyExchange) != nullptr) {
        return {encodeNotify(*m_config.keError)};
    }
    const auto proposals = parseProposals(find(payloads, PayloadType::SecurityAssociation)->body);
    const auto nonce = parseNonce(payloads);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    Child child;
    child.sa.inboundSpi = newSpi();
    std::optional<GroupId> group;
    base::SecureBytes shared;
    Payloads answer;
    const auto ourNonce = randomBytes(32);
    if (m_config.pfs && kePayload != nullptr) {
        const auto theirs = parseKeyExchange(*kePayload);
        group = static_cast<GroupId>(theirs->group);
        if (m_config.onlyGroup && *group != *m_config.onlyGroup) {
            base::ByteWriter wanted;
            wanted.u16(static_cast<std::uint16_t>(*m_config.onlyGroup));
            return {encodeNotify(NotifyType::InvalidKePayload, wanted.view())};
        }
        const auto ours = crypto::KeyExchange::create(theirs->group);
        shared = std::move(*(*ours)->sharedSecret(theirs->value));
        answer.push_back(encodeKeyExchange({theirs->group, (*ours)->publicValue()}));
    } else if (m_config.uncalledForKe) {
        answer.push_back(uncalledForKe());
    }
    const auto offer = espOffer(child.sa.inboundSpi, m_config.pfs ? Pfs::Required : Pfs::Without);
    auto selection = select(offer, *proposals, group);
    if (!selection) {
        return {encodeNotify(NotifyType::NoProposalChosen)};
    }
    child.sa.suite = selection->suite;
    child.sa.outboundSpi = *espSpi(selection->peerSpi);
    child.sa.remote = narrow(*parseSelectors(*find(payloads, PayloadType::TrafficSelectorInitiator)),
                             rekey ? old->second.sa.remote : everything(true, true));
    child.sa.local = narrow(*parseSelectors(*find(payloads, PayloadType::TrafficSelectorResponder)), *local);
    child.keys = *deriveChildKeys(child.sa.suite, m_sa.keys,
                                  {shared.view(), *nonce, ourNonce, child.sa.inboundSpi, child.sa.outboundSpi, false});
    selection->answer.spi = octets(child.sa.inboundSpi);
    answer.push_back(saPayload({selection->answer}));
    answer.push_back(encodeNonce(ourNonce));
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, child.sa.remote));
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, child.sa.local));
    if (rekey && m_rekey && m_rekey->oldSpi == old->first) {
        m_rekey->theirLowestNonce = std::min(*nonce, ourNonce);
        m_rekey->theirChild = child.sa.inboundSpi;
    }
    const auto newOne = child.sa.inboundSpi;
    m_children.emplace(newOne, std::move(child));
    return answer;
}

void Responder::rekeyChild(base::Instant now) {
    const auto& old = m_children.begin()->second;
    Rekey rekey;
    rekey.oldSpi = old.sa.inboundSpi;
    rekey.newSpi = newSpi();
    rekey.offered = espOffer(rekey.newSpi, m_config.pfs ? Pfs::Required : Pfs::Without);
    rekey.nonce = randomBytes(32);
    Payloads payloads{encodeNotify({ProtocolId::Esp, octets(rekey.oldSpi), NotifyType::RekeySa, {}}),
                      saPayload(rekey.offered), encodeNonce(rekey.nonce)};
    if (m_config.pfs) {
        auto key = crypto::KeyExchange::create(
            static_cast<std::uint16_t>(m_config.onlyGroup.value_or(groupsOf(rekey.offered).front())));
        payloads.push_back(encodeKeyExchange({(*key)->group(), (*key)->publicValue()}));
        m_childKey = std::move(*key);
    } else if (m_config.uncalledForKe) {
        payloads.push_back(uncalledForKe());
    }
    payloads.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, everything(true, true)));
    payloads.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, everything(true, true)));
    if (m_rekeyExtra) {
        payloads.insert(payloads.begin() + 1, *m_rekeyExtra);
    }
    m_rekey = std::move(rekey);
    request(now, m_sa, ExchangeType::CreateChildSa, payloads);
}

void Responder::rekeyIke(base::Instant now) {
    Rekey rekey;
    rekey.newIkeSpi = base::ByteReader(randomBytes(8)).u64() | 1U;
    rekey.offered = ikeOffer();
    for (auto& proposal : rekey.offered) {
        proposal.spi = octets64(rekey.newIkeSpi);
    }
    rekey.nonce = randomBytes(32);
    auto key = crypto::KeyExchange::create(static_cast<std::uint16_t>(groupsOf(rekey.offered).front()));
    const Payloads payloads{saPayload(rekey.offered), encodeNonce(rekey.nonce),
                            encodeKeyExchange({(*key)->group(), (*key)->publicValue()})};
    rekey.key = std::move(*key);
    m_rekey = std::move(rekey);
    request(now, m_sa, ExchangeType::CreateChildSa, payloads);
}

void Responder::takeResponse(base::Instant now, Sa& sa, ExchangeType type, const Payloads& payloads) {
    if (type == ExchangeType::CreateChildSa && m_rekey) {
        if (m_rekey->key) {
            ikeRekeyed(now, payloads);
        } else {
            childRekeyed(now, payloads);
        }
        m_rekey.reset();
        return;
    }
    if (&sa != &m_sa) {
        m_old.reset();
    } else if (!m_up) {
        m_closed = true;
    }
}

void Responder::childRekeyed(base::Instant /*now*/, const Payloads& payloads) {
    const auto* sa = find(payloads, PayloadType::SecurityAssociation);
    const auto old = m_children.find(m_rekey->oldSpi);
    if (sa == nullptr) {
        return; // refused; whoever drives the test asks again
    }
    const auto answer = parseProposals(sa->body);
    const auto nonce = parseNonce(payloads);
    const auto suite = checkChoice(m_rekey->offered, *answer);
    Child child;
    child.sa.inboundSpi = m_rekey->newSpi;
    child.sa.outboundSpi = *espSpi(answer->front().spi);
    child.sa.suite = *suite;
    child.sa.local = *parseSelectors(*find(payloads, PayloadType::TrafficSelectorInitiator));
    child.sa.remote = *parseSelectors(*find(payloads, PayloadType::TrafficSelectorResponder));
    base::SecureBytes shared;
    if (suite->group != GroupId::None) {
        shared =
            std::move(*m_childKey->sharedSecret(parseKeyExchange(*find(payloads, PayloadType::KeyExchange))->value));
    }
    child.keys = *deriveChildKeys(
        *suite, m_sa.keys, {shared.view(), m_rekey->nonce, *nonce, child.sa.inboundSpi, child.sa.outboundSpi, true});
    const bool lost = m_rekey->theirChild != 0 && std::min(m_rekey->nonce, *nonce) < m_rekey->theirLowestNonce;
    m_children.emplace(m_rekey->newSpi, std::move(child));
    if (lost) {
        queueDelete(m_rekey->newSpi);
    } else if (old != m_children.end()) {
        queueDelete(m_rekey->oldSpi);
    }
}

void Responder::ikeRekeyed(base::Instant now, const Payloads& payloads) {
    const auto* sa = find(payloads, PayloadType::SecurityAssociation);
    if (sa == nullptr) {
        return;
    }
    const auto answer = parseProposals(sa->body);
    const auto nonce = parseNonce(payloads);
    const auto suite = checkChoice(m_rekey->offered, *answer);
    const auto shared = m_rekey->key->sharedSecret(parseKeyExchange(*find(payloads, PayloadType::KeyExchange))->value);
    Sa next;
    next.weInitiated = true;
    next.initiatorSpi = m_rekey->newIkeSpi;
    next.responderSpi = base::ByteReader(answer->front().spi).u64();
    next.suite = *suite;
    next.keys = *deriveRekeyedIkeKeys(*suite, m_sa.keys, shared->view(),
                                      {m_rekey->nonce, *nonce, next.initiatorSpi, next.responderSpi});
    next.protection.emplace(*Protection::create(next.suite, next.keys, true));
    m_old.emplace(std::move(m_sa));
    m_sa = std::move(next);
    request(now, *m_old, ExchangeType::Informational, {encodeDelete({ProtocolId::Ike, {}})});
}

} // namespace tern::sim
