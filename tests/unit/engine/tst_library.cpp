#include "app/engine/event_log.h"
#include "app/engine/library.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fcntl.h>
#include <unistd.h>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

constexpr auto phonebook = "[Office]\r\nType=2\r\nVpnStrategy=7\r\nMEDIA=rastapi\r\nDevice=WAN Miniport (IKEv2)\r\n"
                           "DEVICE=vpn\r\nPhoneNumber=vpn.example.org\r\n\r\n"
                           "[Office "
                           "two]\r\nType=2\r\nVpnStrategy=7\r\nCustomAuthKey=26\r\nAuthRestrictions=128\r\nMEDIA="
                           "rastapi\r\nDevice=WAN Miniport (IKEv2)\r\n"
                           "DEVICE=vpn\r\nPhoneNumber=two.example.org\r\n\r\n"
                           "[DSL]\r\nType=5\r\nMEDIA=rastapi\r\nDevice=WAN Miniport (PPPOE)\r\nDEVICE=PPPoE\r\n"
                           "PhoneNumber=\r\n";

} // namespace

class TestLibrary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importsAndRemembers();
    void importingAgainAddsNothing();
    void refusesWhatIsNoFile();
    void refusesEndlessFiles();
    void findsByIdNameAndPrefix();
    void editsAllOrNothing();
    void signInOfPppOnlyWithSstp();
    void keepsWhatAFileHolds();
    void removes();
    void logIsARing();

private:
    std::filesystem::path directory() const { return (m_dir.path() + u"/profiles"_s).toStdString(); }
    base::UniqueFd fileOf(const QByteArray& content);
    QTemporaryDir m_dir;
};

base::UniqueFd TestLibrary::fileOf(const QByteArray& content) {
    QFile file(m_dir.filePath(u"file"_s));
    if (!file.open(QFile::WriteOnly | QFile::Truncate) || file.write(content) != content.size()) {
        return {};
    }
    file.close();
    return base::UniqueFd(::open(file.fileName().toUtf8().constData(), O_RDONLY | O_CLOEXEC));
}

void TestLibrary::importsAndRemembers() {
    Library library(directory());
    QVERIFY(library.load());
    const auto report = library.import(fileOf(phonebook), "office.pbk");
    QVERIFY(report);
    QCOMPARE(report->added.size(), 2U);
    QCOMPARE(report->skipped, 1U);
    QVERIFY(!report->problems.empty());
    Library again(directory());
    QVERIFY(again.load());
    QCOMPARE(again.profiles().size(), 2U);
    QCOMPARE(again.find("Office")->server(), std::string("vpn.example.org"));
    QCOMPARE(again.find("Office")->origin.file, std::string("office.pbk"));
}

void TestLibrary::importingAgainAddsNothing() {
    Library library(directory());
    QVERIFY(library.load());
    const auto report = library.import(fileOf(phonebook), "office.pbk");
    QVERIFY(report);
    QVERIFY(report->added.empty());
    QCOMPARE(report->skipped, 3U);
    QVERIFY(std::any_of(report->problems.begin(), report->problems.end(), [](const auto& problem) {
        return problem.error.code == "tern.engine.already-imported" && problem.entry == "Office";
    }));
    QCOMPARE(library.profiles().size(), 2U);
}

void TestLibrary::refusesWhatIsNoFile() {
    Library library(directory());
    QCOMPARE(library.import(base::UniqueFd(), "x").error().code, std::string("tern.engine.file-unreadable"));
    const base::UniqueFd folder(::open("/tmp", O_RDONLY | O_CLOEXEC));
    QCOMPARE(library.import(folder, "x").error().code, std::string("tern.engine.file-unreadable"));
    int ends[2] = {-1, -1};
    QCOMPARE(::pipe(ends), 0);
    const base::UniqueFd reading(ends[0]);
    const base::UniqueFd writing(ends[1]);
    QCOMPARE(library.import(reading, "x").error().code, std::string("tern.engine.file-unreadable"));
    const auto binary = library.import(fileOf(QByteArray(1000, '\x7f')), "x.pbk");
    QVERIFY(binary.error().code.starts_with("tern.formats."));
}

