// Additional key exchanges in IKE_INTERMEDIATE (RFC 9242, RFC 9370) and the post-quantum pre-shared key (RFC 8784).
// Classical groups stand in for ML-KEM where OpenSSL does not have it: RFC 9370 makes no difference.
#include "core/crypto/ml_kem.h"
#include "core/crypto/prf.h"
#include "core/ike/hybrid.h"
#include "tests/sim/world.h"

#include <QTest>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;

namespace {

using Rounds = std::vector<std::vector<GroupId>>;

const Credentials& serverCredentials() {
    static const auto credentials = Credentials::forName("vpn.example.test", 3);
    return credentials;
}

struct Setup {
    SessionConfig client = pskClient("shared");
    ResponderConfig server;
    Conditions conditions;

    explicit Setup(const Rounds& rounds = {}, const std::optional<Rounds>& theirs = std::nullopt) {
        client.algorithms.additional = rounds;
        server.psk = "shared";
        server.algorithms.additional = theirs.value_or(rounds);
        if (rounds.empty()) {
            client.algorithms.postQuantum = PostQuantum::Off;
        }
        if (theirs.value_or(rounds).empty()) {
            server.algorithms.postQuantum = PostQuantum::Off;
        }
    }
    void useEap() {
        auto eap = eapClient(serverCredentials(), "Correct-horse-9");
        eap.algorithms = client.algorithms;
        eap.ppk = std::move(client.ppk);
        client = std::move(eap);
        server.psk.reset();
        server.credentials = &serverCredentials();
    }
    std::unique_ptr<World> world(std::uint64_t seed = 1) {
        return std::make_unique<World>(seed, std::move(client), std::move(server), conditions);
    }
};

void withPpk(Setup& setup, const std::string& id, const std::string& secret, bool required) {
    setup.client.ppk = Ppk{id, base::SecureBytes(std::string_view(secret)), required};
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

std::size_t intermediates(World& world) {
    std::size_t count = 0;
    for (const auto& datagram : world.sent()) {
        const auto marker = datagram.natTraversalPort ? std::min<std::size_t>(4, datagram.payload.size()) : 0;
        const auto header = parseHeader(base::ByteView(datagram.payload).subspan(marker));
        if (header && header->exchange == ExchangeType::Intermediate) {
            ++count;
        }
    }
    return count;
}

std::size_t followUps(World& world, bool byServer) {
    const auto& tally = world.responder().tally();
    const auto found = tally.find(byServer ? "IKE_FOLLOWUP_KE by the server" : "IKE_FOLLOWUP_KE by the client");
    return found == tally.end() ? 0 : static_cast<std::size_t>(found->second);
}

void begin(World& world, bool byServer, bool ofIke) {
    if (byServer) {
        ofIke ? world.responder().rekeyIke(world.now()) : world.responder().rekeyChild(world.now());
    } else {
        world.session().replaceKeys(world.now(), ofIke ? Session::Keys::IkeSa : Session::Keys::Children);
    }
    world.settle();
}

bool endsWith(const std::string& text, const char* end) {
    return QString::fromStdString(text).endsWith(QLatin1String(end));
}

const Rounds one{{GroupId::Curve25519}};
const Rounds three{{GroupId::Curve25519}, {GroupId::Ecp384, GroupId::Ecp521}, {GroupId::Modp3072}};

} // namespace

class TestPostQuantum : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachRoundChangesTheKeys_data();
    void eachRoundChangesTheKeys();
    void mlKem();
    void fragmentsAndLoss();
    void aServerMayDoWithout();
    void required();
    void unavailable();
    void withoutIntermediate();
    void authCoversTheExchanges_data();
    void authCoversTheExchanges();
    void wrongAnswers_data();
    void wrongAnswers();
    void oneMethodTwice();
    void fitsOneDatagram();
    void olderProposalsStay();
    void intermediateOctetsAsTheRfcHasThem();
    void rekeysFollowUp_data();
    void rekeysFollowUp();
    void rekeysUnderLoss();
    void statusFollowsTheKeys_data();
    void statusFollowsTheKeys();
    void whatTheKeysComeFrom();
    void aForgottenFollowUp();
    void strangeFollowUps();
    void intAuthChain();

