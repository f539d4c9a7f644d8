#include "core/ike/ike_rekey.h"

#include "core/base/byte_io.h"
#include "core/ike/notify_error.h"

#include <algorithm>

namespace tern::ike {

namespace {

IkeRekeyAnswer refuse(NotifyType type, base::ByteView data = {}) {
    return {{encodeNotify(type, data)}, {}};
}

base::Bytes spiOctets(Spi spi) {
    base::ByteWriter writer;
    writer.u64(spi);
    return writer.take();
}

std::optional<Spi> readSpi(base::ByteView field) {
    base::ByteReader reader(field);
    const auto spi = reader.u64();
    return reader.failed() || !reader.atEnd() || spi == 0 ? std::nullopt : std::optional(spi);
}

// The SA that follows context.sa.
base::Result<NewIkeSa> makeSa(const Context& context, const ChosenSuite& suite, base::ByteView sharedSecret,
                              const KeySeed& seed, bool weAreInitiator) {
    auto keys = deriveRekeyedIkeKeys(suite, context.sa->keys, sharedSecret, seed);
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    auto protection = Protection::create(suite, *keys, weAreInitiator);
    if (!protection) {
        return base::fail(std::move(protection.error()));
    }
    auto next = std::make_unique<IkeSa>(context.config.timers, context.random);
    next->exchanges.setSpis(seed.initiatorSpi, seed.responderSpi, weAreInitiator);
    next->exchanges.protect(std::move(*protection));
    if (context.sa->exchanges.mayFragment()) {
        next->exchanges.allowFragments();
    }
    next->keys = std::move(*keys);
    next->suite = suite;
    const auto lowest = std::lexicographical_compare(seed.initiatorNonce.begin(), seed.initiatorNonce.end(),
                                                     seed.responderNonce.begin(), seed.responderNonce.end())
                            ? seed.initiatorNonce
                            : seed.responderNonce;
    return NewIkeSa{std::move(next), {lowest.begin(), lowest.end()}};
}

} // namespace

base::Result<void> IkeRekey::build(Context& context, Payloads& request) {
    if (m_spi == 0) {
        m_spi = context.newIkeSpi();
        m_nonce = context.randomBytes(ourNonceSize);
        // One exchange: what was mixed into the keys before goes on in SK_d, from which the new ones are made.
        auto algorithms = context.config.algorithms;
        algorithms.postQuantum = PostQuantum::Off;
        m_offered = ikeProposals(algorithms);
        for (auto& proposal : m_offered) {
            proposal.spi = spiOctets(m_spi);
        }
    }
    if (!m_keyExchange) {
        // The group the server has taken before saves a round trip.
        const auto groups = groupsOf(m_offered);
        const auto before = std::find(groups.begin(), groups.end(), context.sa->suite.group);
        auto created =
            crypto::KeyExchange::create(static_cast<std::uint16_t>(before == groups.end() ? groups.front() : *before));
        if (!created) {
            return base::fail(std::move(created.error()));
        }
        m_keyExchange = std::move(*created);
    }
    request.push_back({PayloadType::SecurityAssociation, encodeProposals(m_offered), false});
    request.push_back(encodeNonce(m_nonce));
    request.push_back(encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()}));
    return {};
}

base::Result<Outcome> IkeRekey::refused(Context& context, const Notification& error) {
    if (error.type == NotifyType::InvalidKePayload && !m_groupChanged) {
        base::ByteReader reader(error.data);
        const auto wanted = reader.u16();
        const auto groups = groupsOf(m_offered);
        if (!reader.failed() && std::find(groups.begin(), groups.end(), static_cast<GroupId>(wanted)) != groups.end()) {
            auto created = crypto::KeyExchange::create(wanted);
            if (!created) {
                return base::fail(std::move(created.error()));
            }
            m_keyExchange = std::move(*created);
            m_groupChanged = true;
            return Outcome::Continue;
        }
    }
    auto& sa = *context.sa;
    const auto pause = context.backOff(sa.refusals++);
    sa.rekeyAt = context.now + pause;
    if (error.type != NotifyType::TemporaryFailure) {
        // It will say the same the next time.
        sa.rekeyAt = sa.expiresAt;
        context.needNewSession(sa.expiresAt);
    }
    return Outcome::Done;
}

base::Result<Outcome> IkeRekey::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    if (const auto error = findError(payloads); error && saPayload == nullptr) {
        return refused(context, *error);
    }
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    const auto nonce = parseNonce(payloads);
    if (saPayload == nullptr || kePayload == nullptr || !nonce) {
        return base::fail("tern.ike.malformed", {}, "an answer about a new IKE SA without SA, KE or Nonce");
    }
    const auto answer = parseProposals(saPayload->body);
    const auto keyExchange = parseKeyExchange(*kePayload);
    if (!answer || !keyExchange) {
        return base::fail("tern.ike.malformed", {}, "SA or KE of a new IKE SA");
    }
    const auto suite = checkChoice(m_offered, *answer);
    if (!suite) {
        return base::fail(suite.error());
    }
    const auto spi = readSpi(answer->front().spi);
    if (!spi || keyExchange->group != m_keyExchange->group() ||
        suite->group != static_cast<GroupId>(keyExchange->group)) {
        return base::fail("tern.ike.malformed", {}, "SPI or KE of a new IKE SA");
    }
    const auto shared = m_keyExchange->sharedSecret(keyExchange->value);
    if (!shared) {
        return base::fail(shared.error());
    }
    auto next = makeSa(context, *suite, shared->view(), {m_nonce, *nonce, m_spi, *spi}, true);
    if (!next) {
        return base::fail(std::move(next.error()));
    }
    context.ourNext = std::move(*next);
    return Outcome::Done;
}

IkeRekeyAnswer answerIkeRekey(const Context& context, const Payloads& payloads) {
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    const auto theirNonce = parseNonce(payloads);
    if (saPayload == nullptr || kePayload == nullptr || !theirNonce) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto proposals = parseProposals(saPayload->body);
    const auto theirKey = parseKeyExchange(*kePayload);
    if (!proposals || !theirKey) {
        return refuse(NotifyType::InvalidSyntax);
    }
    auto selection = select(ikeProposals(context.config.algorithms), *proposals, static_cast<GroupId>(theirKey->group));
    if (!selection) {
        return refuse(NotifyType::NoProposalChosen);
    }
    const auto group = static_cast<std::uint16_t>(selection->suite.group);
    if (group != theirKey->group) {
        base::ByteWriter wanted;
        wanted.u16(group);
        return refuse(NotifyType::InvalidKePayload, wanted.view());
    }
    const auto theirSpi = readSpi(selection->peerSpi);
    const auto ourKey = crypto::KeyExchange::create(group);
    if (!theirSpi || !ourKey) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto shared = (*ourKey)->sharedSecret(theirKey->value);
    if (!shared) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto ourSpi = context.newIkeSpi();
    const auto ourNonce = context.randomBytes(ourNonceSize);
    // The server is the initiator of the new SA.
    auto next = makeSa(context, selection->suite, shared->view(), {*theirNonce, ourNonce, *theirSpi, ourSpi}, false);
    if (!next) {
        return refuse(NotifyType::NoProposalChosen);
    }
    selection->answer.spi = spiOctets(ourSpi);
    Payloads response;
    response.push_back({PayloadType::SecurityAssociation, encodeProposals({selection->answer}), false});
    response.push_back(encodeNonce(ourNonce));
    response.push_back(encodeKeyExchange({group, (*ourKey)->publicValue()}));
    return {std::move(response), std::move(*next)};
}

} // namespace tern::ike
