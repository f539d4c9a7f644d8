// The engine client against the stand-in for ternd on a bus of its own.
#include "app/gui/engine_client.h"
#include "app/gui/profile_details.h"
#include "core/base/catalogue.h"

#include <QDBusConnection>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>
#include <memory>

using namespace tern::gui;

class TestEngineClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void listsAndConnects();
    void failureCarriesItsText();
    void refusedConnectionFails();
    void promptIsAskedAndAnswered();
    void promptGoesWithTheEngine();
    void importReports();
    void importOfNonsenseIsTold();
    void importOfWhatIsNoFileIsTold();
    void editShowsInDetails();
    void detailsFollowTheirEngine();
    void refusalIsToldWhole();
    void comesBackWithTheEngine();
    void tellsWhenThereIsNoEngine();

private:
    void startEngine(const QStringList& arguments = {});
    [[nodiscard]] std::unique_ptr<EngineClient> makeClient();
    [[nodiscard]] static QString stateOf(EngineClient& client, const QString& id) {
        return client.status(id).value(QStringLiteral("state")).toString();
    }

    QProcess m_bus;
    QProcess m_engine;
    QByteArray m_address;
    int m_connections = 0;
};

void TestEngineClient::initTestCase() {
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--print-address"), QStringLiteral("--nofork")});
    QVERIFY(m_bus.waitForReadyRead());
    m_address = m_bus.readLine().trimmed();
    QVERIFY(!m_address.isEmpty());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
}

void TestEngineClient::cleanupTestCase() {
    m_bus.terminate();
    m_bus.waitForFinished();
}

void TestEngineClient::cleanup() {
    if (m_engine.state() != QProcess::NotRunning) {
        m_engine.terminate();
        m_engine.waitForFinished();
    }
}

