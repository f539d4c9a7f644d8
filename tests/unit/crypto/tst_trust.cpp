#include "core/crypto/certificate.h"
#include "core/crypto/host_name.h"
#include "core/crypto/prf.h"
#include "core/crypto/trust.h"
#include "tests/unit/crypto/authority.h"

#include <QTest>
#include <algorithm>
#include <thread>

using namespace tern;
using namespace tern::crypto;
using base::Bytes;
using test::CertificateSpec;
using test::Issued;
using test::KeyKind;

class TestTrust : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void goodServer();
    void names_data();
    void names();
    void wildcards_data();
    void wildcards();
    void dates();
    void expiredAuthority();
    void usages_data();
    void usages();
    void authorityForClientsOnly();
    void untrusted();
    void forgedSignature();
    void leafIsNoAuthority();
    void weakKeysAndHashes();
    void intermediatesInAnyOrder();
    void missingIntermediate();
    void issuingAuthorityAlone();
    void pinnedServer();
    void nameConstraintsHold();
    void authorityNotYetValid();
    void pathLength();
    void authorityThatMayNotSign();
    void criticalExtensions();
    void pins();
    void chainAsBuilt();
    void certificateFiles();
    void malformed();
    void pemWithOtherThings();
    void pemWithoutCertificates();
    void certificateRequests();
    void severalThreads();
    void certificateForPeople();

private:
    [[nodiscard]] std::string verify(const std::vector<Bytes>& chain, const std::string& name = "vpn.example.com",
                                     long at = test::now) const;
    // The code for a leaf of m_root.
    [[nodiscard]] std::string verifyLeaf(const CertificateSpec& spec,
                                         const std::string& name = "vpn.example.com") const;

    Issued m_root;
    std::shared_ptr<const TrustStore> m_store;
};

namespace {
CertificateSpec serverSpec(std::string names = "DNS:vpn.example.com") {
    CertificateSpec spec;
    spec.names = std::move(names);
    return spec;
}
const std::string good;
} // namespace

void TestTrust::initTestCase() {
    m_root = test::issue(test::authoritySpec("Test Root"));
    auto store = TrustStore::fromPem(m_root.pem());
    QVERIFY(store.has_value());
    m_store = std::move(*store);
}

std::string TestTrust::verify(const std::vector<Bytes>& chain, const std::string& name, long at) const {
    const auto result = m_store->verifyServer(chain, {name, base::UnixSeconds(at), true});
    return result ? good : result.error().code;
}

std::string TestTrust::verifyLeaf(const CertificateSpec& spec, const std::string& name) const {
    return verify({test::issue(spec, &m_root).der()}, name);
}

void TestTrust::goodServer() {
    for (const auto key : {KeyKind::Ec256, KeyKind::Ec384, KeyKind::Rsa2048, KeyKind::Ed25519}) {
        CertificateSpec spec = serverSpec();
        spec.key = key;
        QCOMPARE(verifyLeaf(spec), good);
    }
}

void TestTrust::names_data() {
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("dialled");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* title, const char* names, const char* dialled, bool matches) {
        QTest::newRow(title) << QByteArray(names) << QByteArray(dialled) << matches;
    };
    row("case", "DNS:VPN.Example.com", "vpn.eXample.COM", true);
    row("second of three", "DNS:a.example,DNS:vpn.example.com,DNS:b.example", "vpn.example.com", true);
    row("trailing dot", "DNS:vpn.example.com", "vpn.example.com.", true);
    row("another name", "DNS:vpn.example.org", "vpn.example.com", false);
    row("a longer name", "DNS:vpn.example.com.evil.example", "vpn.example.com", false);
    row("common name only", "", "vpn.example.com", false);
    row("common name beside a SAN", "DNS:other.example", "vpn.example.com", false);
    row("address", "IP:192.0.2.7", "192.0.2.7", true);
    row("address in dNSName", "DNS:192.0.2.7", "192.0.2.7", true);
    row("another address", "IP:192.0.2.8,DNS:192.0.2.9", "192.0.2.7", false);
    row("IPv6 address", "IP:2001:db8::7", "2001:DB8:0:0::7", true);
    row("IPv6 address in dNSName", "DNS:2001:db8::7", "2001:db8::7", true);
    row("address under a wildcard", "DNS:*.0.2.7", "192.0.2.7", false);
    row("address in rfc822Name", "email:192.0.2.7", "192.0.2.7", false);
    row("wildcard", "DNS:*.example.com", "vpn.example.com", true);
    row("empty dialled name", "DNS:vpn.example.com", "", false);
}

