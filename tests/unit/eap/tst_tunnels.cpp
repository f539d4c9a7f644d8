// EAP-TLS, TTLS and PEAP against a server on OpenSSL: that they work with TLS 1.2 and 1.3, and everything a hostile
// server may try.
#include "core/base/byte_io.h"
#include "core/base/catalogue.h"
#include "core/eap/peap_binding.h"
#include "core/eap/peer.h"
#include "core/eap/ttls_avp.h"
#include "tests/sim/eap_tls_server.h"
#include "tests/unit/eap/counting_random.h"

#include <QTest>

using namespace tern;
using namespace tern::eap;
using base::Bytes;
using base::SecureBytes;
using sim::EapTlsServer;
using sim::EapTlsServerConfig;

namespace {

constexpr auto serverName = "radius.example.test";
constexpr std::uint8_t flagLength = 0x80;
constexpr std::uint8_t flagMore = 0x40;
constexpr std::uint8_t flagStart = 0x20;

class TestKey final : public crypto::PrivateKey {
public:
    explicit TestKey(EVP_PKEY* key)
        : m_key(key) {}
    [[nodiscard]] crypto::KeyType kind() const override { return crypto::KeyType::Ec; }
    [[nodiscard]] unsigned bits() const override { return 256; }
    [[nodiscard]] const Bytes& publicKey() const override { return m_public; }
    [[nodiscard]] base::Result<Bytes> sign(crypto::SignatureScheme /*scheme*/, std::optional<crypto::Hash> /*hash*/,
                                           base::ByteView /*octets*/) const override {
        return base::fail("tern.crypto.key.sign");
    }
    [[nodiscard]] base::Result<EVP_PKEY*> forTls() const override { return m_key; }

private:
    EVP_PKEY* m_key;
    Bytes m_public;
};

struct ClientCertificate {
    test::Issued authority;
    test::Issued leaf;

    explicit ClientCertificate(const std::string& issuer = "Client authority")
        : authority(test::issue(test::authoritySpec(issuer))) {
        test::CertificateSpec spec;
        spec.commonName = "alice@example.test";
        spec.extendedUsage = "clientAuth";
        leaf = test::issue(spec, &authority);
    }
    [[nodiscard]] crypto::Credential credential() const {
        return {{leaf.der()}, {}, std::make_shared<TestKey>(leaf.key.get())};
    }
};

PeerConfig configOf(const EapTlsServerConfig& server) {
    PeerConfig config;
    config.username = server.user;
    config.password = SecureBytes(std::string_view(server.password));
    config.settings.methods = {server.type};
    config.settings.inner = {server.inner};
    config.settings.tls.trust = *crypto::TrustStore::fromPem(server.credentials->authorityPem);
    config.settings.tls.serverNames = {serverName};
    config.settings.tls.time = base::UnixSeconds(test::now);
    config.settings.tls.newest = server.tls13 ? crypto::TlsVersion::Tls13 : crypto::TlsVersion::Tls12;
    return config;
}

// A peer and a server, and what becomes of them.
struct Rig {
    test::CountingRandom random;
    EapTlsServer server;
    Peer peer;
    std::vector<Prompt> prompts;
    std::optional<Success> success;
    std::optional<base::Error> failure;
    std::string code; // the answer to a prompt of that kind
    unsigned packets = 0;

    Rig(EapTlsServerConfig serverConfig, PeerConfig config)
        : server(std::move(serverConfig), random)
        , peer(std::move(config), random) {}

