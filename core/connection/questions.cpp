#include "core/connection/questions.h"

#include "core/connection/machine.h"

#include <utility>

namespace tern::connection {

namespace {

Questions::Side otherThan(Questions::Side side) {
    return side == Questions::Side::Ike ? Questions::Side::Sstp : Questions::Side::Ike;
}

} // namespace

bool Questions::isForBoth(const Wish& wish) {
    return (wish.kind == Kind::Password || wish.kind == Kind::Credentials) && !wish.retry;
}

void Questions::ask(Side side, Wish wish) {
    if (m_serves == side && isForBoth(wish)) {
        m_serves.reset();
        give(side, {m_machine.username, m_machine.secret->clone()});
    } else if (m_asking && m_side != side) {
        m_waiting = Waiting{side, std::move(wish)};
    } else {
        open(side, std::move(wish));
    }
}

void Questions::open(Side side, Wish wish) {
    m_side = side;
    m_wish = std::move(wish);
    Question question;
    question.kind = m_wish.kind;
    question.server = m_machine.status.serverName;
    question.username = m_machine.username;
    question.text = m_wish.text;
    question.retry = m_wish.retry;
    m_asking = m_machine.environment.credentials.ask(
        question, m_machine.callback<base::Result<std::optional<Credentials>>>(
                      [](auto credentials) -> Event { return Answered{std::move(credentials)}; }));
}

void Questions::askNext() {
    if (auto next = std::exchange(m_waiting, std::nullopt)) {
        ask(next->side, std::move(next->wish));
    }
}

Questions::End Questions::answered(Answered& event) {
    m_asking.reset();
    if (m_wish.kind == Kind::Message) {
        askNext();
        return End::None; // it was only to be shown
    }
    if (!event.credentials) {
        m_failure = std::move(event.credentials.error());
        return End::Failed;
    }
    if (!*event.credentials) {
        return End::Cancelled;
    }
    auto& credentials = **event.credentials;
    if (m_wish.kind == Kind::Ppk) {
        m_machine.ppk = credentials.secret.clone();
    } else {
        if (credentials.username.empty()) {
            credentials.username = m_machine.username;
        }
        m_machine.username = credentials.username;
        // A code is good for once; a new password is the one to reconnect with.
        if (m_wish.kind != Kind::Code) {
            m_machine.secret = credentials.secret.clone();
        }
        if (isForBoth(m_wish)) {
            m_serves = otherThan(m_side);
        }
    }
    give(m_side, std::move(credentials));
    askNext();
    return End::None;
}

void Questions::forget(Side side) {
    if (m_waiting && m_waiting->side == side) {
        m_waiting.reset();
    }
    if (!isOpen(side)) {
        return;
    }
    if (m_waiting && isForBoth(m_wish) && isForBoth(m_waiting->wish)) {
        m_side = m_waiting->side; // the open question is as good for it
        m_waiting.reset();
        return;
    }
    m_asking.reset();
    askNext();
}

void Questions::give(Side side, Credentials credentials) {
    if (side == Side::Sstp && m_machine.sstp) {
        m_machine.sstp->answer(std::move(credentials));
    } else if (side == Side::Ike && m_machine.ike) {
        m_machine.ike->answer(std::move(credentials));
    }
}

} // namespace tern::connection
