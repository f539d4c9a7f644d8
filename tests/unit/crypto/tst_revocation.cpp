#include "core/crypto/revocation.h"
#include "tests/unit/crypto/revocations.h"

#include <QTest>
#include <functional>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using test::CrlSpec;
using test::Issued;
using test::OcspSpec;

class TestRevocation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void sources();
    void request();
    void ocsp_data();
    void ocsp();
    void ocspNonces();
    void ocspResponders();
    void ocspDetails();
    void crl_data();
    void crl();
    void crlDetails();
    void anyOctets();

private:
    [[nodiscard]] IssuedCertificate asked() const { return {m_leafDer, m_middleDer}; }
    [[nodiscard]] OcspSpec ocspSpec() const {
        OcspSpec spec;
        spec.certificate = &m_leaf;
        spec.issuer = &m_middle;
        return spec;
    }
    [[nodiscard]] CrlSpec crlSpec() const {
        CrlSpec spec;
        spec.issuer = &m_middle;
        return spec;
    }
    [[nodiscard]] std::string outcome(const base::Result<RevocationVerdict>& verdict) const;
    [[nodiscard]] std::string judge(const OcspSpec& spec) const {
        return outcome(judgeOcsp(test::ocspResponse(spec), asked(), {}, base::UnixSeconds(test::now)));
    }
    [[nodiscard]] std::string judge(const CrlSpec& spec) const {
        return outcome(judgeCrl(test::crlDer(spec), asked(), base::UnixSeconds(test::now)));
    }

    Issued m_root;
    Issued m_middle;
    Issued m_leaf;
    Issued m_sibling;
    Issued m_stranger;
    Bytes m_middleDer;
    Bytes m_leafDer;
};

namespace {

test::CertificateSpec serverSpec() {
    test::CertificateSpec spec;
    spec.names = "DNS:vpn.example.com";
    return spec;
}

} // namespace

void TestRevocation::initTestCase() {
    m_root = test::issue(test::authoritySpec("Root"));
    m_middle = test::issue(test::authoritySpec("Middle"), &m_root);
    m_leaf = test::issue(serverSpec(), &m_middle);
    m_sibling = test::issue(serverSpec(), &m_middle);
    m_stranger = test::issue(test::authoritySpec("Middle")); // of the same name
    m_middleDer = m_middle.der();
    m_leafDer = m_leaf.der();
}

std::string TestRevocation::outcome(const base::Result<RevocationVerdict>& verdict) const {
    if (!verdict) {
        return verdict.error().code;
    }
    switch (verdict->state) {
    case RevocationState::Good:
        return "good";
    case RevocationState::Revoked:
        return "revoked";
    case RevocationState::Unknown:
        break;
    }
    return "unknown";
}

void TestRevocation::sources() {
    auto spec = serverSpec();
    QVERIFY(revocationSources(test::issue(spec, &m_root).der()).ocsp.empty());
    spec.access = "OCSP;URI:ldap://x/,OCSP;URI:http://ocsp.example/a,caIssuers;URI:http://ca.example/,"
                  "OCSP;URI:https://ocsp.example/,OCSP;URI:http://b/,OCSP;URI:http://c/,OCSP;URI:http://d/,"
                  "OCSP;URI:http://e/";
    spec.crlPoints = "URI:http://crl.example/a.crl,URI:ldap://crl.example/,URI:file:///etc/passwd";
    const auto found = revocationSources(test::issue(spec, &m_root).der());
    const std::vector<std::string> ocsp{"http://ocsp.example/a", "http://b/", "http://c/", "http://d/"};
    const std::vector<std::string> crl{"http://crl.example/a.crl"};
    QCOMPARE(found.ocsp, ocsp);
    QCOMPARE(found.crl, crl);
    QVERIFY(revocationSources(base::toBytes("no certificate")).crl.empty());
}