    // Until the end; empty when it went well, else the code of the error, or "silence".
    std::string run() {
        peer.receive(server.begin());
        while (!success && !failure) {
            Bytes packet;
            bool asked = false;
            for (auto& output : peer.takeOutputs()) {
                if (auto* const sent = std::get_if<SendPacket>(&output)) {
                    packet = std::move(sent->packet);
                } else if (auto* const prompt = std::get_if<Prompt>(&output)) {
                    prompts.push_back(*prompt);
                    asked = true;
                } else if (auto* const end = std::get_if<Success>(&output)) {
                    success = std::move(*end);
                } else if (auto* const refused = std::get_if<Failure>(&output)) {
                    failure = std::move(refused->error);
                }
            }
            if (asked) {
                peer.answer({}, SecureBytes(std::string_view(code)));
                continue;
            }
            if (success || failure) {
                break;
            }
            const auto next = packet.empty() ? std::nullopt : server.answer(packet);
            if (!next || ++packets > 400) {
                return "silence";
            }
            peer.receive(*next);
        }
        return failure ? failure->code : std::string();
    }
};

const sim::Credentials& good() {
    static const auto made = sim::Credentials::forName(serverName, 1);
    return made;
}

EapTlsServerConfig serverFor(MethodType type, Inner inner = Inner::EapMsChapV2, bool tls13 = false) {
    EapTlsServerConfig config;
    config.type = type;
    config.inner = inner;
    config.tls13 = tls13;
    config.credentials = &good();
    return config;
}

std::string outcome(const EapTlsServerConfig& server, const std::function<void(PeerConfig&)>& change = {}) {
    auto config = configOf(server);
    if (change) {
        change(config);
    }
    Rig rig(server, std::move(config));
    return rig.run();
}

// A peer that has answered the Identity request and is told to start TLS.
struct Started {
    test::CountingRandom random;
    Peer peer;
    std::uint8_t identifier = 2;

    explicit Started(MethodType type = MethodType::Ttls)
        : peer(configOf(serverFor(type)), random) {
        static_cast<void>(peer.takeOutputs());
        peer.receive(Bytes{1, 1, 0, 5, 1});
        static_cast<void>(peer.takeOutputs());
        static_cast<void>(give(type, {flagStart}));
    }
    // The code of the failure; "sent" for an answer, "" for neither.
    std::string give(MethodType type, const Bytes& data) {
        base::ByteWriter packet;
        packet.u8(1);
        packet.u8(identifier++);
        packet.u16(static_cast<std::uint16_t>(5 + data.size()));
        packet.u8(static_cast<std::uint8_t>(type));
        packet.bytes(data);
        peer.receive(packet.view());
        std::string what;
        for (const auto& output : peer.takeOutputs()) {
            if (const auto* const end = std::get_if<Failure>(&output)) {
                what = end->error.code;
            } else if (std::holds_alternative<SendPacket>(output)) {
                what = "sent";
            }
        }
        return what;
    }
};

} // namespace

class TestTunnels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void works_data();
    void works();
    void eapTls_data();
    void eapTls();
    void eapTlsOfSeveral_data() { eapTls_data(); }
    void eapTlsOfSeveral();
    void eapTlsRefusals();
    void outerIdentity();
    void cryptobinding();
    void bindingKnownAnswer();
    void challenge();
    void codeAfterThePassword_data();
    void codeAfterThePassword();
    void wrongPassword_data();
    void wrongPassword();
    void untrusted_data();
    void untrusted();
    void alertOfTheServer_data();
    void alertOfTheServer();
    void hostileResults();
    void earlySuccess();
    void fragmentsWithoutEnd();
    void lengths();
    void garbage();
    void unverifiedNeedsOuter();
    void avps();
};

void TestTunnels::works_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("inner");
    QTest::addColumn<bool>("tls13");
    for (const bool tls13 : {false, true}) {
        const QByteArray version = tls13 ? " TLS 1.3" : " TLS 1.2";
        const auto row = [&](const char* name, MethodType type, Inner inner) {
            QTest::newRow(name + version) << int(type) << int(inner) << tls13;
        };
        row("TTLS PAP", MethodType::Ttls, Inner::Pap);
        row("TTLS MSCHAPv2", MethodType::Ttls, Inner::MsChapV2);
        row("TTLS EAP", MethodType::Ttls, Inner::EapMsChapV2);
        row("PEAP", MethodType::Peap, Inner::EapMsChapV2);
    }
}

