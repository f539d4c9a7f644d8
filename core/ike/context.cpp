#include "core/ike/context.h"

#include "core/base/byte_io.h"

namespace tern::ike {

namespace {

constexpr std::uint32_t lastReservedSpi = 255;

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
        if (spi > lastReservedSpi && !children.contains(spi)) {
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

void Context::announceEstablished(const ChosenSuite& childSuite) {
    if (!std::exchange(announced, true)) {
        emit(Established{serverConfiguration, ikeSuiteText(sa->suite), espSuiteText(childSuite),
                         weakText(sa->suite, childSuite), peerIdentity, peerChain});
    }
}

void Context::addChild(ChildSa child, crypto::SaPair keys, std::uint32_t replaces) {
    // Up to a tenth earlier, so that many clients of one server do not come at once (RFC 7296 §2.8).
    const auto lifetime = config.timers.childLifetime;
    child.rekeyAt = now + lifetime - lifetime / 10 * (randomBytes(1).front()) / 256;
    emit(ChildUp{std::move(keys), child.local, child.remote, replaces});
    children.insert_or_assign(child.inboundSpi, std::move(child));
}

void Context::removeChild(std::uint32_t inboundSpi) {
    if (children.erase(inboundSpi) != 0) {
        emit(ChildDown{inboundSpi});
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
