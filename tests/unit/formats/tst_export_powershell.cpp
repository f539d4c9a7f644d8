// The exported script, read as PowerShell reads it: its commands get the values of the profile, whatever those are, and
// nothing else is done. And read by our own import, which has to come to the same.
#include "core/formats/export.h"
#include "core/formats/import.h"
#include "tests/unit/formats/powershell_reader.h"

#include <QTest>
#include <QXmlStreamReader>
#include <array>
#include <random>

using namespace tern;
using namespace Qt::StringLiterals;
using profile::Method;
using profile::Profile;
using profile::Protocol;
using test::PowerShellReader;

namespace {

// What ends a string, begins a command, or is taken for something else: by PowerShell, by an editor or by us.
constexpr std::array pieces{"'",
                            "''",
                            "\"",
                            "\"\"",
                            "`",
                            "`'",
                            "`n",
                            "``",
                            "$",
                            "$name",
                            "${x}",
                            "$(calc)",
                            "$env:TEMP",
                            "@",
                            "@'",
                            "'@",
                            "@\"",
                            "@{",
                            "@(",
                            "{",
                            "}",
                            "(",
                            ")",
                            ";",
                            "|",
                            "&",
                            "&&",
                            "||",
                            "#",
                            "<#",
                            "#>",
                            "%",
                            "=",
                            ",",
                            "-",
                            "--%",
                            "-Force",
                            "\n",
                            "\r\n",
                            "\r\n'@\r\n",
                            "\t",
                            "\x01",
                            "\x7F",
                            " ",
                            "\xE2\x80\x98",
                            "\xE2\x80\x99",
                            "\xE2\x80\x9A",
                            "\xE2\x80\x9B",
                            "\xE2\x80\x9C",
                            "\xE2\x80\x9D",
                            "\xE2\x80\x9E",
                            "\xE2\x80\x93",
                            "\xE2\x80\x94",
                            "\xE2\x80\x95",
                            "\xE2\x80\xA8",
                            "\xE2\x80\xAE",
                            "\xC2\x85",
                            "\xC2\xA0",
                            "\xEF\xBB\xBF",
                            "\xE2\x80\xB2",
                            "\xEF\xBC\x87",
                            "公司",
                            "ü",
                            "\xF0\x9F\x94\x91",
                            "Office",
                            "calc",
                            "Remove-Item",
                            "vpn.example.com"};

class Nasty {
public:
    explicit Nasty(unsigned seed)
        : m_random(seed) {}
    bool flip() { return (m_random() & 1U) != 0; }
    // At least one letter is in it: a name of blanks is no name.
    std::string text() {
        std::string out;
        for (auto count = m_random() % 7; count > 0; --count) {
            out += pieces[m_random() % pieces.size()];
        }
        out += 'x';
        for (auto count = m_random() % 4; count > 0; --count) {
            out += pieces[m_random() % pieces.size()];
        }
        return out;
    }
    Profile profile() {
        Profile p;
        p.id = profile::newId();
        p.protocol = flip() ? Protocol::Ikev2 : Protocol::Sstp;
        p.name = text();
        p.servers = {text()};
        p.authentication.method = p.protocol == Protocol::Sstp ? Method::Mschapv2 : Method::MachineCertificate;
        if (flip()) {
            p.authentication.method = Method::Peap;
            p.trust.eapServerNames = {text()};
        }
        p.authentication.rememberPassword = flip();
        if (flip()) {
            p.dns.suffix = text();
        }
        if (flip()) {
            p.servers.push_back(text());
        }
        if (flip()) {
            p.alwaysOn.trustedNetworks = {text(), text()};
        }
        if (flip()) {
            p.routing.fullTunnelIpv4 = p.routing.fullTunnelIpv6 = false;
            p.routing.routes = {{*base::IpPrefix::fromText("10.0.0.0/8"), 5},
                                {*base::IpPrefix::fromText("2001:db8::/32"), 0}};
        }
        if (flip()) {
            p.ike.policy = profile::IkePolicy{"SHA256", "AES256", "group14", "AES256", "SHA256", "none"};
        }
        return p;
    }

private:
    std::mt19937 m_random;
};

// Control characters become blanks, and nothing else is changed.
QString shown(const std::string& text) {
    auto out = QString::fromStdString('x' + text).mid(1); // Qt takes U+FEFF at the start for a mark
    for (auto& c : out) {
        c = c < u' ' || c == QChar(0x7F) ? QChar(u' ') : c;
    }
    return out;
}

// A name has none at its ends; other spaces are letters like any.
QString withoutBlanks(QString text) {
    while (text.startsWith(u' ')) {
        text.remove(0, 1);
    }
    while (text.endsWith(u' ')) {
        text.chop(1);
    }
    return text;
}

QStringList shown(const std::vector<std::string>& texts) {
    QStringList out;
    for (const auto& each : texts) {
        out << shown(each);
    }
    return out;
}

// What the profile asks Windows for, by the documentation of the module VpnClient.
std::vector<PowerShellReader::Command> wanted(const Profile& p, const PowerShellReader::Arguments& settings) {
    const auto name = shown(p.name);
    const PowerShellReader::Arguments asked{{u"Name"_s, {name}}, {u"ErrorAction"_s, {u"SilentlyContinue"_s}}};
    std::vector<PowerShellReader::Command> out;
    out.push_back({u"Remove-VpnConnection"_s,
                   {{u"Name"_s, {name}}, {u"Force"_s, {}}},
                   {u"Get-VpnConnection"_s, u"-ErrorAction"_s, u"SilentlyContinue"_s, u"-Name"_s, name}});
    const bool sstp = p.protocol == Protocol::Sstp;
    PowerShellReader::Arguments add{{u"Name"_s, {name}},
                                    {u"ServerAddress"_s, {shown(p.server())}},
                                    {u"TunnelType"_s, {sstp ? u"Sstp"_s : u"Ikev2"_s}},
                                    {u"EncryptionLevel"_s, {u"Required"_s}},
                                    {u"Force"_s, {}}};
    if (p.authentication.method == Method::Peap) {
        add[u"AuthenticationMethod"_s] = {u"Eap"_s};
        add[u"EapConfigXmlStream"_s] = settings.at(u"EapConfigXmlStream"_s); // XML, looked at by the caller
    } else {
        add[u"AuthenticationMethod"_s] = {sstp ? u"MSChapv2"_s : u"MachineCertificate"_s};
    }
    if (!p.routing.fullTunnelIpv4) {
        add[u"SplitTunneling"_s] = {u"$true"_s};
    }
    if (p.authentication.rememberPassword) {
        add[u"RememberCredential"_s] = {u"$true"_s};
    }
    if (!p.dns.suffix.empty()) {
        add[u"DnsSuffix"_s] = {shown(p.dns.suffix)};
    }
    if (p.servers.size() > 1) {
        QStringList pairs;
        for (const auto& each : p.servers) {
            pairs << shown(each) << shown(each);
        }
        add[u"ServerList"_s] = pairs;
    }
    out.push_back({u"Add-VpnConnection"_s, add, {}});
    if (p.ike.policy && !sstp) {
        out.push_back({u"Set-VpnConnectionIPsecConfiguration"_s,
                       {{u"ConnectionName"_s, {name}},
                        {u"AuthenticationTransformConstants"_s, {u"SHA256128"_s}},
                        {u"CipherTransformConstants"_s, {u"AES256"_s}},
                        {u"EncryptionMethod"_s, {u"AES256"_s}},
                        {u"IntegrityCheckMethod"_s, {u"SHA256"_s}},
                        {u"DHGroup"_s, {u"Group14"_s}},
                        {u"PfsGroup"_s, {u"None"_s}},
                        {u"Force"_s, {}}},
                       {}});
    }
    for (const auto& route : p.routing.routes) {
        PowerShellReader::Arguments arguments{{u"ConnectionName"_s, {name}},
                                              {u"DestinationPrefix"_s, {QString::fromStdString(route.to.text())}}};
        if (route.metric != 0) {
            arguments[u"RouteMetric"_s] = {QString::number(route.metric)};
        }
        out.push_back({u"Add-VpnConnectionRoute"_s, arguments, {}});
    }
    if (!p.alwaysOn.trustedNetworks.empty()) {
        out.push_back(
            {u"Add-VpnConnectionTriggerTrustedNetwork"_s,
             {{u"ConnectionName"_s, {name}}, {u"DnsSuffix"_s, shown(p.alwaysOn.trustedNetworks)}, {u"Force"_s, {}}},
             {}});
    }
    return out;
}

bool same(const PowerShellReader::Command& one, const PowerShellReader::Command& other) {
    return one.name == other.name && one.arguments == other.arguments && one.onlyIf == other.onlyIf;
}

QString words(const PowerShellReader::Command& command) {
    auto out = command.name;
    for (const auto& [name, values] : command.arguments) {
        out += u"\n  -"_s + name + u" ["_s + values.join(u"] ["_s) + u']';
    }
    return out;
}

} // namespace

