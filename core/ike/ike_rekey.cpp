#include "core/ike/ike_rekey.h"

#include "core/base/byte_io.h"
#include "core/ike/child_negotiation.h"
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
    next->postQuantum = postQuantumSecrets(suite, context.sa->postQuantum);
    const auto lowest = std::lexicographical_compare(seed.initiatorNonce.begin(), seed.initiatorNonce.end(),
                                                     seed.responderNonce.begin(), seed.responderNonce.end())
                            ? seed.initiatorNonce
                            : seed.responderNonce;
    return NewIkeSa{std::move(next), {lowest.begin(), lowest.end()}};
}

} // namespace

base::Result<void> IkeRekey::build(Context& context, Payloads& request) {
    if (m_followUp.isUnderWay()) {
        return m_followUp.build(request);
    }
    if (m_spi == 0) {
        m_spi = context.newIkeSpi();
        m_nonce = context.randomBytes(ourNonceSize);
        m_offered = ikeProposals(rekeyAlgorithms(context));
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
    if (error.type == NotifyType::InvalidKePayload && !m_groupChanged && !m_followUp.isUnderWay()) {
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
    if (error.type != NotifyType::TemporaryFailure && error.type != NotifyType::StateNotFound) {
        // It will say the same the next time.
        sa.rekeyAt = sa.expiresAt;
        context.needNewSession(sa.expiresAt);
    }
    return Outcome::Done;
}

base::Result<Outcome> IkeRekey::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    if (const auto error = findError(payloads); error && find(payloads, PayloadType::KeyExchange) == nullptr) {
        return refused(context, *error);
    }
    if (m_followUp.isUnderWay()) {
        auto outcome = m_followUp.process(payloads);
        return outcome && *outcome == Outcome::Done ? finish(context) : outcome;
    }
    if (auto taken = read(payloads); !taken) {
        return base::fail(std::move(taken.error()));
    }
    if (auto begun = m_followUp.begin(m_suite, payloads); !begun) {
        return base::fail(std::move(begun.error()));
    }
    return m_followUp.isUnderWay() ? Outcome::Continue : finish(context);
}

base::Result<void> IkeRekey::read(const Payloads& payloads) {
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
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
    auto shared = m_keyExchange->sharedSecret(keyExchange->value);
    if (!shared) {
        return base::fail(std::move(shared.error()));
    }
    m_suite = *suite;
    m_theirSpi = *spi;
    m_theirNonce = *nonce;
    m_shared = std::move(*shared);
    return {};
}

base::Result<Outcome> IkeRekey::finish(Context& context) const {
    auto next = makeSa(context, m_suite, m_shared.view(),
                       {m_nonce, m_theirNonce, m_spi, m_theirSpi, m_followUp.secrets()}, true);
    if (!next) {
        return base::fail(std::move(next.error()));
    }
    context.ourNext = std::move(*next);
    return Outcome::Done;
}

namespace {

// What the server's new IKE SA waits with for its additional key exchanges.
struct Waiting {
    ChosenSuite suite;
    base::SecureBytes shared;
    base::Bytes theirNonce;
    base::Bytes ourNonce;
    Spi theirSpi;
    Spi ourSpi;
};

void waitForFollowUp(Context& context, Payloads& response, Waiting waiting) {
    const auto kept = std::make_shared<Waiting>(std::move(waiting));
    beginTheirFollowUp(context, kept->suite, response, [&context, kept](base::ByteView secrets) {
        auto next = makeSa(context, kept->suite, kept->shared.view(),
                           {kept->theirNonce, kept->ourNonce, kept->theirSpi, kept->ourSpi, secrets}, false);
        if (next) {
            context.theirNext = std::move(*next);
        }
        return next.has_value();
    });
    context.theirFollowUp->forIkeSa = true;
}

} // namespace

IkeRekeyAnswer answerIkeRekey(Context& context, const Payloads& payloads, bool both) {
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
    if (both && !selection->suite.additional.empty()) {
        return refuse(NotifyType::TemporaryFailure); // ours is on its way to be finished first
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
    auto shared = (*ourKey)->sharedSecret(theirKey->value);
    if (!shared) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto ourSpi = context.newIkeSpi();
    const auto ourNonce = context.randomBytes(ourNonceSize);
    selection->answer.spi = spiOctets(ourSpi);
    Payloads response;
    response.push_back({PayloadType::SecurityAssociation, encodeProposals({selection->answer}), false});
    response.push_back(encodeNonce(ourNonce));
    response.push_back(encodeKeyExchange({group, (*ourKey)->publicValue()}));
    if (!selection->suite.additional.empty()) {
        waitForFollowUp(context, response,
                        {selection->suite, std::move(*shared), *theirNonce, ourNonce, *theirSpi, ourSpi});
        return {std::move(response), {}};
    }
    // The server is the initiator of the new SA.
    auto next = makeSa(context, selection->suite, shared->view(), {*theirNonce, ourNonce, *theirSpi, ourSpi}, false);
    if (!next) {
        return refuse(NotifyType::NoProposalChosen);
    }
    return {std::move(response), std::move(*next)};
}

} // namespace tern::ike
