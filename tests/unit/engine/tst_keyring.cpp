#include "app/engine/credentials.h"
#include "app/engine/keyring.h"
#include "tests/unit/engine/private_bus.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QSignalSpy>
#include <QTest>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

namespace {

base::SecureBytes secretOf(const char* text) {
    return base::SecureBytes(std::string_view(text));
}

std::string textOf(const base::Result<std::optional<connection::Credentials>>& answer) {
    return answer && answer->has_value() ? base::toText(answer->value().secret.view()) : "no answer";
}

} // namespace

// Against a real gnome-keyring-daemon on a session bus of its own.
class TestKeyring : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void keepsAndForgets();
    void knowsWhatIsKeptAfterARestart();
    void octetsSurvive();
    void keyringAnswersBeforeThePerson();
    void refusedPasswordIsAskedAnew();
    void nobodyToAskIsAnError();
    void plainTextIsInNoFile();

private:
    std::optional<base::SecureBytes> read(Keyring& keyring, const QString& id);
    test::PrivateBus m_bus;
};

std::optional<base::SecureBytes> TestKeyring::read(Keyring& keyring, const QString& id) {
    bool done = false;
    std::optional<base::SecureBytes> result;
    keyring.read(id, [&](std::optional<base::SecureBytes> secret) {
        result = std::move(secret);
        done = true;
    });
    if (!QTest::qWaitFor([&] { return done; }, 10'000)) {
        QTest::qFail("the keyring does not answer", __FILE__, __LINE__);
    }
    return result;
}

void TestKeyring::initTestCase() {
    m_bus.startKeyring();
    QTRY_VERIFY_WITH_TIMEOUT(
        QDBusConnection::sessionBus().interface()->isServiceRegistered(u"org.freedesktop.secrets"_s).value(), 10'000);
}

void TestKeyring::keepsAndForgets() {
    Keyring keyring;
    QVERIFY(keyring.available());
    QVERIFY(!read(keyring, u"one"_s));
    QVERIFY(!keyring.has(u"one"_s));

    std::optional<base::Result<void>> written;
    keyring.write(u"one"_s, secretOf("Canary-kept"), [&](base::Result<void> result) { written = std::move(result); });
    QTRY_VERIFY_WITH_TIMEOUT(written.has_value(), 10'000);
    QVERIFY(written->has_value());
    QVERIFY(keyring.has(u"one"_s));
    const auto back = read(keyring, u"one"_s);
    QVERIFY(back);
    QCOMPARE(base::toText(back->view()), std::string("Canary-kept"));
    QVERIFY(!read(keyring, u"two"_s));

    keyring.remove(u"one"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!keyring.has(u"one"_s), 10'000);
    QVERIFY(!read(keyring, u"one"_s));
}

void TestKeyring::knowsWhatIsKeptAfterARestart() {
    {
        Keyring keyring;
        bool done = false;
        keyring.write(u"kept"_s, secretOf("x"), [&](const base::Result<void>& result) { done = result.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(done, 10'000);
    }
    Keyring keyring;
    QTRY_VERIFY_WITH_TIMEOUT(keyring.has(u"kept"_s), 10'000);
    QVERIFY(!keyring.has(u"other"_s));
}

void TestKeyring::octetsSurvive() {
    Keyring keyring;
    const base::Bytes odd{0, 1, 0xFF, '\n', 0xC3, 0x28, 0};
    bool done = false;
    keyring.write(u"odd"_s, base::SecureBytes(base::ByteView(odd)),
                  [&](const base::Result<void>& result) { done = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 10'000);
    const auto back = read(keyring, u"odd"_s);
    QVERIFY(back);
    QCOMPARE(base::Bytes(back->view().begin(), back->view().end()), odd);
}

void TestKeyring::keyringAnswersBeforeThePerson() {
    Keyring keyring;
    Prompts prompts;
    QSignalSpy prompted(&prompts, &Prompts::prompted);
    profile::Profile profile;
    profile.id = "kept";
    ProfileCredentials credentials(profile, {}, keyring, prompts);
    std::string answer;
    const auto pending = credentials.ask(
        {}, [&](const base::Result<std::optional<connection::Credentials>>& result) { answer = textOf(result); });
    QTRY_COMPARE_WITH_TIMEOUT(answer, std::string("x"), 10'000);
    QVERIFY(credentials.usedKeyring());
    QCOMPARE(prompted.count(), 0);
    QVERIFY(!credentials.takeTyped());
}

void TestKeyring::refusedPasswordIsAskedAnew() {
    Keyring keyring;
    Prompts prompts;
    QSignalSpy prompted(&prompts, &Prompts::prompted);
    QSignalSpy closed(&prompts, &Prompts::closed);
    profile::Profile profile;
    profile.id = "kept";
    profile.name = "Office";
    ProfileCredentials credentials(profile, {true, true, {}}, keyring, prompts);
    std::string answer;
    auto pending = credentials.ask(
        {ike::Prompt::Kind::Password, "vpn.example.org", "anna", "", false},
        [&](const base::Result<std::optional<connection::Credentials>>& result) { answer = textOf(result); });
    QTRY_COMPARE_WITH_TIMEOUT(prompted.count(), 1, 10'000);
    const auto prompt = prompted.at(0).at(0).toMap();
    QVERIFY(prompt.value(u"retry"_s).toBool());
    QVERIFY(prompt.value(u"can-remember"_s).toBool());
    QCOMPARE(prompt.value(u"username"_s).toString(), u"anna"_s);
    QByteArray typed("typed");
    QVERIFY(prompts.answer(prompt.value(u"prompt"_s).toULongLong(),
                           {{u"secret"_s, typed}, {u"remember"_s, true}, {u"username"_s, QString()}}));
    QCOMPARE(answer, std::string("typed"));
    QCOMPARE(closed.count(), 1);
    const auto kept = credentials.takeTyped();
    QVERIFY(kept && kept->remember);
    QCOMPARE(kept->username, u"anna"_s);
    // Nothing is written before the server has accepted it.
    QCOMPARE(base::toText(read(keyring, u"kept"_s)->view()), std::string("x"));
}

void TestKeyring::nobodyToAskIsAnError() {
    Keyring keyring;
    Prompts prompts;
    profile::Profile profile;
    profile.id = "unknown";
    profile.name = "Office";
    ProfileCredentials credentials(profile, {false, false, {}}, keyring, prompts);
    std::string code;
    const auto pending = credentials.ask(
        {}, [&](const base::Result<std::optional<connection::Credentials>>& result) { code = result.error().code; });
    QTRY_COMPARE_WITH_TIMEOUT(code, std::string("tern.engine.password-needed"), 10'000);
    QVERIFY(prompts.open().isEmpty());
}

void TestKeyring::plainTextIsInNoFile() {
    Keyring keyring;
    bool done = false;
    keyring.write(u"canary"_s, secretOf("Canary-Plain-1827"),
                  [&](const base::Result<void>& result) { done = result.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(done, 10'000);
    QCOMPARE(m_bus.filesHolding("Canary-Plain-1827"), QStringList());
}

int main(int argc, char** argv) {
    TestKeyring test; // sets the environment before Qt looks at it
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keyring.moc"
