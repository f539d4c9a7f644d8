#include "core/ike/child_rekey.h"

#include "core/base/byte_io.h"
#include "core/ike/notify_error.h"

#include <algorithm>

namespace tern::ike {

namespace {

base::Bytes spiOctets(std::uint32_t spi) {
    base::ByteWriter writer;
    writer.u32(spi);
    return writer.take();
}

Payloads refuse(NotifyType type, base::ByteView data = {}) {
    return {encodeNotify(type, data)};
}

constexpr base::Duration retryAfter = std::chrono::minutes(1);

} // namespace

base::Result<void> ChildRekey::build(Context& context, Payloads& request) {
    if (m_followUp.isUnderWay()) {
        return m_followUp.build(request);
    }
    const auto old = context.children.find(m_oldSpi);
    if (old == context.children.end()) {
        return base::fail("tern.ike.internal", {}, "rekeying a child that is gone");
    }
    if (m_offer.spi == 0) {
        m_offer.spi = context.newChildSpi();
        m_offer.proposals = espProposals(m_offer.spi, pfsFor(context), rekeyAlgorithms(context));
        m_offer.local = old->second.local;
        m_offer.remote = old->second.remote;
        m_nonce = context.randomBytes(ourNonceSize);
    }
    const bool pfs = !groupsOf(m_offer.proposals).empty();
    if (pfs && !m_keyExchange) {
        auto created = crypto::KeyExchange::create(static_cast<std::uint16_t>(likelyGroup(context, m_offer.proposals)));
        if (!created) {
            return base::fail(std::move(created.error()));
        }
        m_keyExchange = std::move(*created);
    }
    request.push_back(encodeNotify({ProtocolId::Esp, spiOctets(m_oldSpi), NotifyType::RekeySa, {}}));
    addOffer(m_offer, request);
    request.push_back(encodeNonce(m_nonce));
    if (pfs) {
        request.push_back(encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()}));
    }
    addSelectors(m_offer, request);
    return {};
}

void ChildRekey::collide(base::Bytes lowestNonce, std::uint32_t theirChild) {
    m_theirLowestNonce = std::move(lowestNonce);
    m_theirChild = theirChild;
}

// What servers that do not expect a KE here answer to one: Windows with its own notification (13816 inside).
bool ChildRekey::mayDoWithoutPfs(NotifyType type) const {
    return m_keyExchange != nullptr && (type == NotifyType::NoProposalChosen || type == NotifyType::InvalidKePayload ||
                                        type == NotifyType::InvalidSyntax || type == NotifyType::WindowsError);
}

base::Result<Outcome> ChildRekey::refused(Context& context, const Notification& error) {
    const bool first = !m_followUp.isUnderWay();
    if (first && error.type == NotifyType::InvalidKePayload && !m_groupChanged && !isObsolete(context)) {
        base::ByteReader reader(error.data);
        const auto wanted = reader.u16();
        const auto groups = groupsOf(m_offer.proposals);
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
    if (first && mayDoWithoutPfs(error.type) && !isObsolete(context)) {
        m_keyExchange.reset();
        m_offer.proposals = espProposals(m_offer.spi, Pfs::Without, context.config.algorithms);
        return Outcome::Continue;
    }
    const auto old = context.children.find(m_oldSpi);
    const bool replaced = context.children.contains(m_theirChild);
    if (!replaced && (error.type == NotifyType::ChildSaNotFound || old == context.children.end())) {
        // The server has lost it, or has just deleted it: ours goes without a word, and a new one is made (§2.25).
        context.wanted.add(m_offer.remote);
        context.removeChild(m_oldSpi);
        return Outcome::Done;
    }
    if (old == context.children.end()) {
        return Outcome::Done;
    }
    // Whatever the reason, the child in use still works: try again later, unless the server's own DELETE comes first.
    auto& child = old->second;
    child.leaving = replaced;
    child.rekeyAt = context.now + (error.type == NotifyType::TemporaryFailure ? context.backOff(child.refusals++)
                                                                              : base::Duration(retryAfter));
    if (error.type == NotifyType::NoAdditionalSas) {
        // A server that can do one child and no more (RFC 7296 §4): the whole session has to be replaced.
        child.rekeyAt = child.expiresAt;
        context.needNewSession(child.expiresAt);
    }
    return Outcome::Done;
}

base::Result<Outcome> ChildRekey::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    if (const auto error = findError(payloads);
        error && find(payloads, m_followUp.isUnderWay() ? PayloadType::KeyExchange
                                                        : PayloadType::SecurityAssociation) == nullptr) {
        return refused(context, *error);
    }
    if (m_followUp.isUnderWay()) {
        auto outcome = m_followUp.process(payloads);
        return outcome && *outcome == Outcome::Done ? install(context) : outcome;
    }
    if (auto taken = read(context, payloads); !taken) {
        return base::fail(std::move(taken.error()));
    }
    if (auto begun = m_followUp.begin(m_child.suite, payloads); !begun) {
        return base::fail(std::move(begun.error()));
    }
    return m_followUp.isUnderWay() ? Outcome::Continue : install(context);
}