void TestRevocation::request() {
    const Bytes nonce(32, 7);
    const auto der = ocspRequest(asked(), nonce);
    QVERIFY(der.has_value());
    const unsigned char* at = der->data();
    const OpensslPtr<OCSP_REQUEST, OCSP_REQUEST_free> parsed(
        d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(der->size())));
    QVERIFY(parsed != nullptr);
    QCOMPARE(OCSP_request_onereq_count(parsed.get()), 1);
    const OpensslPtr<OCSP_CERTID, OCSP_CERTID_free> id(
        OCSP_cert_to_id(EVP_sha1(), m_leaf.certificate.get(), m_middle.certificate.get()));
    QCOMPARE(OCSP_id_cmp(id.get(), OCSP_onereq_get0_id(OCSP_request_onereq_get0(parsed.get(), 0))), 0);
    QCOMPARE(OCSP_REQUEST_get_ext_count(parsed.get()), 1);
    QVERIFY(ocspRequest(asked(), {}).has_value());
    QVERIFY(!ocspRequest({m_leafDer, {}}, nonce));
}

void TestRevocation::ocsp_data() {
    using Change = std::function<void(OcspSpec&)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* expected, Change change) {
        QTest::newRow(name) << change << QByteArray(expected);
    };
    row("good", "good", [](OcspSpec&) {});
    row("good, named by SHA-256", "good", [](OcspSpec& spec) { spec.idDigest = EVP_sha256(); });
    row("good, no next update", "good", [](OcspSpec& spec) { spec.nextUpdate.reset(); });
    row("good, their clock four minutes ahead", "good", [](OcspSpec& spec) { spec.thisUpdate = test::now + 240; });
    row("good, their clock four minutes behind", "good", [](OcspSpec& spec) {
        spec.thisUpdate = test::now - 3600;
        spec.nextUpdate = test::now - 240;
    });
    row("signed with SHA-1", "good", [](OcspSpec& spec) { spec.digest = EVP_sha1(); });
    row("revoked", "revoked", [](OcspSpec& spec) { spec.standing = test::Standing::Revoked; });
    row("unknown", "unknown", [](OcspSpec& spec) { spec.standing = test::Standing::Unknown; });
    row("run out", "tern.crypto.revocation.stale", [](OcspSpec& spec) {
        spec.thisUpdate = test::now - 3600;
        spec.nextUpdate = test::now - 400;
    });
    row("ends before it begins", "tern.crypto.revocation.stale",
        [](OcspSpec& spec) { spec.nextUpdate = test::now - 240; });
    row("of tomorrow", "tern.crypto.revocation.stale", [](OcspSpec& spec) {
        spec.thisUpdate = test::now + 400;
        spec.nextUpdate = test::now + 4000;
    });
    row("two days old, no next update", "tern.crypto.revocation.stale", [](OcspSpec& spec) {
        spec.thisUpdate = test::now - 2 * test::day;
        spec.nextUpdate.reset();
    });
    row("another certificate", "tern.crypto.revocation.other",
        [this](OcspSpec& spec) { spec.certificate = &m_sibling; });
    row("a stranger of the same name", "tern.crypto.revocation.signer",
        [this](OcspSpec& spec) { spec.signer = &m_stranger; });
    row("the root instead of the issuer", "tern.crypto.revocation.signer",
        [this](OcspSpec& spec) { spec.signer = &m_root; });
    row("signed by the server itself", "tern.crypto.revocation.signer",
        [this](OcspSpec& spec) { spec.signer = &m_leaf; });
    row("try later", "tern.crypto.revocation.responder",
        [](OcspSpec& spec) { spec.status = OCSP_RESPONSE_STATUS_TRYLATER; });
}

void TestRevocation::ocsp() {
    QFETCH(std::function<void(OcspSpec&)>, change);
    QFETCH(QByteArray, expected);
    auto spec = ocspSpec();
    change(spec);
    QCOMPARE(judge(spec), expected.toStdString());
}

