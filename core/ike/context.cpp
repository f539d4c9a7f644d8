#include "core/ike/context.h"

#include "core/base/byte_io.h"

#include <algorithm>
#include <utility>

namespace tern::ike {

namespace {

constexpr std::uint32_t lastReservedSpi = 255;
// A server that replaces a child deletes the old one as soon as it has our answer; one that never does so is waited for
// until its repetitions have surely come through.
constexpr base::Duration longestWaitToSend = std::chrono::seconds(30);

} // namespace

base::Bytes Context::randomBytes(std::size_t count) const {
    base::Bytes octets(count);
    random.fill(octets);
    return octets;
}

std::uint32_t Context::newChildSpi() const {
    for (;;) {
        const auto octets = randomBytes(4);
        const auto spi = base::ByteReader(octets).u32();
        if (spi > lastReservedSpi && !children.contains(spi) && !closedChildren.contains(spi)) {
            return spi;
        }
    }
}

Spi Context::newIkeSpi() const {
    for (;;) {
        const auto octets = randomBytes(8);
        const auto spi = base::ByteReader(octets).u64();
        if (spi != 0) {
            return spi;
        }
    }
}

AgreedSuites Context::agreedSuites() const {
    return {ikeSuiteText(sa->suite), espSuiteText(childSuite), weakText(sa->suite, childSuite),
            postQuantumText(sa->postQuantum)};
}

void Context::announceEstablished(const ChosenSuite& ofChild) {
    if (!announced) {
        childSuite = ofChild;
        announced = agreedSuites();
        emit(Established{*announced, serverConfiguration, peerIdentity, peerChain, learnt});
    }
}

void Context::announceSuites() {
    if (!announced) {
        return;
    }
    if (auto suites = agreedSuites(); suites != *announced) {
        announced = std::move(suites);
        emit(SuitesChanged{*announced});
    }
}

base::Duration Context::jittered(base::Duration lifetime) const {
    return lifetime - lifetime / 10 * (randomBytes(1).front()) / 256;
}

base::Duration Context::backOff(unsigned refusals) const {
    constexpr base::Duration first = std::chrono::seconds(2);
    constexpr unsigned longest = 5;
    return jittered(first * (std::int64_t{1} << std::min(refusals, longest)));
}

void Context::needNewSession(base::Instant until) {
    if (!std::exchange(newSessionAsked, true)) {
        emit(ReauthenticationDue{until});
    }
}

void Context::startLifetime(IkeSa& started) {
    const auto lifetime = config.timers.ikeLifetime;
    started.rekeyAt = now + jittered(lifetime);
    started.expiresAt = now + lifetime + lifetime / 10;
}

void Context::addChild(ChildSa child, crypto::SaPair keys, std::uint32_t replaces, bool sendNow) {
    const auto lifetime = config.timers.childLifetime;
    child.rekeyAt = now + jittered(lifetime);
    child.expiresAt = now + lifetime + lifetime / 10;
    child.replaces = replaces;
    if (!sendNow) {
        child.sendBy = now + longestWaitToSend;
    }
    emit(ChildUp{std::move(keys), child.local, child.remote, replaces, sendNow});
    if (replaces != 0) {
        childSuite = child.suite;
        announceSuites();
    }
    children.insert_or_assign(child.inboundSpi, std::move(child));
}

void Context::sendWith(ChildSa& child) {
    if (child.sendBy) {
        child.sendBy.reset();
        emit(ChildSend{child.inboundSpi});
    }
}

void Context::removeChild(std::uint32_t inboundSpi) {
    if (children.erase(inboundSpi) == 0) {
        return;
    }
    closedChildren.insert_or_assign(inboundSpi, now + config.timers.inboundGrace);
    // The server closes the one that its new one replaces: it has the new one's keys (RFC 7296 §2.8).
    for (auto& [spi, child] : children) {
        if (child.replaces == inboundSpi) {
            sendWith(child);
        }
    }
}

std::optional<std::uint32_t> espSpi(base::ByteView field) {
    base::ByteReader reader(field);
    const auto spi = reader.u32();
    if (reader.failed() || !reader.atEnd() || spi <= lastReservedSpi) {
        return std::nullopt;
    }
    return spi;
}

} // namespace tern::ike