void TestTrust::names() {
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, dialled);
    QFETCH(bool, matches);
    CertificateSpec spec = serverSpec(names.toStdString());
    spec.commonName = "vpn.example.com";
    QCOMPARE(verifyLeaf(spec, dialled.toStdString()), matches ? good : "tern.crypto.cert.name");
}

void TestTrust::wildcards_data() {
    QTest::addColumn<QByteArray>("presented");
    QTest::addColumn<QByteArray>("dialled");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* presented, const char* dialled, bool matches) {
        QTest::addRow("%s for %s", presented, dialled) << QByteArray(presented) << QByteArray(dialled) << matches;
    };
    row("*.example.com", "vpn.example.com", true);
    row("*.Example.com", "VPN.example.COM", true);
    row("*.example.com", "example.com", false);
    row("*.example.com", "a.b.example.com", false);
    row("*.example.com", ".example.com", false);
    row("*.com", "example.com", false);
    row("*", "example", false);
    row("*.", "example.", false);
    row("v*.example.com", "vpn.example.com", false);
    row("vpn.*.com", "vpn.example.com", false);
    row("*.*.com", "vpn.example.com", false);
    row("vpn.example.com", "vpn.example.com", true);
    row("", "", false);
}

void TestTrust::wildcards() {
    QFETCH(QByteArray, presented);
    QFETCH(QByteArray, dialled);
    QFETCH(bool, matches);
    QCOMPARE(dnsNameMatches(presented.toStdString(), dialled.toStdString()), matches);
}

void TestTrust::dates() {
    const Bytes leaf = test::issue(serverSpec(), &m_root).der();
    CertificateSpec oldSpec = serverSpec();
    oldSpec.notAfter = test::now - 1;
    const Bytes old = test::issue(oldSpec, &m_root).der();
    CertificateSpec youngSpec = serverSpec();
    youngSpec.notBefore = test::now + 1;
    const Bytes young = test::issue(youngSpec, &m_root).der();
    QCOMPARE(verify({leaf}), good);
    QCOMPARE(verify({old}), "tern.crypto.cert.expired");
    QCOMPARE(verify({young}), "tern.crypto.cert.not-yet-valid");
    QCOMPARE(verify({old}, "vpn.example.com", test::now - 10), good);
    QCOMPARE(verify({young}, "vpn.example.com", test::now + 10), good);
    const auto result = m_store->verifyServer({old}, {"vpn.example.com", base::UnixSeconds(test::now), true});
    QCOMPARE(result.error().args.front(), "2027-01-15");
}

void TestTrust::expiredAuthority() {
    auto middleSpec = test::authoritySpec("Middle");
    middleSpec.notAfter = test::now - 1;
    const Issued middle = test::issue(middleSpec, &m_root);
    QCOMPARE(verify({test::issue(serverSpec(), &middle).der(), middle.der()}), "tern.crypto.cert.authority-expired");
}

void TestTrust::usages_data() {
    QTest::addColumn<QByteArray>("extended");
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* extended, const char* usage, const char* code) {
        QTest::addRow("%s / %s", extended, usage) << QByteArray(extended) << QByteArray(usage) << QByteArray(code);
    };
    row("serverAuth", "digitalSignature", "");
    row("serverAuth,clientAuth", "digitalSignature,keyEncipherment", "");
    row("1.3.6.1.5.5.8.2.2", "digitalSignature", "");
    row("ipsecIKE", "digitalSignature", "");
    row("anyExtendedKeyUsage", "digitalSignature", "");
    row("", "digitalSignature", "");
    row("serverAuth", "", "");
    row("serverAuth", "nonRepudiation", "");
    row("clientAuth", "digitalSignature", "tern.crypto.cert.usage");
    row("codeSigning,emailProtection", "digitalSignature", "tern.crypto.cert.usage");
    row("serverAuth", "keyEncipherment", "tern.crypto.cert.key-usage");
}

