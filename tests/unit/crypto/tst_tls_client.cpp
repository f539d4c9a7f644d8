// Certificates of ours in TLS, stapled OCSP responses, and what the server hears when its own certificate is refused.
#include "core/crypto/credential_file.h"
#include "core/crypto/tls_client.h"
#include "tests/unit/crypto/key_files.h"
#include "tests/unit/crypto/revocations.h"
#include "tests/unit/crypto/tls_server.h"

#include <QTest>

using namespace tern;
using crypto::TlsClient;
using crypto::TlsClientConfig;
using test::TlsServer;
using test::TlsServerSpec;

namespace {

constexpr int alertUnknownCa = 48;
constexpr int alertRevoked = 44;

test::CertificateSpec clientSpec(test::KeyKind kind = test::KeyKind::Ec256) {
    test::CertificateSpec spec;
    spec.commonName = "alice";
    spec.extendedUsage = "clientAuth";
    spec.key = kind;
    return spec;
}

crypto::Credential credential(const test::Issued& leaf, const std::vector<const test::Issued*>& above = {}) {
    const auto file = test::makePkcs12(leaf, above, "secret");
    auto material = crypto::readCredentialFile(file, test::phrase("secret"));
    auto found = crypto::assemble(std::move(*material));
    return std::move(found->front());
}

std::unique_ptr<TlsClient> client(TlsClientConfig config = {}) {
    if (!config.check) {
        config.check = [](const auto&) { return base::Result<void>(); };
    }
    config.serverName = "vpn.example";
    return std::move(*TlsClient::create(std::move(config)));
}

std::unique_ptr<TlsClient> clientWith(crypto::Credential mine) {
    TlsClientConfig config;
    config.credentials.push_back(std::move(mine));
    return client(std::move(config));
}

QString codeOf(const base::Result<void>& said) {
    return said ? QStringLiteral("fine") : QString::fromStdString(said.error().code);
}

} // namespace

class TestTlsClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ours_data() { versions(); }
    void ours();
    void oursIsOptional();
    void oneOfSeveral_data() { versions(); }
    void oneOfSeveral();
    void noneOfOurs_data() { versions(); }
    void noneOfOurs();
    void refused_data() { versions(); }
    void refused();
    void stapled_data() { versions(); }
    void stapled();
    void serverRefused_data() { versions(); }
    void serverRefused();

private:
    static void versions() {
        QTest::addColumn<int>("newest");
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    }
    // Of the row that runs; clients: the authority of those it lets in.
    [[nodiscard]] TlsServerSpec server(const test::Issued* clients = nullptr) const {
        TlsServerSpec spec;
        spec.leaf = &m_leaf;
        spec.clients = clients;
        spec.newest = *static_cast<int*>(QTest::qData("newest", qMetaTypeId<int>()));
        return spec;
    }

    test::Issued m_root = test::issue(test::authoritySpec("Root"));
    test::Issued m_leaf = test::issue({}, &m_root);
    test::Issued m_clients = test::issue(test::authoritySpec("Clients"));
    test::Issued m_middle = test::issue(test::authoritySpec("Branch"), &m_clients);
    test::Issued m_alice = test::issue(clientSpec(), &m_middle);
    test::Issued m_strangers = test::issue(test::authoritySpec("Strangers"));
    test::Issued m_stranger = test::issue(clientSpec(test::KeyKind::Rsa2048), &m_strangers);
};

void TestTlsClient::ours() {
    TlsServer server(this->server(&m_clients));
    const auto mine = clientWith(credential(m_alice, {&m_middle, &m_clients}));
    QCOMPARE(codeOf(server.talk(*mine)), QStringLiteral("fine"));
    QVERIFY(server.isEstablished() && mine->isEstablished());
    // The root is the server's to know.
    QCOMPARE(server.clientChain(), (std::vector<base::Bytes>{m_alice.der(), m_middle.der()}));
    QCOMPARE(server.serverName(), std::string("vpn.example"));
}