void TestRevocation::ocspNonces() {
    const Bytes nonce(32, 7);
    auto spec = ocspSpec();
    const auto judged = [&] {
        return outcome(judgeOcsp(test::ocspResponse(spec), asked(), nonce, base::UnixSeconds(test::now)));
    };
    QCOMPARE(judged(), "good"); // many responders leave it out (RFC 5019)
    spec.nonce = nonce;
    QCOMPARE(judged(), "good");
    spec.nonce.back() ^= 1U;
    QCOMPARE(judged(), "tern.crypto.revocation.other");
    QCOMPARE(judge(spec), "good"); // nobody asked for one
}

void TestRevocation::ocspResponders() {
    auto responderSpec = serverSpec();
    responderSpec.commonName = "Responder";
    responderSpec.extendedUsage = "OCSPSigning";
    const Issued lent = test::issue(responderSpec, &m_middle);
    auto spec = ocspSpec();
    spec.signer = &lent;
    auto verdict = judgeOcsp(test::ocspResponse(spec), asked(), {}, base::UnixSeconds(test::now));
    QCOMPARE(outcome(verdict), "good");
    QCOMPARE(verdict->responder, lent.der()); // to be looked up
    responderSpec.noCheck = true;
    const Issued exempt = test::issue(responderSpec, &m_middle);
    spec.signer = &exempt;
    verdict = judgeOcsp(test::ocspResponse(spec), asked(), {}, base::UnixSeconds(test::now));
    QCOMPARE(outcome(verdict), "good");
    QVERIFY(verdict->responder.empty());
    // Lent by another authority.
    const Issued ofRoot = test::issue(responderSpec, &m_root);
    spec.signer = &ofRoot;
    QCOMPARE(judge(spec), "tern.crypto.revocation.signer");
    // Of the same authority, but without its leave.
    spec.signer = &m_sibling;
    QCOMPARE(judge(spec), "tern.crypto.revocation.signer");
    // Its leave has run out.
    responderSpec.notAfter = test::now - 10;
    const Issued old = test::issue(responderSpec, &m_middle);
    spec.signer = &old;
    QCOMPARE(judge(spec), "tern.crypto.revocation.signer");
}

void TestRevocation::ocspDetails() {
    auto spec = ocspSpec();
    spec.standing = test::Standing::Revoked;
    auto verdict = judgeOcsp(test::ocspResponse(spec), asked(), {}, base::UnixSeconds(test::now));
    QCOMPARE(verdict->revokedAt, base::UnixSeconds(test::now - test::day));
    QCOMPARE(revocationReason(verdict->reason), "keyCompromise");
    QCOMPARE(verdict->nextUpdate, base::UnixSeconds(test::now + 3600));
    QCOMPARE(revocationReason(9), "privilegeWithdrawn");
    QVERIFY(revocationReason(-1).empty());
    QVERIFY(revocationReason(11).empty());
    QVERIFY(revocationReason(7).empty());
}

void TestRevocation::crl_data() {
    using Change = std::function<void(CrlSpec&)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* expected, Change change) {
        QTest::newRow(name) << change << QByteArray(expected);
    };
    row("empty", "good", [](CrlSpec&) {});
    row("revoked", "revoked", [this](CrlSpec& spec) { spec.revoked = {&m_sibling, &m_leaf}; });
    row("another", "good", [this](CrlSpec& spec) { spec.revoked = {&m_sibling}; });
    row("among many", "revoked", [this](CrlSpec& spec) {
        spec.padding = 2000;
        spec.revoked = {&m_leaf};
    });
    row("their clock four minutes behind", "good", [](CrlSpec& spec) {
        spec.lastUpdate = test::now - 3600;
        spec.nextUpdate = test::now - 240;
    });
    row("run out", "tern.crypto.revocation.stale", [](CrlSpec& spec) {
        spec.lastUpdate = test::now - 3600;
        spec.nextUpdate = test::now - 400;
    });
    row("ends before it begins", "tern.crypto.revocation.stale",
        [](CrlSpec& spec) { spec.nextUpdate = test::now - 240; });
    row("of tomorrow", "tern.crypto.revocation.stale", [](CrlSpec& spec) {
        spec.lastUpdate = test::now + 400;
        spec.nextUpdate = test::now + 4000;
    });
    row("a stranger of the same name", "tern.crypto.revocation.signer",
        [this](CrlSpec& spec) { spec.signer = &m_stranger; });
    row("another authority's", "tern.crypto.revocation.other", [this](CrlSpec& spec) { spec.issuer = &m_root; });
    row("delta", "tern.crypto.revocation.other", [](CrlSpec& spec) { spec.delta = true; });
}

