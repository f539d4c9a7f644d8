#include "core/formats/phonebook_export.h"
#include "core/formats/text.h"
#include "tests/unit/formats/entries.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace tern;
using namespace tern::test;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

std::string written(const std::vector<Profile>& profiles) {
    return base::toText(formats::writePhonebook(profiles));
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void untouchedEntriesAreByteForByte_data();
    void untouchedEntriesAreByteForByte();
    void samplesAreByteForByte();
    void changesAreWrittenAndNothingElse();
    void keysThatWereNotThereAreAdded();
    void freshEntriesComeBack();
    void newlinesInNamesDoNotMakeKeys();
    void missingNewlineBetweenEntries();
};

void TestExport::untouchedEntriesAreByteForByte_data() {
    QTest::addColumn<QByteArray>("encoding");
    for (const char* each : {"utf-8", "utf-8-bom", "utf-16le", "utf-16le-bom", "utf-16be", "utf-16be-bom", "cp936"}) {
        QTest::newRow(each) << QByteArray(each);
    }
}

void TestExport::untouchedEntriesAreByteForByte() {
    QFETCH(QByteArray, encoding);
    const std::string text =
        entry("总部", "7", "NumServers=1\r\nServerListServerName=b\r\nRoutes=AB\r\n odd = line \r\nno equals\r\n") +
        entry("第二 [x]", "1", "VpnStrategy=3\r\n") + "[six]\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=a:443";
    const auto bytes = *formats::encodeText(text, encoding.toStdString());
    const auto result = formats::importFile(bytes, "x.pbk");
    QCOMPARE(result->profiles.size(), std::size_t{3});
    QVERIFY(formats::writePhonebook(result->profiles) == bytes);
}

void TestExport::samplesAreByteForByte() {
    const QString shared = qEnvironmentVariable("TERN_SHARED", QStringLiteral(TERN_SOURCE_DIR "/../shared"));
    const QDir directory(shared + QStringLiteral("/samples/pbk"));
    int checked = 0;
    for (const auto& name : directory.entryList({QStringLiteral("*.pbk")}, QDir::Files)) {
        QFile file(directory.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        const auto result = import(bytes);
        if (result->skipped() == 0) {
            QVERIFY2(bytes.ends_with(written(result->profiles)), qPrintable(name));
            ++checked;
        }
    }
    if (checked == 0) {
        QSKIP("no samples here");
    }
}

void TestExport::changesAreWrittenAndNothingElse() {
    const std::string text = entry("old", "2",
                                   "IpPrioritizeRemote=1\r\nIpv6PrioritizeRemote=1\r\nLater=1\r\nNumServers="
                                   "1\r\nServerListServerName=spare\r\nServerListFriendlyName=s\r\n");
    Profile p = single(text);
    p.name = "新 [name]";
    p.protocol = Protocol::Ikev2;
    p.servers = {"new.example.com", "spare2"};
    p.port = 500;
    p.routing.fullTunnelIpv4 = false;
    const std::string out = written({p});
    const Profile back = single(out);
    QCOMPARE(back.name, p.name);
    QCOMPARE(back.protocol, p.protocol);
    QVERIFY(back.servers == p.servers);
    QCOMPARE(back.port, p.port);
    QVERIFY(!back.routing.fullTunnelIpv4 && back.routing.fullTunnelIpv6);
    // Line by line: as many changed as there are changes.
    const auto lines = [](const std::string& each) { return QString::fromStdString(each).split(QLatin1Char('\n')); };
    const QStringList before = lines(text);
    int changed = 0;
    for (const auto& each : lines(out)) {
        changed += before.contains(each) ? 0 : 1;
    }
    QCOMPARE(changed, 6); // name, strategy, server, full tunnel, two of the spare
    QCOMPARE(lines(out).size(), before.size());
}

void TestExport::keysThatWereNotThereAreAdded() {
    for (const char* header : {"[six]\n", "[six]", "[six]\r\n"}) {
        Profile p =
            single(std::string(header) + "MEDIA=rastapi\nDevice=WAN Miniport (PPTP)\nDEVICE=vpn\nPhoneNumber=a");
        p.protocol = Protocol::Sstp;
        p.routing.fullTunnelIpv4 = p.routing.fullTunnelIpv6 = false;
        p.servers = {"a", "b", "c"};
        const Profile back = single(written({p}));
        QCOMPARE(back.name, std::string("six"));
        QCOMPARE(back.protocol, Protocol::Sstp);
        QVERIFY(back.servers == p.servers);
        QVERIFY(!back.routing.fullTunnelIpv4 && !back.routing.fullTunnelIpv6);
    }
}

void TestExport::freshEntriesComeBack() {
    for (const auto protocol : {Protocol::Ikev2, Protocol::Sstp, Protocol::Automatic}) {
        for (const auto method : {Method::EapMschapv2, Method::EapTls, Method::Peap, Method::Ttls,
                                  Method::MachineCertificate, Method::Psk}) {
            Profile p;
            p.name = "made in Tern";
            p.protocol = protocol;
            p.servers = {"2001:db8::1", "b.example.com"};
            p.port = 8443;
            p.authentication.method = method;
            p.routing.fullTunnelIpv4 = false;
            p.dns.servers = {*base::IpAddress::fromText("10.0.0.53"), *base::IpAddress::fromText("fd00::53")};
            p.dns.suffix = "corp.example.com";
            const auto result = import(written({p}));
            QVERIFY(result->problems.empty());
            const auto& back = result->profiles.at(0);
            QCOMPARE(back.protocol, protocol);
            QVERIFY(back.servers == p.servers && back.port == p.port && back.dns == p.dns);
            QCOMPARE(back.routing.fullTunnelIpv4, false);
            QCOMPARE(back.routing.fullTunnelIpv6, true);
            if (protocol != Protocol::Sstp || (method != Method::MachineCertificate && method != Method::Psk)) {
                QCOMPARE(back.authentication.method, method);
            }
            for (const auto each : back.originTries) {
                QVERIFY(each != Protocol::Pptp && each != Protocol::L2tp);
            }
        }
    }
}

void TestExport::newlinesInNamesDoNotMakeKeys() {
    Profile p;
    p.name = "a]\nVpnStrategy=1\n[b";
    p.protocol = Protocol::Ikev2;
    p.servers = {"vpn.example.com\nPhoneNumber=evil"};
    const auto result = import(written({p}));
    QCOMPARE(result->entries, std::size_t{1});
    QCOMPARE(result->profiles.at(0).protocol, Protocol::Ikev2);
    QCOMPARE(result->profiles.at(0).server(), std::string("vpn.example.com"));
}

void TestExport::missingNewlineBetweenEntries() {
    const std::string last = "[six]\r\nMEDIA=rastapi\r\nDEVICE=vpn\r\nPhoneNumber=a";
    const Profile p = single(last);
    QCOMPARE(written({p, p}), last + "\r\n" + last);
    QCOMPARE(written({}), std::string());
}

QTEST_APPLESS_MAIN(TestExport)
#include "tst_export.moc"
