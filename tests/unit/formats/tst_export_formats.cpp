// Exports as other programs' files: what is in them, what is told to be left out, and what comes back by the import.
#include "core/formats/export.h"
#include "core/formats/export_settings.h"
#include "core/formats/import.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>
#include <initializer_list>
#include <random>

using namespace tern;
using formats::ExportFormat;
using profile::Method;
using profile::Profile;
using profile::Protocol;

namespace {

constexpr const char* authority = "-----BEGIN CERTIFICATE-----\n"
                                  "MIIBhTCCASugAwIBAgIUZ0YvO3n1y7m0Yl9w3m1h0m0b1c0wCgYIKoZIzj0EAwIw\n"
                                  "-----END CERTIFICATE-----\n";

Profile plain(Protocol protocol = Protocol::Ikev2) {
    Profile p;
    p.id = "3d0f8a52-5b3e-4a35-9f3c-0a1b2c3d4e5f";
    p.name = "Head office";
    p.protocol = protocol;
    p.servers = {"vpn.example.com"};
    p.authentication.method = protocol == Protocol::Sstp ? Method::Mschapv2 : Method::EapMschapv2;
    p.authentication.username = "anna";
    return p;
}

std::string text(const formats::ExportedFile& file) {
    return base::toText(file.content);
}

bool leaves(const formats::ExportedFile& file, formats::Setting setting) {
    return std::ranges::any_of(file.notes,
                               [&](const auto& each) { return each.code == formats::leftOutCode(setting); });
}

// Written for the program that the file is for; the import makes nothing of it.
bool notReadBack(ExportFormat format, formats::Setting setting) {
    return (format == ExportFormat::PowerShell &&
            (setting == formats::Setting::Spares || setting == formats::Setting::TrustedNetworks ||
             setting == formats::Setting::Redial)) ||
           (format == ExportFormat::MobileConfig && setting == formats::Setting::Revocation);
}

// A profile from a seed: each setting there or not, so that all of them meet.
class Generator {
public:
    explicit Generator(unsigned seed)
        : m_random(seed) {}

    Profile profile() {
        Profile p = plain(pick({Protocol::Ikev2, Protocol::Ikev2, Protocol::Sstp, Protocol::Automatic}));
        p.id = profile::newId();
        p.name =
            pick<std::string>({"Office", "总部 VPN", "a [b] = c", "it's \"x\" <y> & z", "-dash", "  blank", "ü‘’‚‛"});
        p.servers = {pick<std::string>({"vpn.example.com", "192.0.2.7", "2001:db8::7"})};
        auto& a = p.authentication;
        a.method = p.protocol == Protocol::Sstp ? pick({Method::Mschapv2, Method::EapTls, Method::Peap})
                                                : pick({Method::EapMschapv2, Method::EapTls, Method::Peap, Method::Ttls,
                                                        Method::MachineCertificate, Method::Psk, Method::EapGtc});
        a.username = pick<std::string>({"", "anna", "o'neil"});
        a.domain = !a.username.empty() && flip() ? "CORP" : "";
        set([&] { p.servers.push_back("spare.example.com"); });
        set([&] { p.port = 8443; });
        set([&] { p.trust.remoteIdentity = "gate.example.com"; });
        set([&] { p.trust.localIdentity = "anna@example.com"; });
        set([&] { p.trust.pins = {"sha256:" + std::string(64, 'a')}; });
        set([&] { p.trust.revocation = pick({profile::Revocation::Strict, profile::Revocation::Off}); });
        set([&] { p.trust.eapServerNames = {"radius.example.com"}; });
        network(p);
        set([&] {
            p.ike.policy = profile::IkePolicy{"SHA256", "AES256", "group14", "AES-GCM-256", "AES-GCM-256", "ECP384"};
        });
        set([&] { p.ike.mobility = false; });
        set([&] { p.alwaysOn.trustedNetworks = {"corp.example.com"}; });
        set([&] { p.alwaysOn.enabled = true; });
        set([&] { p.redial.attempts = 3; });
        set([&] { a.ppkId = "ppk"; });
        if (p.protocol == Protocol::Sstp) {
            set([&] { p.sstp.proxy = "http://proxy.example.com:3128"; });
            set([&] { p.sstp.tenantId = "tenant"; });
        }
        return p;
    }

private:
    void network(Profile& p) {
        auto& routing = p.routing;
        set([&] { routing.fullTunnelIpv4 = routing.fullTunnelIpv6 = false; });
        set([&] { routing.routes.push_back({*base::IpPrefix::fromText("10.20.0.0/16"), flip() ? 0U : 7U}); });
        set([&] { routing.routes.push_back({*base::IpPrefix::fromText("2001:db8:1::/48"), 0}); });
        set([&] { routing.excluded.push_back(*base::IpPrefix::fromText("10.20.30.0/24")); });
        set([&] { p.dns.servers.push_back(*base::IpAddress::fromText("10.0.0.53")); });
        set([&] { p.dns.domains.push_back("corp.example.com"); });
        set([&] { p.dns.suffix = "example.com"; });
    }