void TestLibrary::refusesEndlessFiles() {
    Library library(directory());
    const base::UniqueFd file = fileOf("x");
    const base::UniqueFd grow(::open(m_dir.filePath(u"file"_s).toUtf8().constData(), O_WRONLY | O_CLOEXEC));
    // A sparse file, far beyond what a phonebook can be.
    QCOMPARE(::ftruncate(grow.get(), off_t{1} << 40), 0);
    QCOMPARE(library.import(file, "x").error().code, std::string("tern.engine.file-too-large"));
}

void TestLibrary::findsByIdNameAndPrefix() {
    Library library(directory());
    QVERIFY(library.load());
    const auto two = library.find("Office two");
    QVERIFY(two);
    QCOMPARE(library.find(two->id)->name, std::string("Office two"));
    QCOMPARE(library.find("Office")->name, std::string("Office")); // exact goes before prefix
    QCOMPARE(library.find("Office t")->name, std::string("Office two"));
    QCOMPARE(library.find("Off").error().code, std::string("tern.engine.ambiguous"));
    QCOMPARE(library.find("Home").error().code, std::string("tern.engine.not-found"));
    QCOMPARE(library.find("").error().code, std::string("tern.engine.not-found"));
}

void TestLibrary::editsAllOrNothing() {
    Library library(directory());
    QVERIFY(library.load());
    const auto id = library.find("Office")->id;
    QVERIFY(library.edit(
        id, {{u"username"_s, u"anna"_s}, {u"full-tunnel"_s, false}, {u"server"_s, u" new.example.org "_s}}));
    Library again(directory());
    QVERIFY(again.load());
    QCOMPARE(again.find(id)->authentication.username, std::string("anna"));
    QCOMPARE(again.find(id)->server(), std::string("new.example.org"));
    QVERIFY(!again.find(id)->routing.fullTunnelIpv4);
    QVERIFY(!again.find(id)->ike.legacyAlgorithms);
    QVERIFY(library.edit(id, {{u"legacy-algorithms"_s, true}}));
    QVERIFY(again.load());
    QVERIFY(again.find(id)->ike.legacyAlgorithms);
    // What a person chose is what counts, not what the origin allowed beside it.
    const auto two = library.find("Office two")->id;
    QVERIFY(!again.find(two)->authentication.allowed.empty());
    QVERIFY(library.edit(two, {{u"auth"_s, u"ttls"_s}}));
    QVERIFY(again.load());
    QVERIFY(again.find(two)->authentication.method == profile::Method::Ttls);
    QVERIFY(again.find(two)->authentication.allowed.empty());
    QVERIFY(library.edit(id, {{u"tcp"_s, u"always"_s},
                              {u"post-quantum"_s, u"required"_s},
                              {u"ppk-id"_s, u"k"_s},
                              {u"ppk-required"_s, true}}));
    QVERIFY(again.load());
    QCOMPARE(again.find(id)->ike.tcp, profile::TcpUse::Always);
    QCOMPARE(again.find(id)->ike.postQuantum, profile::PostQuantum::Required);
    QVERIFY(again.find(id)->authentication.ppkRequired);
    QVERIFY(library.edit(id, {{u"port"_s, u"8443"_s},
                              {u"sni"_s, u"off"_s},
                              {u"sstp-host"_s, u"gate.example.org"_s},
                              {u"tenant-id"_s, u"7"_s},
                              {u"proxy"_s, u"socks5://10.0.0.1:1080"_s}}));
    QVERIFY(again.load());
    QCOMPARE(again.find(id)->port, std::uint16_t{8443});
    QVERIFY(again.find(id)->sstp.withoutServerName);
    QCOMPARE(again.find(id)->sstp.host, std::string("gate.example.org"));
    QCOMPARE(again.find(id)->sstp.proxy, std::string("socks5://10.0.0.1:1080"));
    QVERIFY(library.edit(id, {{u"port"_s, u""_s}, {u"sni"_s, u"front.example.org"_s}, {u"proxy"_s, u"system"_s}}));
    QVERIFY(again.load());
    QCOMPARE(again.find(id)->port, std::uint16_t{0});
    QVERIFY(!again.find(id)->sstp.withoutServerName);
    QCOMPARE(again.find(id)->sstp.serverNameIndication, std::string("front.example.org"));
    QVERIFY(again.find(id)->sstp.proxy.empty());
    QVERIFY(library.edit(id, {{u"sni"_s, u""_s}}));
    QVERIFY(library.edit(id, {{u"sni-refused"_s, true}}));
    QVERIFY(again.load());
    QVERIFY(again.find(id)->sstp.nameRefused);
    QVERIFY(library.edit(id, {{u"sni"_s, u""_s}})); // a person's word is more than what was found out
    QVERIFY(again.load());
    QVERIFY(!again.find(id)->sstp.nameRefused);
    const QList<QVariantMap> bad{{{u"port"_s, u"0"_s}},
                                 {{u"sni-refused"_s, u"yes"_s}},
                                 {{u"port"_s, u"65536"_s}},
                                 {{u"port"_s, u"ssl"_s}},
                                 {{u"sni"_s, u"two words"_s}},
                                 {{u"proxy"_s, u"http://anna:secret@proxy"_s}},
                                 {{u"tcp"_s, u"sometimes"_s}},
                                 {{u"tcp"_s, true}},
                                 {{u"legacy-algorithms"_s, u"on"_s}},
                                 {{u"username"_s, u"berta"_s}, {u"server"_s, u"two words"_s}},
                                 {{u"name"_s, u""_s}},
                                 {{u"name"_s, 7}},
                                 {{u"full-tunnel"_s, u"yes"_s}},
                                 {{u"id"_s, u"other"_s}},
                                 {{u"domain"_s, u"line\nbreak"_s}}};
    for (const auto& changes : bad) {
        const auto edited = library.edit(id, changes);
        QVERIFY(!edited);
        QCOMPARE(edited.error().code, std::string("tern.engine.bad-change"));
    }
    QCOMPARE(library.find(id)->authentication.username, std::string("anna"));
}

