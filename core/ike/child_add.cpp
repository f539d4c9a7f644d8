#include "core/ike/child_add.h"

#include "core/ike/hybrid.h"

#include "core/base/byte_io.h"
#include "core/ike/notify_error.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr base::Duration busyPause = std::chrono::seconds(10);

// Our side: what the first CHILD_SA has, or our addresses.
Selectors localFor(const Context& context, const Selectors& remote) {
    Selectors local;
    const auto wantedFamily = [&remote](bool v6) {
        return std::any_of(remote.begin(), remote.end(), [v6](const auto& r) { return r.first.isV6() == v6; });
    };
    const auto add = [&local, &wantedFamily](const TrafficSelector& selector) {
        if (wantedFamily(selector.first.isV6()) && std::find(local.begin(), local.end(), selector) == local.end()) {
            local.push_back(selector);
        }
    };
    for (const auto& [spi, child] : context.children) {
        std::for_each(child.local.begin(), child.local.end(), add);
    }
    for (const bool v6 : {false, true}) {
        const bool has =
            std::any_of(local.begin(), local.end(), [v6](const auto& selector) { return selector.first.isV6() == v6; });
        for (const auto& address : context.serverConfiguration.addresses) {
            if (!has && address.address.isV6() == v6) {
                add(selectorOf({address.address, static_cast<std::uint8_t>(address.address.bits())}));
            }
        }
    }
    return local;
}

} // namespace

base::Result<void> ChildAdd::build(Context& context, Payloads& request) {
    if (m_offer.spi == 0) {
        context.wanted.countRequest();
        m_offer.spi = context.newChildSpi();
        m_offer.remote = context.wanted.next();
        m_offer.local = localFor(context, m_offer.remote);
        m_nonce = context.randomBytes(ourNonceSize);
    }
    const auto wanted = m_withoutPfs ? Pfs::Without : pfsFor(context);
    m_offer.proposals = espProposals(m_offer.spi, wanted, withoutAdditional(context.config.algorithms));
    const bool pfs = !groupsOf(m_offer.proposals).empty();
    if (pfs && !m_keyExchange) {
        auto created = crypto::KeyExchange::create(static_cast<std::uint16_t>(likelyGroup(context, m_offer.proposals)));
        if (!created) {
            return base::fail(std::move(created.error()));
        }
        m_keyExchange = std::move(*created);
    }
    addOffer(m_offer, request);
    request.push_back(encodeNonce(m_nonce));
    if (pfs) {
        request.push_back(encodeKeyExchange({m_keyExchange->group(), m_keyExchange->publicValue()}));
    }
    addSelectors(m_offer, request);
    return {};
}

base::Result<Outcome> ChildAdd::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    if (const auto error = findError(payloads); error && find(payloads, PayloadType::SecurityAssociation) == nullptr) {
        return refused(context, *error);
    }
    auto installed = install(context, payloads);
    if (!installed) {
        return base::fail(std::move(installed.error()));
    }
    return Outcome::Done;
}

void ChildAdd::giveUp(Context& context, const Notification& error, const Selectors& what) const {
    context.wanted.remove(what);
    const auto described = notifyError(error, ErrorPlace::Child, context.config);
    if (!context.childError) {
        context.childError = described;
    }
    context.emit(ChildRefused{what, described});
}

base::Result<Outcome> ChildAdd::refused(Context& context, const Notification& error) {
    switch (error.type) {
    case NotifyType::InvalidKePayload: {
        base::ByteReader reader(error.data);
        const auto wanted = reader.u16();
        const auto groups = groupsOf(m_offer.proposals);
        const bool ours = std::find(groups.begin(), groups.end(), static_cast<GroupId>(wanted)) != groups.end();
        auto created = crypto::KeyExchange::create(wanted);
        if (!reader.failed() && ours && !m_groupChanged && !m_withoutPfs && created) {
            m_keyExchange = std::move(*created);
            m_groupChanged = true;
            return Outcome::Continue;
        }
        giveUp(context, error, m_offer.remote);
        return Outcome::Done;
    }
    case NotifyType::NoProposalChosen:
        // Some servers know nothing of a key exchange in here, though the proposal has one without.
        if (!m_withoutPfs) {
            m_withoutPfs = true;
            return Outcome::Continue;
        }
        giveUp(context, error, m_offer.remote);
        return Outcome::Done;
    case NotifyType::NoAdditionalSas:
        while (!context.wanted.isEmpty()) {
            giveUp(context, error, context.wanted.next());
        }
        return Outcome::Done;
    case NotifyType::TemporaryFailure:
        context.wanted.notBefore = context.now + busyPause; // and at most mostRequests times
        return Outcome::Done;
    default:
        if (m_offer.remote.size() > 1) {
            context.wanted.takeSingly();
            return Outcome::Done;
        }
        giveUp(context, error, m_offer.remote);
        return Outcome::Done;
    }
}

base::Result<void> ChildAdd::install(Context& context, const Payloads& payloads) {
    auto child = readAnswer(context, m_offer, payloads);
    const auto nonce = parseNonce(payloads);
    if (!child || !nonce) {
        return base::fail(child ? nonce.error() : child.error());
    }
    base::SecureBytes shared;
    if (child->suite.group != GroupId::None) {
        const auto* payload = find(payloads, PayloadType::KeyExchange);
        const auto theirs = payload != nullptr ? parseKeyExchange(*payload)
                                               : base::Result<KeyExchangeData>(base::fail("tern.ike.malformed"));
        if (!theirs || !m_keyExchange || theirs->group != m_keyExchange->group() ||
            child->suite.group != static_cast<GroupId>(theirs->group)) {
            return base::fail("tern.ike.malformed", {}, "KE of a further CHILD_SA");
        }
        auto secret = m_keyExchange->sharedSecret(theirs->value);
        if (!secret) {
            return base::fail(std::move(secret.error()));
        }
        shared = std::move(*secret);
    }
    auto keys = deriveChildKeys(child->suite, context.sa->keys,
                                {shared.view(), m_nonce, *nonce, child->inboundSpi, child->outboundSpi, true});
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    context.serverWithoutPfs = context.serverWithoutPfs || child->suite.group == GroupId::None;
    context.wanted.remove(child->remote);
    context.announceEstablished(child->suite);
    context.addChild(std::move(*child), std::move(*keys), 0);
    return {};
}

} // namespace tern::ike