    bool flip() { return (m_random() & 1U) != 0; }
    template<typename F>
    void set(F&& what) {
        if (m_random() % 3 == 0) {
            what();
        }
    }
    template<typename T>
    T pick(std::initializer_list<T> list) {
        return list.begin()[m_random() % list.size()];
    }

    std::mt19937 m_random;
};

} // namespace

class TestExportFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreStable();
    void roundTrip_data();
    void roundTrip();
    void retiredOnlyAsPhonebook();
    void whatAFormatLacks();
    void powerShellQuotes_data();
    void powerShellQuotes();
    void powerShellAppliesEverything();
    void xmlIsWellFormed();
    void identifiersAreStable();
    void fileNamesAreHarmless_data();
    void fileNamesAreHarmless();
    void keyFileValuesStayValues();
};

void TestExportFormats::namesAreStable() {
    for (const auto format : formats::exportFormats) {
        QVERIFY(formats::exportFormatFromName(formats::exportFormatName(format)) == format);
    }
    QVERIFY(!formats::exportFormatFromName("doc"));
}

void TestExportFormats::roundTrip_data() {
    QTest::addColumn<int>("format");
    for (const auto format : formats::exportFormats) {
        if (format == ExportFormat::PowerShell) {
            continue; // powerShellAppliesEverything looks at the commands themselves
        }
        QTest::newRow(std::string(formats::exportFormatName(format)).c_str()) << static_cast<int>(format);
    }
}

// Whatever is not told as left out comes back the same.
void TestExportFormats::roundTrip() {
    QFETCH(int, format);
    int exported = 0;
    for (unsigned seed = 1; seed <= 400; ++seed) {
        const Profile p = Generator(seed).profile();
        const auto file = formats::exportProfile(p, static_cast<ExportFormat>(format));
        if (!file) {
            QVERIFY(file.error().code.starts_with("tern.formats.export."));
            continue;
        }
        const auto back = formats::importFile(file->content, file->name);
        const auto where = QStringLiteral("seed %1: ").arg(seed) + QString::fromStdString(text(*file));
        QVERIFY2(back && back->profiles.size() == 1, qPrintable(where));
        const auto& again = back->profiles.front();
        QCOMPARE(QString::fromStdString(again.name).trimmed(), QString::fromStdString(p.name).trimmed());
        QCOMPARE(QString::fromStdString(again.server()), QString::fromStdString(p.server()));
        for (const auto setting : formats::differing(p, again)) {
            if (notReadBack(static_cast<ExportFormat>(format), setting)) {
                continue;
            }
            QVERIFY2(leaves(*file, setting),
                     qPrintable(QString::fromLatin1(formats::leftOutCode(setting).data()) + u'\n' + where));
        }
        ++exported;
    }
    QVERIFY(exported > 100);
}

