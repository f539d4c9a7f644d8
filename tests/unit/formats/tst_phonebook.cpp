// What a phonebook's keys become (MS-RRASM §2.2.2 and files in the wild).
#include "core/formats/text.h"
#include "tests/unit/formats/entries.h"

#include <QFile>
#include <QTest>

using namespace tern;
using namespace tern::test;
using profile::Method;
using profile::Protocol;

class TestPhonebook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strategies_data();
    void strategies();
    void strategyWinsOverDevice();
    void shapes_data();
    void shapes();
    void names_data();
    void names();
    void encodings_data();
    void encodings();
    void servers_data();
    void servers();
    void methods_data();
    void methods();
    void eapSettings();
    void lyingEapLengths_data();
    void lyingEapLengths();
    void policies_data();
    void policies();
    void nameRecords();
    void network();
    void behaviour();
    void countsThatLie();
    void plugins();
    void contradictions();
    void secretsStayOut();
    void originalsAreKept();
    void cutOffFiles();
    void officeFile();
};

void TestPhonebook::strategies_data() {
    QTest::addColumn<QByteArray>("strategy");
    QTest::addColumn<QByteArray>("protocol");
    QTest::addColumn<QByteArray>("tries");
    const auto row = [](const char* strategy, const char* protocol, const char* tries) {
        QTest::newRow(*strategy == '\0' ? "none" : strategy)
            << QByteArray(strategy) << QByteArray(protocol) << QByteArray(tries);
    };
    row("", "automatic", "ikev2 sstp pptp l2tp ");
    row("0", "automatic", "ikev2 sstp pptp l2tp ");
    row("1", "pptp", "");
    row("2", "automatic", "pptp ikev2 sstp l2tp ");
    row("3", "l2tp", "");
    row("4", "automatic", "l2tp ikev2 sstp pptp ");
    row("5", "sstp", "");
    row("6", "automatic", "sstp ikev2 pptp l2tp ");
    row("7", "ikev2", "");
    row("8", "automatic", "ikev2 sstp pptp l2tp ");
    row("9", "unsupported", "");
    row("10", "automatic", "ikev2 sstp pptp l2tp ");
    row("11", "automatic", "ikev2 sstp pptp l2tp ");
    row("12", "automatic", "pptp sstp ");
    row("13", "automatic", "l2tp sstp ");
    row("14", "automatic", "ikev2 sstp ");
    row("15", "automatic", "ikev2 sstp pptp l2tp "); // a list that is not in the file
    row("-1", "automatic", "ikev2 sstp pptp l2tp ");
    row("99999999999999999999", "automatic", "ikev2 sstp pptp l2tp ");
    row("seven", "automatic", "ikev2 sstp pptp l2tp ");
}

void TestPhonebook::strategies() {
    QFETCH(QByteArray, strategy);
    QFETCH(QByteArray, protocol);
    QFETCH(QByteArray, tries);
    const auto result = import(entry("x", strategy.toStdString()));
    QVERIFY(result.has_value());
    const auto& p = result->profiles.at(0);
    QCOMPARE(std::string(profile::protocolName(p.protocol)), protocol.toStdString());
    std::string all;
    for (const auto each : p.originTries) {
        all += std::string(profile::protocolName(each)) + ' ';
    }
    QCOMPARE(all, tries.toStdString());
    const bool known = strategy.isEmpty() || (strategy.toInt() >= 0 && strategy.toInt() <= 14 && strategy != "10" &&
                                              strategy != "11" && strategy != "seven" && strategy.size() < 3);
    QCOMPARE(result->problems.empty(), known);
}

void TestPhonebook::strategyWinsOverDevice() {
    for (const char* device : {"WAN Miniport (SSTP)", "WAN Miniport (IKEv2)", "WAN-Miniport (L2TP)",
                               "WAN 微型端口 (L2TP)", "Something (PPTP) else", ""}) {
        QCOMPARE(single(entry("x", "1", {}, device)).protocol, Protocol::Pptp);
        QCOMPARE(single(entry("x", "7", {}, device)).protocol, Protocol::Ikev2);
    }
}