void TestTunnels::works() {
    QFETCH(int, type);
    QFETCH(int, inner);
    QFETCH(bool, tls13);
    const auto server = serverFor(MethodType(type), Inner(inner), tls13);
    Rig rig(server, configOf(server));
    QCOMPARE(rig.run(), std::string());
    QCOMPARE(rig.server.tlsVersion(), std::string(tls13 ? "TLSv1.3" : "TLSv1.2"));
    QCOMPARE(base::toHex(rig.success->msk.view()), base::toHex(rig.server.msk()->view()));
    QCOMPARE(rig.success->msk.size(), std::size_t{64});
    QCOMPARE(base::toHex(rig.success->hlak.view()), base::toHex(rig.success->msk.view().first(32)));
    QCOMPARE(rig.server.outerIdentity(), std::string("alice"));
}

void TestTunnels::eapTls_data() {
    QTest::addColumn<bool>("tls13");
    QTest::newRow("1.2") << false;
    QTest::newRow("1.3") << true;
}

void TestTunnels::eapTls() {
    QFETCH(bool, tls13);
    const ClientCertificate client;
    auto server = serverFor(MethodType::Tls, {}, tls13);
    server.clientAuthority = client.authority.pem();
    auto config = configOf(server);
    config.settings.tls.credentials = {client.credential()};
    config.password.reset();
    Rig rig(server, std::move(config));
    QCOMPARE(rig.run(), std::string());
    QVERIFY(rig.prompts.empty());
    QCOMPARE(base::toHex(rig.success->msk.view()), base::toHex(rig.server.msk()->view()));
    QCOMPARE(rig.success->hlak.size(), std::size_t{32});
}

// The one is shown that the server asks for.
void TestTunnels::eapTlsOfSeveral() {
    QFETCH(bool, tls13);
    const ClientCertificate client;
    const ClientCertificate stranger("Another authority");
    const ClientCertificate further("A third authority");
    auto server = serverFor(MethodType::Tls, {}, tls13);
    server.clientAuthority = client.authority.pem();
    const auto showing = [](const std::vector<const ClientCertificate*>& several) {
        return [several](PeerConfig& config) {
            for (const auto* one : several) {
                config.settings.tls.credentials.push_back(one->credential());
            }
        };
    };
    QCOMPARE(outcome(server, showing({&stranger, &client})), std::string());
    QCOMPARE(outcome(server, showing({&client, &stranger})), std::string());
    QCOMPARE(outcome(server, showing({&stranger, &further, &client})), std::string());
    const auto unknown = std::string("tern.crypto.tls.alert.unknown-ca");
    QCOMPARE(outcome(server, showing({&stranger, &further})), unknown);
    // One that says nothing is shown the first.
    server.namesAuthority = false;
    QCOMPARE(outcome(server, showing({&client, &stranger})), std::string());
    QCOMPARE(outcome(server, showing({&stranger, &client})), unknown);
}

void TestTunnels::eapTlsRefusals() {
    const ClientCertificate client;
    const ClientCertificate stranger("Another authority");
    const auto withCertificate = [](const ClientCertificate& mine) {
        return [&mine](PeerConfig& config) { config.settings.tls.credentials = {mine.credential()}; };
    };
    auto server = serverFor(MethodType::Tls);
    server.clientAuthority = client.authority.pem();
    QCOMPARE(outcome(server), std::string("tern.eap.tls.no-certificate"));
    QCOMPARE(QString::fromStdString(outcome(server, withCertificate(stranger))),
             QStringLiteral("tern.crypto.tls.alert.unknown-ca"));
    // TLS 1.3: the server's word comes behind our Finished.
    server.tls13 = true;
    QCOMPARE(QString::fromStdString(outcome(server, withCertificate(stranger))),
             QStringLiteral("tern.crypto.tls.alert.unknown-ca"));
    QCOMPARE(outcome(server, withCertificate(client)), std::string());
    // Success without the octet that says the server is content (RFC 9190 §2.5).
    server.noIndication = true;
    QCOMPARE(outcome(server, withCertificate(client)), std::string("tern.eap.tls.no-indication"));
}

