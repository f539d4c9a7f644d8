// What the machine does for SSTP.
#include "core/connection/machine.h"
#include "core/connection/sstp_config.h"
#include "core/connection/sstp_words.h"

#include <algorithm>
#include <utility>

namespace tern::connection {

PendingPtr Machine::findProxy(const std::string& server) {
    if (proxy) {
        m_proxyBefore = std::exchange(proxy, std::nullopt);
    }
    proxyAddresses.clear();
    proxyIndex = 0;
    proxyLost.reset();
    direct.reset();
    if (environment.proxies == nullptr || !mayUseSstp(request.profile) || redirects.from()) {
        return nullptr;
    }
    return environment.proxies->find(request.profile, server, sstpPort(request.profile),
                                     callback<base::Result<std::optional<ProxyWay>>>(
                                         [](auto found) -> Event { return ProxyFound{std::move(found)}; }));
}

base::Result<void> Machine::takeProxy(base::Result<std::optional<ProxyWay>> found) {
    auto before = std::exchange(m_proxyBefore, std::nullopt);
    if (!found && request.profile.protocol == profile::Protocol::Automatic) {
        proxyLost = std::move(found.error()); // IKE needs none
        return {};
    }
    if (!found) {
        return base::fail(std::move(found.error()));
    }
    proxy = std::move(*found);
    if (proxy && before && before->text == proxy->text && !proxy->login) {
        proxy->login = std::move(before->login); // what a person has typed is good for the next call too
    }
    return {};
}

const base::IpAddress& Machine::sstpAddress() const {
    return proxyAddresses.empty() ? serverAddresses.at(addressIndex) : proxyAddresses.at(proxyIndex);
}

PendingPtr Machine::openSstpStream(SstpCall kind) {
    const auto port = sstpPort(request.profile);
    const auto address = sstpAddress();
    auto done = callback<base::Result<base::UniqueFd>>([kind, port](auto socket) -> Event {
        if (kind == SstpCall::BesideIke) {
            return SstpStreamOpened{std::move(socket)};
        }
        return StreamOpened{std::move(socket), port};
    });
    if (!proxy) {
        host->openStream(address, port, std::move(done));
        return nullptr;
    }
    note("Through the proxy " + proxy->text);
    return environment.proxies->dial(
        *proxy, address, request.profile.servers.at(serverIndex), port,
        [weak = weak_from_this(), address, proxyPort = proxy->port](auto opened) {
            if (const auto machine = weak.lock(); machine && machine->host) {
                machine->host->openStream(address, proxyPort, std::move(opened));
            } else {
                opened(base::fail("tern.engine.internal", {}, "no helper"));
            }
        },
        std::move(done));
}

void Machine::settleOnProxy() {
    if (proxyAddresses.empty()) {
        return;
    }
    direct = std::exchange(serverAddresses, std::exchange(proxyAddresses, {}));
    addressIndex = std::exchange(proxyIndex, 0);
    status.server = serverAddresses.at(addressIndex);
    noteWay();
}

void Machine::leaveProxy() {
    if (direct && !direct->empty()) {
        proxyAddresses = std::exchange(serverAddresses, std::move(*direct));
        direct.reset();
        addressIndex = 0;
        proxyIndex = 0;
    }
}

bool Machine::turnNameInTls(const base::Error& error) {
    const bool hadName = !base::IpAddress::fromText(sstpHost(request.profile, serverIndex));
    if (!sstp || !sstp->isInHandshake() || !nameInTls.turn(error.code, hadName, serverIndex)) {
        return false;
    }
    note("No TLS (" + error.code + "); calling again " + (nameInTls.isLeftOut() ? "without" : "with") +
         " the server's name");
    return true;
}

void Machine::rememberNameInTls() {
    if (const auto refused = nameInTls.learnt()) {
        listener.nameInTlsRefused(*refused);
    }
}

void Machine::noteSignedIn(const sstp::SignedIn& done) {
    signedIn = done;
    note(signedInText(done, sstp->cipherText()));
}

void Machine::noteWay() {
    way.reset();
    const auto& address = serverAddresses.at(addressIndex);
    if (auto route = environment.surroundings.routeTo(address)) {
        way = Way{address, *route};
    }
}

base::Result<void> Machine::beginSstp(base::UniqueFd socket) {
    const auto address = sstpAddress();
    environment.surroundings.useMarkOf(socket.get());
    auto stream = environment.parts.openBytes(std::move(socket), {address, sstpPort(request.profile)});
    if (!stream) {
        return base::fail(std::move(stream.error()));
    }
    auto setup = sstpSetup(*this, std::move(*stream));
    if (!setup) {
        return base::fail(std::move(setup.error()));
    }
    if (proxyAddresses.empty()) {
        noteWay(); // else it is IKE's
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