    void ppkFormula();
    void ppkRight_data();
    void ppkRight();
    void ppkRefused_data();
    void ppkRefused();
    void ppkOptional_data();
    void ppkOptional();
    void ppkIsAskedFor();
    void ppkBesideIntermediate();
    void ppkOutlivesTheSession();
};

void TestPostQuantum::eachRoundChangesTheKeys_data() {
    QTest::addColumn<Rounds>("rounds");
    QTest::addColumn<bool>("eap");
    QTest::addColumn<QString>("text");
    QTest::newRow("one, PSK") << one << false << "ECP-256 + Curve25519";
    QTest::newRow("one, EAP") << one << true << "ECP-256 + Curve25519";
    QTest::newRow("three, PSK") << three << false << "ECP-256 + Curve25519 + ECP-384 + MODP-3072";
    QTest::newRow("three, EAP") << three << true << "ECP-256 + Curve25519 + ECP-384 + MODP-3072";
}

void TestPostQuantum::eachRoundChangesTheKeys() {
    QFETCH(Rounds, rounds);
    QFETCH(bool, eap);
    QFETCH(QString, text);
    Setup setup(rounds);
    if (eap) {
        setup.useEap();
    }
    const auto world = setup.world();
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    QCOMPARE(world->disagreement(), std::string());
    QCOMPARE(intermediates(*world), rounds.size());
    QVERIFY2(QString::fromStdString(world->established()->ikeSuite).endsWith(text),
             world->established()->ikeSuite.c_str());
    // Requests of either side pass under the last keys.
    world->responder().checkAlive(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->responder().isIdle(); }));
    world->session().close(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->responder().isClosed(); }));
}

void TestPostQuantum::mlKem() {
    if (!crypto::mlKemIsAvailable(crypto::mlKem768)) {
        QSKIP("this OpenSSL does not have ML-KEM");
    }
    for (const auto group : {GroupId::MlKem512, GroupId::MlKem768, GroupId::MlKem1024}) {
        Setup setup(Rounds{{GroupId::MlKem768, GroupId::MlKem1024, GroupId::MlKem512}}, Rounds{{group}});
        setup.useEap();
        const auto world = setup.world();
        QVERIFY2(comesUp(*world), world->errorCode().c_str());
        QCOMPARE(world->disagreement(), std::string());
        QVERIFY(QString::fromStdString(world->established()->ikeSuite)
                    .endsWith(QString::fromStdString("ECP-256 + " + groupText(group))));
        QCOMPARE(world->established()->postQuantum, groupText(group));
        world->responder().use(withoutAdditional({}));
        begin(*world, false, true);
        world->runFor(seconds(5));
        QVERIFY(endsWith(world->suites().ikeSuite, " / ECP-256"));
        QCOMPARE(world->suites().postQuantum, groupText(group)); // the new keys come from the old ones
    }
    // By itself, and before a server that does not know of it.
    Setup setup;
    setup.client.algorithms = {};
    setup.server.algorithms = {};
    const auto world = setup.world();
    QVERIFY(comesUp(*world));
    QVERIFY(QString::fromStdString(world->established()->ikeSuite).contains(QLatin1String("+ ML-KEM-768")));
}

void TestPostQuantum::fragmentsAndLoss() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Setup setup(three);
        setup.useEap();
        setup.server.fragmentSize = 100;
        setup.conditions.loss = 0.15;
        setup.conditions.duplicate = 0.2;
        setup.client.timers.retransmitTries = 12;
        const auto world = setup.world(seed);
        world->start();
        QVERIFY2(world->runUntil([&] { return world->isEstablished() || world->isClosed(); }, seconds(300)),
                 std::to_string(seed).c_str());
        QVERIFY2(world->isEstablished(), (std::to_string(seed) + ' ' + world->errorCode()).c_str());
        QCOMPARE(world->disagreement(), std::string());
    }
}