void TestEngineClient::startEngine(const QStringList& arguments) {
    m_engine.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_engine.start(QStringLiteral(TERN_SOURCE_DIR "/tests/qml/fake_engine.py"),
                   QStringList{QStringLiteral("--step"), QStringLiteral("20")} + arguments);
    QVERIFY(m_engine.waitForReadyRead(20'000));
    m_engine.readAll();
}

std::unique_ptr<EngineClient> TestEngineClient::makeClient() {
    const auto bus =
        QDBusConnection::connectToBus(QString::fromLatin1(m_address), QStringLiteral("client-%1").arg(++m_connections));
    auto client = std::make_unique<EngineClient>(bus);
    client->start();
    return client;
}

void TestEngineClient::listsAndConnects() {
    startEngine();
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    QVERIFY(client->available());
    QSignalSpy connected(client.get(), &EngineClient::connected);
    QSignalSpy disconnected(client.get(), &EngineClient::disconnected);
    client->setWatching(true);
    client->connectProfile(QStringLiteral("p0"));
    QTRY_COMPARE(connected.count(), 1);
    QCOMPARE(connected.at(0).at(0).toString(), QStringLiteral("Head office"));
    QCOMPARE(client->activeId(), QStringLiteral("p0"));

    ProfileDetails details;
    details.setEngine(client.get());
    details.setProfileId(QStringLiteral("p0"));
    QCOMPARE(details.state(), QStringLiteral("connected"));
    QCOMPARE(details.addresses(), QStringList{QStringLiteral("10.10.3.4/32")});
    QTRY_COMPARE(details.routes(), QStringList{QStringLiteral("10.10.0.0/16")}); // only Show has these
    QTRY_VERIFY_WITH_TIMEOUT(details.received() > 0 && details.receivedRate() > 0, 8000);

    client->disconnectProfile(QStringLiteral("p0"));
    QTRY_COMPARE(disconnected.count(), 1);
    QCOMPARE(client->activeId(), QString());
    QCOMPARE(details.state(), QStringLiteral("disconnected"));
}

void TestEngineClient::failureCarriesItsText() {
    startEngine({QStringLiteral("--fail"), QStringLiteral("tern.test.unknown")});
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    QSignalSpy failed(client.get(), &EngineClient::failed);
    client->connectProfile(QStringLiteral("p0"));
    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed.at(0).at(2).value<ErrorText>();
    QCOMPARE(error.code, QStringLiteral("tern.test.unknown"));
    // A code the window does not know keeps the engine's own words.
    QCOMPARE(error.sentence, QStringLiteral("The server did not answer."));
    QCOMPARE(error.detail, QStringLiteral("5 requests in 12 s, no response"));
    QCOMPARE(client->activeId(), QString());
}

void TestEngineClient::refusedConnectionFails() {
    startEngine();
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    QVERIFY(!client->profiles()->usable(100).contains(QStringLiteral("p2")));
    QSignalSpy failed(client.get(), &EngineClient::failed);
    client->connectProfile(QStringLiteral("p2"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(2).value<ErrorText>().code.startsWith(QStringLiteral("tern.legacy.")));
}

void TestEngineClient::promptIsAskedAndAnswered() {
    startEngine({QStringLiteral("--prompt")});
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    QSignalSpy connected(client.get(), &EngineClient::connected);
    client->connectProfile(QStringLiteral("p0"));
    QTRY_VERIFY(!client->prompt().number.isEmpty());
    QCOMPARE(client->prompt().kind, QStringLiteral("password"));
    QVERIFY(!client->prompt().again);
    client->answer(client->prompt(), {}, QStringLiteral("wrong"), false);
    QTRY_VERIFY(client->prompt().again);
    client->answer(client->prompt(), {}, QStringLiteral("secret"), true);
    QTRY_COMPARE(connected.count(), 1);
    QVERIFY(client->prompt().number.isEmpty());
}

void TestEngineClient::promptGoesWithTheEngine() {
    startEngine({QStringLiteral("--prompt")});
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    client->connectProfile(QStringLiteral("p0"));
    QTRY_VERIFY(!client->prompt().number.isEmpty());
    m_engine.kill();
    QTRY_VERIFY(client->prompt().number.isEmpty());
    QVERIFY(!client->available());
}

void TestEngineClient::importReports() {
    startEngine({QStringLiteral("--empty")});
    const auto client = makeClient();
    QTRY_VERIFY(client->ready());
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("[Head office]\n");
    file.flush();
    QSignalSpy imported(client.get(), &EngineClient::imported);
    client->importFile(QUrl::fromLocalFile(file.fileName()));
    QVERIFY(client->importing());
    QTRY_COMPARE(imported.count(), 1);
    QVERIFY(!client->importing());
    QCOMPARE(client->importReport()->added(), 7);
    QCOMPARE(client->importReport()->retired(), 3);
    QCOMPARE(client->importReport()->problems().size(), 1);
    QTRY_COMPARE(client->profiles()->count(), 7);
}

void TestEngineClient::importOfNonsenseIsTold() {
    startEngine({QStringLiteral("--empty")});
    const auto client = makeClient();
    QTemporaryFile file;
    QVERIFY(file.open());
    QSignalSpy failed(client.get(), &EngineClient::requestFailed);
    client->importFile(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed.at(0).at(1).value<ErrorText>();
    QCOMPARE(error.code, QStringLiteral("tern.formats.not-phonebook"));
    const auto name = QFileInfo(file.fileName()).fileName().toStdString();
    const auto text = tern::base::describe({"tern.formats.not-phonebook", {name, "1"}, {}});
    QCOMPARE(error.sentence, text.sentence);
    QCOMPARE(error.remedy, text.remedy);
}

void TestEngineClient::importOfWhatIsNoFileIsTold() {
    const auto client = makeClient();
    QSignalSpy failed(client.get(), &EngineClient::requestFailed);
    client->importFile(QUrl::fromLocalFile(QStringLiteral("/nowhere/rasphone.pbk")));
    client->importFile(QUrl::fromLocalFile(QStringLiteral("/")));
    client->importFile(QUrl(QStringLiteral("https://example.invalid/rasphone.pbk")));
    QCOMPARE(failed.count(), 3);
    QVERIFY(!client->importing());
}

void TestEngineClient::editShowsInDetails() {
    startEngine();
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    ProfileDetails details;
    details.setEngine(client.get());
    details.setProfileId(QStringLiteral("p1"));
    QVERIFY(details.hasPassword());
    client->edit(QStringLiteral("p1"), {{QStringLiteral("name"), QStringLiteral("Lyon & Paris")}});
    QTRY_COMPARE(details.name(), QStringLiteral("Lyon & Paris"));
    client->forgetPassword(QStringLiteral("p1"));
    QTRY_VERIFY(!details.hasPassword());
}

void TestEngineClient::detailsFollowTheirEngine() {
    startEngine();
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    ProfileDetails details;
    details.setEngine(client.get());
    details.setProfileId(QStringLiteral("p1"));
    QVERIFY(details.exists());
    client->remove(QStringLiteral("p1"));
    QTRY_COMPARE(client->profiles()->count(), 6);
    QVERIFY(!details.exists());
    details.setProfileId(QStringLiteral("p2"));
    QVERIFY(details.exists());
    // An engine that is not its own any more.
    details.setEngine(nullptr);
    QVERIFY(!details.exists());
    QSignalSpy read(&details, &ProfileDetails::profileChanged);
    client->remove(QStringLiteral("p3"));
    QTRY_COMPARE(client->profiles()->count(), 5);
    QCOMPARE(read.count(), 0);
}

void TestEngineClient::refusalIsToldWhole() {
    startEngine({QStringLiteral("--connected"), QStringLiteral("--offers"), QStringLiteral("error")});
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    QSignalSpy refused(client.get(), &EngineClient::requestFailed);
    client->remove(QStringLiteral("p0"));
    QTRY_COMPARE(refused.count(), 1);
    const auto inUse = tern::base::describe({"tern.engine.in-use", {"Head office"}, {}});
    QCOMPARE(refused.at(0).at(1).value<ErrorText>().sentence, inUse.sentence);
    QCOMPARE(refused.at(0).at(1).value<ErrorText>().remedy, inUse.remedy);

    QSignalSpy probed(client.get(), &EngineClient::probed);
    client->probe({}, QStringLiteral("p1"));
    QTRY_COMPARE(probed.count(), 1);
    const auto noNetwork = tern::base::describe({"tern.probe.no-network", {"lyon.contoso.example"}, {}});
    QCOMPARE(probed.at(0).at(2).value<ErrorText>().sentence, noNetwork.sentence);
    QCOMPARE(probed.at(0).at(2).value<ErrorText>().remedy, noNetwork.remedy);
}

void TestEngineClient::comesBackWithTheEngine() {
    startEngine();
    const auto client = makeClient();
    QTRY_COMPARE(client->profiles()->count(), 7);
    m_engine.terminate();
    QVERIFY(m_engine.waitForFinished());
    QTRY_VERIFY(!client->available());
    startEngine({QStringLiteral("--connected"), QStringLiteral("--profiles"), QStringLiteral("2")});
    QTRY_COMPARE(client->profiles()->count(), 2);
    QTRY_COMPARE(client->activeId(), QStringLiteral("p0"));
    QCOMPARE(stateOf(*client, QStringLiteral("p0")), QStringLiteral("connected"));
}

void TestEngineClient::tellsWhenThereIsNoEngine() {
    const auto client = makeClient();
    QTRY_VERIFY(client->ready());
    QVERIFY(!client->available());
    QSignalSpy failed(client.get(), &EngineClient::requestFailed);
    client->connectProfile(QStringLiteral("p0"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!failed.at(0).at(1).value<ErrorText>().sentence.isEmpty());
}

QTEST_GUILESS_MAIN(TestEngineClient)
#include "tst_engine_client.moc"