void TestTrust::usages() {
    QFETCH(QByteArray, extended);
    QFETCH(QByteArray, usage);
    QFETCH(QByteArray, code);
    CertificateSpec spec = serverSpec();
    spec.extendedUsage = extended.toStdString();
    spec.usage = usage.toStdString();
    const Bytes leaf = test::issue(spec, &m_root).der();
    QCOMPARE(verify({leaf}), code.toStdString());
    QVERIFY(m_store->verifyServer({leaf}, {"vpn.example.com", base::UnixSeconds(test::now), false}).has_value());
}

void TestTrust::authorityForClientsOnly() {
    auto middleSpec = test::authoritySpec("Middle for clients");
    middleSpec.extendedUsage = "clientAuth";
    const Issued middle = test::issue(middleSpec, &m_root);
    QCOMPARE(verify({test::issue(serverSpec(), &middle).der(), middle.der()}), "tern.crypto.cert.usage");
}

void TestTrust::untrusted() {
    const Issued stranger = test::issue(test::authoritySpec("Stranger"));
    const Bytes leaf = test::issue(serverSpec(), &stranger).der();
    QCOMPARE(verify({leaf}), "tern.crypto.cert.untrusted");
    QCOMPARE(verify({leaf, stranger.der()}), "tern.crypto.cert.untrusted");
    QCOMPARE(verify({test::issue(serverSpec()).der()}), "tern.crypto.cert.self-signed");
    const auto result = m_store->verifyServer({leaf}, {"vpn.example.com", base::UnixSeconds(test::now), true});
    QCOMPARE(result.error().args.front(), "CN=Stranger");
}

void TestTrust::forgedSignature() {
    // Of the right name, but another key.
    const Issued impostor = test::issue(test::authoritySpec("Test Root"));
    QVERIFY(!verify({test::issue(serverSpec(), &impostor).der()}).empty());
    Bytes leaf = test::issue(serverSpec(), &m_root).der();
    leaf.back() ^= 1U;
    QCOMPARE(verify({leaf}), "tern.crypto.cert.forged");
}

void TestTrust::leafIsNoAuthority() {
    auto leafSpec = serverSpec("DNS:other.example");
    leafSpec.commonName = "other server"; // below would look self-signed otherwise
    const Issued leaf = test::issue(leafSpec, &m_root);
    const Issued below = test::issue(serverSpec(), &leaf);
    QCOMPARE(verify({below.der(), leaf.der()}), "tern.crypto.cert.not-an-authority");
}

void TestTrust::weakKeysAndHashes() {
    CertificateSpec spec = serverSpec();
    spec.key = KeyKind::Rsa1024;
    QCOMPARE(verifyLeaf(spec), "tern.crypto.cert.weak-key");
    spec = serverSpec();
    spec.digest = EVP_sha1();
    QCOMPARE(verifyLeaf(spec), "tern.crypto.cert.weak-signature");
    auto middleSpec = test::authoritySpec("Weak middle");
    middleSpec.key = KeyKind::Rsa1024;
    const Issued middle = test::issue(middleSpec, &m_root);
    QCOMPARE(verify({test::issue(serverSpec(), &middle).der(), middle.der()}), "tern.crypto.cert.weak-key");
}

void TestTrust::intermediatesInAnyOrder() {
    const Issued first = test::issue(test::authoritySpec("First"), &m_root);
    const Issued second = test::issue(test::authoritySpec("Second"), &first);
    const Issued third = test::issue(test::authoritySpec("Third"), &second);
    const Issued stray = test::issue(test::authoritySpec("Stray"));
    const Bytes leaf = test::issue(serverSpec(), &third).der();
    std::vector<Bytes> others{first.der(), second.der(), third.der(), stray.der(), m_root.der(), leaf};
    std::sort(others.begin(), others.end());
    int orders = 0;
    do {
        std::vector<Bytes> chain{leaf};
        chain.insert(chain.end(), others.begin(), others.end());
        QCOMPARE(verify(chain), good);
    } while (++orders < 60 && std::next_permutation(others.begin(), others.end()));
    QCOMPARE(orders, 60);
}