class TestExportPowerShell : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readerIsStrict_data();
    void readerIsStrict();
    void everyValueArrives();
    void comesBackByTheImport();
};

void TestExportPowerShell::readerIsStrict_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("taken");
    const auto row = [](const char* line, bool taken) { QTest::newRow(line) << QByteArray(line) << taken; };
    row("$a = 'x'", true);
    row("$a = 'it''s'", true);
    row("$a = \xE2\x80\x98x\xE2\x80\x99", true); // as PowerShell has it
    row("$a = 'x\xE2\x80\x99; calc; \xE2\x80\x98'", false);
    row("$a = 'x'; calc; ''", false);
    row("$a = 'x'y", false);
    row("$a = 'x", false);
    row("$a = \"x\"", false);
    row("$a = $(calc)", false);
    row("$a = $b", false);
    row("$true = 'x'", false);
    row("calc", false);
    row("Remove-VpnConnection -Name 'x' -Force", true);
    row("Remove-VpnConnection -Name 'x' -Name 'y'", false);
    row("Remove-VpnConnection -Name x", false);
    row("Remove-VpnConnection -Name (Get-VpnConnection -Name 'x')", false);
    row("Remove-VpnConnection -Name 'x' | calc", false);
    row("Remove-VpnConnection `", false);
    row("Add-VpnConnection @a", false);
    row("# \xC2\x85 calc", false);
}