// A server that does not ask is shown nothing.
void TestTlsClient::oursIsOptional() {
    TlsServerSpec spec;
    spec.leaf = &m_leaf;
    TlsServer server(spec);
    const auto mine = clientWith(credential(m_alice, {&m_middle}));
    QCOMPARE(codeOf(server.talk(*mine)), QStringLiteral("fine"));
    QVERIFY(server.isEstablished());
    QVERIFY(server.clientChain().empty());
}

void TestTlsClient::oneOfSeveral() {
    for (const bool named : {true, false}) {
        auto spec = this->server(&m_clients);
        spec.namesAuthority = named;
        TlsServer server(spec);
        TlsClientConfig config;
        config.credentials.push_back(credential(m_stranger));
        config.credentials.push_back(credential(m_alice, {&m_middle}));
        const auto mine = client(std::move(config));
        const auto said = server.talk(*mine);
        if (named) { // the second is of an authority that it names
            QCOMPARE(codeOf(said), QStringLiteral("fine"));
            QCOMPARE(server.clientChain().front(), m_alice.der());
        } else { // without names the first is as good as the second
            QCOMPARE(codeOf(said), QStringLiteral("tern.crypto.tls.alert.unknown-ca"));
        }
    }
}

// Servers of TLS 1.2 have no alert of their own for it.
void TestTlsClient::noneOfOurs() {
    TlsServer server(this->server(&m_clients));
    const auto mine = client();
    QCOMPARE(codeOf(server.talk(*mine)), QStringLiteral("tern.crypto.tls.alert.certificate-required"));
    QVERIFY(!server.isEstablished());
    QVERIFY(!mine->isEstablished());
}

void TestTlsClient::refused() {
    TlsServer server(this->server(&m_clients));
    const auto mine = clientWith(credential(m_stranger));
    QCOMPARE(codeOf(server.talk(*mine)), QStringLiteral("tern.crypto.tls.alert.unknown-ca"));
    QVERIFY(!mine->isEstablished());
}

void TestTlsClient::stapled() {
    test::OcspSpec ocsp;
    ocsp.certificate = &m_leaf;
    ocsp.issuer = &m_root;
    const auto response = test::ocspResponse(ocsp);
    for (const bool wanted : {true, false}) {
        for (const bool has : {true, false}) {
            auto spec = this->server();
            spec.staple = has ? response : base::Bytes();
            TlsServer server(spec);
            TlsClientConfig config;
            config.wantOcsp = wanted;
            const auto mine = client(std::move(config));
            QCOMPARE(codeOf(server.talk(*mine)), QStringLiteral("fine"));
            QCOMPARE(server.wasAskedForOcsp(), wanted);
            QCOMPARE(mine->stapledOcsp(), wanted && has ? response : base::Bytes());
        }
    }
}

// By the alert that fits (RFC 8446 §6.2), and before anything of ours was said.
void TestTlsClient::serverRefused() {
    const std::pair<const char*, int> cases[] = {{"tern.crypto.cert.untrusted", alertUnknownCa},
                                                 {"tern.crypto.cert.revoked", alertRevoked}};
    for (const auto& [code, alert] : cases) {
        TlsServer server(this->server());
        TlsClientConfig config;
        std::vector<base::Bytes> seen;
        config.check = [&seen, code = code](const auto& chain) -> base::Result<void> {
            seen = chain;
            return base::fail(code);
        };
        const auto mine = client(std::move(config));
        QCOMPARE(codeOf(server.talk(*mine)), QString::fromLatin1(code));
        QCOMPARE(seen, std::vector<base::Bytes>{m_leaf.der()});
        QCOMPARE(mine->serverChain(), seen);
        QCOMPARE(server.alert(), alert);
        QVERIFY(!mine->isEstablished());
        QVERIFY(!mine->send(base::toBytes("GET"))); // and nothing can be
    }
}

QTEST_APPLESS_MAIN(TestTlsClient)
#include "tst_tls_client.moc"
