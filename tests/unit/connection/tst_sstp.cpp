// A connection by SSTP from the click to the end, with a server, TLS and a data path that do what the test says.
#include "core/connection/sstp_config.h"
#include "tests/unit/connection/sstp_fakes.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;
using namespace tern::connection::test;
using namespace std::chrono_literals;

class TestSstp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesFromStartToConnectedAndBack() {
        SstpWorld world;
        world.profile.port = 8443;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        QCOMPARE(world.state(), StateName::Negotiating);
        QCOMPARE(world.host.record.streams, std::vector<std::uint16_t>{8443});
        world.giveStream();
        QVERIFY(!world.r().started); // nothing before TLS
        world.call();
        QVERIFY(world.r().started);
        QCOMPARE(world.r().config->port, 8443);
        QCOMPARE(world.r().config->ppp.username, std::string("anna"));
        QVERIFY(world.r().config->ppp.serverVerified);
        world.says(sstp::Progress{sstp::Stage::Authenticating});
        QCOMPARE(world.connection->status().stage, Stage::Authenticating);
        world.says(SstpWorld::up());
        QCOMPARE(world.state(), StateName::Configuring);
        QCOMPARE(world.host.record.plans.back().mtu, 1380U);
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.connection->status().cipher, std::string("TLS test"));
        QCOMPARE(world.connection->status().streamPort, 8443);
        world.connection->disconnect();
        QVERIFY(world.r().closing);
        QCOMPARE(world.host.record.closed, 0); // the goodbye goes first, through the tunnel
        world.says(sstp::Closed{});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Disconnected);
        QCOMPARE(world.r().tunnels, 0);
        QCOMPARE(world.r().sessions, 0);
        QVERIFY(world.isClean());
    }
    void namesInTls_data() {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("sni");
        QTest::addColumn<bool>("without");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("as dialled") << QByteArray("vpn.example.org") << QByteArray() << QByteArray() << false
                                    << QByteArray("vpn.example.org");
        QTest::newRow("an address") << QByteArray("203.0.113.5") << QByteArray() << QByteArray() << false
                                    << QByteArray();
        QTest::newRow("host apart") << QByteArray("203.0.113.5") << QByteArray("vpn.corp") << QByteArray() << false
                                    << QByteArray("vpn.corp");
        QTest::newRow("custom") << QByteArray("vpn.example.org") << QByteArray() << QByteArray("front.example") << false
                                << QByteArray("front.example");
        QTest::newRow("off") << QByteArray("vpn.example.org") << QByteArray() << QByteArray() << true << QByteArray();
    }
    void namesInTls() {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, sni);
        QFETCH(bool, without);
        QFETCH(QByteArray, expected);
        SstpWorld world;
        world.profile.servers = {server.toStdString()};
        world.profile.sstp.host = host.toStdString();
        world.profile.sstp.serverNameIndication = sni.toStdString();
        world.profile.sstp.withoutServerName = without;
        world.start();
        world.host.grant();
        if (world.resolver.isAsked()) {
            world.resolver.answer({"203.0.113.5"});
        }
        world.giveStream();
        QCOMPARE(QByteArray::fromStdString(world.r().tls->serverName), expected);
        QCOMPARE(world.r().config->host, host.isEmpty() ? server.toStdString() : host.toStdString());
        QVERIFY(world.r().tls->forwardSecrecyOnly);
    }
    void asksForThePassword() {
        SstpWorld world;
        world.reachCall();
        world.says(sstp::Prompt{sstp::Prompt::Kind::Password, {}, false});
        QVERIFY(world.credentials.isAsked());
        world.credentials.answer("", "secret");
        QCOMPARE(world.r().answered, std::string("anna:secret"));
        world.says(sstp::Prompt{sstp::Prompt::Kind::Code, "PIN?", false});
        QCOMPARE(world.credentials.questions.back().kind, ike::Prompt::Kind::Code);
        world.credentials.cancel();
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Disconnected);
    }
    void nextAddressAfterADeadEnd() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5", "203.0.113.6"});
        world.r().refused = base::Error{"tern.sstp.connect.refused", {}, {}};
        world.giveStream();
        world.reactor.makeWritable(sstpStreamDescriptor);
        QCOMPARE(world.connection->status().server->text(), std::string("203.0.113.6"));
        world.r().refused.reset();
        world.r().connected = false;
        world.giveStream();
        world.reactor.advance(21s); // the last one has the full patience
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.connect.silent"));
    }
    void aClosedPortIsToldByTheServersName() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        world.r().refused = base::Error{"tern.sstp.connect.refused", {"203.0.113.5", "443"}, {}};
        world.giveStream();
        world.reactor.makeWritable(sstpStreamDescriptor);
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.connect.refused"));
        QCOMPARE(world.connection->status().error->args, (std::vector<std::string>{"vpn.example.org", "443"}));
    }
    void silentTlsEnds() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5"});
        world.giveStream();
        world.reactor.makeWritable(sstpStreamDescriptor);
        world.reactor.advance(21s);
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.tls.timeout"));
    }
    // A server of TLS 1.3 that does not like our certificate says so, and hangs up, while we look up its own.
    void alertBeforeTheEndCounts() {
        SstpParts parts;
        FakeReactor reactor;
        SstpDriver::Setup setup;
        setup.stream = std::make_unique<FakeBytes>(parts.record);
        setup.session = std::make_unique<FakeSstp>(parts.record);
        std::string code;
        SstpDriver driver(
            reactor, parts, std::move(setup),
            [&code](const SstpOutput& output) {
                if (const auto* closed = std::get_if<sstp::Closed>(&output); closed != nullptr && closed->error) {
                    code = closed->error->code;
                }
            },
            [] {});
        QVERIFY(driver.start());
        reactor.makeWritable(sstpStreamDescriptor);
        parts.record.incoming.push_back({9});
        reactor.makeReadable(sstpStreamDescriptor); // TLS stands, and waits for certificatesChecked()
        QVERIFY(!parts.record.started && !driver.isClosed());
        parts.record.incoming.push_back({9});
        parts.record.ended = true;
        parts.record.alert = base::Error{"tern.crypto.tls.alert.unknown-ca", {}, {}};
        reactor.makeReadable(sstpStreamDescriptor);
        QVERIFY(driver.isClosed());
        QCOMPARE(code, std::string("tern.sstp.tls.certificate-refused"));
    }
    void nextAddressAfterSilenceBehindTls() {
        SstpWorld world;
        world.start();
        world.host.grant();
        world.resolver.answer({"203.0.113.5", "203.0.113.6"});
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.sstp.http.timeout", {}, {}}});
        QCOMPARE(world.connection->status().server->text(), std::string("203.0.113.6"));
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.sstp.http.timeout", {}, {}}});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.http.timeout"));
    }
    void anAnswerIsFinal() {
        SstpWorld world;
        world.reachCall();
        world.says(sstp::Closed{base::Error{"tern.sstp.certificate-changed", {}, {}}});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
        QCOMPARE(world.connection->status().error->code, std::string("tern.sstp.certificate-changed"));
    }
    void reconnectsKeepingTheRoutes() {
        SstpWorld world;
        world.reachConnected();
        world.r().failure = base::Error{"tern.sstp.cut", {}, {}};
        world.reactor.makeReadable(sstpControlDescriptor);
        QVERIFY(world.r().streamEnd.has_value());
        QCOMPARE(world.state(), StateName::Reconnecting);
        QCOMPARE(world.host.record.closed, 0);
        world.r().failure.reset();
        world.reactor.advance(1s);
        QCOMPARE(world.state(), StateName::Negotiating);
        world.giveStream();
        QCOMPARE(world.r().config->ppp.previousIpv4->text(), std::string("10.9.0.2"));
        world.call();
        world.says(SstpWorld::up());
        world.configure();
        QCOMPARE(world.state(), StateName::Connected);
        QCOMPARE(world.r().tunnels, 1);
    }
    void unavailableServerIsCalledAgain() {
        SstpWorld world;
        world.reachConnected();
        world.says(sstp::Closed{base::Error{"tern.sstp.disconnected", {}, {}}});
        world.reactor.advance(1s);
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.sstp.http.unavailable", {"503"}, {}}});
        QCOMPARE(world.state(), StateName::Reconnecting);
        world.reactor.advance(3s);
        world.giveStream();
        world.call();
        world.says(sstp::Closed{base::Error{"tern.eap.password", {}, {}}});
        std::exchange(world.host.record.closeDone, nullptr)();
        QCOMPARE(world.state(), StateName::Failed);
    }
    void anotherNetworkIsCalledFrom() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.changeTo(FakeSurroundings::route("198.51.100.9"));
        QCOMPARE(world.state(), StateName::Negotiating);
        QVERIFY(world.connection->status().reconnecting);
        QCOMPARE(world.host.record.closed, 0);
    }
    void noNetworkIsWaitedOut() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.changeTo(std::nullopt);
        QCOMPARE(world.state(), StateName::Connected); // for a moment
        world.reactor.advance(500ms);
        QCOMPARE(world.state(), StateName::Reconnecting);
        QCOMPARE(world.connection->status().stage, Stage::Waiting);
        world.surroundings.changeTo(FakeSurroundings::route("192.0.2.7"));
        QCOMPARE(world.state(), StateName::Negotiating);
    }
    void asksAfterASleep() {
        SstpWorld world;
        world.reachConnected();
        world.surroundings.wake();
        QCOMPARE(world.state(), StateName::Moving);
        QCOMPARE(world.r().probes, 1);
        world.says(sstp::Alive{});
        QCOMPARE(world.state(), StateName::Connected);
        world.surroundings.wake();
        world.says(sstp::Closed{base::Error{"tern.sstp.silent", {}, {}}});
        QCOMPARE(world.state(), StateName::Reconnecting);
    }
    void learnsMoreLater() {
        SstpWorld world;
        world.reachConnected();
        auto more = SstpWorld::up();
        more.addresses.push_back(*base::IpPrefix::fromText("2001:db8::7/64"));
        world.says(more);
        QCOMPARE(world.host.record.plans.size(), std::size_t{2});
        QCOMPARE(world.host.record.plans.back().addresses.size(), std::size_t{2});
        world.configure();
        QCOMPARE(world.r().mtu, 1380U);
    }
    void asksByDhcpInASplitTunnelOnly() {
        SstpWorld full;
        full.reachConnected();
        QVERIFY(full.r().injected.empty());
        SstpWorld split;
        split.profile.routing.fullTunnelIpv4 = false;
        split.reachConnected();
        QVERIFY(!split.r().injected.empty());
    }
    void classRouteOfASplitTunnel_data() {
        QTest::addColumn<bool>("full");
        QTest::addColumn<bool>("wanted");
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("routes");
        // The name server, 10.9.0.1, is always reached.
        QTest::newRow("class A") << false << true << QByteArray("10.9.0.2/32") << QByteArray("10.0.0.0/8 10.9.0.1/32");
        QTest::newRow("class B") << false << true << QByteArray("172.20.1.2/32")
                                 << QByteArray("172.20.0.0/16 10.9.0.1/32");
        QTest::newRow("class C") << false << true << QByteArray("192.168.4.7/32")
                                 << QByteArray("192.168.4.0/24 10.9.0.1/32");
        QTest::newRow("not wanted") << false << false << QByteArray("10.9.0.2/32") << QByteArray("10.9.0.1/32");
        QTest::newRow("all traffic") << true << true << QByteArray("10.9.0.2/32") << QByteArray("0.0.0.0/0");
    }
    void classRouteOfASplitTunnel() {
        QFETCH(bool, full);
        QFETCH(bool, wanted);
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, routes);
        SstpWorld world;
        world.profile.routing.fullTunnelIpv4 = full;
        world.profile.routing.fullTunnelIpv6 = full;
        world.profile.routing.classRoute = wanted;
        world.reachCall();
        auto up = SstpWorld::up();
        up.addresses = {*base::IpPrefix::fromText(address.toStdString())};
        world.says(std::move(up));
        QByteArrayList planned;
        for (const auto& route : world.host.record.plans.back().routes) {
            planned << QByteArray::fromStdString(route.text());
        }
        QCOMPARE(planned.join(' '), routes);
    }
    // What DHCP hands out comes beside it, and is all where it is not wanted.
    void routesByDhcpBesideTheClassRoute_data() {
        QTest::addColumn<bool>("wanted");
        QTest::newRow("wanted") << true;
        QTest::newRow("not wanted") << false;
    }
    void routesByDhcpBesideTheClassRoute() {
        QFETCH(bool, wanted);
        profile::Profile profile;
        profile.servers = {"vpn.example.org"};
        profile.routing.fullTunnelIpv4 = false;
        profile.routing.fullTunnelIpv6 = false;
        profile.routing.classRoute = wanted;
        dhcp::Reply reply;
        reply.routes = {*base::IpPrefix::fromText("172.30.0.0/16")};
        const auto plan = planSstp(profile, SstpWorld::up(), reply, *base::IpAddress::fromText("203.0.113.5"));
        QVERIFY(plan.has_value());
        const auto has = [&plan](const char* route) {
            return std::find(plan->routes.begin(), plan->routes.end(), *base::IpPrefix::fromText(route)) !=
                   plan->routes.end();
        };
        QVERIFY(has("172.30.0.0/16"));
        QCOMPARE(has("10.0.0.0/8"), wanted);
    }
    void signsInAsTheProfileAllows() {
        using profile::Method;
        const auto methods = [](Method method, std::vector<Method> allowed) {
            profile::Authentication authentication;
            authentication.method = method;
            authentication.allowed = std::move(allowed);
            return pppMethods(authentication);
        };
        using Methods = std::vector<ppp::Method>;
        QCOMPARE(methods(Method::Unknown, {}), (Methods{ppp::Method::Eap, ppp::Method::MsChapV2}));
        QCOMPARE(methods(Method::Mschapv2, {Method::Chap, Method::Pap}),
                 (Methods{ppp::Method::MsChapV2, ppp::Method::ChapMd5}));
        QCOMPARE(methods(Method::Pap, {}), (Methods{ppp::Method::Pap}));
        QCOMPARE(methods(Method::EapTls, {Method::Peap}), (Methods{ppp::Method::Eap}));
    }
};

QTEST_APPLESS_MAIN(TestSstp)
#include "tst_sstp.moc"
