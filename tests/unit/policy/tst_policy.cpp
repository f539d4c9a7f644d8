#include "core/base/catalogue.h"
#include "core/crypto/certificate.h"
#include "core/policy/policy.h"
#include "tests/unit/crypto/authority.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace tern;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

class Folder {
public:
    void write(const QString& name, const QByteArray& text, mode_t mode = 0644) const {
        const auto path = m_dir.filePath(name);
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(text), text.size());
        file.close();
        QCOMPARE(::chmod(path.toUtf8().constData(), mode), 0);
    }
    [[nodiscard]] policy::Policy load() const { return policy::load(m_dir.path().toStdString(), ::geteuid()); }
    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }
    [[nodiscard]] QByteArray folder() const { return m_dir.path().toUtf8(); }

private:
    QTemporaryDir m_dir;
};

} // namespace

class TestPolicy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noFolderIsNoPolicy();
    void wholeFile();
    void laterFilesOverride();
    void theExampleIsSound();
    void mistakes_data();
    void mistakes();
    void aMistakeTakesBackWhatIsAllowed();
    void whoMayWrite();
    void whatCannotBeRead();
    void authorities();
    void ourServers();
};

void TestPolicy::noFolderIsNoPolicy() {
    const auto none = policy::load("/nonexistent/policy.d");
    QVERIFY(none.isSound() && none.isEmpty());
    Folder folder;
    folder.write(u"readme.txt"_s, "no policy");
    folder.write(u".hidden.toml"_s, "nonsense");
    QVERIFY(folder.load().isEmpty());
}

void TestPolicy::wholeFile() {
    Folder folder;
    folder.write(u"10.toml"_s, R"([organisation]
name = "Contoso"
contact = "IT, 4711"
help = "https://intranet.contoso.example/vpn"
domains = ["Contoso.example", "192.0.2.7"]
[l2tp]
mode = "flag"
until = 2026-12-31
[connections]
minimum-grade = "can-fall-back"
[replacements."Old.contoso.example"]
host = "vpn.contoso.example"
protocol = "ikev2"
)");
    const auto read = folder.load();
    QVERIFY2(read.isSound(), read.isSound() ? "" : read.problems.front().detail.c_str());
    QCOMPARE(read.organisation, std::string("Contoso"));
    QCOMPARE(read.contact, std::string("IT, 4711"));
    QCOMPARE(read.help, std::string("https://intranet.contoso.example/vpn"));
    QCOMPARE(*read.l2tpUntil, policy::Day(2026y / 12 / 31));
    QCOMPARE(*read.minimumGrade, legacy::Grade::CanFallBack);
    const auto* replacement = read.replacementFor("OLD.contoso.example.");
    QVERIFY(replacement != nullptr);
    QCOMPARE(replacement->host, std::string("vpn.contoso.example"));
    QCOMPARE(replacement->protocol, profile::Protocol::Ikev2);
    QVERIFY(read.replacementFor("vpn.contoso.example") == nullptr);
}

void TestPolicy::laterFilesOverride() {
    Folder folder;
    folder.write(u"20-later.toml"_s, "[l2tp]\nmode = \"refuse\"\n[organisation]\nname = \"B\"\n"
                                     "[replacements.\"b\"]\nhost = \"new-b\"\n");
    folder.write(u"10-first.toml"_s, "[l2tp]\nmode = \"flag\"\nuntil = 2026-12-31\n[organisation]\nname = \"A\"\n"
                                     "contact = \"x\"\n[replacements.\"a\"]\nhost = \"new-a\"\n");
    const auto read = folder.load();
    QVERIFY(read.isSound());
    QCOMPARE(read.files.size(), std::size_t{2});
    QVERIFY(read.files.front().ends_with("10-first.toml"));
    QCOMPARE(read.organisation, std::string("B"));
    QCOMPARE(read.contact, std::string("x"));
    QVERIFY(!read.l2tpUntil);
    QVERIFY(read.replacementFor("a") != nullptr && read.replacementFor("b") != nullptr);
}

void TestPolicy::theExampleIsSound() {
    QFile example(QStringLiteral(TERN_SOURCE_DIR "/packaging/policy/example.toml"));
    QVERIFY(example.open(QFile::ReadOnly));
    Folder folder;
    folder.write(u"example.toml"_s, example.readAll());
    const auto read = folder.load();
    QVERIFY2(read.isSound(), read.isSound() ? "" : base::describe(read.problems.front()).sentence.toUtf8().constData());
    QVERIFY(read.l2tpUntil && read.minimumGrade && !read.replacements.empty() && !read.domains.empty());
}

