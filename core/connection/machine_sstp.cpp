// What the machine does for SSTP.
#include "core/connection/machine.h"
#include "core/connection/sstp_config.h"

#include <algorithm>
#include <utility>

namespace tern::connection {

void Machine::openSstpStreamBeside() {
    host->openStream(serverAddresses.at(addressIndex), sstpPort(request.profile),
                     callback<base::Result<base::UniqueFd>>(
                         [](auto socket) -> Event { return SstpStreamOpened{std::move(socket)}; }));
}

base::Result<void> Machine::findProxy(const std::string& server) {
    auto login = proxy ? std::exchange(proxy->login, std::nullopt) : std::nullopt;
    const auto before = std::exchange(proxy, std::nullopt);
    if (environment.proxies == nullptr || request.profile.protocol != profile::Protocol::Sstp) {
        return {};
    }
    auto found = environment.proxies->find(request.profile, server, sstpPort(request.profile));
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    proxy = std::move(*found);
    if (proxy && before && before->text == proxy->text && !proxy->login) {
        proxy->login = std::move(login); // what a person has typed is good for the next call too
    }
    return {};
}

PendingPtr Machine::openSstpStream() {
    const auto port = sstpPort(request.profile);
    if (!proxy) {
        openStream(port);
        return nullptr;
    }
    const auto address = serverAddresses.at(addressIndex);
    note("Through the proxy " + proxy->text);
    return environment.proxies->dial(
        *proxy, address, request.profile.servers.at(serverIndex), port,
        [weak = weak_from_this(), address, proxyPort = proxy->port](auto done) {
            if (const auto machine = weak.lock(); machine && machine->host) {
                machine->host->openStream(address, proxyPort, std::move(done));
            } else {
                done(base::fail("tern.engine.internal", {}, "no helper"));
            }
        },
        callback<base::Result<base::UniqueFd>>([port](auto socket) -> Event {
            return StreamOpened{std::move(socket), port};
        }));
}

base::Result<void> Machine::beginSstp(base::UniqueFd socket) {
    const auto address = serverAddresses.at(addressIndex);
    environment.surroundings.useMarkOf(socket.get());
    auto stream = environment.parts.openBytes(std::move(socket), {address, sstpPort(request.profile)});
    if (!stream) {
        return base::fail(std::move(stream.error()));
    }
    auto setup = sstpSetup(*this, std::move(*stream));
    if (!setup) {
        return base::fail(std::move(setup.error()));
    }
    way.reset();
    if (auto route = environment.surroundings.routeTo(address)) {
        way = Way{address, *route};
    }
    sstp = std::make_unique<SstpDriver>(
        environment.reactor, environment.parts, std::move(*setup),
        [this](SstpOutput output) { enqueue(SstpSaid{std::move(output)}); }, [this] { drain(); });
    return sstp->start();
}

base::Result<void> Machine::beginSstpTunnel(ConfiguredTunnel configured) {
    auto config = sstp->releaseForTunnel();
    config.tun = std::move(configured.tun);
    config.mtu = plan->mtu;
    config.ipv6 = up->linkLocal.has_value();
    // Two readers on one device would share its packets: the old one goes first.
    tunnel.reset();
    sstpTunnel.reset();
    auto started = environment.parts.startSstpTunnel(std::move(config));
    if (!started) {
        return base::fail(std::move(started.error()));
    }
    sstpTunnel = std::move(*started);
    sstp->useTunnel(*sstpTunnel);
    status.interface = configured.interface;
    return {};
}

void Machine::leaveSstp() {
    sstp.reset();
    std::erase_if(m_queue, [](const Event& event) { return std::holds_alternative<SstpSaid>(event); });
}

void Machine::hangUpSstp() {
    if (sstp) {
        sstp->hangUp();
        leaveSstp();
    }
}

} // namespace tern::connection
