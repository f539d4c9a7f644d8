// The models and small parts that need no bus.
#include "app/dbus/names.h"
#include "app/dbus/types.h"
#include "app/gui/error_text.h"
#include "app/gui/log_model.h"
#include "app/gui/profile_filter.h"
#include "app/gui/settings.h"
#include "app/gui/traffic_meter.h"
#include "core/base/catalogue.h"

#include <QAbstractItemModelTester>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tern::gui;

namespace {

QVariantMap profile(const QString& id, const QString& name, bool canConnect = true) {
    return {{QStringLiteral("id"), id},
            {QStringLiteral("name"), name},
            {QStringLiteral("can-connect"), canConnect},
            {QStringLiteral("grade"), canConnect ? QStringLiteral("good") : QStringLiteral("broken")}};
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesKeepRowsInPlace();
    void statesSurviveANewList();
    void filterIsAValidModel();
    void tenThousandProfiles();
    void meterMakesRates();
    void meterStartsAnewWhenCountersGoBack();
    void logKeepsTheLast();
    void knownCodesSpeakTheWindowsLanguage();
    void failedCallIsToldWhole();
    void settingsLast();
};

void TestModels::changesKeepRowsInPlace() {
    ProfileModel model;
    const QAbstractItemModelTester tester(&model);
    model.setProfiles(
        {profile(QStringLiteral("a"), QStringLiteral("A")), profile(QStringLiteral("b"), QStringLiteral("B"))});
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setProfiles(
        {profile(QStringLiteral("a"), QStringLiteral("A")), profile(QStringLiteral("b"), QStringLiteral("C"))});
    QCOMPARE(resets.count(), 0);
    QCOMPARE(changes.count(), 1);
    QCOMPARE(model.nameOf(QStringLiteral("b")), QStringLiteral("C"));
}

void TestModels::statesSurviveANewList() {
    ProfileModel model;
    model.setProfiles({profile(QStringLiteral("a"), QStringLiteral("A"))});
    model.setState(QStringLiteral("a"), QStringLiteral("connected"), {});
    model.setState(QStringLiteral("unknown"), QStringLiteral("connected"), {});
    model.setProfiles(
        {profile(QStringLiteral("b"), QStringLiteral("B")), profile(QStringLiteral("a"), QStringLiteral("A"))});
    QCOMPARE(model.index(1).data(ProfileModel::StateRole).toString(), QStringLiteral("connected"));
    QCOMPARE(model.index(0).data(ProfileModel::StateRole).toString(), QStringLiteral("disconnected"));
    QVERIFY(model.index(5).data(ProfileModel::NameRole).isNull());
}

void TestModels::filterIsAValidModel() {
    ProfileModel model;
    ProfileFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setProfiles(&model);
    model.setProfiles({profile(QStringLiteral("a"), QStringLiteral("Berlin 10")),
                       profile(QStringLiteral("b"), QStringLiteral("old"), false),
                       profile(QStringLiteral("c"), QStringLiteral("berlin 9"))});
    QCOMPARE(filter.idAt(0), QStringLiteral("c"));
    QCOMPARE(filter.idAt(2), QStringLiteral("b"));
    filter.setSearch(QStringLiteral("berlin 1"));
    QCOMPARE(filter.count(), 1);
    QCOMPARE(filter.rowOf(QStringLiteral("a")), 0);
    QCOMPARE(filter.rowOf(QStringLiteral("b")), -1);
}

void TestModels::tenThousandProfiles() {
    tern::dbus::MapList profiles;
    for (int i = 0; i < 10'000; ++i) {
        profiles.append(profile(QString::number(i), QStringLiteral("Site %1").arg(i * 7919 % 10'000), i % 3 != 0));
    }
    ProfileModel model;
    ProfileFilter filter;
    filter.setProfiles(&model);
    QElapsedTimer timer;
    timer.start();
    model.setProfiles(profiles);
    QCOMPARE(filter.count(), 10'000);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    timer.restart();
    filter.setSearch(QStringLiteral("site 12"));
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    timer.restart();
    for (int i = 0; i < 1000; ++i) {
        model.setState(QString::number(i), QStringLiteral("connecting"), {});
    }
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
}

void TestModels::meterMakesRates() {
    TrafficMeter meter;
    meter.add(1000, 0, 0);
    QCOMPARE(meter.receivedRate(), 0.0);
    meter.add(3000, 500, 1000);
    QCOMPARE(meter.receivedRate(), 2000.0);
    QCOMPARE(meter.sentRate(), 500.0);
    meter.add(3100, 500, 1100); // too soon: gathered into the next
    QCOMPARE(meter.receivedRates().size(), 1);
    meter.add(4000, 500, 2000);
    QCOMPARE(meter.receivedRate(), 1000.0);
    for (int i = 3; i < 200; ++i) {
        meter.add(4000, 500, i * 1000);
    }
    QCOMPARE(meter.receivedRates().size(), TrafficMeter::places);
}

void TestModels::meterStartsAnewWhenCountersGoBack() {
    TrafficMeter meter;
    meter.add(5000, 5000, 0);
    meter.add(6000, 6000, 1000);
    meter.add(10, 10, 2000);
    QVERIFY(meter.receivedRates().isEmpty());
    meter.add(1010, 10, 3000);
    QCOMPARE(meter.receivedRate(), 1000.0);
}

void TestModels::logKeepsTheLast() {
    LogModel log;
    const QAbstractItemModelTester tester(&log);
    for (int i = 0; i < 2100; ++i) {
        log.append({{QStringLiteral("text"), QString::number(i)}, {QStringLiteral("level"), QStringLiteral("info")}});
    }
    QCOMPARE(log.count(), 2000);
    QCOMPARE(log.index(0).data(LogModel::TextRole).toString(), QStringLiteral("100"));
    QVERIFY(log.allText().endsWith(QStringLiteral("info 2099\n")));
}

void TestModels::knownCodesSpeakTheWindowsLanguage() {
    const auto text = ErrorText::fromMap({{QStringLiteral("code"), QStringLiteral("tern.ike.internal")},
                                          {QStringLiteral("sentence"), QStringLiteral("aus der Ferne")}});
    QCOMPARE(text.sentence, tern::base::describe({"tern.ike.internal", {}, {}}).sentence);
    const auto unknown = ErrorText::fromMap({{QStringLiteral("code"), QStringLiteral("tern.no.such")},
                                             {QStringLiteral("sentence"), QStringLiteral("aus der Ferne")}});
    QCOMPARE(unknown.sentence, QStringLiteral("aus der Ferne"));
}

void TestModels::failedCallIsToldWhole() {
    const tern::base::Error error{"tern.engine.in-use", {"Head office"}, "a detail"};
    const auto message = QStringLiteral("tern.engine.in-use: aus der Ferne");
    auto answer = QDBusMessage::createError(tern::dbus::engineError, message);
    answer << message << QVariant(tern::dbus::toMap(error)); // as it arrives
    QCOMPARE(ErrorText::fromReply(QDBusPendingCall::fromCompletedCall(answer)), ErrorText::from(error));
    const auto reply =
        ErrorText::fromReply(QDBusPendingCall::fromError(QDBusError(QDBusError::NoReply, QStringLiteral("no reply"))));
    QVERIFY(!reply.sentence.isEmpty() && !reply.remedy.isEmpty());
    QVERIFY(reply.detail.contains(QStringLiteral("no reply")));
}

void TestModels::settingsLast() {
    const QTemporaryDir dir;
    const auto file = dir.filePath(QStringLiteral("window.conf"));
    {
        Settings settings(file);
        QCOMPARE(settings.theme(), QStringLiteral("system"));
        QVERIFY(settings.closeToTray());
        settings.setTheme(QStringLiteral("dark"));
        settings.setCloseToTray(false);
        settings.keepSize(500, 600);
        settings.overrideLanguage(QStringLiteral("zh_CN"));
    }
    Settings settings(file);
    QCOMPARE(settings.theme(), QStringLiteral("dark"));
    QVERIFY(!settings.closeToTray());
    QCOMPARE(settings.windowWidth(), 500);
    QCOMPARE(settings.language(), QString()); // an override is for one run
    settings.setTheme(QStringLiteral("pink"));
    QCOMPARE(settings.theme(), QStringLiteral("system"));
}

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
