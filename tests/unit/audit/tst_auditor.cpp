#include "core/audit/auditor.h"
#include "core/audit/words.h"
#include "core/formats/import.h"
#include "tests/unit/audit/trees.h"

#include <QElapsedTimer>
#include <QTest>
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace tern;
using audit::Grade;
using audit::Remark;
using Kind = audit::Remark::Kind;

namespace {

const audit::Remark* remarkOf(const audit::Report& report, const char* file) {
    const auto found = std::ranges::find_if(
        report.remarks, [&](const Remark& each) { return std::filesystem::path(each.path).filename() == file; });
    return found == report.remarks.end() ? nullptr : &*found;
}

} // namespace

class TestAuditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void worstFirst();
    void brokenFilesNeverStopTheRest();
    void otherPrograms();
    void guessesAreSilentWhenWrong();
    void sameWithAnyNumberOfThreads();
    void countsAreRight();
    void manyPhonebooks();
};

void TestAuditor::worstFirst() {
    const test::Tree tree;
    tree.add(QStringLiteral("Users/anna/a.pbk"), test::entry("good", "7") + test::entry("fall", "0"));
    tree.add(QStringLiteral("Users/ben/b.pbk"), test::entry("pptp", "1") + test::entry("good too", "5"));
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {});
    QCOMPARE(report.connections.size(), std::size_t{4});
    QVERIFY(std::ranges::is_sorted(report.connections, {}, &audit::Connection::grade));
    const auto& worst = report.connections.front();
    QCOMPARE(worst.name, std::string("pptp"));
    QCOMPARE(worst.server, std::string("vpn.example.com"));
    QCOMPARE(worst.line, 1U);
    QCOMPARE(report.files.at(worst.file).owner, std::string("ben"));
    QCOMPARE(report.files.at(worst.file).worst, std::optional(worst.grade));
    QVERIFY(worst.grade <= Grade::Retired && !worst.findings->empty());
    QCOMPARE(report.count(Grade::CanFallBack), std::size_t{1});
    QCOMPARE(report.atOrAbove(Grade::CanFallBack), std::size_t{2});
    QCOMPARE(report.filesRead, std::size_t{2});
    QVERIFY(audit::isComplete(report) && report.remarks.empty());
}

void TestAuditor::brokenFilesNeverStopTheRest() {
    const test::Tree tree;
    tree.add(QStringLiteral("a-empty.pbk"), {});
    tree.add(QStringLiteral("b-garbage.pbk"), std::string("\x7F"
                                                          "ELF\x01\x02\x00garbage",
                                                          14));
    tree.add(QStringLiteral("c-text.pbk"), "a list of plays for Sunday\n");
    const auto huge = tree.add(QStringLiteral("d-huge.pbk"), "[");
    std::filesystem::resize_file(huge, std::uintmax_t{1} << 30U); // a hole: no room is taken
    const auto fifo = tree.path(QStringLiteral("e-pipe.pbk"));
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    const auto closed = tree.add(QStringLiteral("f-closed.pbk"), test::entry("hidden", "1"));
    QCOMPARE(::chmod(closed.c_str(), 0), 0);
    tree.add(QStringLiteral("f-cut.mobileconfig"), "<?xml version=\"1.0\"?><plist><dict><key>PayloadContent</key>");
    tree.add(QStringLiteral("f-cut.xml"), "<VPNProfile><NativeProfile><Servers>vpn.example.com");
    tree.add(QStringLiteral("g-half.pbk"), test::entry("whole", "7") + "[cut]\r\nMEDIA=rastapi\r\nPort=V");
    tree.add(QStringLiteral("z-last.pbk"), test::entry("last", "1"));

    QElapsedTimer clock;
    clock.start();
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {});
    QVERIFY2(clock.elapsed() < 20'000, "neither a pipe nor a hole is waited for");

    for (const char* name : {"a-empty.pbk", "b-garbage.pbk", "c-text.pbk"}) {
        const auto* remark = remarkOf(report, name);
        QVERIFY2(remark != nullptr && remark->kind == Kind::Foreign, name);
    }
    // What is damaged may hold anything, so it is a gap; by whatever name its kind was known.
    for (const char* name : {"f-cut.mobileconfig", "f-cut.xml"}) {
        const auto* remark = remarkOf(report, name);
        QVERIFY2(remark != nullptr && remark->kind == Kind::Unread, name);
        QCOMPARE(remark->error.code, std::string("tern.formats.broken"));
    }
    QCOMPARE(remarkOf(report, "d-huge.pbk")->error.code, std::string("tern.engine.file-too-large"));
    QCOMPARE(remarkOf(report, "e-pipe.pbk")->error.code, std::string("tern.engine.file-unreadable"));
    const auto* half = remarkOf(report, "g-half.pbk");
    QVERIFY(half != nullptr && half->kind == Kind::Skipped);
    const bool root = ::geteuid() == 0; // who may read everything
    QCOMPARE(report.unread, root ? std::size_t{4} : std::size_t{5});
    QVERIFY(!audit::isComplete(report));
    QCOMPARE(report.connections.size(), root ? std::size_t{3} : std::size_t{2});
    QVERIFY(std::ranges::any_of(report.connections, [](const auto& each) { return each.name == "last"; }));

    // The same garbage, asked for by name, is a gap.
    const std::vector asked{tree.path(QStringLiteral("b-garbage.pbk")), tree.path(QStringLiteral("nowhere"))};
    const auto strict = audit::run(asked, {});
    QCOMPARE(strict.unread, std::size_t{2});
    QCOMPARE(strict.missing, std::size_t{1});
}