void TestPhonebook::shapes_data() {
    QTest::addColumn<QByteArray>("text");
    const QByteArray plain = "[x]\r\nType=2\r\nVpnStrategy=7\r\n\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=WAN "
                             "Miniport (IKEv2)\r\n\r\nDEVICE=vpn\r\nPhoneNumber=vpn.example.com\r\n";
    QTest::newRow("CRLF") << plain;
    QTest::newRow("LF") << QByteArray(plain).replace("\r\n", "\n");
    QTest::newRow("mixed") << QByteArray(plain).replace("Type=2\r\n", "Type=2\n").replace("0\r\n", "0\n");
    QTest::newRow("two carriage returns") << QByteArray(plain).replace("\r\n", "\r\r\n");
    QTest::newRow("no blank lines") << QByteArray(plain).replace("\r\n\r\n", "\r\n");
    QTest::newRow("no final newline") << plain.chopped(2);
    QTest::newRow("leading blanks")
        << "\r\n\r\n  " + QByteArray(plain).replace("Type", "  \tType").replace("PhoneNumber", "  PhoneNumber");
    QTest::newRow("blanks around values") << QByteArray(plain).replace("=7", " = 7 ").replace("=vpn.", "= vpn.");
    QTest::newRow("comments") << "; written by a script\r\n" + QByteArray(plain).replace("Type", "# type\r\n;\r\nType");
    QTest::newRow("first key on the header's line") << QByteArray(plain).replace("]\r\n", "]");
    QTest::newRow("no MEDIA") << QByteArray("[x]\nType=2\nVpnStrategy=7\nDEVICE=vpn\nPhoneNumber=vpn.example.com\n");
    QTest::newRow("no DEVICE") << QByteArray("[x]\nType=2\nVpnStrategy=7\nPhoneNumber=vpn.example.com\n");
    QTest::newRow("groups first") << QByteArray(
        "[x]\nMEDIA=rastapi\nDevice=WAN Miniport "
        "(IKEv2)\nDEVICE=vpn\nPhoneNumber=vpn.example.com\nType=2\nVpnStrategy=7\n");
    QTest::newRow("several DEVICE groups")
        << QByteArray(plain).replace("DEVICE=vpn", "DEVICE=switch\r\nPhoneNumber=no\r\nDEVICE=vpn") +
               "DEVICE=pad\r\nPhoneNumber=neither\r\n";
    QTest::newRow("several MEDIA groups")
        << plain +
               "MEDIA=rastapi\r\nPort=VPN3-0\r\nDevice=WAN Miniport (PPPOE)\r\nDEVICE=vpn\r\nPhoneNumber=second\r\n";
    QTest::newRow("equals in values") << QByteArray(plain).replace("Type=2", "Type=2\r\nComment=a=b=c\r\n=\r\n==");
    QTest::newRow("keys twice") << QByteArray(plain).replace("VpnStrategy=7", "VpnStrategy=7\r\nVpnStrategy=1");
    QTest::newRow("keys in another case are others") << QByteArray(plain).replace(
        "Type=2", "Type=2\r\nvpnstrategy=1\r\nPHONENUMBER=no\r\ndevice=WAN Miniport (PPPOE)");
    QTest::newRow("components with such names")
        << QByteArray(plain).replace("MEDIA", "NETCOMPONENTS=\r\nVpnStrategy=1\r\nType=5\r\nMEDIA");
    QTest::newRow("a second byte order mark") << "\xEF\xBB\xBF\xEF\xBB\xBF" + plain;
    QTest::newRow("zeros at the end") << plain + QByteArray(600, '\0');
}

void TestPhonebook::shapes() {
    QFETCH(QByteArray, text);
    const auto result = import(text.toStdString());
    QVERIFY(result.has_value());
    QCOMPARE(result->profiles.size(), std::size_t{1});
    const auto& p = result->profiles.at(0);
    QCOMPARE(p.name, std::string("x"));
    QCOMPARE(p.protocol, Protocol::Ikev2);
    QCOMPARE(p.server(), std::string("vpn.example.com"));
}

void TestPhonebook::names_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const QByteArray& header, const QByteArray& name) {
        QTest::newRow(header.left(40)) << header << name;
    };
    row("[a]", "a");
    row("[Office [new]]", "Office [new]");
    row("[[a]]", "[a]");
    row("[a]b]", "a]b");
    row("[ spaced  ]", "spaced");
    row("[总部 — «Zürich» 🐦]", "总部 — «Zürich» 🐦");
    row("[a=b]", "a=b");
    row("[]", "vpn.example.com");
    row("[tab\there]", "tab here");
    row("[" + QByteArray("中").repeated(200) + "]", QByteArray("中").repeated(85));
}

