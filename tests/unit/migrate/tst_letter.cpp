#include "core/legacy/assess.h"
#include "core/migrate/letter.h"

#include <QCoreApplication>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace tern;
using namespace Qt::StringLiterals;
using profile::Protocol;

namespace {

profile::Profile old(std::string name = "Office", std::string server = "vpn.example.com") {
    profile::Profile p;
    p.name = std::move(name);
    p.servers = {std::move(server)};
    p.protocol = Protocol::Pptp;
    return p;
}

probe::Result probed(probe::Advice advice, probe::Verdict ikev2, probe::Verdict sstp) {
    probe::Result result;
    result.host = "vpn.example.com";
    result.advice = advice;
    result.ikev2.verdict = ikev2;
    result.sstp.verdict = sstp;
    result.pptp.verdict = probe::Verdict::Open;
    return result;
}

constexpr auto sstpStep = "Set-RemoteAccess -SslCertificate";
constexpr auto ikev2Step = "WAN Miniport (IKEv2)";
constexpr auto policyStep = "Set-VpnServerConfiguration -CustomPolicy";
constexpr auto roleStep = "Install-RemoteAccess -VpnType Vpn";
constexpr auto offStep = "\"WAN Miniport (PPTP)\" rasinonly = disabled";

} // namespace

class TestLetter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stepsFollowTheServer_data();
    void stepsFollowTheServer();
    void saysWhatWasFound();
    void formats();
    void namesFromFilesStayText();
    void mail();
};

void TestLetter::stepsFollowTheServer_data() {
    QTest::addColumn<int>("advice");
    QTest::addColumn<int>("ikev2");
    QTest::addColumn<int>("sstp");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QStringList>("there");
    QTest::addColumn<QStringList>("notThere");
    using probe::Advice;
    using probe::Verdict;
    const auto row = [](const char* name, Advice advice, Verdict ikev2, Verdict sstp, const char* title,
                        const QStringList& there, const QStringList& notThere) {
        QTest::addRow("%s", name) << static_cast<int>(advice) << static_cast<int>(ikev2) << static_cast<int>(sstp)
                                  << QString::fromLatin1(title) << there << notThere;
    };
    const QString sstp = QLatin1String(sstpStep);
    const QString ikev2 = QLatin1String(ikev2Step);
    const QString policy = QLatin1String(policyStep);
    const QString role = QLatin1String(roleStep);
    const QString off = QLatin1String(offStep);
    row("PPTP only", Advice::OnlyRetired, Verdict::Silent, Verdict::Closed, "please enable SSTP or IKEv2",
        {sstp, ikev2, policy, off}, {role});
    row("weak IKEv2", Advice::OnlyWeakIkev2, Verdict::Weak, Verdict::Closed, "please update its encryption",
        {policy, off}, {role, sstp, ikev2});
    row("certificate", Advice::NeedsRepair, Verdict::Silent, Verdict::Unusable, "please repair SSTP or IKEv2",
        {sstp, ikev2, policy, off}, {role});
    row("nothing", Advice::Nothing, Verdict::Closed, Verdict::Silent, "please enable SSTP or IKEv2",
        {sstp, ikev2, policy, off}, {});
    row("IKEv2", Advice::ReadyIkev2, Verdict::Open, Verdict::Closed, "how do I sign in by IKEv2?", {off},
        {role, sstp, ikev2, policy});
    row("SSTP", Advice::ReadySstp, Verdict::Silent, Verdict::Open, "how do I sign in by SSTP?", {off},
        {role, sstp, ikev2, policy});
    row("both", Advice::Both, Verdict::Open, Verdict::Open, "how do I sign in by IKEv2 or SSTP?", {off},
        {role, sstp, ikev2, policy});
}

void TestLetter::stepsFollowTheServer() {
    QFETCH(int, advice);
    QFETCH(int, ikev2);
    QFETCH(int, sstp);
    QFETCH(QString, title);
    QFETCH(QStringList, there);
    QFETCH(QStringList, notThere);
    const auto profile = old();
    const auto result = probed(static_cast<probe::Advice>(advice), static_cast<probe::Verdict>(ikev2),
                               static_cast<probe::Verdict>(sstp));
    const auto letter = migrate::letter({profile, {}, legacy::assess(profile), &result, {}});
    QCOMPARE(letter.title, u"VPN at vpn.example.com: "_s + title);
    const auto text = letter.text();
    for (const auto& each : there) {
        QVERIFY2(text.contains(each), qPrintable(each + u"\n"_s + text));
    }
    for (const auto& each : notThere) {
        QVERIFY2(!text.contains(each), qPrintable(each + u"\n"_s + text));
    }
}

