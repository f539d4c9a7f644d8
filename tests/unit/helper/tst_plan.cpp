#include "app/helper/firewall.h"
#include "app/helper/plan.h"
#include "app/helper/tags.h"
#include "app/helper/transaction.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::helper;

namespace {

base::IpPrefix prefix(const char* text) {
    return *base::IpPrefix::fromText(text);
}

base::IpAddress address(const char* text) {
    return *base::IpAddress::fromText(text);
}

TunnelRequest fullTunnel() {
    TunnelRequest request;
    request.mtu = 1400;
    request.addresses = {address("10.8.0.2")};
    request.routes = {prefix("0.0.0.0/0")};
    request.allNames = true;
    return request;
}

bool hasRoute(const Plan& plan, const char* destination, Route::Kind kind, std::uint32_t metric = 0) {
    return std::find(plan.routes.begin(), plan.routes.end(), Route{prefix(destination), kind, metric}) !=
           plan.routes.end();
}

QString firewallOf(const TunnelRequest& request, bool redirect) {
    const auto plan = makePlan(request);
    FirewallPlan firewall;
    firewall.servers = {{Transport::Udp, address("192.0.2.1"), {500, 4500}}};
    firewall.tunnel = FirewallTunnel{"tern0",         request.addresses, request.dns,     request.excluded,
                                     plan.fullTunnel, redirect,          request.blockV4, request.blockV6};
    return QString::fromStdString(firewallText(firewall));
}

} // namespace

class TestPlan : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fullTunnelHasAFallback();
    void splitTunnelHasNone();
    void halvesAreAFullTunnel();
    void excludedNetworksAreThrown();
    void nameServersAreAlwaysTunnelled();
    void blockedFamilyGoesNowhere();
    void markedRulesComeFirst();
    void familiesWithoutRoutesKeepTheirRules();
    void coveredPrefixesAreDropped();
    void firewallLimitsTheMark();
    void firewallRefusesDnsOutside();
    void firewallRedirectsDns();
    void transactionUndoesBackwards();
};

void TestPlan::fullTunnelHasAFallback() {
    const auto plan = makePlan(fullTunnel());
    QVERIFY(plan.fullTunnel);
    QVERIFY(hasRoute(plan, "0.0.0.0/0", Route::Kind::Tunnel));
    QVERIFY(hasRoute(plan, "0.0.0.0/0", Route::Kind::Unreachable, fallbackMetric));
    QCOMPARE(plan.routes.size(), std::size_t{2});
    QCOMPARE(plan.rules.size(), std::size_t{4});
}

void TestPlan::splitTunnelHasNone() {
    auto request = fullTunnel();
    request.routes = {prefix("10.20.0.0/16")};
    const auto plan = makePlan(request);
    QVERIFY(!plan.fullTunnel);
    QCOMPARE(plan.routes.size(), std::size_t{1});
}

void TestPlan::halvesAreAFullTunnel() {
    auto request = fullTunnel();
    request.routes = {prefix("0.0.0.0/1"), prefix("128.0.0.0/1")};
    const auto plan = makePlan(request);
    QVERIFY(plan.fullTunnel);
    QVERIFY(hasRoute(plan, "0.0.0.0/0", Route::Kind::Unreachable, fallbackMetric));
    request.routes.pop_back();
    QVERIFY(!makePlan(request).fullTunnel);
}

void TestPlan::excludedNetworksAreThrown() {
    auto request = fullTunnel();
    request.routes.push_back(prefix("192.168.0.0/16"));
    request.excluded = {prefix("192.168.0.0/16"), prefix("fd00::/8")};
    const auto plan = makePlan(request);
    QVERIFY(hasRoute(plan, "192.168.0.0/16", Route::Kind::Throw));
    QVERIFY(!hasRoute(plan, "192.168.0.0/16", Route::Kind::Tunnel));
    QVERIFY(!hasRoute(plan, "fd00::/8", Route::Kind::Throw)); // IPv6 is not touched at all
}

void TestPlan::nameServersAreAlwaysTunnelled() {
    auto request = fullTunnel();
    request.routes = {prefix("10.20.0.0/16")};
    request.dns = {address("10.8.0.1")};
    request.excluded = {prefix("10.8.0.1/32")};
    const auto plan = makePlan(request);
    QVERIFY(hasRoute(plan, "10.8.0.1/32", Route::Kind::Tunnel));
    QVERIFY(!hasRoute(plan, "10.8.0.1/32", Route::Kind::Throw));
}

void TestPlan::blockedFamilyGoesNowhere() {
    auto request = fullTunnel();
    request.blockV6 = true;
    const auto plan = makePlan(request);
    QVERIFY(hasRoute(plan, "::/0", Route::Kind::Unreachable, fallbackMetric));
    QVERIFY(hasRoute(plan, "fe80::/10", Route::Kind::Throw));
    QVERIFY(!hasRoute(plan, "::/0", Route::Kind::Tunnel));
    QCOMPARE(plan.rules.size(), std::size_t{8});
}