void TestPhonebook::names() {
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, name);
    const auto p = single(header.toStdString() + "\nType=2\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=vpn.example.com\n");
    QCOMPARE(QByteArray::fromStdString(p.name), name);
}

void TestPhonebook::encodings_data() {
    QTest::addColumn<QByteArray>("encoding");
    for (const char* each : {"utf-8", "utf-8-bom", "utf-16le", "utf-16le-bom", "utf-16be", "utf-16be-bom", "cp936"}) {
        QTest::newRow(each) << QByteArray(each);
    }
}

void TestPhonebook::encodings() {
    QFETCH(QByteArray, encoding);
    const auto bytes = formats::encodeText(entry("总部办公室", "7", {}, "WAN 微型端口 (IKEv2)") + entry("第二", "1"),
                                           encoding.toStdString());
    const auto result = formats::importFile(*bytes, "x.pbk");
    QVERIFY(result.has_value());
    QCOMPARE(result->encoding, encoding.toStdString());
    QCOMPARE(result->profiles.size(), std::size_t{2});
    QCOMPARE(result->profiles.at(0).name, std::string("总部办公室"));
    QCOMPARE(result->profiles.at(0).origin.encoding, encoding.toStdString());
    QCOMPARE(has(*result, "tern.formats.note.encoding-guessed"), encoding.startsWith("cp"));
}

void TestPhonebook::servers_data() {
    QTest::addColumn<QByteArray>("number");
    QTest::addColumn<QByteArray>("servers");
    QTest::addColumn<int>("port");
    const auto row = [](const char* number, const char* servers, int port) {
        QTest::newRow(number) << QByteArray(number) << QByteArray(servers) << port;
    };
    row("vpn.example.com", "vpn.example.com", 0);
    row(" 192.0.2.1 ", "192.0.2.1", 0);
    row("vpn.example.com:8443", "vpn.example.com", 8443);
    row("2001:db8::1", "2001:db8::1", 0);
    row("[2001:db8::1]", "2001:db8::1", 0);
    row("[2001:db8::1]:443", "2001:db8::1", 443);
    row("a.example.com b.example.com", "a.example.com b.example.com", 0);
    row("münchen.example.com", "münchen.example.com", 0);
    row("host:99999", "host:99999", 0);
    row("host:", "host:", 0);
}

void TestPhonebook::servers() {
    QFETCH(QByteArray, number);
    QFETCH(QByteArray, servers);
    QFETCH(int, port);
    const auto p =
        single("[x]\nType=2\nNumServers=2\nServerListServerName=spare.example.com\nServerListFriendlyName=Spare\n"
               "ServerListServerName=vpn.example.com\nMEDIA=rastapi\nDEVICE=vpn\nPhoneNumber=" +
               number.toStdString() + "\n");
    std::string all;
    for (const auto& each : p.servers) {
        if (each != "spare.example.com" && (each != "vpn.example.com" || &each == &p.servers.front())) {
            all += (all.empty() ? "" : " ") + each;
        }
    }
    QCOMPARE(all, servers.toStdString());
    QCOMPARE(int(p.port), port);
    QVERIFY(std::ranges::find(p.servers, "spare.example.com") != p.servers.end());
    QCOMPARE(std::ranges::count(p.servers, "vpn.example.com"), std::ptrdiff_t{1});
}