void TestPostQuantum::aServerMayDoWithout() {
    Setup setup(one, Rounds{});
    const auto world = setup.world();
    QVERIFY(comesUp(*world));
    QCOMPARE(intermediates(*world), std::size_t{0});
    QVERIFY(QString::fromStdString(world->established()->ikeSuite).endsWith(QLatin1String("ECP-256")));
    QCOMPARE(world->established()->postQuantum, std::string());
}

void TestPostQuantum::required() {
    Setup without(one, Rounds{});
    without.client.algorithms.postQuantum = PostQuantum::Required;
    const auto refused = without.world();
    QVERIFY(!comesUp(*refused));
    QCOMPARE(refused->errorCode(), std::string("tern.ike.post-quantum.unsupported"));
    Setup with(one);
    with.client.algorithms.postQuantum = PostQuantum::Required;
    const auto accepted = with.world();
    QVERIFY(comesUp(*accepted));
}

void TestPostQuantum::unavailable() {
    if (crypto::mlKemIsAvailable(crypto::mlKem768)) {
        QSKIP("this OpenSSL has ML-KEM");
    }
    Setup setup;
    setup.client.algorithms.postQuantum = PostQuantum::Required;
    const auto world = setup.world();
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), std::string("tern.ike.post-quantum.unavailable"));
    QVERIFY(world->sent().empty());
}

void TestPostQuantum::withoutIntermediate() {
    Setup setup(one);
    setup.server.withoutIntermediate = true;
    const auto world = setup.world();
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), std::string("tern.ike.proposal.unoffered"));
}

void TestPostQuantum::authCoversTheExchanges_data() {
    QTest::addColumn<bool>("eap");
    QTest::addColumn<std::string>("code");
    QTest::newRow("PSK") << false << std::string("tern.ike.auth.psk");
    QTest::newRow("EAP") << true << std::string("tern.crypto.signature.invalid");
}

// Both ends have the same keys here: only AUTH tells that one of the messages was not the one the other end sent.
void TestPostQuantum::authCoversTheExchanges() {
    QFETCH(bool, eap);
    QFETCH(std::string, code);
    Setup setup(one);
    if (eap) {
        setup.useEap();
    }
    setup.server.wrongIntAuth = true;
    const auto world = setup.world();
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), code);
}

void TestPostQuantum::wrongAnswers_data() {
    QTest::addColumn<Payloads>("answer");
    QTest::addColumn<std::string>("code");
    QTest::newRow("no KE") << Payloads{encodeNonce(base::Bytes(32, 7))} << std::string("tern.ike.malformed");
    QTest::newRow("another group") << Payloads{encodeKeyExchange({20, base::Bytes(96, 1)})}
                                   << std::string("tern.ike.malformed");
    QTest::newRow("too short") << Payloads{encodeKeyExchange({31, base::Bytes(31, 1)})}
                               << std::string("tern.crypto.dh.public-value");
    QTest::newRow("all zeros") << Payloads{encodeKeyExchange({31, base::Bytes(32, 0)})}
                               << std::string("tern.crypto.dh.public-value");
    QTest::newRow("an error") << Payloads{encodeNotify(NotifyType::InvalidSyntax)} << std::string("tern.ike.syntax");
}

void TestPostQuantum::wrongAnswers() {
    QFETCH(Payloads, answer);
    QFETCH(std::string, code);
    Setup setup(one);
    setup.server.changeIntermediate = [answer](Payloads& payloads) { payloads = answer; };
    const auto world = setup.world();
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), code);
}