void TestPolicy::mistakes_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char* name, const char* text, const char* code, const char* line) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(code) << QByteArray(line);
    };
    row("no TOML", "[l2tp\nmode", "tern.policy.syntax", "1");
    row("binary", "\x01\xFF\xFE\x7F", "tern.policy.syntax", "1");
    row("twice", "[l2tp]\nmode = \"flag\"\nmode = \"refuse\"\n", "tern.policy.syntax", "3");
    row("unknown section", "\n[pptp]\nmode = \"flag\"\n", "tern.policy.unknown-key", "2");
    row("unknown key", "[l2tp]\nmodus = \"flag\"\n", "tern.policy.unknown-key", "2");
    row("key at the top", "mode = \"flag\"\n", "tern.policy.unknown-key", "1");
    row("section is a value", "l2tp = \"flag\"\n", "tern.policy.wrong-value", "1");
    row("unknown mode", "[l2tp]\nmode = \"allow\"\n", "tern.policy.wrong-value", "2");
    row("mode is a number", "[l2tp]\nmode = 1\n", "tern.policy.wrong-value", "2");
    row("no date", "[l2tp]\nmode = \"flag\"\n", "tern.policy.no-date", "2");
    row("date as text", "[l2tp]\nmode = \"flag\"\nuntil = \"2026-12-31\"\n", "tern.policy.wrong-value", "3");
    row("no such day", "[l2tp]\nmode = \"flag\"\nuntil = 2026-02-30\n", "tern.policy.syntax", "3");
    row("date and time", "[l2tp]\nmode = \"flag\"\nuntil = 2026-12-31T00:00:00\n", "tern.policy.wrong-value", "3");
    row("no grade", "[connections]\nminimum-grade = \"not-judged\"\n", "tern.policy.wrong-value", "2");
    row("unknown grade", "[connections]\nminimum-grade = \"best\"\n", "tern.policy.wrong-value", "2");
    row("help by http", "[organisation]\nhelp = \"http://contoso.example/\"\n", "tern.policy.wrong-value", "2");
    row("help that runs", "[organisation]\nhelp = \"file:///bin/sh\"\n", "tern.policy.wrong-value", "2");
    row("name with a line break", "[organisation]\nname = \"a\\nb\"\n", "tern.policy.wrong-value", "2");
    row("domains are text", "[organisation]\ndomains = \"a\"\n", "tern.policy.wrong-value", "2");
    row("domain with a space", "[organisation]\ndomains = [\"a b\"]\n", "tern.policy.wrong-value", "2");
    row("replacement without host", "[replacements.\"a\"]\nprotocol = \"sstp\"\n", "tern.policy.wrong-value", "1");
    row("replacement by PPTP", "[replacements.\"a\"]\nhost = \"b\"\nprotocol = \"pptp\"\n", "tern.policy.wrong-value",
        "3");
    row("replacement with more", "[replacements.\"a\"]\nhost = \"b\"\nport = 1\n", "tern.policy.unknown-key", "3");
    row("authority for nobody", "[organisation]\nca = \"-----BEGIN\"\n", "tern.policy.no-domains", "2");
    row("authority that is none", "[organisation]\ndomains = [\"a\"]\nca = \"-----BEGIN\"\n", "tern.policy.ca", "3");
    row("authority by a short path", "[organisation]\ndomains = [\"a\"]\nca = \"root.pem\"\n", "tern.policy.ca", "3");
}

void TestPolicy::mistakes() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, line);
    Folder folder;
    folder.write(u"10.toml"_s, text);
    const auto read = folder.load();
    QVERIFY(!read.isSound());
    const auto& problem = read.problems.front();
    QCOMPARE(QByteArray::fromStdString(problem.code), code);
    QVERIFY(problem.args.front().ends_with("/10.toml"));
    QCOMPARE(QByteArray::fromStdString(problem.args.at(1)), line);
    const auto sentence = base::describe(problem).sentence;
    QVERIFY2(sentence.contains(u"10.toml"_s) && sentence.contains(QString::fromUtf8(line)), qPrintable(sentence));
}

void TestPolicy::aMistakeTakesBackWhatIsAllowed() {
    Folder folder;
    folder.write(u"10.toml"_s, "[organisation]\nname = \"Contoso\"\ndomains = [\"a\"]\n[l2tp]\nmode = \"flag\"\n"
                               "until = 2026-12-31\n[connections]\nminimum-grade = \"weak\"\n"
                               "[replacements.\"a\"]\nhost = \"b\"\n");
    QVERIFY(folder.load().l2tpUntil);
    folder.write(u"20.toml"_s, "typo = 1\n");
    const auto read = folder.load();
    QVERIFY(!read.isSound());
    QVERIFY(!read.l2tpUntil && read.replacements.empty() && !read.isOurs("a"));
    QCOMPARE(read.organisation, std::string("Contoso")); // whom to ask stays known
    QVERIFY(read.minimumGrade);
}

