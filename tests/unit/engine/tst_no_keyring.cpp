#include "app/engine/credentials.h"
#include "app/engine/keyring.h"
#include "tests/unit/engine/private_bus.h"

#include <QSignalSpy>
#include <QTest>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

// Without a keyring: asked each time, and never a file.
class TestNoKeyring : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysThatThereIsNone();
    void writingFailsAndLeavesNoFile();
    void personIsAsked();

private:
    test::PrivateBus m_bus;
};

void TestNoKeyring::saysThatThereIsNone() {
    Keyring keyring;
    QVERIFY(!keyring.available());
    QVERIFY(!keyring.has(u"one"_s));
    bool asked = false;
    keyring.read(u"one"_s, [&](std::optional<base::SecureBytes> secret) { asked = !secret.has_value(); });
    QTRY_VERIFY(asked);
}

void TestNoKeyring::writingFailsAndLeavesNoFile() {
    Keyring keyring;
    std::optional<base::Result<void>> written;
    keyring.write(u"one"_s, base::SecureBytes(std::string_view("Canary-NoFile-4711")),
                  [&](base::Result<void> result) { written = std::move(result); });
    QTRY_VERIFY(written.has_value());
    QVERIFY(!written->has_value());
    QCOMPARE(written->error().code, std::string("tern.engine.keyring-failed"));
    QCOMPARE(m_bus.filesHolding("Canary-NoFile-4711"), QStringList());
    // The search itself finds what is there.
    test::PrivateBus::write(m_bus.path(u"planted"_s), "Canary-NoFile-4711");
    QCOMPARE(m_bus.filesHolding("Canary-NoFile-4711").size(), 1);
}

void TestNoKeyring::personIsAsked() {
    Keyring keyring;
    Prompts prompts;
    QSignalSpy prompted(&prompts, &Prompts::prompted);
    QSignalSpy closed(&prompts, &Prompts::closed);
    ProfileCredentials credentials({}, {}, keyring, prompts);
    bool answered = false;
    auto pending = credentials.ask(
        {}, [&](const base::Result<std::optional<connection::Credentials>>& /*result*/) { answered = true; });
    QTRY_COMPARE(prompted.count(), 1);
    QVERIFY(!prompted.at(0).at(0).toMap().value(u"can-remember"_s).toBool());
    // Nobody needs the answer any more: the question closes by itself.
    pending.reset();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!answered);
    const auto late = prompts.answer(1, {{u"secret"_s, QByteArray("x")}});
    QVERIFY(!late);
    QCOMPARE(late.error().code, std::string("tern.engine.no-such-prompt"));
}

int main(int argc, char** argv) {
    TestNoKeyring test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_no_keyring.moc"
