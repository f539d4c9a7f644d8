#include "core/connection/tunnel_plan.h"

#include <QTest>

using namespace tern;
using namespace tern::connection;

namespace {

base::IpAddress ip(const char* text) {
    return *base::IpAddress::fromText(text);
}
base::IpPrefix net(const char* text) {
    return *base::IpPrefix::fromText(text);
}
std::vector<std::string> texts(const std::vector<base::IpPrefix>& list) {
    std::vector<std::string> result;
    for (const auto& prefix : list) {
        result.push_back(prefix.text());
    }
    return result;
}
using Texts = std::vector<std::string>;

ike::ServerConfiguration server() {
    ike::ServerConfiguration configuration;
    configuration.addresses = {net("10.9.0.2/32")};
    configuration.dns = {ip("10.9.0.1")};
    configuration.domains = {"corp.example", "bad domain", "-x.example", "Intra.Example."};
    return configuration;
}
profile::Profile split() {
    profile::Profile profile;
    profile.routing.fullTunnelIpv4 = false;
    profile.routing.fullTunnelIpv6 = false;
    profile.routing.classRoute = false;
    return profile;
}

} // namespace

class TestTunnelPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fullTunnelBlocksTheMissingFamily();
    void fullTunnelOfBothFamilies();
    void splitTakesProfileServerAndSelectors();
    void classRouteWhenWanted();
    void hostileServerCannotSpoilThePlan();
    void profileDnsReplacesTheServers();
    void noUsableAddress();
    void rangesBecomePrefixes();
};

void TestTunnelPlan::fullTunnelBlocksTheMissingFamily() {
    const auto plan = planTunnel({}, server(), {});
    QVERIFY(plan);
    QCOMPARE(texts(plan->routes), Texts{"0.0.0.0/0"});
    QCOMPARE(plan->block, Texts{"ipv6"});
    QCOMPARE(plan->mtu, 1400U);
    QCOMPARE(plan->domains.front(), (std::pair<std::string, bool>{".", true}));
}

void TestTunnelPlan::fullTunnelOfBothFamilies() {
    auto configuration = server();
    configuration.addresses.push_back(net("2001:db8::2/128"));
    const auto plan = planTunnel({}, configuration, {});
    QCOMPARE(texts(plan->routes), (Texts{"0.0.0.0/0", "::/0"}));
    QVERIFY(plan->block.empty());
}

void TestTunnelPlan::splitTakesProfileServerAndSelectors() {
    auto profile = split();
    profile.routing.routes = {{net("192.168.7.9/24"), 0}, {net("2001:db8:7::/48"), 0}};
    auto configuration = server();
    configuration.subnets = {net("10.20.0.0/16")};
    const std::vector<ike::TrafficSelector> remote{{ip("0.0.0.0"), ip("255.255.255.255")},
                                                   {ip("172.16.0.0"), ip("172.16.1.255")}};
    const auto plan = planTunnel(profile, configuration, remote);
    // IPv6 has no address in the tunnel, so its route would lead nowhere.
    QCOMPARE(texts(plan->routes), (Texts{"192.168.7.0/24", "10.20.0.0/16", "172.16.0.0/23", "10.9.0.1/32"}));
    QVERIFY(plan->block.empty());
    QCOMPARE(plan->domains,
             (std::vector<std::pair<std::string, bool>>{{"corp.example", false}, {"intra.example", false}}));
}

void TestTunnelPlan::classRouteWhenWanted() {
    auto profile = split();
    profile.routing.classRoute = true;
    QCOMPARE(texts(planTunnel(profile, server(), {})->routes), Texts({"10.0.0.0/8", "10.9.0.1/32"}));
    auto configuration = server();
    configuration.dns.clear();
    configuration.addresses = {net("172.20.1.2/32")};
    QCOMPARE(texts(planTunnel(profile, configuration, {})->routes), Texts{"172.20.0.0/16"});
    configuration.addresses = {net("192.168.4.2/32")};
    QCOMPARE(texts(planTunnel(profile, configuration, {})->routes), Texts{"192.168.4.0/24"});
}

void TestTunnelPlan::hostileServerCannotSpoilThePlan() {
    auto configuration = server();
    configuration.addresses = {net("127.0.0.1/8"), net("10.9.0.2/32")};
    configuration.dns = {ip("127.0.0.53"), ip("0.0.0.0"), ip("224.0.0.1"), ip("2001:db8::1"), ip("10.9.0.1")};
    configuration.subnets = {net("0.0.0.0/0"), net("127.0.0.0/8"), net("10.1.2.3/16")};
    for (unsigned i = 0; i < 5000; ++i) {
        configuration.subnets.push_back(
            {*base::IpAddress::fromBytes(
                 base::Bytes{172, 16, static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)}),
             32});
        configuration.domains.push_back("d" + std::to_string(i) + ".example");
    }
    configuration.domains.push_back(std::string(64, 'a') + ".example");
    const auto plan = planTunnel(split(), configuration, {});
    QCOMPARE(texts(plan->addresses), Texts{"10.9.0.2/32"});
    QCOMPARE(plan->dns, std::vector{ip("10.9.0.1")});
    QCOMPARE(plan->routes.front().text(), std::string("10.1.0.0/16"));
    QVERIFY(std::find(plan->routes.begin(), plan->routes.end(), net("0.0.0.0/0")) == plan->routes.end());
    QCOMPARE(plan->routes.size(), 1024U);
    QCOMPARE(plan->domains.size(), 64U);
}

void TestTunnelPlan::profileDnsReplacesTheServers() {
    profile::Profile profile;
    profile.dns.servers = {ip("10.1.1.1")};
    profile.dns.suffix = "branch.example";
    const auto plan = planTunnel(profile, server(), {});
    QCOMPARE(plan->dns, std::vector{ip("10.1.1.1")});
    QCOMPARE(plan->domains.at(1).first, std::string("branch.example"));
}

void TestTunnelPlan::noUsableAddress() {
    auto configuration = server();
    configuration.addresses = {net("127.0.0.1/32")};
    const auto plan = planTunnel({}, configuration, {});
    QVERIFY(!plan);
    QCOMPARE(plan.error().code, std::string("tern.engine.no-address"));
}

void TestTunnelPlan::rangesBecomePrefixes() {
    QCOMPARE(texts(prefixesOf(ip("10.0.0.0"), ip("10.255.255.255"))), Texts{"10.0.0.0/8"});
    QCOMPARE(texts(prefixesOf(ip("0.0.0.0"), ip("255.255.255.255"))), Texts{"0.0.0.0/0"});
    QCOMPARE(texts(prefixesOf(ip("10.0.0.5"), ip("10.0.0.5"))), Texts{"10.0.0.5/32"});
    QCOMPARE(texts(prefixesOf(ip("10.0.0.1"), ip("10.0.0.6"))),
             (Texts{"10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/31", "10.0.0.6/32"}));
    QCOMPARE(texts(prefixesOf(ip("255.255.255.254"), ip("255.255.255.255"))), Texts{"255.255.255.254/31"});
    QCOMPARE(texts(prefixesOf(ip("::"), ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))), Texts{"::/0"});
    QVERIFY(prefixesOf(ip("10.0.0.2"), ip("10.0.0.1")).empty());
    QVERIFY(prefixesOf(ip("10.0.0.2"), ip("::1")).empty());
    // The worst range there is.
    QCOMPARE(prefixesOf(ip("::1"), ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe")).size(), 254U);
}

QTEST_APPLESS_MAIN(TestTunnelPlan)
#include "tst_tunnel_plan.moc"
