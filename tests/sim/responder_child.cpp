// CREATE_CHILD_SA and INFORMATIONAL at the responder, from both sides.
#include "core/base/byte_io.h"
#include "core/crypto/diffie_hellman.h"
#include "tests/sim/responder.h"

#include <algorithm>

namespace tern::sim {

using namespace ike;

namespace {

constexpr base::Duration leavingTime = std::chrono::seconds(60);

base::Bytes octets(std::uint32_t spi) {
    base::ByteWriter writer;
    writer.u32(spi);
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
        if (deletion->protocol == ProtocolId::Ike) {
            ikeDeleted(sa);
        }
        for (const auto spi : deletion->spis) {
            const auto child = std::find_if(m_children.begin(), m_children.end(),
                                            [spi](const auto& c) { return c.second.sa.outboundSpi == spi; });
            if (child != m_children.end()) {
                m_tally["child rekey against child delete"] += m_rekey && m_rekey->oldSpi == child->first ? 1U : 0U;
                ours.spis.push_back(child->first);
                forgetChild(child->first, true);
            } else if (m_closing == spi) {
                ++m_tally["child delete against child delete"]; // answered without a payload
            }
        }
    }
    return ours.spis.empty() ? Payloads{} : Payloads{encodeDelete(ours)};
}

void Responder::ikeDeleted(Sa& sa) {
    if (&sa != &m_sa) {
        ++m_tally["replaced IKE SAs deleted by the client"];
        if (m_theirNext && &sa == m_theirNext->sa.get()) {
            sa.until = m_now + leavingTime;
            m_others.push_back(std::move(m_theirNext->sa));
            m_theirNext.reset();
        }
        return; // it goes a little later: our answer may be lost
    }
    m_tally["IKE delete against IKE delete"] += m_deletingIke ? 1U : 0U;
    if (m_rekey && m_rekey->key) {
        ++m_tally["IKE rekey against IKE delete"];
        if (m_theirNext) {
            m_rekey.reset(); // the client has not noticed ours: its own stays
            m_sa.own.reset();
            m_settleDeleted = true;
            return;
        }
    }
    m_up = false;
    m_closed = true;
    m_children.clear();
    m_others.clear();
    m_theirNext.reset();
    m_sendWith = 0;
}

tl::expected<Selectors, NotifyType> Responder::furtherSelectors(const Payloads& payloads) const {
    if (m_config.subnets.empty() && !m_children.empty()) {
        return tl::make_unexpected(NotifyType::NoAdditionalSas);
    }
    if (m_config.subnets.empty() && m_config.childError && !m_config.childless) {
        return tl::make_unexpected(m_config.childError->type); // what it did not like in IKE_AUTH, it does not like now
    }
    if (m_config.subnets.empty()) {
        return m_config.narrowTo.empty() ? everything(true, true) : m_config.narrowTo;
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

std::optional<Payloads> Responder::collision(Sa& sa, const Payloads& payloads) {
    const auto rekey = findNotify(payloads, NotifyType::RekeySa);
    const bool forChild = find(payloads, PayloadType::TrafficSelectorInitiator) != nullptr;
    const bool ikeRekey = m_rekey && m_rekey->key;
    const Payloads temporary{encodeNotify(NotifyType::TemporaryFailure)};
    const auto spi = rekey ? espSpi(rekey->spi) : std::nullopt;
    if (&sa != &m_sa || m_deletingIke) {
        ++m_tally[forChild ? "child rekey against a replaced or closed IKE SA" : "IKE rekey against IKE delete"];
        return temporary;
    }
    if (forChild && ikeRekey) {
        ++m_tally["IKE rekey against child rekey or creation"];
        return temporary;
    }
    if (spi && m_closing != 0 && m_closing == *spi) {
        ++m_tally["child rekey against child delete"];
        return temporary;
    }
    const bool ofChildren = m_sa.own && (m_sa.own->type == ExchangeType::CreateChildSa || m_closing != 0);
    if (!forChild && !ikeRekey && ofChildren) {
        ++m_tally["IKE rekey against child rekey or creation"];
        return temporary;
    }
    if (!forChild && m_theirNext) {
        return temporary;
    }
    return std::nullopt;
}

Payloads Responder::createChildAnswer(Sa& sa, const Payloads& payloads) {
    if (m_config.createError) {
        return {encodeNotify(*m_config.createError)};
    }
    if (auto refusal = collision(sa, payloads)) {
        ++m_tally["TEMPORARY_FAILURE by the server"];
        return *refusal;
    }
    return find(payloads, PayloadType::TrafficSelectorInitiator) != nullptr ? childAnswer(payloads)
                                                                            : ikeRekeyAnswer(payloads);
}

Payloads Responder::childAnswer(const Payloads& payloads) {
    const auto rekey = findNotify(payloads, NotifyType::RekeySa);
    const auto spi = rekey ? espSpi(rekey->spi) : std::nullopt;
    const auto old = std::find_if(m_children.begin(), m_children.end(),
                                  [&spi](const auto& c) { return spi && c.second.sa.outboundSpi == *spi; });
    if (rekey && old == m_children.end()) {
        ++m_tally["CHILD_SA_NOT_FOUND by the server"];
        return {encodeNotify(NotifyType::ChildSaNotFound)};
    }
    const auto local = rekey ? tl::expected<Selectors, NotifyType>(old->second.sa.local) : furtherSelectors(payloads);
    if (!local) {
        return {encodeNotify(local.error())};
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
    selection->answer.spi = octets(child.sa.inboundSpi);
    answer.push_back(saPayload({selection->answer}));
    answer.push_back(encodeNonce(ourNonce));
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, child.sa.remote));
    answer.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, child.sa.local));
    if (rekey && m_rekey && m_rekey->oldSpi == old->first) {
        if (!child.sa.suite.additional.empty()) {
            return {encodeNotify(NotifyType::TemporaryFailure)};
        }
        m_rekey->theirLowestNonce = std::min(*nonce, ourNonce);
        m_rekey->theirChild = child.sa.inboundSpi;
        ++m_tally["child rekey against child rekey"];
    }
    const auto suite = child.sa.suite;
    const auto kept = std::make_shared<std::pair<Child, base::SecureBytes>>(std::move(child), std::move(shared));
    beginFollowUp(suite, answer,
                  [this, kept, theirNonce = *nonce, ourNonce, isRekey = rekey.has_value()](base::ByteView secrets) {
                      auto& made = kept->first;
                      const auto newOne = made.sa.inboundSpi;
                      made.keys = *deriveChildKeys(
                          made.sa.suite, m_sa.keys,
                          {kept->second.view(), theirNonce, ourNonce, newOne, made.sa.outboundSpi, false, secrets});
                      ++m_tally[isRekey ? "child rekeys by the client" : "children made anew"];
                      m_children.emplace(newOne, std::move(made));
                      m_sendNext = newOne;
                  });
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

void Responder::takeResponse(base::Instant now, Sa& sa, ExchangeType type, const Payloads& payloads) {
    const auto failure = findError(payloads);
    m_tally["TEMPORARY_FAILURE by the client"] += failure && failure->type == NotifyType::TemporaryFailure ? 1U : 0U;
    m_tally["CHILD_SA_NOT_FOUND by the client"] += failure && failure->type == NotifyType::ChildSaNotFound ? 1U : 0U;
    if (type == ExchangeType::FollowupKe && m_ownFollowUp) {
        continueFollowUp(now, payloads);
        return;
    }
    if (type == ExchangeType::CreateChildSa && m_rekey) {
        if (m_rekey->key) {
            ikeRekeyed(now, payloads);
        } else {
            childRekeyed(now, payloads);
        }
        if (!m_ownFollowUp) {
            m_rekey.reset();
        }
        return;
    }
    if (&sa != &m_sa) {
        std::erase_if(m_others, [&sa](const auto& other) { return other.get() == &sa; });
        return;
    }
    m_closing = 0;
    if (m_deletingIke) {
        m_closed = true;
        m_children.clear();
        m_others.clear();
        m_sendWith = 0;
    }
}

void Responder::childRekeyed(base::Instant now, const Payloads& payloads) {
    const auto* sa = find(payloads, PayloadType::SecurityAssociation);
    if (sa == nullptr) {
        return; // refused; whoever drives the test asks again
    }
    const auto answer = parseProposals(sa->body);
    const auto nonce = parseNonce(payloads);
    const auto suite = answer ? checkChoice(m_rekey->offered, *answer) : base::Result<ChosenSuite>(base::fail("none"));
    const bool complete = find(payloads, PayloadType::TrafficSelectorInitiator) != nullptr &&
                          find(payloads, PayloadType::TrafficSelectorResponder) != nullptr;
    if (!complete || !suite || !nonce || (suite->group != GroupId::None && !m_childKey)) {
        return; // the request was changed on its way out
    }
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
    const auto kept = std::make_shared<std::pair<Child, base::SecureBytes>>(std::move(child), std::move(shared));
    beginOwnFollowUp(now, *suite, payloads, [this, kept, theirNonce = *nonce](base::ByteView secrets) {
        auto& made = kept->first;
        made.keys = *deriveChildKeys(
            made.sa.suite, m_sa.keys,
            {kept->second.view(), m_rekey->nonce, theirNonce, made.sa.inboundSpi, made.sa.outboundSpi, true, secrets});
        childMade(std::move(made), theirNonce);
    });
}

void Responder::childMade(Child child, const base::Bytes& theirNonce) {
    const auto old = m_children.find(m_rekey->oldSpi);
    const bool lost = m_rekey->theirChild != 0 && std::min(m_rekey->nonce, theirNonce) < m_rekey->theirLowestNonce;
    m_children.emplace(m_rekey->newSpi, std::move(child));
    ++m_tally["child rekeys by the server"];
    if (!lost) {
        m_sendWith = m_rekey->newSpi;
        m_sendNext = 0;
    }
    if (lost) {
        queueDelete(m_rekey->newSpi);
    } else if (old != m_children.end()) {
        queueDelete(m_rekey->oldSpi);
    }
}

} // namespace tern::sim
