// IKE SAs that replace each other, and the one of two that stays (RFC 7296 §2.8, §2.8.2, §2.18).
#include "core/ike/machine.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr base::Duration leavingLimit = std::chrono::seconds(60);
// Nobody needs more; a server could otherwise have us keep any number.
constexpr std::size_t mostLeaving = 4;

} // namespace

void Machine::adopt(std::unique_ptr<IkeSa> next, Deletes old) {
    auto before = std::exchange(m_context.sa, std::move(next));
    m_context.theirFollowUp.reset(); // it belonged to the one before
    m_context.startLifetime(*m_context.sa);
    m_context.announceSuites();
    leave(std::move(before), old);
}

void Machine::leave(std::unique_ptr<IkeSa> sa, Deletes by) {
    if (by == Deletes::We) {
        // What becomes of it changes nothing for us: the server drops what nobody uses.
        static_cast<void>(sa->exchanges.sendRequest(m_context.now, ExchangeType::Informational,
                                                    {encodeDelete({ProtocolId::Ike, {}})}));
    }
    if (m_context.leaving.size() == mostLeaving) {
        m_context.leaving.erase(m_context.leaving.begin());
    }
    m_context.leaving.push_back({std::move(sa), m_context.now + leavingLimit});
}

void Machine::settleIkeRekey() {
    auto ours = std::exchange(m_context.ourNext, {});
    auto theirs = std::exchange(m_context.theirNext, {});
    if (ours.sa && theirs.sa) {
        // The one made with the lowest of the four nonces goes, and whoever made it deletes it.
        const bool oursGoes = ours.lowestNonce < theirs.lowestNonce;
        adopt(std::move(oursGoes ? theirs.sa : ours.sa), oursGoes ? Deletes::Server : Deletes::We);
        leave(std::move(oursGoes ? ours.sa : theirs.sa), oursGoes ? Deletes::We : Deletes::Server);
    } else if (ours.sa) {
        adopt(std::move(ours.sa), Deletes::We);
    } else if (theirs.sa) {
        adopt(std::move(theirs.sa), Deletes::Server);
    }
}

std::vector<IkeSa*> Machine::allSas() {
    std::vector<IkeSa*> sas;
    for (auto& other : m_context.leaving) {
        sas.push_back(other.sa.get());
    }
    if (m_context.theirNext.sa) {
        sas.push_back(m_context.theirNext.sa.get());
    }
    sas.push_back(m_context.sa.get());
    return sas;
}

IkeSa* Machine::saFor(const Header& header) {
    const auto sas = allSas();
    const auto found =
        std::find_if(sas.begin(), sas.end(), [&header](const IkeSa* sa) { return sa->exchanges.isFor(header); });
    return found == sas.end() ? nullptr : *found;
}

bool Machine::isLeaving(const IkeSa& sa) const {
    return std::any_of(m_context.leaving.begin(), m_context.leaving.end(),
                       [&sa](const LeavingIkeSa& other) { return other.sa.get() == &sa; });
}

void Machine::runLeaving() {
    std::erase_if(m_context.leaving, [this](LeavingIkeSa& other) {
        return isDue(other.until) || !other.sa->exchanges.timeout(m_context.now);
    });
}

} // namespace tern::ike