base::Result<base::SecureBytes> ChildRekey::sharedSecret(const ChosenSuite& suite, const Payloads& payloads) const {
    if (suite.group == GroupId::None) {
        return base::SecureBytes();
    }
    const auto* payload = find(payloads, PayloadType::KeyExchange);
    if (payload == nullptr) {
        return base::fail("tern.ike.malformed", {}, "no KE for a rekeyed CHILD_SA");
    }
    const auto keyExchange = parseKeyExchange(*payload);
    if (!keyExchange || keyExchange->group != m_keyExchange->group() ||
        suite.group != static_cast<GroupId>(keyExchange->group)) {
        return base::fail("tern.ike.malformed", {}, "KE of a rekeyed CHILD_SA");
    }
    return m_keyExchange->sharedSecret(keyExchange->value);
}

base::Result<void> ChildRekey::read(const Context& context, const Payloads& payloads) {
    auto child = readAnswer(context, m_offer, payloads);
    auto nonce = parseNonce(payloads);
    if (!child || !nonce) {
        return base::fail(child ? nonce.error() : child.error());
    }
    auto shared = sharedSecret(child->suite, payloads);
    if (!shared) {
        return base::fail(shared.error());
    }
    m_child = std::move(*child);
    m_peerNonce = std::move(*nonce);
    m_shared = std::move(*shared);
    return {};
}

base::Result<Outcome> ChildRekey::install(Context& context) {
    auto* child = &m_child;
    auto keys = deriveChildKeys(
        child->suite, context.sa->keys,
        {m_shared.view(), m_nonce, m_peerNonce, child->inboundSpi, child->outboundSpi, true, m_followUp.secrets()});
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    const bool lost = m_theirChild != 0 && std::min(m_nonce, m_peerNonce) < m_theirLowestNonce;
    if (lost) {
        // Ours is the redundant one. It is never used, only deleted; the server deletes the replaced one.
        child->leaving = true;
        child->deletedBy = context.now + longestWaitForDelete;
        context.childrenToDelete.push_back(child->inboundSpi);
        context.children.insert_or_assign(child->inboundSpi, std::move(*child));
        return Outcome::Done;
    }
    context.serverWithoutPfs = context.serverWithoutPfs || child->suite.group == GroupId::None;
    if (const auto theirs = context.children.find(m_theirChild); theirs != context.children.end()) {
        theirs->second.leaving = true; // the server deletes it
        theirs->second.sendBy.reset();
        theirs->second.deletedBy = context.now + longestWaitForDelete;
    }
    if (const auto old = context.children.find(m_oldSpi); old != context.children.end()) {
        old->second.deletedBy = context.now + longestWaitForDelete;
        context.childrenToDelete.push_back(m_oldSpi);
    }
    context.addChild(std::move(*child), std::move(*keys), m_theirChild != 0 ? m_theirChild : m_oldSpi);
    return Outcome::Done;
}