void TestTunnels::outerIdentity() {
    const auto server = serverFor(MethodType::Peap);
    auto config = configOf(server);
    config.settings.outerIdentity = "anonymous@example.test";
    Rig rig(server, std::move(config));
    QCOMPARE(rig.run(), std::string());
    QCOMPARE(rig.server.outerIdentity(), std::string("anonymous@example.test"));
}

void TestTunnels::cryptobinding() {
    auto server = serverFor(MethodType::Peap);
    const auto require = [](PeerConfig& config) { config.settings.requireCryptobinding = true; };
    QCOMPARE(outcome(server, require), std::string("tern.eap.peap.no-binding"));
    server.cryptobinding = true;
    QCOMPARE(outcome(server, require), std::string());
    Rig rig(server, configOf(server));
    QCOMPARE(rig.run(), std::string());
    QCOMPARE(base::toHex(rig.success->msk.view()), base::toHex(rig.server.msk()->view()));
    server.wrongMac = true;
    QCOMPARE(outcome(server), std::string("tern.eap.peap.binding"));
    QCOMPARE(outcome(server, require), std::string("tern.eap.peap.binding"));
}

// Computed apart from this code, with Python's hmac: 40 octets of 0x11 as tunnel key, 32 of 0x22 as inner key.
void TestTunnels::bindingKnownAnswer() {
    const Bytes tunnel(60, 0x11);
    const Bytes inner(32, 0x22);
    const PeapBinding binding(tunnel, inner);
    std::array<std::uint8_t, 32> nonce{};
    nonce.fill(0x33);
    QCOMPARE(base::toHex(binding.tlv(PeapBinding::Kind::Response, nonce)),
             std::string("000c00380000000133333333333333333333333333333333333333333333333333333333333333335f8080dace79e"
                         "5df56a4f58dd4ef0f2d633eba24"));
    QCOMPARE(base::toHex(binding.sessionKey().view()),
             std::string("6eedd7039180d7a2cb7a2e0a3d736af41f91765354dd78f6b0baeb9f2a4c01f14e3ef70508d59473767e5e72150b8"
                         "8659973f91de885bb934450c21ba2390e39781a16acdb1b1d2caf2590d8609266da18aca785e9e9e06199503a369b"
                         "bb0888fe62cc47c65737acc83d0917ca57785993db15794cfadb9ce93adf776c14c349"));
}

void TestTunnels::challenge() {
    auto server = serverFor(MethodType::Ttls, Inner::Pap);
    server.code = "123456";
    Rig rig(server, configOf(server));
    rig.code = "123456";
    QCOMPARE(rig.run(), std::string());
    QCOMPARE(rig.prompts.size(), std::size_t{1});
    QVERIFY(rig.prompts.front().kind == Prompt::Kind::Code);
    QCOMPARE(rig.prompts.front().text, std::string("Enter the code you got"));
    Rig wrong(server, configOf(server));
    wrong.code = "654321";
    QCOMPARE(wrong.run(), std::string("tern.eap.code"));
}

void TestTunnels::codeAfterThePassword_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("TTLS") << int(MethodType::Ttls);
    QTest::newRow("PEAP") << int(MethodType::Peap);
}

