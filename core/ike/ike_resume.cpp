#include "core/ike/ike_resume.h"

#include "core/base/byte_io.h"
#include "core/crypto/prf.h"

#include <string_view>

namespace tern::ike {

namespace {

constexpr std::string_view label = "Resumption";
constexpr std::size_t longestCookie = 64; // RFC 7296 §3.10.1
constexpr unsigned mostRestarts = 3;
constexpr std::uint32_t longestLifeSeconds =
    static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(longestTicketLife).count());

base::SecureBytes proof(const IkeKeys& keys, const base::SecureBytes& key, base::ByteView octets) {
    return crypto::prf(keys.prf, key.view(), {octets});
}

} // namespace

bool isUsable(const ResumptionTicket& ticket, const SessionConfig& config, base::Instant now) {
    return ticket.serverName == config.serverName && now < ticket.expires;
}

base::Result<IkeKeys> deriveResumedIkeKeys(const ResumptionTicket& ticket, const KeySeed& seed) {
    base::SecureBytes text(label);
    text.append(seed.initiatorNonce);
    text.append(seed.responderNonce);
    const auto skeyseed = crypto::prf(ticket.suite.prf, ticket.derive.view(), {text.view()});
    return expandIkeKeys(ticket.suite, skeyseed.view(), seed);
}

// ---- a ticket for next time ----

base::Result<void> IkeTicket::build(Context& context, Payloads& request) {
    if (!m_asked && context.config.requestTicket) {
        request.push_back(encodeNotify(NotifyType::TicketRequest));
    }
    m_asked = true;
    context.ticketAskedFor = context.sa->exchanges.initiatorSpi();
    return {};
}

base::Result<Outcome> IkeTicket::process(Context& context, const Incoming& response) {
    if (m_place == Place::Auth && !context.authenticated) {
        return Outcome::Continue;
    }
    const auto given = findNotify(*response.payloads, NotifyType::TicketLtOpaque);
    if (!given || !context.config.requestTicket) {
        return Outcome::Done; // none, or TICKET_NACK, or one to come later
    }
    base::ByteReader reader(given->data);
    const auto seconds = std::min(reader.u32(), longestLifeSeconds);
    const auto opaque = reader.rest();
    if (reader.failed() || opaque.empty() || opaque.size() > largestTicket || seconds == 0) {
        return Outcome::Done;
    }
    auto ticket = std::make_shared<ResumptionTicket>();
    ticket->opaque.assign(opaque.begin(), opaque.end());
    ticket->derive = context.sa->keys.derive.clone();
    ticket->suite = context.sa->suite;
    ticket->postQuantum = context.sa->postQuantum;
    ticket->serverName = context.config.serverName;
    ticket->localIdentity = context.localIdentity;
    ticket->peerIdentity = context.peerIdentity;
    ticket->peerChain = context.peerChain;
    ticket->expires = context.now + std::chrono::seconds(seconds);
    context.serverGivesTickets = true;
    context.emit(TicketIssued{std::move(ticket)});
    return Outcome::Done;
}

// ---- resuming ----

base::Result<void> IkeResume::build(Context& context, Payloads& request) {
    if (context.initiatorNonce.empty()) {
        context.initiatorNonce = context.randomBytes(ourNonceSize);
        context.sa->exchanges.setSpis(context.newIkeSpi(), 0, true);
    }
    if (!m_cookie.empty()) {
        request.push_back(encodeNotify(NotifyType::Cookie, m_cookie));
    }
    request.push_back(encodeNonce(context.initiatorNonce));
    request.push_back(encodeNotify(NotifyType::TicketOpaque, context.resuming->opaque));
    request.push_back(encodeNotify(NotifyType::FragmentationSupported));
    return {};
}

base::Result<Outcome> IkeResume::process(Context& context, const Incoming& response) {
    const auto& payloads = *response.payloads;
    if (const auto cookie = findNotify(payloads, NotifyType::Cookie)) {
        if (cookie->data.empty() || cookie->data.size() > longestCookie || cookie->data == m_cookie) {
            return Outcome::Ignore;
        }
        m_cookie = cookie->data;
        if (++m_restarts > mostRestarts) {
            return base::fail("tern.ike.restarts", {context.config.serverName});
        }
        return Outcome::Restart;
    }
    if (findNotify(payloads, NotifyType::TicketNack) || findError(payloads)) {
        return base::fail("tern.ike.resume.refused", {context.config.serverName});
    }
    auto agreed = agree(context, response);
    if (!agreed && agreed.error().code == "tern.ike.malformed") {
        return Outcome::Ignore; // nothing protects this exchange
    }
    if (!agreed) {
        return base::fail(std::move(agreed.error()));
    }
    return Outcome::Done;
}

base::Result<void> IkeResume::agree(Context& context, const Incoming& response) const {
    const auto& payloads = *response.payloads;
    auto nonce = parseNonce(payloads);
    if (!nonce || response.header.responderSpi == 0) {
        return base::fail("tern.ike.malformed", {}, "IKE_SESSION_RESUME response");
    }
    const auto& ticket = *context.resuming;
    const auto initiatorSpi = response.header.initiatorSpi;
    const auto responderSpi = response.header.responderSpi;
    auto keys = deriveResumedIkeKeys(ticket, {context.initiatorNonce, *nonce, initiatorSpi, responderSpi});
    if (!keys) {
        return base::fail(std::move(keys.error()));
    }
    auto protection = Protection::create(ticket.suite, *keys, true);
    if (!protection) {
        return base::fail(std::move(protection.error()));
    }
    auto& sa = *context.sa;
    context.responderNonce = std::move(*nonce);
    context.initRequest = sa.exchanges.requestDatagram();
    context.initResponse = response.raw;
    sa.keys = std::move(*keys);
    sa.suite = ticket.suite;
    sa.postQuantum = ticket.postQuantum;
    sa.exchanges.setSpis(initiatorSpi, responderSpi, true);
    sa.exchanges.protect(std::move(*protection));
    if (findNotify(payloads, NotifyType::FragmentationSupported)) {
        sa.exchanges.allowFragments();
    }
    return {};
}

base::Result<void> ResumeAuthenticator::build(Context& context, base::ByteView identity, Payloads& request) {
    const auto& keys = context.sa->keys;
    const auto mine = proof(keys, keys.proofInitiator, initiatorOctets(context, identity));
    request.push_back(
        encodeAuth({static_cast<std::uint8_t>(AuthMethod::SharedKey), {mine.view().begin(), mine.view().end()}}));
    return {};
}

base::Result<Outcome> ResumeAuthenticator::process(Context& context, base::ByteView identity,
                                                   const Payloads& response) {
    const auto* payload = find(response, PayloadType::Auth);
    const auto auth =
        payload != nullptr ? parseAuth(*payload) : base::Result<AuthData>(base::fail("tern.ike.malformed"));
    const auto& keys = context.sa->keys;
    const auto expected = proof(keys, keys.proofResponder, responderOctets(context, identity));
    const bool proven = auth && auth->method == static_cast<std::uint8_t>(AuthMethod::SharedKey) &&
                        base::equalConstantTime(expected.view(), auth->data);
    // The one that gave the ticket, by name too: its certificate was checked then.
    if (!proven || context.peerIdentity != context.resuming->peerIdentity) {
        return base::fail("tern.ike.resume.refused", {context.config.serverName});
    }
    context.peerChain = context.resuming->peerChain;
    return Outcome::Done;
}

} // namespace tern::ike
