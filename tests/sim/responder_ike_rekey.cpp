// The IKE SA replaced from both sides, and both at once (RFC 7296 §2.8.2, §2.18), at the responder.
#include "core/base/byte_io.h"
#include "core/crypto/diffie_hellman.h"
#include "tests/sim/responder.h"

#include <algorithm>

namespace tern::sim {

using namespace ike;

namespace {

constexpr base::Duration leavingTime = std::chrono::seconds(60);

base::Bytes octets64(Spi spi) {
    base::ByteWriter writer;
    writer.u64(spi);
    return writer.take();
}

Payload saPayload(const Proposals& proposals) {
    return {PayloadType::SecurityAssociation, encodeProposals(proposals), false};
}

base::Bytes lower(base::Bytes a, base::Bytes b) {
    return std::min(std::move(a), std::move(b));
}

} // namespace

std::unique_ptr<Responder::Sa> Responder::newSa(const ChosenSuite& suite, base::ByteView sharedSecret,
                                                const KeySeed& seed, bool weInitiated) const {
    auto next = std::make_unique<Sa>();
    next->weInitiated = weInitiated;
    next->initiatorSpi = seed.initiatorSpi;
    next->responderSpi = seed.responderSpi;
    next->suite = suite;
    next->keys = *deriveRekeyedIkeKeys(suite, m_sa.keys, sharedSecret, seed);
    next->protection.emplace(*Protection::create(suite, next->keys, weInitiated));
    return next;
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

Payloads Responder::ikeRekeyAnswer(const Payloads& payloads) {
    const auto* saIn = find(payloads, PayloadType::SecurityAssociation);
    const auto* keIn = find(payloads, PayloadType::KeyExchange);
    const auto nonce = parseNonce(payloads);
    if (saIn == nullptr || keIn == nullptr || !nonce) {
        return {encodeNotify(NotifyType::InvalidSyntax)};
    }
    const auto proposals = parseProposals(saIn->body);
    const auto theirs = parseKeyExchange(*keIn);
    const auto wanted = m_config.onlyGroup.value_or(static_cast<GroupId>(theirs->group));
    if (static_cast<std::uint16_t>(wanted) != theirs->group) {
        base::ByteWriter group;
        group.u16(static_cast<std::uint16_t>(wanted));
        return {encodeNotify(NotifyType::InvalidKePayload, group.view())};
    }
    auto selection = select(ikeOffer(), *proposals, wanted);
    const auto ours = crypto::KeyExchange::create(theirs->group);
    if (!selection || !ours) {
        return {encodeNotify(NotifyType::NoProposalChosen)};
    }
    auto shared = (*ours)->sharedSecret(theirs->value);
    if (!shared) {
        return {encodeNotify(NotifyType::InvalidSyntax)};
    }
    if (m_rekey && !selection->suite.additional.empty()) {
        return {encodeNotify(NotifyType::TemporaryFailure)};
    }
    const auto ourNonce = randomBytes(32);
    const auto spiOctets = randomBytes(8);
    const auto ourSpi = base::ByteReader(spiOctets).u64() | 1U;
    const auto theirSpi = base::ByteReader(selection->peerSpi).u64();
    selection->answer.spi = octets64(ourSpi);
    Payloads answer{saPayload({selection->answer}), encodeNonce(ourNonce),
                    encodeKeyExchange({theirs->group, (*ours)->publicValue()})};
    const auto kept = std::make_shared<base::SecureBytes>(std::move(*shared));
    beginFollowUp(selection->suite, answer,
                  [this, kept, theirNonce = *nonce, ourNonce, theirSpi, ourSpi,
                   suite = selection->suite](base::ByteView secrets) {
                      auto next = std::make_unique<NewSa>();
                      next->sa = newSa(suite, kept->view(), {theirNonce, ourNonce, theirSpi, ourSpi, secrets}, false);
                      next->lowestNonce = lower(theirNonce, ourNonce);
                      m_theirNext = std::move(next);
                      ++m_tally["IKE rekeys by the client"];
                      m_tally["IKE rekey against IKE rekey"] += m_rekey && m_rekey->key ? 1U : 0U;
                  });
    return answer;
}

void Responder::ikeRekeyed(base::Instant now, const Payloads& payloads) {
    const auto* sa = find(payloads, PayloadType::SecurityAssociation);
    const auto* ke = find(payloads, PayloadType::KeyExchange);
    const auto nonce = parseNonce(payloads);
    const auto answer = sa != nullptr ? parseProposals(sa->body) : base::Result<Proposals>(base::fail("none"));
    const auto suite = answer ? checkChoice(m_rekey->offered, *answer) : base::Result<ChosenSuite>(base::fail("none"));
    if (!suite || !nonce || ke == nullptr) {
        settle(now, nullptr); // refused
        return;
    }
    auto shared = m_rekey->key->sharedSecret(parseKeyExchange(*ke)->value);
    if (!shared) {
        settle(now, nullptr);
        return;
    }
    const auto kept = std::make_shared<base::SecureBytes>(std::move(*shared));
    beginOwnFollowUp(now, *suite, payloads,
                     [this, now, kept, theirNonce = *nonce, chosen = *suite,
                      theirSpi = base::ByteReader(answer->front().spi).u64()](base::ByteView secrets) {
                         auto next = std::make_unique<NewSa>();
                         next->sa = newSa(chosen, kept->view(),
                                          {m_rekey->nonce, theirNonce, m_rekey->newIkeSpi, theirSpi, secrets}, true);
                         next->lowestNonce = lower(m_rekey->nonce, theirNonce);
                         ++m_tally["IKE rekeys by the server"];
                         settle(now, std::move(next));
                     });
}

void Responder::settle(base::Instant now, std::unique_ptr<NewSa> ours) {
    auto theirs = std::exchange(m_theirNext, nullptr);
    if (!ours && !theirs) {
        return;
    }
    const bool oursStays = ours && (!theirs || !(ours->lowestNonce < theirs->lowestNonce));
    auto old = std::make_unique<Sa>(std::move(m_sa));
    m_sa = std::move(*(oursStays ? ours : theirs)->sa);
    leave(now, std::move(old), oursStays);
    if (ours && theirs) {
        leave(now, std::move((oursStays ? theirs : ours)->sa), !oursStays);
    }
}

void Responder::leave(base::Instant now, std::unique_ptr<Sa> sa, bool weDelete) {
    sa->own.reset();
    sa->until = now + leavingTime;
    if (weDelete) {
        request(now, *sa, ExchangeType::Informational, {encodeDelete({ProtocolId::Ike, {}})});
    }
    m_others.push_back(std::move(sa));
}

} // namespace tern::sim
