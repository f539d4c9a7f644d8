// The end of a session, whoever wants it (RFC 7296 §1.4.1).
#include "core/ike/child_add.h"
#include "core/ike/ike_delete.h"
#include "core/ike/machine.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr base::Duration closeLimit = std::chrono::seconds(2);
// What servers wait for an answer in IKE_AUTH: 30 seconds is a common limit.
constexpr base::Duration longAnswer = std::chrono::seconds(25);

} // namespace

void Machine::startLeaving() {
    m_active = Exchange{ExchangeType::Informational, {}};
    m_active->tasks.push_back(std::make_unique<IkeDelete>());
    sendActive();
}

void Machine::fail(base::Error error) {
    if (m_state == State::Closed) {
        return;
    }
    if (m_state == State::Closing) {
        finish(std::nullopt);
        return;
    }
    if (m_state == State::Connecting && m_context.resuming && error.code != "tern.ike.redirected") {
        abandonResumption();
        return;
    }
    auto& exchanges = m_context.sa->exchanges;
    if (exchanges.isProtected() && !exchanges.isBusy() && !m_context.peerHasClosed) {
        // So that the server need not find out by its timers. What becomes of it changes nothing for us.
        const bool proven = m_context.authenticated || m_context.redirectedTo; // RFC 5685 §6
        const auto word = proven ? encodeDelete({ProtocolId::Ike, {}}) : encodeNotify(NotifyType::AuthenticationFailed);
        static_cast<void>(exchanges.sendLastWord(ExchangeType::Informational, {word}));
    }
    finish(std::move(error));
}

void Machine::finish(std::optional<base::Error> error) {
    if (m_state == State::Closed) {
        return;
    }
    flush();
    m_state = State::Closed;
    m_active.reset();
    m_queue.clear();
    m_context.emit(Closed{std::move(error)});
}

std::optional<base::Error> Machine::refusal() const {
    if (m_active) {
        for (const auto& task : m_active->tasks) {
            if (auto why = task->refusal()) {
                return why;
            }
        }
    }
    return std::nullopt;
}

void Machine::givenUp() {
    if (m_state == State::Closing) {
        finish(std::nullopt);
        return;
    }
    const auto& name = m_context.config.serverName;
    if (m_state == State::Up && m_context.announced) {
        fail({"tern.ike.lost", {name}, {}});
    } else if (m_active && m_active->type == ExchangeType::SaInit) {
        fail({"tern.ike.no-answer", {name}, m_context.config.serverAddress.text() + " port 500"});
    } else if (auto why = refusal()) {
        fail(std::move(*why));
    } else if (m_answerTook >= longAnswer) {
        fail({"tern.ike.auth.answered-late", {name}, "the prompt was answered too late for the server"});
    } else {
        fail({"tern.ike.no-answer-4500", {name}, m_context.config.serverAddress.text() + " port 4500"});
    }
}

void Machine::close(base::Instant now) {
    m_context.now = now;
    if (m_state == State::Closed || m_state == State::Closing) {
        return;
    }
    if (!m_context.sa->exchanges.isProtected()) {
        finish(std::nullopt);
        return;
    }
    m_state = State::Closing;
    m_closeBy = now + closeLimit;
    m_queue.clear();
    if (!active<IkeRekey>()) { // else its answer says which SA is to be deleted
        m_active.reset();
    }
    if (!m_context.sa->exchanges.isBusy()) {
        startLeaving();
    } // else when the request under way is answered: the window is one
    flush();
}

bool Machine::isMakingChild() const {
    const auto makes = [](const Exchange& exchange) { return exchange.type == ExchangeType::CreateChildSa; };
    return active<ChildRekey>() != nullptr || active<ChildAdd>() != nullptr || !m_context.wanted.isEmpty() ||
           std::any_of(m_queue.begin(), m_queue.end(), makes);
}

void Machine::closeIfChildless() {
    const auto inUse = [](const auto& entry) { return !entry.second.leaving; };
    if (!isMakingChild() && std::none_of(m_context.children.begin(), m_context.children.end(), inUse)) {
        fail(m_context.announced || !m_context.childError
                 ? base::Error{"tern.ike.closed-by-server", {m_context.config.serverName}, "no CHILD_SA is left"}
                 : *m_context.childError);
    }
}

} // namespace tern::ike