void TestExportFormats::retiredOnlyAsPhonebook() {
    for (const auto protocol : {Protocol::Pptp, Protocol::L2tp}) {
        for (const auto format : formats::exportFormats) {
            const auto file = formats::exportProfile(plain(protocol), format);
            QCOMPARE(file.has_value(), format == ExportFormat::Pbk);
            if (!file) {
                QCOMPARE(file.error().code, std::string("tern.formats.export.retired"));
            }
        }
    }
}

void TestExportFormats::whatAFormatLacks() {
    const auto failsWith = [](const Profile& p, ExportFormat format) {
        const auto file = formats::exportProfile(p, format);
        return file ? std::string() : file.error().code;
    };
    QCOMPARE(failsWith(plain(Protocol::Sstp), ExportFormat::Sswan), std::string("tern.formats.export.protocol"));
    QCOMPARE(failsWith(plain(Protocol::Sstp), ExportFormat::MobileConfig), std::string("tern.formats.export.protocol"));
    Profile key = plain();
    key.authentication.method = Method::Psk;
    QCOMPARE(failsWith(key, ExportFormat::Sswan), std::string("tern.formats.export.sign-in"));
    QCOMPARE(failsWith(key, ExportFormat::PowerShell), std::string("tern.formats.export.sign-in"));
    QCOMPARE(failsWith(key, ExportFormat::NetworkManager), std::string());

    Profile p = plain(Protocol::Automatic);
    p.trust.pins = {"sha256:" + std::string(64, '0')};
    const auto file = formats::exportProfile(p, ExportFormat::Sswan);
    QVERIFY(leaves(*file, formats::Setting::Fallback) && leaves(*file, formats::Setting::Pins));
    QVERIFY(!leaves(*file, formats::Setting::User));
    QVERIFY(formats::exportProfile(plain(), ExportFormat::Sswan)->notes.empty());
}

void TestExportFormats::powerShellQuotes_data() {
    QTest::addColumn<QString>("name");
    for (const char* each : {"'; Remove-Item C:\\ -Recurse; '", "‘; calc; ’", "‚; calc; ‛", "$(calc)", "`\"; calc",
                             "a\n; calc", "'@\ncalc\n@'", "a\r\ncalc", "#>calc"}) {
        QTest::newRow(each) << QString::fromUtf8(each);
    }
}

// PowerShell's own reading of single quotes: what is left of the script has nothing of the name in it.
void TestExportFormats::powerShellQuotes() {
    QFETCH(QString, name);
    Profile p = plain();
    p.name = name.toStdString();
    p.servers = {p.name, p.name};
    p.dns.suffix = p.name;
    p.alwaysOn.trustedNetworks = {p.name};
    p.trust.eapServerNames = {p.name};
    p.authentication.method = Method::Peap;
    const auto script = QString::fromStdString(text(*formats::exportProfile(p, ExportFormat::PowerShell)));
    const auto isQuote = [](QChar c) { return c == u'\'' || (c >= QChar(0x2018) && c <= QChar(0x201B)); };
    QString outside;
    bool inside = false;
    for (qsizetype i = 0; i < script.size(); ++i) {
        if (!isQuote(script.at(i))) {
            outside += inside ? QString() : QString(script.at(i));
        } else if (inside && i + 1 < script.size() && isQuote(script.at(i + 1))) {
            ++i;
        } else {
            inside = !inside;
        }
    }
    QVERIFY(!inside);
    for (const auto& bad : {QStringLiteral("calc"), QStringLiteral("Remove-Item")}) {
        QVERIFY2(!outside.contains(bad), qPrintable(outside));
    }
}