// What a Linux computer has beside NetworkManager: PPTP and L2TP count as anywhere, the rest is listed.
void TestAuditor::otherPrograms() {
    const test::Tree tree;
    tree.add(QStringLiteral("etc/ppp/peers/office"), "pty \"pptp pptp.example.com --nolaunchpppd\"\nuser anna\n");
    tree.add(QStringLiteral("etc/ppp/peers/provider"), "connect \"/usr/sbin/chat -v\"\n/dev/modem\n");
    tree.add(QStringLiteral("etc/xl2tpd/xl2tpd.conf"), "[global]\n[lac office]\nlns = l2tp.example.com\n");
    tree.add(QStringLiteral("home/anna/work.ovpn"), "client\nremote ovpn.example.com 1194\n");
    tree.add(QStringLiteral("etc/openvpn/client/a.conf"), "client\nremote ovpn.example.com\n");
    tree.add(QStringLiteral("etc/wireguard/wg0.conf"), "[Interface]\n[Peer]\nEndpoint=wg.example.com:1\n");
    tree.add(QStringLiteral("etc/NetworkManager/system-connections/w"),
             "[connection]\nid=w\ntype=wireguard\n[wireguard]\n[wireguard-peer.k]\nendpoint=wg.example.com:1\n");
    tree.add(QStringLiteral("etc/vpnc/default.conf"), "IPSec gateway vpnc.example.com\nIPSec ID group\n");
    tree.add(QStringLiteral("etc/resolv.conf"), "nameserver 192.0.2.1\n");
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {});
    QCOMPARE(report.connections.size(), std::size_t{7});
    QCOMPARE(report.count(Grade::Broken), std::size_t{1});    // PPTP
    QCOMPARE(report.count(Grade::Retired), std::size_t{2});   // L2TP, IKEv1
    QCOMPARE(report.count(Grade::NotJudged), std::size_t{4}); // OpenVPN, WireGuard
    QVERIFY(audit::isComplete(report));
    const auto work =
        std::ranges::find(report.connections, std::string("ovpn.example.com"), &audit::Connection::server);
    QVERIFY(work != report.connections.end());
    QCOMPARE(work->findings->front().args.front(), std::string("OpenVPN"));
    QCOMPARE(remarkOf(report, "provider"), nullptr);
    // Of a connection that is listed nothing is said to have been left out.
    QVERIFY(std::ranges::none_of(report.remarks, [](const auto& each) { return each.kind == Kind::Skipped; }));
}