void TestRevocation::crl() {
    QFETCH(std::function<void(CrlSpec&)>, change);
    QFETCH(QByteArray, expected);
    auto spec = crlSpec();
    change(spec);
    QCOMPARE(judge(spec), expected.toStdString());
    QCOMPARE(outcome(judgeCrl(test::crlPem(spec), asked(), base::UnixSeconds(test::now))), expected.toStdString());
}

void TestRevocation::crlDetails() {
    auto spec = crlSpec();
    spec.revoked = {&m_leaf};
    const auto verdict = judgeCrl(test::crlDer(spec), asked(), base::UnixSeconds(test::now));
    QCOMPARE(verdict->revokedAt, base::UnixSeconds(test::now - test::day));
    QCOMPARE(revocationReason(verdict->reason), "superseded");
    QCOMPARE(verdict->nextUpdate, base::UnixSeconds(test::now + 3600));
    // An authority that may sign certificates, but no CRLs.
    auto silentSpec = test::authoritySpec("Silent");
    silentSpec.usage = "keyCertSign";
    const Issued silent = test::issue(silentSpec, &m_root);
    const Issued below = test::issue(serverSpec(), &silent);
    CrlSpec theirs;
    theirs.issuer = &silent;
    QCOMPARE(outcome(judgeCrl(test::crlDer(theirs), {below.der(), silent.der()}, base::UnixSeconds(test::now))),
             "tern.crypto.revocation.signer");
}

void TestRevocation::anyOctets() {
    const auto at = base::UnixSeconds(test::now);
    QCOMPARE(outcome(judgeOcsp({}, asked(), {}, at)), "tern.crypto.revocation.malformed");
    QCOMPARE(outcome(judgeCrl({}, asked(), at)), "tern.crypto.revocation.malformed");
    QCOMPARE(outcome(judgeOcsp(Bytes(mostOcspOctets + 1, 0x30), asked(), {}, at)), "tern.crypto.revocation.malformed");
    QCOMPARE(outcome(judgeCrl(Bytes(mostCrlOctets + 1, 0x30), asked(), at)), "tern.crypto.revocation.malformed");
    // Every octet of each changed once: never good where it was revoked, never a crash.
    auto spec = ocspSpec();
    spec.standing = test::Standing::Revoked;
    const auto response = test::ocspResponse(spec);
    for (std::size_t i = 0; i < response.size(); ++i) {
        auto changed = response;
        changed[i] ^= 0x55U;
        QVERIFY2(outcome(judgeOcsp(changed, asked(), {}, at)) != "good", std::to_string(i).c_str());
        QVERIFY(!judgeOcsp(base::ByteView(response).first(i), asked(), {}, at));
    }
    auto list = crlSpec();
    list.revoked = {&m_leaf};
    const auto crl = test::crlDer(list);
    for (std::size_t i = 0; i < crl.size(); ++i) {
        auto changed = crl;
        changed[i] ^= 0x55U;
        QVERIFY2(outcome(judgeCrl(changed, asked(), at)) != "good", std::to_string(i).c_str());
        QVERIFY(!judgeCrl(base::ByteView(crl).first(i), asked(), at));
    }
}

QTEST_APPLESS_MAIN(TestRevocation)
#include "tst_revocation.moc"
