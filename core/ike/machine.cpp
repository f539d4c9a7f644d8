#include "core/ike/machine.h"

#include "core/ike/child_create.h"
#include "core/ike/follow_up.h"
#include "core/ike/ike_auth.h"
#include "core/ike/ike_config.h"
#include "core/ike/ike_delete.h"
#include "core/ike/ike_init.h"
#include "core/ike/ike_intermediate.h"
#include "core/ike/ike_lifetime.h"
#include "core/ike/ike_mobike.h"
#include "core/ike/ike_natd.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/ike_resume.h"

#include <algorithm>

namespace tern::ike {

namespace {

Outcome stronger(Outcome a, Outcome b) {
    return std::max(a, b);
}

} // namespace

void Machine::start(base::Instant now) {
    if (m_state != State::Idle) {
        return;
    }
    m_context.now = now;
    m_context.emit(Progress{Stage::Contacting});
    begin();
}

void Machine::begin() {
    // Keys are asked for first: a server does not keep a half-open SA while someone looks for one.
    const auto* psk = std::get_if<PskAuthentication>(&m_context.config.authentication);
    const auto& ppk = m_context.config.ppk;
    if (psk != nullptr && !psk->key) {
        m_state = State::NeedsKey;
        m_context.emit(Prompt{Prompt::Kind::Psk, {}, false});
    } else if (ppk && !ppk->secret) {
        m_state = State::NeedsKey;
        m_context.emit(Prompt{Prompt::Kind::Ppk, ppk->id, false});
    } else {
        connect();
    }
}

void Machine::connect() {
    m_state = State::Connecting;
    const bool resumes = beginResumption();
    Exchange init{resumes ? ExchangeType::SessionResume : ExchangeType::SaInit, {}};
    if (resumes) {
        init.tasks.push_back(std::make_unique<IkeResume>());
    } else {
        init.tasks.push_back(std::make_unique<IkeInit>());
    }
    init.tasks.push_back(std::make_unique<IkeNatDetection>());
    m_queue.push_back(std::move(init));
    if (!resumes) { // the keys come from the ticket, and with them all that was mixed in
        enqueue(ExchangeType::Intermediate, std::make_unique<IkeIntermediate>());
    }
    Exchange auth{ExchangeType::Auth, {}};
    auth.tasks.push_back(std::make_unique<IkeAuth>());
    auth.tasks.push_back(std::make_unique<IkeLifetime>());
    auth.tasks.push_back(std::make_unique<IkeRedirect>());
    auth.tasks.push_back(std::make_unique<IkeMobility>());
    auth.tasks.push_back(std::make_unique<IkeTicket>(IkeTicket::Place::Auth));
    auth.tasks.push_back(std::make_unique<IkeConfig>());
    auth.tasks.push_back(std::make_unique<ChildCreate>());
    m_queue.push_back(std::move(auth));
    runQueue();
    limitResumption();
    flush();
}

void Machine::enqueue(ExchangeType type, std::unique_ptr<Task> task) {
    Exchange exchange{type, {}};
    exchange.tasks.push_back(std::move(task));
    m_queue.push_back(std::move(exchange));
}

// ---- our exchanges ----

void Machine::runQueue() {
    while (!m_active && !m_queue.empty() && m_state != State::Closed && !awaitsNewIkeSa(m_context)) {
        auto exchange = std::move(m_queue.front());
        m_queue.pop_front();
        if (!exchange.tasks.front()->isObsolete(m_context)) {
            m_active = std::move(exchange);
            sendActive();
        }
    }
}

void Machine::sendActive() {
    Payloads request;
    base::Duration patience{};
    for (const auto& task : m_active->tasks) {
        auto built = task->build(m_context, request);
        if (!built) {
            fail(std::move(built.error()));
            return;
        }
        patience = std::max(patience, task->patience());
    }
    m_patientSince = patience > m_context.config.timers.connectLimit ? std::optional(m_context.now) : std::nullopt;
    m_active->type = m_active->tasks.front()->exchange().value_or(m_active->type);
    auto sent =
        m_context.sa->exchanges.sendRequest(m_context.now, m_active->type, request, patience,
                                            m_active->tasks.front()->isProbe() ? Cut::WhenUnanswered : Cut::WhenLarge);
    if (!sent) {
        fail(std::move(sent.error()));
    }
}

base::Result<Outcome> Machine::processActive(const Incoming& response) {
    auto together = Outcome::Done;
    auto& tasks = m_active->tasks;
    for (auto task = tasks.begin(); task != tasks.end();) {
        auto outcome = (*task)->process(m_context, response);
        if (!outcome) {
            return outcome;
        }
        together = stronger(together, *outcome);
        if (*outcome == Outcome::Restart || *outcome == Outcome::Ignore || *outcome == Outcome::Redirected) {
            return outcome; // the answer holds nothing for the others
        }
        task = *outcome == Outcome::Done ? tasks.erase(task) : std::next(task);
    }
    return together;
}

void Machine::takeResponse(const Incoming& response) {
    auto& exchanges = m_context.sa->exchanges;
    if (m_state == State::Closing && !active<IkeRekey>()) {
        exchanges.conclude();
        const bool deleted = m_active.has_value();
        m_active.reset();
        if (deleted) {
            finish(std::nullopt);
        } else {
            startLeaving();
        }
        return;
    }
    if (!m_active) {
        return;
    }
    const bool anybodys = m_active->type == ExchangeType::SaInit || m_active->type == ExchangeType::SessionResume;
    if (!response.payloads) {
        if (!anybodys) {
            fail(response.payloads.error());
        }
        return;
    }
    if (const auto unknown = unknownCritical(*response.payloads)) {
        if (!anybodys) {
            fail({"tern.ike.critical", {m_context.config.serverName}, "payload " + std::to_string(*unknown)});
        }
        return;
    }
    auto outcome = processActive(response);
    if (!outcome) {
        exchanges.conclude();
        fail(std::move(outcome.error()));
        return;
    }
    if (*outcome == Outcome::Ignore) {
        return;
    }
    if (*outcome == Outcome::Restart) {
        exchanges.concludeForRestart();
    } else {
        exchanges.conclude();
    }
    if (std::exchange(m_context.certificatesAwaitCheck, false)) {
        holdForCheck(*outcome);
        return;
    }
    proceed(*outcome);
}

void Machine::proceed(Outcome outcome) {
    m_waitsForUser = outcome == Outcome::WaitForUser;
    if (m_state == State::Closing && outcome != Outcome::Ignore) {
        // The children have moved to the new SA: that is the one to delete.
        settleIkeRekey();
        startLeaving();
        return;
    }
    m_askedAt = m_context.now;
    m_patientSince.reset();
    const bool goesOn = outcome == Outcome::Continue || outcome == Outcome::WaitForUser;
    if (goesOn && std::exchange(m_toldConfirming, false)) {
        m_context.emit(Progress{Stage::Authenticating});
    }
    switch (outcome) {
    case Outcome::Ignore:
    case Outcome::WaitForUser:
        break;
    case Outcome::Redirected:
        // Only now: a server whose certificate was revoked sends nobody anywhere.
        m_context.emit(Redirected{*m_context.redirectedTo, true});
        fail(redirectedError(m_context, *m_context.redirectedTo));
        break;
    case Outcome::Continue:
    case Outcome::Restart:
        sendActive();
        break;
    case Outcome::Done:
        const auto type = m_active->type;
        m_active.reset();
        completed(type);
        break;
    }
}

void Machine::completed(ExchangeType type) {
    if (type == ExchangeType::SaInit || type == ExchangeType::SessionResume) {
        m_context.emit(Progress{Stage::Verifying});
    } else if (type == ExchangeType::Auth) {
        m_state = State::Up;
        m_context.resuming.reset();
    }
    if (type == ExchangeType::Auth) {
        m_context.startLifetime(*m_context.sa);
    }
    settleIkeRekey();
    pathAnswered();
    for (const auto spi : std::exchange(m_context.childrenToDelete, {})) {
        enqueue(ExchangeType::Informational, std::make_unique<ChildDelete>(spi));
    }
    queueDueWork();
    if (m_state == State::Up) {
        closeIfChildless();
    }
    checkPath();
    runQueue();
}

// ---- input ----

void Machine::receive(base::Instant now, base::ByteView datagram) {
    m_context.now = now;
    const auto header = parseHeader(datagram);
    if (!header || m_state == State::Closed || m_state == State::Idle || m_state == State::NeedsKey) {
        return;
    }
    auto* sa = saFor(*header);
    auto incoming = sa != nullptr ? sa->exchanges.receive(now, datagram) : std::nullopt;
    if (incoming) {
        m_lastHeard = now;
        if (!incoming->header.isResponse()) {
            takeRequest(*sa, *incoming);
        } else if (sa == m_context.sa.get()) {
            takeResponse(*incoming);
        } else {
            // Our DELETE is answered.
            std::erase_if(m_context.leaving, [sa](const LeavingIkeSa& other) { return other.sa.get() == sa; });
        }
    } else {
        takeUnprotected(*header, datagram);
    }
    flush();
}

void Machine::sawTraffic(base::Instant now) {
    m_lastHeard = std::max(m_lastHeard, now);
}

void Machine::answer(base::Instant now, std::string username, base::SecureBytes secret) {
    m_context.now = now;
    if (m_state == State::NeedsKey) {
        auto* psk = std::get_if<PskAuthentication>(&m_context.config.authentication);
        if (psk != nullptr && !psk->key) {
            psk->key = std::move(secret);
        } else if (m_context.config.ppk) {
            m_context.config.ppk->secret = std::move(secret);
        }
        begin();
        return;
    }
    if (m_state != State::Connecting || !m_waitsForUser || !m_active) {
        return;
    }
    m_answerTook = now - m_askedAt;
    // Of the tasks of IKE_AUTH the first is the one that asks.
    const auto outcome = m_active->tasks.front()->answer(m_context, username, std::move(secret));
    if (outcome) {
        proceed(*outcome);
    } else {
        fail(outcome.error());
    }
    flush();
}

std::vector<Output> Machine::takeOutputs() {
    return std::exchange(m_context.outputs, {});
}

base::Result<std::unique_ptr<Session>> Session::create(SessionConfig config, base::RandomSource& random) {
    if (!std::holds_alternative<PskAuthentication>(config.authentication) && !config.trust) {
        return base::fail("tern.ike.no-trust", {config.serverName});
    }
    const auto* certificate = std::get_if<CertificateAuthentication>(&config.authentication);
    if (certificate != nullptr && certificate->credentials.empty()) {
        return base::fail("tern.crypto.key.none");
    }
    config.timers.stream = config.transport == Transport::Tcp;
    const auto& timers = config.timers;
    if (config.serverName.empty() || (!config.requestIpv4 && !config.requestIpv6) || timers.retransmitTries == 0 ||
        timers.retransmitFactor < 1.0 || timers.retransmitFirst <= base::Duration::zero()) {
        return base::fail("tern.ike.internal", {}, "a session configuration that cannot work");
    }
    std::unique_ptr<Session> session = std::make_unique<Machine>(std::move(config), random);
    return session;
}

} // namespace tern::ike
