#include "core/connection/successor.h"

#include "core/connection/machine.h"

#include <algorithm>

namespace tern::connection {

namespace {

// The old session's goodbye takes two seconds at most; what is on its way with its keys, less.
constexpr base::Duration leavingTime = std::chrono::seconds(5);
constexpr base::Duration shortestPause = std::chrono::seconds(5);
constexpr base::Duration longestPause = std::chrono::minutes(2);

} // namespace

Successor::~Successor() {
    if (m.ike) {
        m.ike->setCompanion(nullptr);
    }
    forgetOldKeys();
}

void Successor::forgetOldKeys() {
    for (const auto spi : std::exchange(m_leavingSpis, {})) {
        if (m.tunnel) {
            m.tunnel->removeInbound(spi);
        }
    }
}

void Successor::setAlarm(base::Duration after) {
    m_alarm = m.environment.reactor.at(m.environment.reactor.now() + after, [this] { m.post(SuccessorAlarm{}); });
}

base::Result<void> Successor::wanted(base::Instant until) {
    m_until = until;
    m.newSessionBy = until;
    return m_next || m_leaving ? base::Result<void>() : begin();
}

base::Result<void> Successor::begin() {
    m.note("The session has to be replaced; signing in again beside it");
    m_established.reset();
    m_children.clear();
    m_others.clear();
    auto session = m.createSuccessor();
    if (!session) {
        return failed(std::move(session.error()));
    }
    m_next = std::make_unique<IkeDriver>(
        m.environment.reactor, *m.tunnel, std::move(*session),
        [machine = &m](ike::Output output) { machine->enqueue(SuccessorOutput{std::move(output)}); },
        [machine = &m] { machine->drain(); });
    m.ike->setCompanion(m_next.get());
    m_next->start();
    return {};
}

base::Result<void> Successor::failed(base::Error error) {
    if (m_alone) {
        return base::fail(std::move(error));
    }
    m.ike->setCompanion(nullptr);
    m_next.reset();
    m_asking.reset();
    m.note("Signing in again did not succeed (" + error.code + "); the present session goes on while it may");
    m.status.error = base::Error{"tern.engine.session-ends", {m.status.serverName}, error.code};
    m.announce();
    // Until the end there is time for some more attempts.
    const auto left = m_until - m.environment.reactor.now();
    if (left > shortestPause * 2) {
        setAlarm(std::clamp(base::Duration(left / 3), shortestPause, longestPause));
    }
    return {};
}

void Successor::checked(std::optional<base::Error> refusal) {
    if (m_next) {
        m_next->certificatesChecked(std::move(refusal));
    }
}

base::Result<void> Successor::alarmRang() {
    m_alarm.reset();
    if (m_leaving) {
        m.ike->setCompanion(nullptr);
        m_leaving.reset();
        forgetOldKeys();
        if (m.newSessionBy) { // the new one has asked for another already
            return begin();
        }
    } else if (!m_next) {
        return begin();
    }
    return {};
}

bool Successor::outlivesSession() {
    if (!m_next) {
        return false;
    }
    m_alone = true;
    m.ike->stopReading();
    m_next->onStreamLost([machine = &m] { machine->enqueue(StreamLost{}); });
    m_next->useTunnel(m.tunnel.get());
    return true;
}

base::Result<void> Successor::take(ike::Output& output) {
    if (!m_next) {
        return {}; // of one that has been given up, or of the one before, which says nothing of interest any more
    }
    if (const auto* prompt = std::get_if<ike::Prompt>(&output)) {
        ask(*prompt);
    } else if (auto* established = std::get_if<ike::Established>(&output)) {
        m.noteLearnt(established->learnt);
        m_established = std::move(*established);
    } else if (auto* child = std::get_if<ike::ChildUp>(&output)) {
        m_children.push_back(std::move(*child));
    } else if (auto* closed = std::get_if<ike::Closed>(&output)) {
        return failed(closed->error.value_or(base::Error{"tern.engine.internal", {}, "IKE ended without a reason"}));
    } else {
        m_others.push_back(std::move(output));
        return {};
    }
    return goOn();
}

base::Result<void> Successor::goOn() {
    if (!m_next || !m_established || m_children.empty() || m.configuring) {
        return {};
    }
    m.agreed.measure(m_children.front().keys.outbound, m.status.server->isV6(), m.streamPort != 0, 0);
    for (const auto& child : m_children) {
        m.agreed.carry(child.remote);
    }
    auto plan = m.agreed.plan(m.request.profile, m_established->configuration, *m.status.server);
    if (!plan) {
        return failed(std::move(plan.error()));
    }
    if (m.plan && *plan == *m.plan) {
        return takeOver();
    }
    // Other addresses this time: the device gets them, and the packets the new keys, as close together as can be.
    m_wanted = std::move(*plan);
    m.configure(*m_wanted);
    return {};
}

base::Result<void> Successor::configured(Configured& configured) {
    auto wanted = std::exchange(m_wanted, std::nullopt);
    if (!configured.tunnel) {
        return base::fail(std::move(configured.tunnel.error()));
    }
    m.plan = std::move(wanted);
    // When it ended meanwhile the upkeep puts back what the present session needs.
    return goOn(); // the device is the same; the descriptor that came with the answer is not needed
}

base::Result<void> Successor::takeOver() {
    for (auto& child : std::exchange(m_children, {})) {
        child.sendNow = true;
        child.replaces = 0;
        if (auto installed = m.tunnel->install(childKeys(std::move(child))); !installed) {
            return installed;
        }
    }
    m.newSessionBy.reset();
    m_alone = false;
    m_leaving = std::exchange(m.ike, std::move(m_next));
    m.ike->setSink([machine = &m](ike::Output output) { machine->enqueue(IkeOutput{std::move(output), nullptr}); });
    m.ike->onStreamLost([machine = &m] { machine->enqueue(StreamLost{}); });
    m.established = std::move(m_established);
    m.showSuites(*m.established);
    m.status.error.reset();
    m.tunnel->setMtu(m.plan->mtu);
    m.showPlan();
    m.ticket.reset(); // it went with the old session
    m.changeOver(std::exchange(m_others, {}));
    if (m_leaving) {
        m_leavingSpis = m_leaving->inboundSpis();
        m_leaving->setSink([](const ike::Output&) {});
        m_leaving->stopReading();
        m_leaving->setCompanion(nullptr);
        m.ike->setCompanion(m_leaving.get());
        m_leaving->close();
    }
    m.ike->useTunnel(m.tunnel.get());
    setAlarm(leavingTime);
    m.note("The new session has taken over");
    m.announce();
    return {};
}

void Successor::ask(const ike::Prompt& prompt) {
    Question question;
    question.kind = prompt.kind;
    m_askedFor = prompt.kind;
    question.server = m.status.serverName;
    question.username = m.username;
    question.text = prompt.text;
    question.retry = prompt.retry;
    m_asking = m.environment.credentials.ask(
        question, m.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

base::Result<void> Successor::answered(Answered& answer) {
    m_asking.reset();
    if (!m_next || m_askedFor == ike::Prompt::Kind::Message) {
        return {}; // nobody wants to know, or it was only to be shown
    }
    if (!answer.credentials || !*answer.credentials) {
        return failed(answer.credentials
                          ? base::Error{"tern.engine.password-needed", {m.status.serverName}, "not answered"}
                          : answer.credentials.error());
    }
    auto& credentials = **answer.credentials;
    if (m_askedFor == ike::Prompt::Kind::Ppk) {
        m.ppk = credentials.secret.clone();
        m_next->answer(std::move(credentials));
        return {};
    }
    if (credentials.username.empty()) {
        credentials.username = m.username;
    }
    if (m_askedFor != ike::Prompt::Kind::Code) { // a code is good for once
        m.secret = credentials.secret.clone();
    }
    m_next->answer(std::move(credentials));
    return {};
}

} // namespace tern::connection