namespace {

// The request's parts, all there and well formed.
struct RekeyRequest {
    Proposals proposals;
    Selectors theirs;
    Selectors ours;
    base::Bytes nonce;
    std::optional<KeyExchangeData> keyExchange;
};

std::optional<RekeyRequest> readRequest(const Payloads& payloads) {
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    const auto* tsiPayload = find(payloads, PayloadType::TrafficSelectorInitiator);
    const auto* tsrPayload = find(payloads, PayloadType::TrafficSelectorResponder);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    auto nonce = parseNonce(payloads);
    if (saPayload == nullptr || tsiPayload == nullptr || tsrPayload == nullptr || !nonce) {
        return std::nullopt;
    }
    auto proposals = parseProposals(saPayload->body);
    auto theirs = parseSelectors(*tsiPayload);
    auto ours = parseSelectors(*tsrPayload);
    if (!proposals || !theirs || !ours) {
        return std::nullopt;
    }
    RekeyRequest request{std::move(*proposals), std::move(*theirs), std::move(*ours), std::move(*nonce), {}};
    if (kePayload != nullptr) {
        auto keyExchange = parseKeyExchange(*kePayload);
        if (!keyExchange) {
            return std::nullopt;
        }
        request.keyExchange = std::move(*keyExchange);
    }
    return request;
}

// Chooses suite and selectors for the child that replaces `old`, or answers with the reason why not.
struct Choice {
    ChildSa child;
    Proposal answer;
};
tl::expected<Choice, Payloads> choose(const Context& context, const RekeyRequest& request, const ChildSa& old,
                                      bool collision) {
    const auto refusal = [](NotifyType type, base::ByteView data = {}) {
        return tl::make_unexpected(refuse(type, data));
    };
    Choice choice;
    choice.child.inboundSpi = context.newChildSpi();
    const auto group =
        request.keyExchange ? std::optional(static_cast<GroupId>(request.keyExchange->group)) : std::nullopt;
    const auto offered = espProposals(choice.child.inboundSpi, Pfs::Preferred, context.config.algorithms);
    auto selection = select(offered, request.proposals, group);
    if (!selection) {
        return refusal(NotifyType::NoProposalChosen);
    }
    if (collision && !selection->suite.additional.empty()) {
        return refusal(NotifyType::TemporaryFailure); // ours is on its way to be finished first
    }
    const auto chosenGroup = selection->suite.group;
    if (chosenGroup != GroupId::None && group != chosenGroup) {
        base::ByteWriter wanted;
        wanted.u16(static_cast<std::uint16_t>(chosenGroup));
        return refusal(NotifyType::InvalidKePayload, wanted.view());
    }
    const auto outbound = espSpi(selection->peerSpi);
    if (!outbound) {
        return refusal(NotifyType::InvalidSyntax);
    }
    choice.child.outboundSpi = *outbound;
    choice.child.suite = selection->suite;
    choice.child.remote = narrow(request.theirs, old.remote);
    choice.child.local = narrow(request.ours, old.local);
    if (choice.child.remote.empty() || choice.child.local.empty()) {
        return refusal(NotifyType::TsUnacceptable);
    }
    choice.answer = std::move(selection->answer);
    choice.answer.spi = spiOctets(choice.child.inboundSpi);
    return choice;
}

// What the server's new child waits with for its additional key exchanges.
struct Waiting {
    ChildSa child;
    base::SecureBytes shared;
    base::Bytes theirNonce;
    base::Bytes ourNonce;
    std::uint32_t oldSpi;
};

void waitForFollowUp(Context& context, Payloads& response, Waiting waiting) {
    const auto kept = std::make_shared<Waiting>(std::move(waiting));
    const auto suite = kept->child.suite;
    beginTheirFollowUp(context, suite, response, [&context, kept](base::ByteView secrets) {
        auto& child = kept->child;
        auto keys = deriveChildKeys(child.suite, context.sa->keys,
                                    {kept->shared.view(), kept->theirNonce, kept->ourNonce, child.inboundSpi,
                                     child.outboundSpi, false, secrets});
        const auto old = context.children.find(kept->oldSpi);
        if (!keys || old == context.children.end()) {
            return false;
        }
        old->second.leaving = true;
        old->second.deletedBy = context.now + longestWaitForDelete;
        context.addChild(std::move(child), std::move(*keys), kept->oldSpi, false);
        return true;
    });
}

// Makes the child and its answer; `lowestNonce` is for a collision.
Payloads accept(Context& context, const RekeyRequest& request, Choice choice, std::uint32_t oldSpi,
                base::Bytes& lowestNonce) {
    const auto nonce = context.randomBytes(ourNonceSize);
    Payloads response;
    response.push_back({PayloadType::SecurityAssociation, encodeProposals({choice.answer}), false});
    response.push_back(encodeNonce(nonce));
    base::SecureBytes shared;
    if (choice.child.suite.group != GroupId::None) {
        const auto ours = crypto::KeyExchange::create(request.keyExchange->group);
        auto secret = ours ? (*ours)->sharedSecret(request.keyExchange->value)
                           : base::Result<base::SecureBytes>(base::fail(ours.error()));
        if (!secret) {
            return refuse(NotifyType::InvalidSyntax);
        }
        response.push_back(encodeKeyExchange({(*ours)->group(), (*ours)->publicValue()}));
        shared = std::move(*secret);
    }
    response.push_back(encodeSelectors(PayloadType::TrafficSelectorInitiator, choice.child.remote));
    response.push_back(encodeSelectors(PayloadType::TrafficSelectorResponder, choice.child.local));
    response.push_back(encodeNotify(NotifyType::EspTfcPaddingNotSupported));
    if (!choice.child.suite.additional.empty()) {
        // Ours is not due while theirs goes on.
        auto& old = context.children.at(oldSpi);
        old.rekeyAt = std::max(old.rekeyAt, context.now + longestWaitForDelete);
        waitForFollowUp(context, response, {std::move(choice.child), std::move(shared), request.nonce, nonce, oldSpi});
        return response;
    }
    auto keys = deriveChildKeys(
        choice.child.suite, context.sa->keys,
        {shared.view(), request.nonce, nonce, choice.child.inboundSpi, choice.child.outboundSpi, false});
    if (!keys) {
        return refuse(NotifyType::NoProposalChosen);
    }
    context.serverWithoutPfs = context.serverWithoutPfs || choice.child.suite.group == GroupId::None;
    lowestNonce = std::min(request.nonce, nonce);
    context.addChild(std::move(choice.child), std::move(*keys), oldSpi, false);
    return response;
}

} // namespace