void TestPostQuantum::oneMethodTwice() {
    Setup setup(Rounds{{GroupId::Ecp256, GroupId::Curve25519}});
    const auto offered = ikeProposals(setup.client.algorithms);
    auto chosen = offered.front();
    const auto keepOne = [&chosen](TransformType type, std::uint16_t id) {
        std::erase_if(chosen.transforms, [&](const Transform& t) { return t.type == type && t.id != id; });
    };
    keepOne(TransformType::Encryption, static_cast<std::uint16_t>(EncryptionId::AesGcm16));
    std::erase_if(chosen.transforms,
                  [](const Transform& t) { return t.type == TransformType::Encryption && t.keyBits != 256; });
    keepOne(TransformType::Prf, static_cast<std::uint16_t>(PrfId::HmacSha256));
    keepOne(TransformType::KeyExchange, static_cast<std::uint16_t>(GroupId::Ecp256));
    keepOne(additionalKeyExchange(0), static_cast<std::uint16_t>(GroupId::Curve25519));
    const auto good = checkChoice(offered, {chosen});
    QVERIFY(good.has_value());
    QCOMPARE(good->additional, std::vector{GroupId::Curve25519});
    chosen.transforms.back().id = static_cast<std::uint16_t>(GroupId::Ecp256);
    QVERIFY(!checkChoice(offered, {chosen}).has_value());
    chosen.transforms.pop_back();
    QVERIFY(!checkChoice(offered, {chosen}).has_value()); // it may not be left out
}

void TestPostQuantum::fitsOneDatagram() {
    Setup setup(Rounds{{GroupId::MlKem768, GroupId::MlKem1024}}, Rounds{});
    setup.client.algorithms.legacy = true;
    withPpk(setup, "tern", "a secret", false);
    const auto world = setup.world();
    QVERIFY(comesUp(*world)); // the offer costs nothing where the server does without
    QVERIFY2(world->sent().front().payload.size() <= 1280 - 48,
             std::to_string(world->sent().front().payload.size()).c_str());
}

// What servers of before RFC 9370 see, once they have passed over what they do not know, is what they always saw.
void TestPostQuantum::olderProposalsStay() {
    Algorithms off;
    off.postQuantum = PostQuantum::Off;
    Algorithms on;
    on.additional = {{GroupId::MlKem768}};
    auto seen = ikeProposals(on);
    const auto before = ikeProposals(off);
    QVERIFY(seen.size() > before.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        QCOMPARE(std::size_t{seen[i].number}, i + 1);
    }
    std::erase_if(seen, [](const Proposal& proposal) {
        return std::any_of(proposal.transforms.begin(), proposal.transforms.end(),
                           [](const Transform& transform) { return transform.type > TransformType::Esn; });
    });
    QCOMPARE(seen.size(), before.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        QCOMPARE(seen[i].transforms, before[i].transforms);
    }
    QCOMPARE(groupsOf(ikeProposals(on)).front(), GroupId::Ecp256);
}

void TestPostQuantum::rekeysFollowUp_data() {
    QTest::addColumn<Rounds>("rounds");
    QTest::addColumn<bool>("byServer");
    QTest::addColumn<bool>("ofIke");
    for (const bool byServer : {false, true}) {
        for (const bool ofIke : {false, true}) {
            const auto name = QByteArray(byServer ? "the server's, " : "ours, ") + (ofIke ? "IKE SA" : "CHILD_SA");
            QTest::newRow((name + ", one").constData()) << one << byServer << ofIke;
            QTest::newRow((name + ", three").constData()) << three << byServer << ofIke;
        }
    }
}

void TestPostQuantum::rekeysFollowUp() {
    QFETCH(Rounds, rounds);
    QFETCH(bool, byServer);
    QFETCH(bool, ofIke);
    Setup setup(rounds);
    setup.server.pfs = true;
    const auto world = setup.world();
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    for (int i = 0; i < 2; ++i) {
        const auto before = world->children().begin()->first;
        begin(*world, byServer, ofIke);
        world->runFor(seconds(5));
        QVERIFY2(!world->isClosed(), world->errorCode().c_str());
        QCOMPARE(world->disagreement(), std::string());
        QCOMPARE(followUps(*world, byServer), static_cast<std::size_t>(i + 1));
        if (!ofIke) {
            QVERIFY(world->children().begin()->first != before);
        }
        QVERIFY(world->responder().mayRequest());
    }
    world->responder().checkAlive(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->responder().mayRequest(); }));
}