void TestLetter::saysWhatWasFound() {
    const auto profile = old();
    auto result = probed(probe::Advice::NeedsRepair, probe::Verdict::Silent, probe::Verdict::Unusable);
    result.sstpFacts.certificateProblems = {{"tern.crypto.cert.expired", {"2024-01-01"}, {}}};
    const auto letter = migrate::letter({profile, {}, legacy::assess(profile), &result, "Contoso"});
    const auto text = letter.text();
    for (const char* part : {"Contoso", "“Office”", "vpn.example.com", "PPTP", "2024-01-01", "1.3.6.1.5.5.7.3.1",
                             "UDP 500", "UDP 4500", "TCP 443", "TCP 1723", "Set-VpnConnectionIPsecConfiguration"}) {
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    }
    QVERIFY(letter.title.contains(u"vpn.example.com"_s));
    // Nobody has asked the server: the letter says nothing of its answers, and begins with the role.
    const auto unasked = migrate::letter({profile, "new.example.com", {}, nullptr, {}}).text();
    QVERIFY(unasked.contains(QLatin1String(roleStep)));
    QVERIFY(!unasked.contains(u"What the server answered"_s));
    QVERIFY(unasked.contains(u"new.example.com"_s));
}

void TestLetter::formats() {
    const auto profile = old("A <b>*bold*</b> & `name`");
    const auto letter = migrate::letter({profile, {}, {}, nullptr, {}});
    const auto html = letter.html(u"zh-CN"_s);
    QVERIFY(html.startsWith(u"<!DOCTYPE html>"_s));
    QVERIFY(html.contains(u"lang=\"zh-CN\""_s));
    QVERIFY(html.contains(u"A &lt;b&gt;*bold*&lt;/b&gt; &amp; `name`"_s));
    QVERIFY(!html.contains(u"<b>"_s));
    QVERIFY(!html.contains(u"src="_s) && !html.contains(u"href="_s));
    QVERIFY(html.contains(u"&quot;WAN Miniport (SSTP)&quot;"_s));
    const auto markdown = letter.markdown();
    QVERIFY(markdown.startsWith(u"# "_s));
    QVERIFY(markdown.contains(u"A \\<b\\>\\*bold\\*\\</b\\> & \\`name\\`"_s));
    QVERIFY(markdown.contains(u"```powershell\n"_s));
    QVERIFY(letter.text().contains(u"A <b>*bold*</b> & `name`"_s));
}

void TestLetter::namesFromFilesStayText() {
    // What is no host name is in no command and in no certificate's name.
    const auto profile = old("%2 %1", "x'; Remove-Item C:\\ -Recurse; '");
    const auto letter = migrate::letter({profile, {}, {}, nullptr, {}});
    for (const auto& block : letter.blocks) {
        if (block.kind == migrate::Block::Kind::Commands) {
            QVERIFY(!block.lines.join(u'\n').contains(u"Remove-Item"_s));
        }
    }
    QVERIFY(letter.text().contains(u"“%2 %1”"_s));
    QVERIFY(letter.text().contains(u"the server's public name"_s));
    const auto address = old("Office", "192.0.2.7");
    QVERIFY(migrate::letter({address, {}, {}, nullptr, {}}).text().contains(u"the server's public name"_s));
}

void TestLetter::mail() {
    const auto profile = old("Büro & Lager", "vpn.example.com");
    const auto letter = migrate::letter({profile, {}, {}, nullptr, {}});
    const QUrl url(migrate::mailTo(u"it+vpn@example.com"_s, letter));
    QVERIFY(url.isValid());
    QCOMPARE(url.scheme(), u"mailto"_s);
    QCOMPARE(url.path(), u"it+vpn@example.com"_s);
    const QUrlQuery query(url);
    QCOMPARE(query.queryItemValue(u"subject"_s, QUrl::FullyDecoded), letter.title);
    const auto body = query.queryItemValue(u"body"_s, QUrl::FullyDecoded);
    QCOMPARE(QString(body).replace(u"\r\n"_s, u"\n"_s), letter.text());
    QVERIFY(body.contains(u"Büro & Lager"_s));
    // A contact that is no address must not become a header of the mail.
    for (const auto& bad : {u"it@example.com?cc=all@example.com"_s, u"a@b,c@d"_s, u"call 1234"_s, QString()}) {
        QCOMPARE(QUrl(migrate::mailTo(bad, letter)).path(), QString());
    }
}

QTEST_GUILESS_MAIN(TestLetter)
#include "tst_letter.moc"