void TestAuditor::guessesAreSilentWhenWrong() {
    const test::Tree tree;
    tree.add(QStringLiteral("settings.xml"), "<?xml version=\"1.0\"?><settings/>");
    tree.add(QStringLiteral("notes.json"), "{}");
    tree.add(QStringLiteral("mentions.xml"), "<?xml version=\"1.0\"?><page>a VPNProfile is</page>");
    tree.add(QStringLiteral("sub/phonebook.txt"), test::entry("not looked at", "1"));
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {});
    QVERIFY(report.connections.empty() && report.remarks.empty());
    QCOMPARE(report.filesMet, std::size_t{4});
    // Asked for by name, a file is read whatever its name.
    const std::vector asked{tree.path(QStringLiteral("sub/phonebook.txt"))};
    QCOMPARE(audit::run(asked, {}).connections.size(), std::size_t{1});
}

void TestAuditor::sameWithAnyNumberOfThreads() {
    const test::Tree tree;
    for (int i = 0; i < 40; ++i) {
        std::string book;
        for (const char* strategy : {"0", "1", "3", "5", "7", "12"}) {
            book += test::entry("e" + std::to_string(i) + strategy, strategy);
        }
        tree.add(QStringLiteral("%1/x.pbk").arg(i), book + "[loose]\r\nEncoding=1\r\nType=2\r\n");
    }
    const std::vector paths{tree.path()};
    const auto one = audit::run(paths, {}, 1);
    const auto five = audit::run(paths, {}, 5);
    QCOMPARE(one.connections.size(), std::size_t{240});
    QCOMPARE(five.connections.size(), one.connections.size());
    for (std::size_t i = 0; i < one.connections.size(); ++i) {
        QCOMPARE(five.connections[i].name, one.connections[i].name);
        QCOMPARE(*five.connections[i].findings, *one.connections[i].findings);
    }
    QCOMPARE(five.remarks.size(), std::size_t{40});
    for (std::size_t i = 0; i < one.remarks.size(); ++i) {
        QCOMPARE(five.remarks[i].path, one.remarks[i].path);
    }
}

void TestAuditor::countsAreRight() {
    const test::Tree tree;
    std::string book = test::entry("a", "1") + test::entry("b", "7") + test::entry("c", "7");
    book.replace(book.rfind("vpn.example.com"), 3, "VPN");
    tree.add(QStringLiteral("x.pbk"), book);
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {});
    const auto servers = audit::countServers(report);
    QCOMPARE(servers.size(), std::size_t{1});
    QCOMPARE(servers.front().connections, std::size_t{3});
    QCOMPARE(servers.front().worst, report.connections.front().grade);
    const auto protocols = audit::countProtocols(report);
    QCOMPARE(protocols.front().protocol, profile::Protocol::Ikev2);
    QCOMPARE(protocols.front().connections, std::size_t{2});
    for (const auto& each : audit::countFindings(report)) {
        QVERIFY(each.connections >= 1 && each.connections <= 3);
    }
}

// A tenth of a fleet of ten thousand phonebooks, 40 MB. The processor's time is measured, not the clock's: other work
// on the machine does not count.
void TestAuditor::manyPhonebooks() {
    const test::Tree tree;
    std::string book;
    for (int i = 0; i < 10; ++i) {
        book += test::entry("Büro " + std::to_string(i), i == 0 ? "1" : "7",
                            test::blobLines("Routes", std::string(1800, 'x')));
    }
    for (int i = 0; i < 1000; ++i) {
        tree.add(QStringLiteral("%1/%2.pbk").arg(i / 50).arg(i), book);
    }
    struct rusage before {};
    ::getrusage(RUSAGE_SELF, &before);
    const auto started = std::clock();
    const std::vector paths{tree.path()};
    const auto report = audit::run(paths, {}, 2);
    const double seconds = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
    struct rusage after {};
    ::getrusage(RUSAGE_SELF, &after);
    QCOMPARE(report.connections.size(), std::size_t{10'000});
    QCOMPARE(report.count(report.connections.front().grade), std::size_t{1000});
    const double megabytes = static_cast<double>(after.ru_maxrss - before.ru_maxrss) / 1024;
    qInfo("10,000 connections: %.2f s of the processor, %.1f MB more memory", seconds, megabytes);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    QVERIFY2(seconds < 2, "100,000 connections would take more than 10 s on two processors");
    QVERIFY2(megabytes < 32, "profiles and texts are kept");
#endif
}

QTEST_APPLESS_MAIN(TestAuditor)
#include "tst_auditor.moc"