void TestPostQuantum::rekeysUnderLoss() {
    for (std::uint64_t seed = 1; seed <= 24; ++seed) {
        Setup setup(three);
        setup.server.pfs = true;
        setup.server.fragmentSize = 150;
        setup.client.timers.retransmitTries = 12;
        const auto world = setup.world(seed);
        QVERIFY(comesUp(*world));
        Conditions bad;
        bad.loss = 0.15;
        bad.duplicate = 0.2;
        bad.longest = std::chrono::milliseconds(300);
        world->setConditions(bad);
        begin(*world, seed % 2 == 0, seed % 4 < 2);
        if (seed % 3 == 0) { // across each other
            begin(*world, seed % 2 != 0, seed % 4 < 2);
        }
        world->runFor(seconds(120));
        world->setConditions({});
        world->runFor(seconds(30));
        QVERIFY2(!world->isClosed(), (std::to_string(seed) + ' ' + world->errorCode()).c_str());
        QVERIFY2(world->disagreement().empty(), (std::to_string(seed) + ' ' + world->disagreement()).c_str());
    }
}

void TestPostQuantum::statusFollowsTheKeys_data() {
    QTest::addColumn<bool>("byServer");
    QTest::newRow("ours") << false;
    QTest::newRow("the server's") << true;
}

void TestPostQuantum::statusFollowsTheKeys() {
    QFETCH(bool, byServer);
    Setup setup(one);
    setup.server.pfs = true;
    const auto world = setup.world();
    QVERIFY(comesUp(*world));
    QVERIFY(endsWith(world->suites().ikeSuite, " / ECP-256 + Curve25519"));
    QCOMPARE(world->suites().espSuite, std::string("AES-256-GCM"));
    const auto replace = [&](bool ofIke, bool theirs) {
        begin(*world, theirs, ofIke);
        world->runFor(seconds(5));
    };
    for (int twice = 0; twice < 2; ++twice) { // others at the first time only
        replace(false, byServer);
        QCOMPARE(world->suites().espSuite, std::string("AES-256-GCM / ECP-256 + Curve25519"));
        QCOMPARE(world->suiteChanges(), 1U);
    }
    world->responder().use(withoutAdditional({}));
    for (int twice = 0; twice < 2; ++twice) {
        replace(true, byServer);
        QVERIFY(endsWith(world->suites().ikeSuite, " / ECP-256"));
        QCOMPARE(world->suites().espSuite, std::string("AES-256-GCM / ECP-256 + Curve25519"));
        QCOMPARE(world->suiteChanges(), 2U);
    }
    Algorithms more;
    more.additional = one;
    world->responder().use(more);
    replace(true, true); // what the SA does not have is not offered by us again
    QVERIFY(endsWith(world->suites().ikeSuite, " / ECP-256 + Curve25519"));
    QCOMPARE(world->suiteChanges(), 3U);
    QCOMPARE(world->disagreement(), std::string());
}

void TestPostQuantum::whatTheKeysComeFrom() {
    ChosenSuite suite;
    QCOMPARE(postQuantumText(postQuantumSecrets(suite)), std::string());
    suite.additional = {GroupId::Curve25519, GroupId::MlKem768};
    auto secrets = postQuantumSecrets(suite);
    QCOMPARE(postQuantumText(secrets), std::string("ML-KEM-768"));
    secrets.ppk = true;
    suite.additional = {GroupId::Curve25519};
    secrets = postQuantumSecrets(suite, secrets);
    QCOMPARE(postQuantumText(secrets), std::string("ML-KEM-768 + PPK"));
    suite.additional = {GroupId::MlKem1024};
    QCOMPARE(postQuantumText(postQuantumSecrets(suite, secrets)), std::string("ML-KEM-1024 + PPK"));
}