// The second factor as a second challenge of EAP-GTC, inside the tunnel.
void TestTunnels::codeAfterThePassword() {
    QFETCH(int, type);
    auto server = serverFor(MethodType(type), Inner::EapGtc);
    server.gtc = {{"Password: ", server.password}, {"Enter your token code", "123456"}};
    Rig rig(server, configOf(server));
    rig.code = "123456";
    QCOMPARE(rig.run(), std::string());
    QCOMPARE(rig.prompts.size(), std::size_t{1});
    QVERIFY(rig.prompts.front().kind == Prompt::Kind::Code);
    QCOMPARE(rig.prompts.front().text, std::string("Enter your token code"));
    QCOMPARE(base::toHex(rig.success->msk.view()), base::toHex(rig.server.msk()->view()));
    Rig wrong(server, configOf(server));
    wrong.code = "654321";
    QCOMPARE(wrong.run(), std::string("tern.eap.code"));
}

void TestTunnels::wrongPassword_data() {
    works_data();
}

void TestTunnels::wrongPassword() {
    QFETCH(int, type);
    QFETCH(int, inner);
    QFETCH(bool, tls13);
    QCOMPARE(outcome(serverFor(MethodType(type), Inner(inner), tls13),
                     [](PeerConfig& config) { config.password = SecureBytes(std::string_view("wrong")); }),
             std::string("tern.eap.password"));
}

void TestTunnels::untrusted_data() {
    QTest::addColumn<int>("type");
    QTest::newRow("TTLS") << int(MethodType::Ttls);
    QTest::newRow("PEAP") << int(MethodType::Peap);
}

void TestTunnels::untrusted() {
    QFETCH(int, type);
    const auto other = test::issue(test::authoritySpec("Other root")).pem();
    const auto namesake = sim::Credentials::forName("other.example.test").authorityPem;
    const auto server = serverFor(MethodType(type), Inner::EapMsChapV2);
    const auto trusting = [](const std::string& pem, std::vector<std::string> names) {
        return [pem, names = std::move(names)](PeerConfig& config) {
            config.settings.tls.trust = pem.empty() ? nullptr : *crypto::TrustStore::fromPem(pem);
            config.settings.tls.serverNames = names;
        };
    };
    QCOMPARE(outcome(server, trusting(other, {serverName})), std::string("tern.eap.server-certificate.untrusted"));
    QCOMPARE(outcome(server, trusting(namesake, {serverName})), std::string("tern.eap.server-certificate.unfit"));
    QCOMPARE(outcome(server, trusting(good().authorityPem, {"a.example.test", "b.example.test"})),
             std::string("tern.eap.server-certificate.name"));
    QCOMPARE(outcome(server, trusting(good().authorityPem, {"a.example.test", serverName})), std::string());
    QCOMPARE(outcome(server, trusting(good().authorityPem, {})), std::string());
    QCOMPARE(outcome(server, trusting({}, {serverName})), std::string("tern.eap.tls.no-trust"));
    // The server hears why.
    auto config = configOf(server);
    config.settings.tls.trust = *crypto::TrustStore::fromPem(other);
    Rig rig(server, std::move(config));
    static_cast<void>(rig.run());
    QVERIFY2(rig.server.alert().find("unknown ca") != std::string::npos, rig.server.alert().c_str());
    // Why it is unfit, for the administrator.
    config = configOf(server);
    config.settings.tls.trust = *crypto::TrustStore::fromPem(namesake);
    Rig forged(server, std::move(config));
    static_cast<void>(forged.run());
    QVERIFY2(forged.failure->detail.starts_with("forged"), forged.failure->detail.c_str());
}

void TestTunnels::alertOfTheServer_data() {
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("code");
    const auto row = [](int number, const char* code) {
        QTest::addRow("%d", number) << number << QString::fromLatin1(code);
    };
    row(40, "tern.crypto.tls.alert.handshake");
    row(42, "tern.crypto.tls.alert.bad-certificate");
    row(43, "tern.crypto.tls.alert.certificate-kind");
    row(44, "tern.crypto.tls.alert.certificate-revoked");
    row(45, "tern.crypto.tls.alert.certificate-expired");
    row(46, "tern.crypto.tls.alert.certificate-unknown");
    row(48, "tern.crypto.tls.alert.unknown-ca");
    row(49, "tern.crypto.tls.alert.access-denied");
    row(70, "tern.crypto.tls.alert.version");
    row(71, "tern.crypto.tls.alert.security");
    row(80, "tern.crypto.tls.alert.internal");
    row(112, "tern.crypto.tls.alert.name");
    row(116, "tern.crypto.tls.alert.certificate-required");
    row(199, "tern.crypto.tls.alert.other");
}