void TestPhonebook::methods_data() {
    QTest::addColumn<QByteArray>("strategy");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("method");
    const auto row = [](const char* name, const char* strategy, const char* keys, const char* method) {
        QTest::newRow(name) << QByteArray(strategy) << QByteArray(keys) << QByteArray(method);
    };
    row("IKEv2 says nothing", "7", "", "eap-mschapv2");
    row("IKEv2 with EAP-MSCHAPv2", "7", "AuthRestrictions=128\nCustomAuthKey=26\n", "eap-mschapv2");
    row("IKEv2 with EAP-TLS", "7", "AuthRestrictions=128\nCustomAuthKey=13\n", "eap-tls");
    row("IKEv2 with PEAP", "7", "AuthRestrictions=128\nCustomAuthKey=25\n", "peap");
    row("IKEv2 with EAP-TTLS", "7", "AuthRestrictions=128\nCustomAuthKey=21\n", "ttls");
    row("IKEv2 with a strange EAP", "7", "AuthRestrictions=128\nCustomAuthKey=43\n", "unknown");
    row("IKEv2 with EAP-MD5", "7", "AuthRestrictions=128\nCustomAuthKey=4\n", "eap-md5");
    row("IKEv2 with the EAP only in the data", "7",
        "AuthRestrictions=128\nCustomAuthKey=0\nCustomAuthData=314442431A000000080000000100000008000000\n",
        "eap-mschapv2");
    row("IKEv2 with EAP and no type", "7", "AuthRestrictions=128\nCustomAuthKey=-1\n", "eap-mschapv2");
    row("IKEv2 with a machine certificate", "7", "AuthRestrictions=2048\n", "machine-certificate");
    row("IKEv2 with a shared key", "7", "AuthRestrictions=4096\n", "psk");
    row("automatic with MS-CHAPv2", "0", "AuthRestrictions=544\n", "eap-mschapv2");
    row("SSTP says nothing", "5", "", "mschapv2");
    row("SSTP with PAP", "5", "AuthRestrictions=8\n", "pap");
    row("SSTP with EAP-TLS", "5", "AuthRestrictions=128\nCustomAuthKey=13\n", "eap-tls");
    row("PPTP with CHAP", "1", "AuthRestrictions=32\n", "chap");
    row("PPTP with many", "1", "AuthRestrictions=632\n", "mschapv2");
    row("PPTP with MS-CHAP", "1", "AuthRestrictions=64\n", "mschap");
}

void TestPhonebook::methods() {
    QFETCH(QByteArray, strategy);
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, method);
    const auto p = single(entry("x", strategy.toStdString(), keys.toStdString()));
    QCOMPARE(std::string(profile::methodName(p.authentication.method)), method.toStdString());
}

void TestPhonebook::eapSettings() {
    const std::string print(20, '\xAB');
    const std::string names = wide("nps1.example.com;nps2.example.com") + std::string(2, '\0');
    const auto peap = [&](std::uint32_t flags, std::uint32_t more) {
        const std::string outer = little32(2) + little32(static_cast<std::uint32_t>(16 + 24 + names.size()) + more) +
                                  little32(flags) + little32(1) + little32(20) + print + names;
        const std::string inner = little32(1) + little32(20) + little32(26) + little32(2) + little32(0);
        const std::string data = little32(1) + little32(0) + little32(1) + little32(1) + outer + inner;
        return "1DBC" + little32(25) + little32(static_cast<std::uint32_t>(data.size())) + data;
    };
    for (const std::uint32_t more : {0U, 4U}) { // real files write the size four too large
        const auto result = import(entry(
            "x", "7", "AuthRestrictions=128\r\nCustomAuthKey=25\r\n" + blobLines("CustomAuthData", peap(0, more))));
        QVERIFY(result->problems.empty());
        const auto& p = result->profiles.at(0);
        QCOMPARE(p.authentication.method, Method::Peap);
        QVERIFY((p.trust.eapServerNames == std::vector<std::string>{"nps1.example.com", "nps2.example.com"}));
        QVERIFY(p.trust.eapRootSha1 == std::vector<std::string>{QByteArray(20, '\xAB').toHex().toStdString()});
        QVERIFY(p.trust.eapServerValidated == true);
    }
    QVERIFY(single(entry("x", "7", blobLines("CustomAuthData", peap(2, 0)))).trust.eapServerValidated == false);

    const std::string tls = little32(2) + little32(0) + little32(0x31) + little32(20) + print + wide("gate") +
                            std::string(2, '\0') + little32(0);
    const auto p =
        single(entry("x", "7",
                     "AuthRestrictions=128\r\nCustomAuthKey=13\r\n" +
                         blobLines("CustomAuthData",
                                   "1DBC" + little32(13) + little32(static_cast<std::uint32_t>(tls.size())) + tls)));
    QCOMPARE(p.authentication.method, Method::EapTls);
    QVERIFY(p.trust.eapServerNames == std::vector<std::string>{"gate"});
    QCOMPARE(p.trust.eapRootSha1.size(), std::size_t{1});
}