void TestLibrary::signInOfPppOnlyWithSstp() {
    Library library(std::filesystem::path((m_dir.path() + u"/of-ppp"_s).toStdString()));
    QVERIFY(library.load());
    QVERIFY(
        library.import(fileOf("[Gate]\nType=2\nVpnStrategy=5\nAuthRestrictions=512\nPhoneNumber=gate.example.org\n"
                              "[Office]\nType=2\nVpnStrategy=7\nAuthRestrictions=128\nPhoneNumber=vpn.example.org\n"),
                       "ppp.pbk"));
    const auto sstp = library.find("Gate")->id;
    // Having tried something else, a person can go back.
    for (const auto& method : {u"eap-tls"_s, u"mschapv2"_s, u"chap"_s, u"pap"_s}) {
        QVERIFY(library.edit(sstp, {{u"auth"_s, method}}));
        QCOMPARE(QString::fromUtf8(profile::methodName(library.find("Gate")->authentication.method)), method);
        QVERIFY(library.find("Gate")->authentication.allowed.empty());
    }
    for (const auto& method : {u"mschap"_s, u"spap"_s, u"unknown"_s, u"magic"_s, u"psk"_s, u"machine-certificate"_s}) {
        QVERIFY(!library.edit(sstp, {{u"auth"_s, method}}));
    }
    for (const auto& method : {u"mschapv2"_s, u"chap"_s, u"pap"_s}) {
        QVERIFY(!library.edit(library.find("Office")->id, {{u"auth"_s, method}}));
    }
}

