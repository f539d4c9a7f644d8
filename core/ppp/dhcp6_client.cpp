#include "core/ppp/dhcp6_client.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ppp {

namespace {

using namespace std::chrono_literals;

constexpr unsigned mostRequests = 10; // REQ_MAX_RC
constexpr unsigned hopefulTries = 4;
constexpr std::uint32_t forEver = 0xFFFFFFFF;
// §21.13.
constexpr std::uint16_t noBinding = 3;
constexpr std::uint16_t unspecified = 1;

// DUID-UUID (RFC 6355), by chance: a device is not to be known again by it.
base::Bytes freshDuid(base::RandomSource& random) {
    constexpr std::size_t uuid = 16;
    base::Bytes duid(2 + uuid, 0);
    duid[1] = 4;
    random.fill(base::MutableByteView(duid).subspan(2));
    return duid;
}

} // namespace

base::Instant lifetimeEnd(base::Instant now, std::uint32_t seconds) {
    return seconds == forEver ? base::Instant::max() : now + std::chrono::seconds(seconds);
}

Dhcp6Client::Dhcp6Client(base::Bytes duid, base::RandomSource& random)
    : m_duid(duid.empty() ? freshDuid(random) : std::move(duid))
    , m_random(random) {}

// §15: within a tenth.
base::Duration Dhcp6Client::varied(base::Duration interval) {
    std::array<std::uint8_t, 1> chance{};
    m_random.fill(chance);
    return interval + interval * (int{chance.front()} - 128) / 1280;
}

// No question grows rarer than every two minutes: there is one link, with one user who waits.
Dhcp6Client::Pace Dhcp6Client::pace() const {
    switch (m_state) {
    case State::Renewing:
    case State::Rebinding:
        return {10s, 600s};
    case State::Requesting:
        return {1s, 30s};
    default:
        return {1s, 120s};
    }
}

void Dhcp6Client::start(base::Instant now, Purpose purpose, unsigned mostTries) {
    m_mostTries = mostTries;
    // The wait by chance before the first question (§18.2.1) is for many hosts that start at once.
    begin(now, purpose == Purpose::Addresses ? State::Soliciting : State::Informing);
}

void Dhcp6Client::begin(base::Instant now, State state, base::Duration wait) {
    m_state = state;
    m_tries = 0;
    m_since = now;
    std::array<std::uint8_t, 3> number{};
    m_random.fill(number);
    m_transaction = base::ByteReader(number).u24();
    if (wait > base::Duration{}) {
        m_nextAt = now + wait;
    } else {
        transmit(now);
    }
}

void Dhcp6Client::transmit(base::Instant now) {
    Dhcp6Question question;
    question.transaction = m_transaction;
    question.client = m_duid;
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - m_since).count() / 10;
    question.elapsed = static_cast<std::uint16_t>(std::min<std::int64_t>(elapsed, 0xFFFF));
    switch (m_state) {
    case State::Requesting:
        question.type = Dhcp6Type::Request;
        question.server = m_server;
        question.addresses = m_offered;
        break;
    case State::Renewing:
    case State::Rebinding:
        question.type = m_state == State::Renewing ? Dhcp6Type::Renew : Dhcp6Type::Rebind;
        question.server = m_state == State::Renewing ? base::ByteView(m_server) : base::ByteView();
        for (const auto& held : m_addresses) {
            question.addresses.push_back(held.address);
        }
        break;
    case State::Informing:
        question.type = Dhcp6Type::InformationRequest;
        question.withAssociation = false;
        break;
    default:
        break;
    }
    m_messages.push_back(buildDhcp6(question));
    const auto [first, most] = pace();
    m_interval = varied(m_tries++ == 0 ? first : std::min(2 * m_interval, most));
    m_nextAt = now + m_interval;
}

void Dhcp6Client::release(base::Instant now) {
    if (m_addresses.empty() || m_server.empty()) {
        return;
    }
    Dhcp6Question question;
    question.type = Dhcp6Type::Release;
    question.transaction = m_transaction + 1U;
    question.transaction &= 0xFFFFFFU;
    question.client = m_duid;
    question.server = m_server;
    for (const auto& held : m_addresses) {
        question.addresses.push_back(held.address);
    }
    m_messages.push_back(buildDhcp6(question));
    m_addresses.clear();
    m_state = State::Idle;
    m_nextAt.reset();
    m_since = now;
}

bool Dhcp6Client::isPending() const {
    const bool asking = m_state == State::Soliciting || m_state == State::Requesting || m_state == State::Informing;
    return asking && m_tries <= hopefulTries;
}

std::optional<base::Instant> Dhcp6Client::deadline() const {
    auto next = m_nextAt.value_or(base::Instant::max());
    if (m_state == State::Renewing) {
        next = std::min(next, m_rebindAt);
    }
    for (const auto& held : m_addresses) {
        next = std::min(next, held.until);
    }
    return next == base::Instant::max() ? std::nullopt : std::optional(next);
}