void TestPhonebook::lyingEapLengths_data() {
    QTest::addColumn<QByteArray>("octets");
    const auto row = [](const char* name, const std::string& octets) {
        QTest::newRow(name) << QByteArray::fromStdString(octets);
    };
    row("length beyond the end", "1DBC" + little32(25) + little32(0xFFFFFFFF) + std::string(40, 'x'));
    row("count beyond the end", "1DBC" + little32(25) + little32(32) + std::string(16, '\0') + little32(1) +
                                    little32(16) + little32(0) + little32(0x7FFFFFFF));
    row("size below its own header", "1DBC" + little32(25) + little32(32) + std::string(16, '\0') + little32(1) +
                                         little32(3) + little32(0) + little32(0));
    row("cut short", "1DBC" + little32(25));
    row("nothing", "1DBC");
    row("other start", "XDBC" + little32(25) + little32(0));
    row("TLS cut short", "1DBC" + little32(13) + little32(20) + std::string(20, '\0'));
}

void TestPhonebook::lyingEapLengths() {
    QFETCH(QByteArray, octets);
    const auto result = import(entry(
        "x", "7", "AuthRestrictions=128\r\nCustomAuthKey=25\r\n" + blobLines("CustomAuthData", octets.toStdString())));
    QVERIFY(result.has_value());
    QVERIFY(has(*result, "tern.formats.note.eap-data"));
    QCOMPARE(result->profiles.at(0).authentication.method, Method::Peap);
}

void TestPhonebook::policies_data() {
    QTest::addColumn<QByteArray>("digits");
    QTest::addColumn<QByteArray>("names");
    // The two rows of real files.
    QTest::newRow("2,4,3,5,2,0") << QByteArray("020000000400000003000000050000000200000000000000")
                                 << QByteArray("SHA256 AES256 group14 AES256 SHA256 none");
    QTest::newRow("2,6,5,8,5,0") << QByteArray("020000000600000005000000080000000500000000000000")
                                 << QByteArray("SHA256 AES-GCM-256 ECP384 AES-GCM-256 AES-GCM-256 none");
    QTest::newRow("0,0,2,1,0,2") << QByteArray("000000000000000002000000010000000000000002000000")
                                 << QByteArray("MD5 DES group2 DES MD5 group2");
    QTest::newRow("unknown number") << QByteArray("FF0000000400000003000000050000000200000000000000") << QByteArray();
    QTest::newRow("short") << QByteArray("0200000004000000030000000500000002000000000000") << QByteArray();
    QTest::newRow("not digits") << QByteArray("hello") << QByteArray();
}

void TestPhonebook::policies() {
    QFETCH(QByteArray, digits);
    QFETCH(QByteArray, names);
    const auto result =
        import(entry("x", "7", "NumCustomPolicy=1\r\nCustomIPSecPolicies=" + digits.toStdString() + "\r\n"));
    const auto& policy = result->profiles.at(0).ike.policy;
    QCOMPARE(policy.has_value(), !names.isEmpty());
    QCOMPARE(has(*result, "tern.formats.note.policy"), names.isEmpty());
    if (policy) {
        QCOMPARE(policy->integrity + ' ' + policy->cipher + ' ' + policy->group + ' ' + policy->espCipher + ' ' +
                     policy->espIntegrity + ' ' + policy->pfs,
                 names.toStdString());
    }
    QVERIFY(!result->profiles.at(0).ike.legacyAlgorithms); // never by an import
}

void TestPhonebook::nameRecords() {
    std::string first = wide("corp.example.com");
    first.resize(512, '\0');
    std::string second = wide("example.com");
    const std::string both = first + second; // the last one cut short
    const auto p = single(entry("x", "7",
                                "NumTrustedNetworks=2\r\n" + blobLines("TrustedNetworks", both) +
                                    "NumDnsSearchSuffixes=1\r\n" + blobLines("DnsSuffixSearchList", first)));
    QVERIFY((p.alwaysOn.trustedNetworks == std::vector<std::string>{"corp.example.com", "example.com"}));
    QVERIFY(p.dns.domains == std::vector<std::string>{"corp.example.com"});
}

