// A world for a connection that the test holds in its hands: nothing happens until the test says so, time included.
#pragma once

#include "tests/unit/connection/fake_environment.h"
#include "tests/unit/connection/fake_parts.h"

namespace tern::connection::test {

// Everything together, and the steps most tests share.
struct World {
    World()
        : World(ownParts) {}
    explicit World(FakeParts& used)
        : parts(used) {
        profile.id = "test";
        profile.name = "Office";
        profile.protocol = profile::Protocol::Ikev2;
        profile.servers = {"vpn.example.org"};
        profile.authentication.method = profile::Method::EapMschapv2;
        profile.authentication.username = "anna";
    }
    void start() {
        connection = std::make_unique<Connection>(
            Request{profile, {}, std::nullopt},
            Environment{reactor, resolver, host, credentials, parts, random, surroundings, nullptr, proxies}, listener);
        connection->start();
    }
    void reachNegotiating() {
        start();
        host.grant();
        resolver.answer({"203.0.113.5"});
    }
    void giveSocket() { std::exchange(host.record.socketDone, nullptr)(base::UniqueFd(::dup(0))); }
    void reachIke() {
        reachNegotiating();
        giveSocket();
    }
    IkeRecord& ike() { return *parts.sessions.back(); }
    // The session puts these out as if a datagram had come.
    template<typename... Outputs>
    void ikePuts(Outputs&&... outputs) {
        (ike().outputs.emplace_back(std::forward<Outputs>(outputs)), ...);
        const bool throughTunnel = reactor.isWatched(FakeTunnel::controlDescriptor);
        (throughTunnel ? parts.tunnel.incoming : parts.incoming).push_back({9});
        reactor.makeReadable(throughTunnel ? FakeTunnel::controlDescriptor : FakePort::descriptor);
    }
    static ike::Established established() {
        ike::Established done;
        done.configuration.addresses = {*base::IpPrefix::fromText("10.9.0.2/32")};
        done.configuration.dns = {*base::IpAddress::fromText("10.9.0.1")};
        done.ikeSuite = "IKE suite";
        done.espSuite = "ESP suite";
        return done;
    }
    static ike::ChildUp child(std::uint32_t spi) {
        ike::ChildUp up;
        up.keys.inbound.spi = spi;
        up.remote = {{*base::IpAddress::fromText("0.0.0.0"), *base::IpAddress::fromText("255.255.255.255")}};
        return up;
    }
    void establish(std::uint32_t spi = 1) { ikePuts(established(), child(spi)); }
    void configure() {
        std::exchange(host.record.configureDone, nullptr)(ConfiguredTunnel{base::UniqueFd(::dup(0)), "tern0"});
    }
    void reachConnected() {
        reachIke();
        establish();
        configure();
    }
    void finishDisconnect() {
        ikePuts(ike::Closed{});
        std::exchange(host.record.closeDone, nullptr)();
    }
    [[nodiscard]] StateName state() const { return connection->status().state; }
    // Nothing of ours is left anywhere.
    [[nodiscard]] bool isClean() const {
        const bool noIke = std::all_of(parts.sessions.begin(), parts.sessions.end(),
                                       [](const auto& session) { return !session->alive; });
        return noIke && parts.tunnel.alive == 0 && host.record.open == 0 && reactor.timers() == 0 &&
               reactor.watches() == 0 && !resolver.isAsked() && !credentials.isAsked();
    }

    profile::Profile profile;
    FakeReactor reactor;
    FakeResolver resolver;
    FakeHost host;
    FakeCredentials credentials;
    FakeParts ownParts;
    FakeParts& parts;
    FakeRandom random;
    FakeSurroundings surroundings;
    Proxies* proxies = nullptr;
    FakeListener listener;
    std::unique_ptr<Connection> connection;
};

} // namespace tern::connection::test