// The SA in use goes on, and the next try makes another.
void TestPostQuantum::aForgottenFollowUp() {
    for (const bool ofIke : {false, true}) {
        Setup setup(one);
        setup.server.pfs = true;
        setup.server.forgetsFollowUp = true;
        const auto world = setup.world();
        QVERIFY(comesUp(*world));
        begin(*world, false, ofIke);
        world->runFor(seconds(5));
        QVERIFY2(!world->isClosed(), world->errorCode().c_str());
        QCOMPARE(world->disagreement(), std::string());
    }
}

// What is not under way, does not fit or comes for another.
void TestPostQuantum::strangeFollowUps() {
    Setup setup(one);
    const auto world = setup.world();
    QVERIFY(comesUp(*world));
    const auto ask = [&](const Payloads& payloads) {
        world->responder().sendRequest(world->now(), ExchangeType::FollowupKe, payloads);
        world->settle();
        world->runUntil([&] { return world->responder().isIdle(); });
        return world->responder().responsesSeen().back();
    };
    const auto ke = encodeKeyExchange({31, base::Bytes(32, 9)});
    const auto link = encodeNotify(NotifyType::AdditionalKeyExchange, base::Bytes{1, 2, 3});
    for (const auto& payloads : {Payloads{}, Payloads{ke}, Payloads{link}, Payloads{ke, link}}) {
        QVERIFY(findNotify(ask(payloads), NotifyType::StateNotFound));
    }
    QCOMPARE(world->disagreement(), std::string());
}

// By hand from RFC 9242 §3.3.2.
void TestPostQuantum::intermediateOctetsAsTheRfcHasThem() {
    Header header;
    header.initiatorSpi = 0x0102030405060708;
    header.responderSpi = 0x1112131415161718;
    header.exchange = ExchangeType::Intermediate;
    header.flags = flagInitiator;
    header.messageId = 1;
    header.firstPayload = PayloadType::EncryptedFragment; // it came in pieces
    const base::Bytes plain{0, 0, 0, 6, 0xAA, 0xBB};
    const base::Bytes expected{1, 2, 3, 4, 5, 6, 7, 8, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 46, 0x20, 43,
                               8, 0, 0, 0, 1, 0, 0, 0, 38,   34,   0x80, 0,    10,   0,    0,    0,    6,  0xAA, 0xBB};
    QCOMPARE(intermediateOctets(header, PayloadType::KeyExchange, 0x80, plain), expected);
}

void TestPostQuantum::intAuthChain() {
    IkeKeys keys;
    keys.proofInitiator = base::SecureBytes(base::Bytes(32, 1));
    keys.proofResponder = base::SecureBytes(base::Bytes(32, 2));
    IntAuth chain;
    QVERIFY(chain.octets().empty());
    const base::Bytes request{1, 2, 3};
    const base::Bytes response{4, 5};
    chain.add(keys, request, response);
    const auto first = crypto::prf(keys.prf, keys.proofInitiator.view(), {request});
    keys.proofInitiator = base::SecureBytes(base::Bytes(32, 3));
    chain.add(keys, request, response);
    const auto second = crypto::prf(keys.prf, keys.proofInitiator.view(), {first.view(), request});
    const auto octets = chain.octets();
    QCOMPARE(octets.size(), std::size_t{32 + 32 + 4});
    QVERIFY(std::equal(second.view().begin(), second.view().end(), octets.begin()));
    QCOMPARE(base::Bytes(octets.end() - 4, octets.end()), (base::Bytes{0, 0, 0, 3}));
}