Payloads answerChildRekey(Context& context, const Payloads& payloads, const Notification& rekey, ChildRekey* ours) {
    // The notification names the SPI at the sender's end (RFC 7296 §1.3.3).
    const auto theirSpi = espSpi(rekey.spi);
    const auto old = std::find_if(context.children.begin(), context.children.end(), [&theirSpi](const auto& entry) {
        return theirSpi && entry.second.outboundSpi == *theirSpi;
    });
    if (old == context.children.end()) {
        return {encodeNotify({ProtocolId::Esp, rekey.spi, NotifyType::ChildSaNotFound, {}})};
    }
    const bool collision = ours != nullptr && ours->oldSpi() == old->first && !ours->hasCollided();
    if (old->second.leaving && !collision) {
        return refuse(NotifyType::TemporaryFailure);
    }
    const auto request = readRequest(payloads);
    if (!request) {
        return refuse(NotifyType::InvalidSyntax);
    }
    auto choice = choose(context, *request, old->second, collision);
    if (!choice) {
        return choice.error();
    }
    const auto newSpi = choice->child.inboundSpi;
    base::Bytes lowestNonce;
    auto response = accept(context, *request, std::move(*choice), old->first, lowestNonce);
    if (context.children.contains(newSpi)) {
        old->second.leaving = true;
        old->second.deletedBy = context.now + longestWaitForDelete;
        if (collision) {
            ours->collide(std::move(lowestNonce), newSpi);
        }
    }
    return response;
}

} // namespace tern::ike