void Dhcp6Client::timeout(base::Instant now) {
    const bool had = !m_addresses.empty();
    std::erase_if(m_addresses, [&](const Held& held) { return held.until <= now; });
    if (had && m_addresses.empty()) {
        m_mostTries = 0;
        begin(now, State::Soliciting);
    } else if (m_state == State::Renewing && m_rebindAt <= now) {
        begin(now, State::Rebinding);
    } else if (m_nextAt && *m_nextAt <= now) {
        proceed(now);
    }
}

void Dhcp6Client::proceed(base::Instant now) {
    if (m_state == State::Bound) {
        begin(now, State::Renewing);
    } else if (m_state == State::Informed) {
        begin(now, State::Informing);
    } else if (m_state == State::Requesting && m_tries >= mostRequests) {
        begin(now, State::Soliciting);
    } else if (m_mostTries != 0 && m_tries >= m_mostTries) {
        m_state = State::Idle;
        m_nextAt.reset();
    } else {
        transmit(now);
    }
}

void Dhcp6Client::receive(base::Instant now, base::ByteView message) {
    const auto answer = parseDhcp6(message, m_transaction, m_duid);
    if (!answer) {
        return;
    }
    switch (m_state) {
    case State::Soliciting:
        if (!answer->association || answer->association->addresses.empty() || answer->status != 0) {
            return; // another server, or the same one later
        }
        if (answer->type == Dhcp6Type::Reply) {
            return answer->rapidCommit ? bind(now, *answer) : void();
        }
        // There is one link: the first offer is as good as any.
        m_server = answer->server;
        m_offered.clear();
        for (const auto& entry : answer->association->addresses) {
            m_offered.push_back(entry.address);
        }
        m_mostTries = 0;
        return begin(now, State::Requesting);
    case State::Requesting:
    case State::Renewing:
    case State::Rebinding:
        return answer->type == Dhcp6Type::Reply ? receiveAddresses(now, *answer) : void();
    case State::Informing:
        if (answer->type == Dhcp6Type::Reply) {
            learn(*answer);
            m_state = State::Informed;
            // §21.23: a day where nothing is said, never less than ten minutes.
            const std::uint32_t after = std::max(answer->refreshAfter.value_or(86400), 600U);
            m_nextAt = after == forEver ? std::nullopt : std::optional(lifetimeEnd(now, after));
        }
        return;
    case State::Idle:
    case State::Bound:
    case State::Informed:
        return;
    }
}

// §18.2.10.1.
void Dhcp6Client::receiveAddresses(base::Instant now, const Dhcp6Answer& answer) {
    constexpr base::Duration beforeAnother = 2s; // or two that disagree would never rest
    if (answer.status == unspecified) {
        return; // asked again in time
    }
    const auto& association = answer.association;
    if (association && association->status == 0 && answer.status == 0 && !association->addresses.empty()) {
        return bind(now, answer);
    }
    if (association && association->status == noBinding && m_state != State::Requesting) {
        m_server = answer.server;
        m_offered.clear();
        for (const auto& held : m_addresses) {
            m_offered.push_back(held.address);
        }
        return begin(now, State::Requesting, beforeAnother);
    }
    if (m_state == State::Requesting) {
        begin(now, State::Soliciting, beforeAnother);
    }
}

void Dhcp6Client::bind(base::Instant now, const Dhcp6Answer& answer) {
    constexpr std::uint32_t leastRenewal = 10;
    const auto& association = *answer.association;
    m_server = answer.server;
    m_addresses.clear();
    std::uint32_t preferred = forEver;
    for (const auto& entry : association.addresses) {
        if (entry.valid != 0) {
            m_addresses.push_back({entry.address, lifetimeEnd(now, entry.valid)});
            preferred = std::min(preferred, entry.preferred);
        }
    }
    const auto part = [&](std::uint32_t said, std::uint32_t tenths) {
        const std::uint32_t own = preferred == forEver ? forEver : preferred / 10 * tenths;
        return std::max(said != 0 ? said : own, leastRenewal);
    };
    learn(answer);
    m_state = State::Bound;
    m_tries = 0;
    const auto renewAt = lifetimeEnd(now, part(association.renewAfter, 5));
    m_nextAt = renewAt == base::Instant::max() ? std::nullopt : std::optional(renewAt);
    m_rebindAt = lifetimeEnd(now, part(association.rebindAfter, 8));
    if (m_addresses.empty()) { // all of them taken back
        begin(now, State::Soliciting, std::chrono::seconds(leastRenewal));
    }
}

void Dhcp6Client::learn(const Dhcp6Answer& answer) {
    m_dns = answer.dns;
    m_domains = answer.domains;
}

} // namespace tern::ppp