void TestTrust::missingIntermediate() {
    const Issued first = test::issue(test::authoritySpec("First"), &m_root);
    const Issued second = test::issue(test::authoritySpec("Second"), &first);
    const Bytes leaf = test::issue(serverSpec(), &second).der();
    QCOMPARE(verify({leaf, second.der()}), "tern.crypto.cert.untrusted");
    QCOMPARE(verify({leaf, second.der(), base::toBytes("no certificate"), first.der()}), good);
}

void TestTrust::issuingAuthorityAlone() {
    const Issued issuing = test::issue(test::authoritySpec("Issuing"), &m_root);
    const auto store = TrustStore::fromPem(issuing.pem());
    const auto result = (*store)->verifyServer({test::issue(serverSpec(), &issuing).der()},
                                               {"vpn.example.com", base::UnixSeconds(test::now), true});
    QVERIFY(result.has_value());
    // And not what its own issuer has signed.
    QVERIFY(!(*store)->verifyServer({test::issue(serverSpec(), &m_root).der()},
                                    {"vpn.example.com", base::UnixSeconds(test::now), true}));
}

void TestTrust::pinnedServer() {
    const Issued server = test::issue(serverSpec());
    const auto store = TrustStore::fromPem(server.pem());
    const TrustStore::Expectation expected{"vpn.example.com", base::UnixSeconds(test::now), true};
    QVERIFY((*store)->verifyServer({server.der()}, expected).has_value());
    QCOMPARE((*store)->verifyServer({server.der()}, {"other.example", base::UnixSeconds(test::now), true}).error().code,
             "tern.crypto.cert.name");
    // It is trusted, but no authority.
    QVERIFY(!(*store)->verifyServer({test::issue(serverSpec(), &server).der()}, expected));
}

void TestTrust::nameConstraintsHold() {
    auto middleSpec = test::authoritySpec("Example only");
    middleSpec.constraints = "permitted;DNS:example.com";
    const Issued middle = test::issue(middleSpec, &m_root);
    QCOMPARE(verify({test::issue(serverSpec(), &middle).der(), middle.der()}), good);
    QCOMPARE(verify({test::issue(serverSpec("DNS:bank.example"), &middle).der(), middle.der()}, "bank.example"),
             "tern.crypto.cert.constraints");
}

void TestTrust::authorityNotYetValid() {
    auto middleSpec = test::authoritySpec("Middle");
    middleSpec.notBefore = test::now + 1;
    const Issued middle = test::issue(middleSpec, &m_root);
    const std::vector<Bytes> chain{test::issue(serverSpec(), &middle).der(), middle.der()};
    const auto result = m_store->verifyServer(chain, {"vpn.example.com", base::UnixSeconds(test::now), true});
    QCOMPARE(result.error().code, "tern.crypto.cert.authority-not-yet-valid");
    QCOMPARE(result.error().args.at(1), "CN=Middle");
}

void TestTrust::pathLength() {
    auto firstSpec = test::authoritySpec("First");
    firstSpec.pathLength = 0;
    const Issued first = test::issue(firstSpec, &m_root);
    const Issued second = test::issue(test::authoritySpec("Second"), &first);
    QCOMPARE(verify({test::issue(serverSpec(), &first).der(), first.der()}), good);
    QCOMPARE(verify({test::issue(serverSpec(), &second).der(), second.der(), first.der()}),
             "tern.crypto.cert.path-length");
}

void TestTrust::authorityThatMayNotSign() {
    auto middleSpec = test::authoritySpec("Middle");
    middleSpec.usage = "cRLSign";
    const Issued middle = test::issue(middleSpec, &m_root);
    QCOMPARE(verify({test::issue(serverSpec(), &middle).der(), middle.der()}), "tern.crypto.cert.not-an-authority");
}

void TestTrust::criticalExtensions() {
    CertificateSpec spec = serverSpec();
    spec.unknownExtension = "1.3.6.1.4.1.99999.1=DER:0500";
    QCOMPARE(verifyLeaf(spec), good);
    spec.unknownExtension = "1.3.6.1.4.1.99999.1=critical,DER:0500";
    QCOMPARE(verifyLeaf(spec), "tern.crypto.cert.critical-extension");
}