void TestPlan::markedRulesComeFirst() {
    const auto plan = makePlan(fullTunnel());
    auto rules = plan.rules;
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.priority < b.priority; });
    const std::vector<Rule> wanted{{false, ruleMarkedMain, true, 254},
                                   {false, ruleMarkedDefault, true, 253},
                                   {false, ruleMarkedNowhere, true, 0},
                                   {false, ruleTunnel, false, tunnelTable}};
    QVERIFY(rules == wanted);
    QVERIFY(wanted.front().priority > 0 && wanted.back().priority < 32766);
}

void TestPlan::familiesWithoutRoutesKeepTheirRules() {
    for (const auto& rule : makePlan(fullTunnel()).rules) {
        QVERIFY(!rule.v6);
    }
    TunnelRequest nothing;
    nothing.addresses = {address("10.8.0.2")};
    QVERIFY(makePlan(nothing).rules.empty());
    QVERIFY(makePlan(nothing).routes.empty());
}

void TestPlan::coveredPrefixesAreDropped() {
    std::vector<base::IpPrefix> list{prefix("10.0.0.0/8"),    prefix("10.1.0.0/16"), prefix("10.1.2.0/24"),
                                     prefix("11.0.0.0/8"),    prefix("0.0.0.0/5"),   prefix("fd00::/8"),
                                     prefix("fd00:1::/32"),   prefix("fc00::/8"),    prefix("192.168.1.0/24"),
                                     prefix("192.168.0.0/16")};
    std::sort(list.begin(), list.end());
    std::vector<base::IpPrefix> wanted{prefix("0.0.0.0/5"),      prefix("10.0.0.0/8"), prefix("11.0.0.0/8"),
                                       prefix("192.168.0.0/16"), prefix("fc00::/8"),   prefix("fd00::/8")};
    QVERIFY(withoutCovered(list) == wanted);
}

void TestPlan::firewallLimitsTheMark() {
    FirewallPlan plan;
    plan.servers = {{Transport::Udp, address("192.0.2.1"), {500, 4500}},
                    {Transport::Tcp, address("2001:db8::1"), {443}}};
    const auto text = QString::fromStdString(firewallText(plan));
    QVERIFY(text.contains(QLatin1String("ip daddr 192.0.2.1 udp dport { 500, 4500 } accept")));
    QVERIFY(text.contains(QLatin1String("ip6 daddr 2001:db8::1 tcp dport { 443 } accept")));
    QVERIFY(text.contains(QLatin1String("meta mark 1952805486 goto marked")));
    QVERIFY(text.contains(QLatin1String("ip saddr 192.0.2.1 meta mark set 1952805486")));
    QVERIFY(!text.contains(QLatin1String("oifname"))); // nothing but the mark before there is a tunnel
}

void TestPlan::firewallRefusesDnsOutside() {
    auto request = fullTunnel();
    const QLatin1String refusal("meta l4proto { tcp, udp } th dport { 53, 853 } goto refuse");
    QVERIFY(firewallOf(request, false).contains(refusal));
    request.routes = {prefix("10.20.0.0/16")};
    QVERIFY(!firewallOf(request, false).contains(refusal));
    request.blockV6 = true;
    QVERIFY(firewallOf(request, false).contains(QLatin1String("meta nfproto ipv6 goto blocked6")));
    QVERIFY(!firewallOf(request, false).contains(QLatin1String("blocked4")));
}

void TestPlan::firewallRedirectsDns() {
    auto request = fullTunnel();
    request.dns = {address("10.8.0.1"), address("10.8.0.9")};
    const auto text = firewallOf(request, true);
    QVERIFY(text.contains(QLatin1String("ip daddr != { 10.8.0.1, 10.8.0.9 } udp dport 53 dnat ip to 10.8.0.1")));
    QVERIFY(!text.contains(QLatin1String("dnat ip6")));
    QVERIFY(text.contains(
        QLatin1String("oifname \"tern0\" meta l4proto { tcp, udp } th dport 53 ct status dnat masquerade")));
    QVERIFY(!firewallOf(request, false).contains(QLatin1String("dnat")));
}

void TestPlan::transactionUndoesBackwards() {
    std::vector<int> done;
    std::vector<int> undone;
    const std::vector<int> before{1, 2};
    const std::vector<int> after{2, 3, 4, 5};
    const auto add = [&done](int n) -> base::Result<void> {
        if (n == 5) {
            return base::fail("tern.helper.internal");
        }
        done.push_back(n);
        return {};
    };
    const auto remove = [&undone](int n) -> base::Result<void> {
        undone.push_back(n);
        return {};
    };
    {
        Transaction transaction;
        QVERIFY(!addMissing(transaction, before, after, add, remove));
    }
    QCOMPARE(done, (std::vector<int>{3, 4}));
    QCOMPARE(undone, (std::vector<int>{4, 3}));
    {
        Transaction transaction;
        QVERIFY(addMissing(transaction, before, {3}, add, remove));
        transaction.commit();
    }
    QCOMPARE(undone.size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