void TestLibrary::keepsWhatAFileHolds() {
    QFile sample(QStringLiteral(TERN_SOURCE_DIR "/tests/data/imports/office.mobileconfig"));
    QVERIFY(sample.open(QFile::ReadOnly));
    Library library(directory());
    QVERIFY(library.load());
    const auto report = library.import(fileOf(sample.readAll()), "office.mobileconfig");
    QVERIFY(report);
    QCOMPARE(report->added.size(), 2U);
    QCOMPARE(report->secrets.size(), 3U);
    const auto profile = library.find("深圳 IKEv2");
    QVERIFY(profile);
    const auto& source = profile->authentication.certificate.source;
    QCOMPARE(source, m_dir.filePath(u"certificates/"_s).toStdString() + profile->id + ".p12");
    const QFileInfo file(QString::fromStdString(source));
    QVERIFY(file.size() > 500);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
    QVERIFY(profile->trust.caPem.starts_with("-----BEGIN CERTIFICATE-----"));
    // Nothing of the secrets is on disk.
    QDir profiles(QString::fromStdString(directory()));
    const auto names = profiles.entryList({u"*.toml"_s});
    for (const auto& name : names) {
        QFile toml(profiles.filePath(name));
        QVERIFY(toml.open(QFile::ReadOnly));
        const auto text = toml.readAll();
        QVERIFY(!text.contains("Tor-4711") && !text.contains("Licht-9") && !text.contains("Sommer-2019"));
    }
    // Again: nothing is new, and so there is nothing for the keyring.
    QVERIFY(sample.seek(0));
    QVERIFY(library.import(fileOf(sample.readAll()), "office.mobileconfig")->secrets.empty());
    QVERIFY(library.remove(profile->id));
    QVERIFY(!QFileInfo::exists(QString::fromStdString(source)));
    QVERIFY(library.remove(library.find("Old L2TP")->id));
    // An authority by its path.
    const auto keyFile = "[connection]\nid=NM\ntype=vpn\n[vpn]\nservice-type=org.freedesktop.NetworkManager.sstp\n"
                         "gateway=192.0.2.1\nca-cert=" TERN_SOURCE_DIR "/tests/data/imports/signer-ca.pem\n";
    QVERIFY(library.import(fileOf(keyFile), "NM"));
    QVERIFY(library.find("NM")->trust.caPem.starts_with("-----BEGIN CERTIFICATE-----"));
    QVERIFY(library.remove(library.find("NM")->id));
    const auto lost = library.import(fileOf(QByteArray(keyFile).replace("signer-ca.pem", "nowhere.pem")), "NM");
    QVERIFY(std::any_of(lost->problems.begin(), lost->problems.end(),
                        [](const auto& problem) { return problem.error.code == "tern.engine.authority-unreadable"; }));
    QVERIFY(library.remove(library.find("NM")->id));
}

void TestLibrary::removes() {
    Library library(directory());
    QVERIFY(library.load());
    const auto id = library.find("Office two")->id;
    QVERIFY(library.remove(id));
    QCOMPARE(library.remove(id).error().code, std::string("tern.engine.not-found"));
    Library again(directory());
    QVERIFY(again.load());
    QCOMPARE(again.profiles().size(), 1U);
}

void TestLibrary::logIsARing() {
    EventLog log(3);
    QSignalSpy added(&log, &EventLog::added);
    for (int i = 0; i < 5; ++i) {
        log.add(Level::Info, u"id"_s, QString::number(i));
    }
    QCOMPARE(added.count(), 5);
    QCOMPARE(log.last(100).size(), 3);
    QCOMPARE(log.last(100).first().value(u"text"_s).toString(), u"2"_s);
    QCOMPARE(log.last(1).first().value(u"text"_s).toString(), u"4"_s);
    log.add(u"id"_s, base::Error{"tern.engine.not-found", {"Home"}, "technical"});
    const auto entries = log.last(2);
    QCOMPARE(entries.first().value(u"level"_s).toString(), u"error"_s);
    QCOMPARE(entries.first().value(u"code"_s).toString(), u"tern.engine.not-found"_s);
    QCOMPARE(entries.last().value(u"level"_s).toString(), u"detail"_s);
    QCOMPARE(entries.last().value(u"text"_s).toString(), u"technical"_s);
}

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