void TestTunnels::alertOfTheServer() {
    QFETCH(int, number);
    QFETCH(QString, code);
    Started started;
    // A record of type alert, TLS 1.2, two octets: fatal, which.
    QCOMPARE(started.give(MethodType::Ttls, {0, 21, 3, 3, 0, 2, 2, static_cast<std::uint8_t>(number)}),
             std::string("sent"));
    QVERIFY(started.peer.reason().has_value());
    const auto words = base::describe(*started.peer.reason());
    QVERIFY(!words.sentence.isEmpty() && !words.remedy.isEmpty());
    started.peer.receive(Bytes{4, started.identifier, 0, 4});
    const auto outputs = started.peer.takeOutputs();
    const auto* const end = outputs.empty() ? nullptr : std::get_if<Failure>(&outputs.back());
    QVERIFY(end != nullptr);
    QCOMPARE(QString::fromStdString(end->error.code), code);
}

void TestTunnels::hostileResults() {
    auto early = serverFor(MethodType::Peap);
    early.resultAtOnce = true;
    QCOMPARE(outcome(early), std::string("tern.eap.early-success"));
    auto failing = serverFor(MethodType::Peap);
    failing.resultFailure = true;
    QCOMPARE(outcome(failing), std::string("tern.eap.refused"));
}

void TestTunnels::earlySuccess() {
    for (const auto type : {MethodType::Ttls, MethodType::Peap}) {
        auto server = serverFor(type);
        server.successAfterTls = true;
        QCOMPARE(outcome(server), std::string("tern.eap.early-success"));
        Started started(type);
        started.peer.receive(Bytes{3, started.identifier, 0, 4});
        const auto outputs = started.peer.takeOutputs();
        QCOMPARE(std::get<Failure>(outputs.back()).error.code, std::string("tern.eap.early-success"));
    }
}

void TestTunnels::fragmentsWithoutEnd() {
    Started started;
    std::string last = "sent";
    unsigned count = 0;
    while (last == "sent" && count < 1000) {
        last = started.give(MethodType::Ttls, {flagMore, 22, 3, 3});
        ++count;
    }
    QCOMPARE(last, std::string("tern.eap.protocol"));
    QVERIFY(count < 400);
    // Large ones: bounded in octets.
    Started large;
    Bytes big(40000, 22);
    big.front() = flagMore;
    last = "sent";
    count = 0;
    while (last == "sent" && count < 1000) {
        last = large.give(MethodType::Ttls, big);
        ++count;
    }
    QCOMPARE(last, std::string("tern.eap.protocol"));
    QVERIFY(count <= 4);
    // A fragment without anything in it never gets anywhere.
    Started empty;
    QCOMPARE(empty.give(MethodType::Ttls, {flagMore}), std::string("tern.eap.protocol"));
}