void TestPhonebook::network() {
    const auto p = single(
        entry("x", "7",
              "IpPrioritizeRemote=0\r\nIpv6PrioritizeRemote=1\r\nDisableClassBasedDefaultRoute="
              "1\r\nPlumbIKEv2TSAsRoutes=1\r\n"
              "IpInterfaceMetric=25\r\nIpNameAssign=2\r\nIpDnsAddress=10.0.0.53\r\nIpDns2Address=0.0.0.0\r\n"
              "Ipv6NameAssign=2\r\nIpv6DnsAddress=fd00::53\r\nIpv6Dns2Address=::\r\nIpDnsSuffix=corp.example."
              "com\r\nIpDnsFlags=1\r\n"
              "IpAssign=2\r\nIpAddress=10.9.8.7\r\nIpv6Assign=2\r\nIpv6Address=fd00::9\r\nIpv6PrefixLength=48\r\n"));
    QVERIFY(!p.routing.fullTunnelIpv4 && p.routing.fullTunnelIpv6 && !p.routing.classRoute &&
            p.routing.routesFromSelectors);
    QCOMPARE(p.routing.metric, 25U);
    QCOMPARE(p.dns.servers.size(), std::size_t{2});
    QCOMPARE(p.dns.servers.at(0).text(), std::string("10.0.0.53"));
    QCOMPARE(p.dns.servers.at(1).text(), std::string("fd00::53"));
    QCOMPARE(p.dns.suffix, std::string("corp.example.com"));
    QVERIFY(p.dns.registerAddress);
    QCOMPARE(p.addresses.ipv4->text(), std::string("10.9.8.7"));
    QCOMPARE(p.addresses.ipv6->text(), std::string("fd00::9/48"));

    const auto usual =
        single(entry("x", "7", "IpNameAssign=1\r\nIpDnsAddress=10.0.0.53\r\nIpAssign=1\r\nIpAddress=10.1.1.1\r\n"));
    QVERIFY(usual.routing.fullTunnelIpv4 && usual.routing.fullTunnelIpv6 && usual.routing.classRoute);
    QVERIFY(usual.dns.servers.empty() && !usual.addresses.ipv4);
    // Before Vista there was one choice, for both.
    QVERIFY(!single(entry("x", "7", "IpPrioritizeRemote=0\r\n")).routing.fullTunnelIpv6);
}

void TestPhonebook::behaviour() {
    const auto p = single(entry(
        "x", "7",
        "AlwaysOnCapable=1\r\nDeviceTunnel=1\r\nAutoTiggerCapable=1\r\nDisableMobility=1\r\nNetworkOutageTime=1800\r\n"
        "RedialAttempts=5\r\nRedialSeconds=30\r\nIdleDisconnectSeconds=600\r\nCacheCredentials="
        "1\r\nDisableIKENameEkuCheck=1\r\nDataEncryption=512\r\n"));
    QVERIFY(p.alwaysOn.enabled && p.alwaysOn.deviceTunnel && p.alwaysOn.triggered && !p.ike.mobility);
    QCOMPARE(p.ike.outage.count(), 1800);
    QCOMPARE(p.redial.attempts, 5U);
    QCOMPARE(p.redial.pause.count(), 30);
    QCOMPARE(p.redial.idleDisconnect.count(), 600);
    QVERIFY(p.authentication.rememberPassword && p.trust.nameCheckDisabled);
    QCOMPARE(p.encryption, profile::Encryption::Maximum);
    QVERIFY(p.origin.version == 8U);
    QVERIFY(single(entry("x", "7")).encryption == profile::Encryption::Unset);
}

void TestPhonebook::countsThatLie() {
    const auto result = import(entry(
        "x", "7",
        "NumRoutes=12\r\nNumServers=4294967295\r\nNumCustomPolicy=3\r\nNumNrptRules=1\r\nNumTrustedNetworks=9\r\n"));
    QCOMPARE(result->profiles.size(), std::size_t{1});
    QCOMPARE(std::ranges::count_if(result->problems,
                                   [](const auto& each) { return each.error.code == "tern.formats.note.count"; }),
             std::ptrdiff_t{5});
}

void TestPhonebook::plugins() {
    const auto p = single(entry(
        "Azure", "7", "ThirdPartyProfileInfo=" + hex(wide("\x01Microsoft.AzureVpn_8wekyb3d8bbwe\x01{}")) + "\r\n"));
    QCOMPARE(p.protocol, Protocol::Unsupported);
    QCOMPARE(p.plugin, std::string("Microsoft.AzureVpn_8wekyb3d8bbwe"));
    QCOMPARE(single(entry("x", "7", "ThirdPartyProfileInfo=zzz\r\n")).plugin, std::string("VPN plug-in"));
    QCOMPARE(single(entry("x", "7", "ThirdPartyProfileInfo=\r\n")).protocol, Protocol::Ikev2);
}