void TestExportFormats::powerShellAppliesEverything() {
    Profile p = plain();
    p.routing.fullTunnelIpv4 = p.routing.fullTunnelIpv6 = false;
    p.routing.routes = {{*base::IpPrefix::fromText("10.0.0.0/8"), 5}};
    p.ike.policy = profile::IkePolicy{"SHA256", "AES256", "group14", "AES256", "SHA256", "none"};
    p.dns.suffix = "corp.example.com";
    const auto file = formats::exportProfile(p, ExportFormat::PowerShell);
    const auto script = text(*file);
    for (const char* part :
         {"Add-VpnConnection @settings -Force", "TunnelType = 'Ikev2'", "SplitTunneling = $true",
          "Set-VpnConnectionIPsecConfiguration @policy -Force", "DHGroup = 'Group14'", "PfsGroup = 'None'",
          "AuthenticationTransformConstants = 'SHA256128'", "DnsSuffix = 'corp.example.com'",
          "Add-VpnConnectionRoute -ConnectionName $name -DestinationPrefix '10.0.0.0/8' -RouteMetric 5"}) {
        QVERIFY2(script.find(part) != std::string::npos, part);
    }
    QVERIFY(script.starts_with("\xEF\xBB\xBF#"));
    // The user's name is typed at the first connection: the script has no place for it.
    QCOMPARE(file->notes.size(), std::size_t{1});
    QVERIFY(leaves(*file, formats::Setting::User));
}

void TestExportFormats::xmlIsWellFormed() {
    for (const auto method :
         {Method::EapMschapv2, Method::EapTls, Method::Peap, Method::Ttls, Method::MachineCertificate}) {
        for (const auto format : {ExportFormat::ProfileXml, ExportFormat::MobileConfig}) {
            Profile p = plain();
            p.name = "</string><!-- ]]> & \x01";
            p.trust.caPem = authority;
            p.trust.eapServerNames = {"<x>"};
            p.authentication.method = method;
            p.routing.excluded = {*base::IpPrefix::fromText("10.0.0.0/8")};
            const auto file = formats::exportProfile(p, format);
            QXmlStreamReader reader(QByteArray::fromStdString(text(*file)));
            while (!reader.atEnd()) {
                reader.readNext();
            }
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        }
    }
}

void TestExportFormats::identifiersAreStable() {
    for (const auto format : formats::exportFormats) {
        QVERIFY(formats::exportProfile(plain(), format)->content == formats::exportProfile(plain(), format)->content);
    }
    Profile other = plain();
    other.id = "00000000-0000-4000-8000-000000000001";
    QVERIFY(formats::exportProfile(plain(), ExportFormat::MobileConfig)->content !=
            formats::exportProfile(other, ExportFormat::MobileConfig)->content);
}

void TestExportFormats::fileNamesAreHarmless_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("file");
    QTest::newRow("path") << QStringLiteral("../../etc/x") << QStringLiteral("_.._etc_x.pbk");
    QTest::newRow("hidden") << QStringLiteral(".profile") << QStringLiteral("profile.pbk");
    QTest::newRow("option") << QStringLiteral("-rf") << QStringLiteral("rf.pbk");
    QTest::newRow("nothing") << QStringLiteral("...") << QStringLiteral("vpn.pbk");
    QTest::newRow("Chinese") << QStringLiteral("总部") << QStringLiteral("总部.pbk");
}

void TestExportFormats::fileNamesAreHarmless() {
    QFETCH(QString, name);
    QFETCH(QString, file);
    Profile p = plain();
    p.name = name.toStdString();
    QCOMPARE(QString::fromStdString(formats::exportProfile(p, ExportFormat::Pbk)->name), file);
    p.name = std::string(119, 'x') + "总部";
    const auto cut = QString::fromStdString(formats::exportProfile(p, ExportFormat::Pbk)->name);
    QVERIFY(cut.isValidUtf16() && !cut.contains(QChar::ReplacementCharacter));
}

void TestExportFormats::keyFileValuesStayValues() {
    Profile p = plain();
    p.name = "x\n[vpn-secrets]\npassword=y";
    p.authentication.username = " lead\\ing";
    const auto file = text(*formats::exportProfile(p, ExportFormat::NetworkManager));
    QVERIFY(file.find("\n[vpn-secrets]") == std::string::npos);
    QVERIFY(file.find("user=\\slead\\\\ing\n") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestExportFormats)
#include "tst_export_formats.moc"