void TestTunnels::lengths() {
    const auto give = [](const Bytes& data) { return Started().give(MethodType::Ttls, data); };
    QCOMPARE(give({}), std::string("tern.eap.protocol"));
    QCOMPARE(give({flagLength, 0, 0}), std::string("tern.eap.protocol"));
    QCOMPARE(give({flagLength | flagMore, 0xFF, 0xFF, 0xFF, 0xFF, 22}), std::string("tern.eap.protocol"));
    QCOMPARE(give({flagLength, 0, 0, 0, 9, 22}), std::string("tern.eap.protocol")); // shorter than announced
    QCOMPARE(give({flagLength, 0, 0, 0, 1, 22, 22}), std::string("tern.eap.protocol"));
    QCOMPARE(give({flagStart}), std::string("tern.eap.protocol")); // a second time
    // The announced length changes half-way.
    Started changed;
    QCOMPARE(changed.give(MethodType::Ttls, {flagLength | flagMore, 0, 0, 0, 9, 22}), std::string("sent"));
    QCOMPARE(changed.give(MethodType::Ttls, {flagLength, 0, 0, 0, 8, 3, 3}), std::string("tern.eap.protocol"));
    // No start at all.
    test::CountingRandom random;
    Peer fresh(configOf(serverFor(MethodType::Ttls)), random);
    fresh.receive(Bytes{1, 2, 0, 7, 21, 0, 22});
    QCOMPARE(std::get<Failure>(fresh.takeOutputs().back()).error.code, std::string("tern.eap.protocol"));
    // The method inside before the tunnel: TTLS is what was chosen.
    Started inner;
    QCOMPARE(inner.give(MethodType::MsChapV2, {1, 2, 0, 4}), std::string("tern.eap.protocol"));
    QCOMPARE(Started().give(MethodType::Gtc, {'P'}), std::string("tern.eap.protocol"));
}

void TestTunnels::garbage() {
    Started started;
    Bytes noise(50, 0x47);
    noise.front() = 0;                                                    // no flags
    QCOMPARE(started.give(MethodType::Ttls, noise), std::string("sent")); // the alert
    QCOMPARE(QString::fromStdString(started.peer.reason()->code), QStringLiteral("tern.crypto.tls.protocol"));
    // It goes on as if nothing had happened.
    QCOMPARE(started.give(MethodType::Ttls, {0, 22, 3, 3}), std::string("tern.crypto.tls.protocol"));
    // Records that are damaged half-way through the handshake.
    for (unsigned which = 2; which < 6; ++which) {
        auto server = serverFor(MethodType::Peap);
        unsigned count = 0;
        server.changeTypeData = [&count, which](Bytes& data) {
            if (++count == which) {
                data.back() ^= 0x55;
            }
        };
        const auto said = outcome(server);
        QVERIFY2(said != std::string(), std::to_string(which).c_str());
    }
}

// Not checking the EAP server is for a profile that says so, behind a server that IKE has verified.
void TestTunnels::unverifiedNeedsOuter() {
    const auto server = serverFor(MethodType::Ttls, Inner::Pap);
    auto config = configOf(server);
    config.settings.tls.checkServer = false;
    config.settings.tls.trust.reset();
    auto same = configOf(server);
    same.settings.tls.checkServer = false;
    same.settings.tls.trust.reset();
    Rig unverified(server, std::move(config));
    QCOMPARE(unverified.run(), std::string("tern.eap.server-unverified"));
    Rig verified(server, std::move(same));
    verified.peer.setServerVerified();
    QCOMPARE(verified.run(), std::string());
}

void TestTunnels::avps() {
    SecureBytes octets;
    appendAvp(octets, avp::userName, 0, base::toBytes("alice"));
    appendAvp(octets, avp::msChapError, avp::microsoft, Bytes{1, 2, 3});
    const auto parsed = parseAvps(octets.view());
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->size(), std::size_t{2});
    QCOMPARE(base::toText(joinAvps(*parsed, avp::userName)), std::string("alice"));
    QVERIFY(hasAvp(*parsed, avp::msChapError, avp::microsoft) && !hasAvp(*parsed, avp::msChapError));
    for (std::size_t size = 1; size < octets.size(); ++size) {
        const auto part = parseAvps(octets.view().first(size));
        QVERIFY(!part || part->size() <= 2); // the padding of the last may be missing, nothing else
    }
    QVERIFY(!parseAvps(Bytes{0, 0, 0, 1, 0x40, 0, 0, 3}));
    QVERIFY(!parseAvps(Bytes{0, 0, 0, 1, 0x80, 0, 0, 8}));
}

QTEST_GUILESS_MAIN(TestTunnels)
#include "tst_tunnels.moc"