void TestPhonebook::contradictions() {
    // Calls itself dial-up, but everything else is a VPN.
    const auto result =
        import("[x]\nType=1\nVpnStrategy=1\nMEDIA=rastapi\nDevice=WAN Miniport (PPTP)\nDEVICE=vpn\nPhoneNumber=a\n");
    QCOMPARE(result->profiles.size(), std::size_t{1});
    QVERIFY(has(*result, "tern.formats.note.contradiction"));
}

void TestPhonebook::secretsStayOut() {
    const std::string secret = "correct horse";
    const auto result =
        import(entry("x", "3", "PreSharedKey=" + secret + "\r\nPassword=" + secret + "\r\nAfter=1\r\n"));
    const auto& original = result->profiles.at(0).origin.original;
    QVERIFY(original.find(secret) == std::string::npos);
    QVERIFY(original.find("PreSharedKey=\r\nPassword=\r\nAfter=1\r\n") != std::string::npos);
    QVERIFY(has(*result, "tern.formats.note.secret-left-out"));
}

void TestPhonebook::originalsAreKept() {
    const std::string a = entry("a", "7", "Later=1\r\n\tOdd = x \r\nno equals here\r\nRoutes=ABCDEF\r\n");
    const std::string b = entry("b", "1", {}, "WAN 微型端口 (PPTP)");
    const auto result = import(a + b);
    QCOMPARE(result->profiles.at(0).origin.original, a);
    QCOMPARE(result->profiles.at(1).origin.original, b);
    QVERIFY(has(*result, "tern.formats.note.kept") && has(*result, "tern.formats.note.stray-line"));
    // The same entry is recognised again, another is not; each import makes new ids.
    const auto again = import(b + a);
    QCOMPARE(again->profiles.at(1).origin.fingerprint, result->profiles.at(0).origin.fingerprint);
    QVERIFY(again->profiles.at(0).origin.fingerprint != again->profiles.at(1).origin.fingerprint);
    QVERIFY(again->profiles.at(1).id != result->profiles.at(0).id);
}

void TestPhonebook::cutOffFiles() {
    const std::string good = entry("one", "7");
    const std::string second = entry("two", "7");
    const auto result = import(good + second.substr(0, second.find("MEDIA")));
    QCOMPARE(result->profiles.size(), std::size_t{1});
    QVERIFY(has(*result, "tern.formats.entry.cut-off"));
    // At every place: what is whole is there, what is not is skipped, never a crash.
    const std::string both = good + second;
    for (std::size_t end = 0; end < both.size(); ++end) {
        const auto cut = import(std::string_view(both).substr(0, end));
        if (end > good.size()) {
            QVERIFY(cut.has_value());
            QVERIFY(cut->profiles.at(0).name == "one");
        }
    }
}

void TestPhonebook::officeFile() {
    QFile file(QStringLiteral(TERN_SOURCE_DIR "/tests/data/office.pbk"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto result = import(file.readAll().toStdString());
    QVERIFY(result.has_value());
    QCOMPARE(result->profiles.size(), std::size_t{9});
    QCOMPARE(result->skipped(), std::size_t{1});
    QCOMPARE(result->problems.size(), std::size_t{1});
    const auto named = [&](std::string_view name) {
        return *std::ranges::find(result->profiles, name, &profile::Profile::name);
    };
    QVERIFY((named("Head Office 总部").servers == std::vector<std::string>{"vpn.example.com", "vpn2.example.com"}));
    QVERIFY((named("Head Office 总部").dns.domains == std::vector<std::string>{"corp.example.com", "example.com"}));
    QCOMPARE(named("上海分公司").ike.policy->group, std::string("group14"));
    QCOMPARE(named("Warehouse [L2TP] 仓库").protocol, Protocol::L2tp);
    QCOMPARE(named("Web gateway (SSTP)").port, std::uint16_t{8443});
    QCOMPARE(result->profiles.back().originTries.front(), Protocol::Pptp);
}

QTEST_APPLESS_MAIN(TestPhonebook)
#include "tst_phonebook.moc"