void TestExportPowerShell::readerIsStrict() {
    QFETCH(QByteArray, line);
    QFETCH(bool, taken);
    QString said;
    try {
        const PowerShellReader reader("\xEF\xBB\xBF" + line + "\r\n");
    } catch (const std::runtime_error& error) {
        said = QString::fromUtf8(error.what());
    }
    QVERIFY2(said.isEmpty() == taken, qPrintable(said));
}

void TestExportPowerShell::everyValueArrives() {
    for (unsigned seed = 1; seed <= 1000; ++seed) {
        const auto p = Nasty(seed).profile();
        const auto file = formats::exportProfile(p, formats::ExportFormat::PowerShell);
        QVERIFY(file);
        const auto script = QByteArray::fromStdString(base::toText(file->content));
        const auto where = u"seed %1\n"_s.arg(seed) + QString::fromUtf8(script);
        std::vector<PowerShellReader::Command> got;
        try {
            got = PowerShellReader(script).commands;
        } catch (const std::runtime_error& error) {
            QFAIL(qPrintable(QString::fromUtf8(error.what()) + u'\n' + where));
        }
        QVERIFY2(got.size() > 1, qPrintable(where));
        const auto& settings = got.at(1).arguments;
        const auto expected = wanted(p, settings);
        QCOMPARE(got.size(), expected.size());
        for (std::size_t i = 0; i < got.size(); ++i) {
            QVERIFY2(same(got[i], expected[i]),
                     qPrintable(words(got[i]) + u"\nwanted "_s + words(expected[i]) + u'\n' + where));
        }
        if (p.authentication.method == Method::Peap) {
            QXmlStreamReader xml(settings.at(u"EapConfigXmlStream"_s).value(0));
            QStringList names;
            while (!xml.atEnd()) {
                if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"ServerNames") {
                    names << xml.readElementText();
                }
            }
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString() + u'\n' + where));
            auto octets = p.trust.eapServerNames.front();
            std::erase(octets, '\x01'); // XML has no place for it
            auto name = shown(octets);
            name.remove(0, name.startsWith(QChar(0xFEFF)) ? 1 : 0); // a mark at the start is no part of a text
            QVERIFY2(names == QStringList{name},
                     qPrintable(names.join(u"|"_s) + u"\nwanted "_s + name + u'\n' + where));
        }
    }
}

void TestExportPowerShell::comesBackByTheImport() {
    for (unsigned seed = 1; seed <= 1000; ++seed) {
        auto p = Nasty(seed).profile();
        p.servers = {"vpn.example.com"};
        const auto file = formats::exportProfile(p, formats::ExportFormat::PowerShell);
        const auto back = formats::importFile(file->content, file->name);
        const auto where = u"seed %1\n"_s.arg(seed) + QString::fromStdString(base::toText(file->content));
        QVERIFY2(back && back->profiles.size() == 1, qPrintable(where));
        const auto& again = back->profiles.front();
        QCOMPARE(QString::fromStdString('x' + again.name).mid(1), withoutBlanks(shown(p.name)));
        QCOMPARE(again.server(), p.server());
        QCOMPARE(again.protocol, p.protocol);
        QVERIFY2(again.ike.policy == (p.protocol == Protocol::Sstp ? std::nullopt : p.ike.policy), qPrintable(where));
        QCOMPARE(again.routing.routes.size(), p.routing.routes.size());
    }
}

QTEST_GUILESS_MAIN(TestExportPowerShell)
#include "tst_export_powershell.moc"
