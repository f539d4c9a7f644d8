#include "app/ctl/settings.h"

#include <QDir>
#include <QTest>

using namespace tern::ctl;
using namespace Qt::StringLiterals;

class TestSettings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void understands();
    void refuses_data();
    void refuses();
};

void TestSettings::understands() {
    const auto changes = parseSettings(
        {u"legacy-algorithms=on"_s, u"full-tunnel=off"_s, u"name=A = B"_s, u"username="_s, u"server=on"_s});
    QVERIFY(changes.has_value());
    QCOMPARE(*changes, (QVariantMap{{u"legacy-algorithms"_s, true},
                                    {u"full-tunnel"_s, false},
                                    {u"name"_s, u"A = B"_s},
                                    {u"username"_s, QString(u""_s)},
                                    {u"server"_s, u"on"_s}}));
    QCOMPARE(changes->value(u"legacy-algorithms"_s).typeId(), int(QMetaType::Bool));
    const auto own = parseSettings({u"certificate=a/../me.p12"_s, u"certificate-key=pkcs11:token=x"_s,
                                    u"certificate-first=on"_s, u"local-identity=a/b"_s});
    QCOMPARE(own->value(u"certificate"_s).toString(), QDir::currentPath() + u"/me.p12"_s);
    QCOMPARE(own->value(u"certificate-key"_s).toString(), u"pkcs11:token=x"_s);
    QCOMPARE(own->value(u"certificate-first"_s), QVariant(true));
    QCOMPARE(parseSettings({u"ppk-required=off"_s})->value(u"ppk-required"_s), QVariant(false));
    QCOMPARE(own->value(u"local-identity"_s).toString(), u"a/b"_s);
    QCOMPARE(parseSettings({u"certificate="_s})->value(u"certificate"_s).toString(), QString(u""_s));
    QCOMPARE(changes->value(u"server"_s).typeId(), int(QMetaType::QString));
}

void TestSettings::refuses_data() {
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no value") << QStringList{u"legacy-algorithms"_s};
    QTest::newRow("no key") << QStringList{u"=on"_s};
    QTest::newRow("neither on nor off") << QStringList{u"legacy-algorithms=maybe"_s};
    QTest::newRow("empty") << QStringList{u"full-tunnel="_s};
    QTest::newRow("twice") << QStringList{u"name=a"_s, u"name=b"_s};
}

void TestSettings::refuses() {
    QFETCH(QStringList, words);
    const auto changes = parseSettings(words);
    QVERIFY(!changes);
    QVERIFY(!changes.error().isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
