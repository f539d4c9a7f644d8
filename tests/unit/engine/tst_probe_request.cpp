#include "app/engine/probe_request.h"

#include <QTest>

using namespace tern;
using namespace tern::engine;
using namespace Qt::StringLiterals;

// Whom a probe may trust is decided by the server that is asked, not by the one the connection has had so far.
class TestProbeRequest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trustIsOfWhoIsAsked_data();
    void trustIsOfWhoIsAsked();
};

void TestProbeRequest::trustIsOfWhoIsAsked_data() {
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("ofProfile");
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("a name alone") << u"vpn.contoso.example:4443"_s << false << QByteArray("vpn.contoso.example");
    QTest::newRow("a profile's own") << QString() << true << QByteArray("old.contoso.example");
    QTest::newRow("in the place of a profile's")
        << u"vpn.contoso.example"_s << true << QByteArray("vpn.contoso.example");
}

void TestProbeRequest::trustIsOfWhoIsAsked() {
    QFETCH(QString, host);
    QFETCH(bool, ofProfile);
    QFETCH(QByteArray, asked);
    std::optional<profile::Profile> profile;
    if (ofProfile) {
        profile.emplace();
        profile->servers = {"old.contoso.example", "second.contoso.example"};
        profile->trust.caPem = "its own";
    }
    std::vector<profile::Profile> trusting;
    const auto config = probeRequest(host, {}, profile, [&](const profile::Profile& each) {
        trusting.push_back(each);
        return base::Result<std::shared_ptr<const crypto::TrustStore>>();
    });
    QVERIFY(config);
    QCOMPARE(config->target.host, asked.toStdString());
    QCOMPARE(trusting.size(), std::size_t{1});
    QCOMPARE(trusting.front().servers, std::vector<std::string>{asked.toStdString()});
    QCOMPARE(trusting.front().trust.caPem, std::string(ofProfile ? "its own" : ""));
}

QTEST_GUILESS_MAIN(TestProbeRequest)
#include "tst_probe_request.moc"