void TestTrust::pins() {
    const Issued middle = test::issue(test::authoritySpec("Middle"), &m_root);
    const Issued leaf = test::issue(serverSpec(), &middle);
    const auto pinOf = [](const Issued& of) {
        return digest(Hash::Sha256, {Certificate::fromDer(of.der())->publicKey});
    };
    const auto verifyPinned = [&](std::vector<Bytes> pins) {
        TrustStore::Expectation expected{"vpn.example.com", base::UnixSeconds(test::now), true};
        expected.pins = std::move(pins);
        const auto result = m_store->verifyServer({leaf.der(), middle.der()}, expected);
        return result ? good : result.error().code;
    };
    QCOMPARE(verifyPinned({}), good);
    for (const Issued* const each : std::initializer_list<const Issued*>{&leaf, &middle, &m_root}) {
        QCOMPARE(verifyPinned({pinOf(*each)}), good);
        QCOMPARE(verifyPinned({Bytes(32), pinOf(*each)}), good);
    }
    QCOMPARE(verifyPinned({Bytes(32)}), "tern.crypto.cert.pin");
    // One the server sent along, but which does not vouch for it.
    const Issued stray = test::issue(test::authoritySpec("Stray"));
    TrustStore::Expectation expected{"vpn.example.com", base::UnixSeconds(test::now), true};
    expected.pins = {pinOf(stray)};
    QCOMPARE(m_store->verifyServer({leaf.der(), middle.der(), stray.der()}, expected).error().code,
             "tern.crypto.cert.pin");
    // A pin does not replace the name.
    expected = {"other.example.com", base::UnixSeconds(test::now), true};
    expected.pins = {pinOf(leaf)};
    QCOMPARE(m_store->verifyServer({leaf.der(), middle.der()}, expected).error().code, "tern.crypto.cert.name");
}

void TestTrust::chainAsBuilt() {
    const Issued middle = test::issue(test::authoritySpec("Middle"), &m_root);
    const Issued stray = test::issue(test::authoritySpec("Stray"));
    const Issued leaf = test::issue(serverSpec(), &middle);
    const auto chain = m_store->verifiedChain({leaf.der(), stray.der(), middle.der()},
                                              {"vpn.example.com", base::UnixSeconds(test::now), true});
    QVERIFY(chain.has_value());
    const std::vector<Bytes> expected{leaf.der(), middle.der(), m_root.der()};
    QCOMPARE(*chain, expected);
}

void TestTrust::certificateFiles() {
    const Issued other = test::issue(test::authoritySpec("Other"));
    QCOMPARE(certificatesIn(m_root.der())->size(), std::size_t{1});
    QCOMPARE(certificatesIn(base::toBytes(m_root.pem() + other.pem()))->size(), std::size_t{2});
    QCOMPARE(certificatesIn(base::toBytes("no")).error().code, "tern.crypto.ca.none");
    QCOMPARE(pemOf(m_root.der()), m_root.pem());
    QVERIFY(pemOf(base::toBytes("no")).empty());
}

void TestTrust::malformed() {
    const Bytes leaf = test::issue(serverSpec(), &m_root).der();
    QCOMPARE(verify({}), "tern.crypto.cert.malformed");
    QCOMPARE(verify({Bytes{}}), "tern.crypto.cert.malformed");
    for (std::size_t size = 0; size < leaf.size(); size += 7) {
        QCOMPARE(verify({Bytes(leaf.begin(), leaf.begin() + static_cast<std::ptrdiff_t>(size))}),
                 "tern.crypto.cert.malformed");
    }
    Bytes longer = leaf;
    longer.push_back(0);
    QCOMPARE(verify({longer}), "tern.crypto.cert.malformed");
    QCOMPARE(verify(std::vector<Bytes>(17, leaf)), "tern.crypto.cert.malformed");
    QCOMPARE(verify({leaf, Bytes(300000)}), "tern.crypto.cert.malformed");
    // Every octet changed once: refused or, where the octet carries no meaning, still good; never a crash.
    int refused = 0;
    for (std::size_t at = 0; at < leaf.size(); ++at) {
        Bytes changed = leaf;
        changed[at] ^= 0x55U;
        refused += verify({changed}).empty() ? 0 : 1;
    }
    QVERIFY(refused + 8 > static_cast<int>(leaf.size()));
}