void TestPolicy::whoMayWrite() {
    Folder folder;
    folder.write(u"10.toml"_s, "[organisation]\nname = \"A\"\n", 0666);
    QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.writable"));
    folder.write(u"10.toml"_s, "[organisation]\nname = \"A\"\n", 0664);
    QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.writable"));
    folder.write(u"10.toml"_s, "[organisation]\nname = \"A\"\n", 0644);
    QVERIFY(folder.load().isSound());
    QCOMPARE(::chmod(folder.folder().constData(), 0777), 0);
    const auto open = folder.load();
    QCOMPARE(open.problems.front().code, std::string("tern.policy.writable"));
    QVERIFY(open.organisation.empty());
    QCOMPARE(::chmod(folder.folder().constData(), 0755), 0);
    // Somebody else's file: only root and the expected owner count.
    if (::geteuid() == 0) {
        QCOMPARE(::chown(folder.path(u"10.toml"_s).toUtf8().constData(), 1, 1), 0);
        QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.writable"));
    } else {
        QCOMPARE(policy::load(folder.folder().toStdString(), 0).problems.front().code,
                 std::string("tern.policy.writable"));
    }
}

void TestPolicy::whatCannotBeRead() {
    Folder folder;
    QVERIFY(QDir().mkdir(folder.path(u"10.toml"_s)));
    auto read = folder.load();
    QCOMPARE(read.problems.front().code, std::string("tern.policy.unreadable"));
    QVERIFY(QDir().rmdir(folder.path(u"10.toml"_s)));
    QVERIFY(QFile::link(folder.path(u"nothing"_s), folder.path(u"10.toml"_s)));
    QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.unreadable"));
    QVERIFY(QFile::remove(folder.path(u"10.toml"_s)));
    QCOMPARE(::mkfifo(folder.path(u"10.toml"_s).toUtf8().constData(), 0644), 0); // must not wait for a writer
    QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.unreadable"));
    QVERIFY(QFile::remove(folder.path(u"10.toml"_s)));
    folder.write(u"10.toml"_s, QByteArray((1 << 20) + 1, '#'));
    QCOMPARE(folder.load().problems.front().code, std::string("tern.policy.unreadable"));
}

void TestPolicy::authorities() {
    const auto pem = QByteArray::fromStdString(test::issue(test::authoritySpec("Contoso Root")).pem());
    Folder folder;
    folder.write(u"root.pem"_s, pem);
    folder.write(u"10.toml"_s,
                 "[organisation]\ndomains = [\"a\"]\nca = \"" + folder.path(u"root.pem"_s).toUtf8() + "\"\n");
    const auto byPath = folder.load();
    QVERIFY2(byPath.isSound(), byPath.isSound() ? "" : byPath.problems.front().detail.c_str());
    QVERIFY(byPath.caPem.starts_with("-----BEGIN CERTIFICATE"));
    QCOMPARE(QString::fromStdString(byPath.caFile), folder.path(u"root.pem"_s));
    folder.write(u"10.toml"_s, "[organisation]\ndomains = [\"a\"]\nca = '''\n" + pem + "'''\n");
    QCOMPARE(folder.load().caPem, byPath.caPem);
    folder.write(u"root.pem"_s, pem, 0666);
    folder.write(u"10.toml"_s,
                 "[organisation]\ndomains = [\"a\"]\nca = \"" + folder.path(u"root.pem"_s).toUtf8() + "\"\n");
    const auto shared = folder.load();
    QCOMPARE(shared.problems.front().code, std::string("tern.policy.writable"));
    QVERIFY(shared.caPem.empty());
}

void TestPolicy::ourServers() {
    policy::Policy ours;
    ours.domains = {"contoso.example", "192.0.2.7"};
    ours.replacements["old"] = {"new.fabrikam.example", profile::Protocol::Sstp};
    for (const auto* each :
         {"contoso.example", "VPN.Contoso.Example", "vpn.contoso.example.", "192.0.2.7", "new.fabrikam.example"}) {
        QVERIFY2(ours.isOurs(each), each);
    }
    for (const auto* each :
         {"notcontoso.example", "contoso.example.evil.example", "example", "", "old", "1192.0.2.7"}) {
        QVERIFY2(!ours.isOurs(each), each);
    }
}

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