// RFC 8784 §3: where the PRF's output is as long as its key, prf+ is prf(PPK, SK | 0x01).
void TestPostQuantum::ppkFormula() {
    const base::Bytes ppk(40, 0x5A);
    IkeKeys keys;
    keys.prf = PrfId::HmacSha384;
    keys.derive = base::SecureBytes(base::Bytes(48, 1));
    keys.proofInitiator = base::SecureBytes(base::Bytes(48, 2));
    keys.proofResponder = base::SecureBytes(base::Bytes(48, 3));
    const auto mixed = mixPpk(keys, ppk);
    const base::Bytes end{1};
    const auto expected = [&](const base::SecureBytes& key) {
        return crypto::hmac(crypto::Hash::Sha384, ppk, {key.view(), end});
    };
    QVERIFY(base::equalConstantTime(mixed.derive.view(), expected(keys.derive).view()));
    QVERIFY(base::equalConstantTime(mixed.proofInitiator.view(), expected(keys.proofInitiator).view()));
    QVERIFY(base::equalConstantTime(mixed.proofResponder.view(), expected(keys.proofResponder).view()));
}

void TestPostQuantum::ppkRight_data() {
    QTest::addColumn<bool>("eap");
    QTest::addColumn<bool>("required");
    QTest::newRow("PSK") << false << false;
    QTest::newRow("PSK, required") << false << true;
    QTest::newRow("EAP") << true << false;
    QTest::newRow("EAP, required") << true << true;
}

void TestPostQuantum::ppkRight() {
    QFETCH(bool, eap);
    QFETCH(bool, required);
    Setup setup;
    withPpk(setup, "tern", "a secret of both", required);
    setup.server.ppk = ResponderPpk{"tern", "a secret of both", true};
    if (eap) {
        setup.useEap();
    }
    const auto world = setup.world();
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    QCOMPARE(world->disagreement(), std::string()); // the child's keys come from the mixed SK_d
    QCOMPARE(world->established()->postQuantum, std::string("PPK"));
    world->responder().rekeyIke(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->responder().isIdle(); }));
    QCOMPARE(world->suites().postQuantum, std::string("PPK"));
    QCOMPARE(world->suiteChanges(), 0U);
    world->responder().checkAlive(world->now());
    world->settle();
    QVERIFY(world->runUntil([&] { return world->responder().isIdle(); }));
}

void TestPostQuantum::ppkRefused_data() {
    QTest::addColumn<bool>("eap");
    QTest::addColumn<bool>("serverHasPpk");
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<bool>("required");
    QTest::addColumn<std::string>("code");
    for (const bool eap : {false, true}) {
        const auto name = [eap](const char* what) { return QByteArray(what) + (eap ? ", EAP" : ", PSK"); };
        QTest::newRow(name("wrong secret").constData())
            << eap << true << "tern"
            << "another secret" << true << std::string("tern.ike.ppk.rejected");
        QTest::newRow(name("wrong secret, optional").constData())
            << eap << true << "tern"
            << "another secret" << false << std::string("tern.ike.ppk.rejected");
        QTest::newRow(name("unknown id").constData())
            << eap << true << "somebody"
            << "a secret of both" << true << std::string("tern.ike.ppk.rejected");
        QTest::newRow(name("a server without").constData())
            << eap << false << "tern"
            << "a secret of both" << true << std::string("tern.ike.ppk.unsupported");
    }
}

void TestPostQuantum::ppkRefused() {
    QFETCH(bool, eap);
    QFETCH(bool, serverHasPpk);
    QFETCH(QString, id);
    QFETCH(QString, secret);
    QFETCH(bool, required);
    QFETCH(std::string, code);
    Setup setup;
    withPpk(setup, id.toStdString(), secret.toStdString(), required);
    if (serverHasPpk) {
        setup.server.ppk = ResponderPpk{"tern", "a secret of both", false};
    }
    if (eap) {
        setup.useEap();
    }
    const auto world = setup.world();
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), code);
}