void TestTrust::pemWithOtherThings() {
    const Issued other = test::issue(test::authoritySpec("Other Root"));
    const BioPtr bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(bio.get(), other.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    const std::string key(data, static_cast<std::size_t>(size));
    const std::string damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    const auto store = TrustStore::fromPem("# roots\r\n" + key + damaged + m_root.pem() + "text\n" + other.pem());
    QVERIFY(store.has_value());
    for (const Issued* const root : std::initializer_list<const Issued*>{&m_root, &other}) {
        QVERIFY((*store)
                    ->verifyServer({test::issue(serverSpec(), root).der()},
                                   {"vpn.example.com", base::UnixSeconds(test::now), true})
                    .has_value());
    }
}

void TestTrust::pemWithoutCertificates() {
    QCOMPARE(TrustStore::fromPem("").error().code, "tern.crypto.ca.none");
    QCOMPARE(TrustStore::fromPem("hello\nworld").error().code, "tern.crypto.ca.none");
    QCOMPARE(TrustStore::fromPem("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n").error().code,
             "tern.crypto.ca.malformed");
    QCOMPARE(TrustStore::fromPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").error().code,
             "tern.crypto.ca.malformed");
    QCOMPARE(TrustStore::fromPem(std::string(9000000, 'A')).error().code, "tern.crypto.ca.malformed");
}

void TestTrust::certificateRequests() {
    const Issued other = test::issue(test::authoritySpec("Other Root"));
    const auto store = TrustStore::fromPem(m_root.pem() + other.pem() + m_root.pem());
    Bytes expected;
    for (const Issued* const root : std::initializer_list<const Issued*>{&m_root, &other}) {
        base::append(expected, digest(Hash::Sha1, {Certificate::fromDer(root->der())->publicKey}));
    }
    QCOMPARE((*store)->certificateRequest(10), expected);
    QCOMPARE((*store)->certificateRequest(1), Bytes(expected.begin(), expected.begin() + 20));
    QVERIFY((*store)->certificateRequest(0).empty());
}

void TestTrust::severalThreads() {
    const Bytes leaf = test::issue(serverSpec(), &m_root).der();
    std::atomic<int> failures = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                failures += verify({leaf}).empty() ? 0 : 1;
                failures += verify({leaf}, "other.example") == "tern.crypto.cert.name" ? 0 : 1;
            }
        });
    }
    threads.clear();
    QCOMPARE(failures.load(), 0);
}

void TestTrust::certificateForPeople() {
    CertificateSpec spec = serverSpec("DNS:vpn.example.com,IP:192.0.2.7,IP:2001:db8::7,email:admin@example.com");
    spec.commonName = "Büro\nVPN";
    spec.key = KeyKind::Rsa2048;
    const Issued issued = test::issue(spec, &m_root);
    const auto seen = Certificate::fromDer(issued.der());
    QVERIFY(seen.has_value());
    QCOMPARE(seen->subject, "CN=Büro\\0AVPN");
    QCOMPARE(seen->commonName, "Büro VPN");
    QCOMPARE(seen->issuer, "CN=Test Root");
    QCOMPARE(seen->dnsNames, std::vector<std::string>{"vpn.example.com"});
    QCOMPARE(seen->addresses.size(), std::size_t{2});
    QCOMPARE(seen->addresses[1].text(), "2001:db8::7");
    QCOMPARE(seen->emails, std::vector<std::string>{"admin@example.com"});
    QCOMPARE(seen->notBefore, base::UnixSeconds(test::now - test::day));
    QCOMPARE(seen->notAfter, base::UnixSeconds(test::now + test::day));
    QCOMPARE(seen->keyAlgorithm, "RSA");
    QCOMPARE(seen->keyBits, 2048U);
    QCOMPARE(seen->signatureAlgorithm, "ecdsa-with-SHA256");
    QCOMPARE(seen->sha256, digest(Hash::Sha256, {issued.der()}));
    QVERIFY(!seen->authority);
    QVERIFY(!seen->serial.empty());
    QVERIFY(Certificate::fromDer(m_root.der())->authority);
    QCOMPARE(Certificate::fromDer(base::toBytes("no")).error().code, "tern.crypto.cert.malformed");
}

QTEST_APPLESS_MAIN(TestTrust)
#include "tst_trust.moc"