void TestPostQuantum::ppkOptional_data() {
    QTest::addColumn<bool>("eap");
    QTest::addColumn<bool>("serverHasPpk");
    QTest::newRow("unknown id, PSK") << false << true;
    QTest::newRow("unknown id, EAP") << true << true;
    QTest::newRow("a server without, PSK") << false << false;
    QTest::newRow("a server without, EAP") << true << false;
}

void TestPostQuantum::ppkOptional() {
    QFETCH(bool, eap);
    QFETCH(bool, serverHasPpk);
    Setup setup;
    withPpk(setup, "somebody", "a secret", false);
    if (serverHasPpk) {
        setup.server.ppk = ResponderPpk{"tern", "a secret of both", false};
    }
    if (eap) {
        setup.useEap();
    }
    const auto world = setup.world();
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    QCOMPARE(world->disagreement(), std::string());
    QCOMPARE(world->established()->postQuantum, std::string());
}

void TestPostQuantum::ppkIsAskedFor() {
    Setup setup;
    setup.client.ppk = Ppk{"tern", std::nullopt, true};
    std::get<PskAuthentication>(setup.client.authentication).key.reset();
    setup.server.ppk = ResponderPpk{"tern", "a secret of both", true};
    const auto world = setup.world();
    world->start();
    QCOMPARE(world->prompts().size(), std::size_t{1});
    QVERIFY(world->prompts().front().kind == Prompt::Kind::Psk);
    world->session().answer(world->now(), {}, base::SecureBytes(std::string_view("shared")));
    world->settle();
    QCOMPARE(world->prompts().size(), std::size_t{2});
    QVERIFY(world->prompts().back().kind == Prompt::Kind::Ppk);
    QCOMPARE(world->prompts().back().text, std::string("tern"));
    QVERIFY(world->sent().empty());
    world->session().answer(world->now(), {}, base::SecureBytes(std::string_view("a secret of both")));
    world->settle();
    QVERIFY(world->runUntil([&] { return world->isEstablished(); }));
}

void TestPostQuantum::ppkBesideIntermediate() {
    for (const bool eap : {false, true}) {
        Setup setup(three);
        withPpk(setup, "tern", "a secret of both", true);
        setup.server.ppk = ResponderPpk{"tern", "a secret of both", true};
        if (eap) {
            setup.useEap();
        }
        const auto world = setup.world();
        QVERIFY2(comesUp(*world), world->errorCode().c_str());
        QCOMPARE(world->disagreement(), std::string());
    }
}

// The ticket stands for keys that the PPK is in: who requires it may resume.
void TestPostQuantum::ppkOutlivesTheSession() {
    for (const bool known : {true, false}) {
        Setup setup;
        if (known) {
            withPpk(setup, "tern", "a secret of both", true);
        }
        setup.server.ppk = ResponderPpk{"tern", "a secret of both", false};
        const auto world = setup.world();
        QVERIFY2(comesUp(*world), world->errorCode().c_str());
        QVERIFY(world->ticket());
        world->responder().loseEverything();
        Setup again;
        withPpk(again, "tern", "a secret of both", true);
        again.client.ticket = world->ticket();
        world->replaceSession(std::move(again.client));
        world->start();
        QVERIFY(world->runUntil([&] { return world->responder().resumptions() == 1; }));
        if (!known) { // it holds the resumed SA, and would not listen
            world->responder().loseEverything();
        }
        QVERIFY(world->runUntil([&] { return world->isEstablished() || world->isClosed(); }));
        QVERIFY2(world->isEstablished(), world->errorCode().c_str());
        // Without it in the ticket's keys only the whole exchange will do.
        QCOMPARE(world->responder().initRequests(), known ? 1U : 2U);
        QCOMPARE(world->suites().postQuantum, std::string("PPK"));
        QCOMPARE(world->disagreement(), std::string());
    }
}

QTEST_APPLESS_MAIN(TestPostQuantum)
#include "tst_post_quantum.moc"
