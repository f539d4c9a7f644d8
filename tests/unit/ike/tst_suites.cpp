// What is offered, what is taken from a server that offers, and every algorithm from the first message to a packet.
#include "core/esp/security_association.h"
#include "tests/sim/world.h"

#include <QTest>
#include <algorithm>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using std::chrono::seconds;

namespace {

constexpr WantedSuite strongIke{EncryptionId::AesGcm16, 256, IntegrityId::None, PrfId::HmacSha256, GroupId::Ecp256};
constexpr WantedSuite strongEsp{EncryptionId::AesGcm16, 256, IntegrityId::None, PrfId::HmacSha256, GroupId::None};
// What Windows Server has as it comes.
constexpr WantedSuite oldWindows{EncryptionId::TripleDesCbc, 0, IntegrityId::HmacSha1_96, PrfId::HmacSha1,
                                 GroupId::Modp1024};

bool has(const Proposal& proposal, TransformType type, std::uint16_t id) {
    return std::any_of(proposal.transforms.begin(), proposal.transforms.end(),
                       [&](const Transform& transform) { return transform.type == type && transform.id == id; });
}

template<typename Id>
bool anyHas(const Proposals& proposals, TransformType type, Id id) {
    return std::any_of(proposals.begin(), proposals.end(),
                       [&](const Proposal& proposal) { return has(proposal, type, static_cast<std::uint16_t>(id)); });
}

std::vector<std::uint16_t> idsOf(const Proposal& proposal, TransformType type) {
    std::vector<std::uint16_t> ids;
    for (const auto& transform : proposal.transforms) {
        if (transform.type == type) {
            ids.push_back(transform.id);
        }
    }
    return ids;
}

Algorithms legacy() {
    return {true, false, {}, {}};
}

std::unique_ptr<World> worldOf(ResponderConfig server, Algorithms client = {}) {
    server.psk = "shared";
    auto config = pskClient("shared");
    config.algorithms = std::move(client);
    return std::make_unique<World>(1, std::move(config), std::move(server));
}

bool comesUp(World& world) {
    world.start();
    return world.runUntil([&] { return world.isEstablished() || world.isClosed(); }) && world.isEstablished();
}

bool rekeys(World& world) {
    const auto old = world.sendingWith();
    world.session().replaceKeys(world.now());
    world.settle();
    world.runFor(seconds(5));
    return !world.isClosed() && world.sendingWith() != old;
}

// A packet each way under the keys that both ends say they have.
std::string packetsFail(World& world) {
    const auto& ours = world.children().begin()->second;
    const auto& theirs = world.responder().children().begin()->second.keys;
    const auto carry = [](const crypto::SaKeys& from, const crypto::SaKeys& to) {
        auto out = esp::OutboundSa::create(from, from.extendedSequenceNumbers ? 0xFFFFFFFFU : 0U);
        auto in = esp::InboundSa::create(to, to.extendedSequenceNumbers ? 0xFFFFFFFFU : 0U);
        if (!out || !in) {
            return std::string("no such SA");
        }
        base::Bytes slot(out->sealedSize(100), 7);
        slot.resize(out->seal(slot, 100, esp::nextIpv4));
        return in->open(slot).verdict == esp::Verdict::Opened ? std::string() : std::string("a packet does not open");
    };
    const auto there = carry(ours.outbound, theirs.inbound);
    return there.empty() ? carry(theirs.outbound, ours.inbound) : there;
}

} // namespace

class TestSuites : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strongAloneByDefault();
    void orderIsForPickyServers();
    void chachaFirstOnSlowProcessors();
    void aeadAndIntegrityAreNotMixed();
    void firstMessageStaysWhole_data();
    void firstMessageStaysWhole();
    void wantedComesFirst();
    void weakWantedNeedsTheOptIn();
    void unusableWantedIsLeftOut();
    void choiceMustFitOneProposal();
    void childrenComeWithAndWithoutGroups();
    void everyIkeSuite_data();
    void everyIkeSuite();
    void everyEspSuite_data();
    void everyEspSuite();
    void extendedNumbersBothWays_data();
    void extendedNumbersBothWays();
    void legacyServerNeedsTheOptIn();
    void refusalWithTheOptInSaysSo();
    void strongServerIsMetStronglyDespiteTheOptIn();
    void hardenedServerIsMetByItsOwnPolicy();
    void pfsFallsBack_data();
    void pfsFallsBack();
    void noPfsOnceTheServerChoseNone();
    void originWithoutPfsIsNotAskedForIt();
    void uncalledForKeIsTolerated();
    void kindOfTheIkeSaIsGuessedForChildren();
    void texts();
};

void TestSuites::strongAloneByDefault() {
    for (const auto& proposals : {ikeProposals(), espProposals(1, Pfs::Preferred)}) {
        QVERIFY(!anyHas(proposals, TransformType::Encryption, EncryptionId::TripleDesCbc));
        QVERIFY(!anyHas(proposals, TransformType::Integrity, IntegrityId::HmacSha1_96));
        QVERIFY(!anyHas(proposals, TransformType::Prf, PrfId::HmacSha1));
        QVERIFY(!anyHas(proposals, TransformType::KeyExchange, GroupId::Modp1024));
        QVERIFY(!anyHas(proposals, TransformType::KeyExchange, GroupId::Modp1536));
    }
    for (const auto& proposals : {ikeProposals(legacy()), espProposals(1, Pfs::Preferred, legacy())}) {
        QVERIFY(anyHas(proposals, TransformType::Encryption, EncryptionId::TripleDesCbc));
        QVERIFY(anyHas(proposals, TransformType::Integrity, IntegrityId::HmacSha1_96));
        QVERIFY(anyHas(proposals, TransformType::KeyExchange, GroupId::Modp1024));
        QVERIFY(anyHas(proposals, TransformType::KeyExchange, GroupId::Modp1536));
        // The strong ones stand as they are, before anything weak.
        QVERIFY(!anyHas({proposals[0], proposals[1]}, TransformType::Encryption, EncryptionId::TripleDesCbc));
        QVERIFY(!anyHas({proposals[0], proposals[1]}, TransformType::KeyExchange, GroupId::Modp1024));
    }
    QVERIFY(anyHas(ikeProposals(legacy()), TransformType::Prf, PrfId::HmacSha1));
}

void TestSuites::orderIsForPickyServers() {
    for (const auto& algorithms : {Algorithms{}, legacy(), Algorithms{false, true, {}, {}}}) {
        const auto groups = groupsOf(ikeProposals(algorithms));
        QCOMPARE(groups.front(), GroupId::Ecp256); // in the KE: no id above 21 (Zyxel)
        QVERIFY(std::find(groups.begin(), groups.end(), GroupId::Modp2048) != groups.end()); // what Azure asks for then
    }
    const auto proposals = ikeProposals();
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        QCOMPARE(std::size_t{proposals[i].number}, i + 1); // RFC 7296 §3.3.1
        QCOMPARE(idsOf(proposals[i], TransformType::KeyExchange).size(), std::size_t{10});
        QCOMPARE(idsOf(proposals[i], TransformType::Prf).front(), static_cast<std::uint16_t>(PrfId::HmacSha256));
    }
    for (const auto& proposal : espProposals(1, Pfs::Preferred)) {
        QCOMPARE(idsOf(proposal, TransformType::Esn), (std::vector<std::uint16_t>{0, 1}));
    }
}

void TestSuites::chachaFirstOnSlowProcessors() {
    const auto chacha = static_cast<std::uint16_t>(EncryptionId::ChaCha20Poly1305);
    for (const bool slow : {false, true}) {
        const Algorithms algorithms{false, slow, {}, {}};
        for (const auto& proposals : {ikeProposals(algorithms), espProposals(1, Pfs::Without, algorithms)}) {
            const auto ids = idsOf(proposals.front(), TransformType::Encryption);
            QCOMPARE(ids.front() == chacha, slow);
            QCOMPARE(std::count(ids.begin(), ids.end(), chacha), 1);
        }
    }
}

void TestSuites::aeadAndIntegrityAreNotMixed() {
    for (const auto& proposals :
         {ikeProposals(legacy()), espProposals(1, Pfs::Preferred, legacy()), espProposals(1, Pfs::Required)}) {
        for (const auto& proposal : proposals) {
            bool aead = false;
            bool plain = false;
            for (const auto& transform : proposal.transforms) {
                if (transform.type == TransformType::Encryption) {
                    const auto traits = crypto::encryptionTraits(transform.id, transform.keyBits);
                    QVERIFY(traits.has_value());
                    (traits->isAead() ? aead : plain) = true;
                }
            }
            QVERIFY(aead != plain);
            QCOMPARE(idsOf(proposal, TransformType::Integrity).empty(), aead);
        }
    }
}

void TestSuites::firstMessageStaysWhole_data() {
    QTest::addColumn<bool>("old");
    QTest::addColumn<int>("wanted");
    QTest::newRow("default") << false << 0;
    QTest::newRow("legacy") << true << 0;
    QTest::newRow("legacy and the origin's policy") << true << 1;
}

// 1280 octets with IPv6 and UDP in front, and room for what else belongs in the message (cookie, more notifications).
void TestSuites::firstMessageStaysWhole() {
    QFETCH(bool, old);
    QFETCH(int, wanted);
    Algorithms algorithms{old, false, {}, {}};
    algorithms.ike.assign(static_cast<std::size_t>(wanted), strongIke);
    const auto world = worldOf({}, algorithms);
    QVERIFY(comesUp(*world));
    constexpr std::size_t headers = 40 + 8;
    constexpr std::size_t others = 200;
    const auto size = world->sent().front().payload.size();
    QVERIFY2(size + headers + others <= 1280, qPrintable(QString::number(size)));
}

void TestSuites::wantedComesFirst() {
    const WantedSuite policy{EncryptionId::AesCbc, 256, IntegrityId::HmacSha384_192, PrfId::HmacSha384,
                             GroupId::Ecp384};
    const Algorithms algorithms{false, false, {policy}, {strongEsp, policy}};
    const auto ike = ikeProposals(algorithms);
    QCOMPARE(ike.size(), ikeProposals().size() + 1);
    QCOMPARE(ike.front().transforms.size(), std::size_t{4});
    QVERIFY(has(ike.front(), TransformType::Encryption, static_cast<std::uint16_t>(EncryptionId::AesCbc)));
    QVERIFY(has(ike.front(), TransformType::Integrity, static_cast<std::uint16_t>(IntegrityId::HmacSha384_192)));
    QVERIFY(has(ike.front(), TransformType::Prf, static_cast<std::uint16_t>(PrfId::HmacSha384)));
    QCOMPARE(groupsOf(ike).front(), GroupId::Ecp384); // so the KE is of it, too
    const auto esp = espProposals(1, Pfs::Without, algorithms);
    QCOMPARE(esp.front().transforms.size(), std::size_t{3}); // encryption and both kinds of sequence numbers
    QCOMPARE(idsOf(esp[1], TransformType::Integrity),
             std::vector{static_cast<std::uint16_t>(IntegrityId::HmacSha384_192)});
    QVERIFY(groupsOf(esp).empty());
    const auto pfs = espProposals(1, Pfs::Required, algorithms);
    QCOMPARE(idsOf(pfs[1], TransformType::KeyExchange), std::vector{static_cast<std::uint16_t>(GroupId::Ecp384)});
}

void TestSuites::weakWantedNeedsTheOptIn() {
    for (auto weak :
         {oldWindows,
          WantedSuite{EncryptionId::AesCbc, 256, IntegrityId::HmacSha256_128, PrfId::HmacSha256, GroupId::Modp1024},
          WantedSuite{EncryptionId::AesCbc, 256, IntegrityId::HmacSha256_128, PrfId::HmacSha1, GroupId::Modp2048},
          WantedSuite{EncryptionId::AesCbc, 256, IntegrityId::HmacSha1_96, PrfId::HmacSha256, GroupId::Modp2048}}) {
        QVERIFY(isWeak(weak, ProtocolId::Ike));
        QCOMPARE(ikeProposals({false, false, {weak}, {}}), ikeProposals());
        QCOMPARE(ikeProposals({true, false, {weak}, {}}).size(), ikeProposals(legacy()).size() + 1);
    }
    QVERIFY(!isWeak(strongIke, ProtocolId::Ike));
    QCOMPARE(espProposals(1, Pfs::Without, {false, false, {}, {oldWindows}}), espProposals(1, Pfs::Without));
    auto prfOnly = strongEsp;
    prfOnly.prf = PrfId::HmacSha1; // means nothing for ESP
    QVERIFY(!isWeak(prfOnly, ProtocolId::Esp));
}

void TestSuites::unusableWantedIsLeftOut() {
    auto noGroup = strongIke;
    noGroup.group = GroupId::None;
    auto noIntegrity = strongIke;
    noIntegrity.encryption = EncryptionId::AesCbc;
    auto oddKey = strongIke;
    oddKey.keyBits = 100;
    QCOMPARE(ikeProposals({true, false, {noGroup, noIntegrity, oddKey}, {}}), ikeProposals(legacy()));
}

void TestSuites::choiceMustFitOneProposal() {
    const auto offered = ikeProposals();
    const auto& aead = offered[0];
    const auto& withMac = offered[1];
    const auto pick = [](const Proposal& of, TransformType type, std::size_t index = 0) {
        std::vector<Transform> all;
        std::copy_if(of.transforms.begin(), of.transforms.end(), std::back_inserter(all),
                     [type](const Transform& transform) { return transform.type == type; });
        return all.at(index);
    };
    const auto encryption = pick(aead, TransformType::Encryption);
    const auto prf = pick(aead, TransformType::Prf);
    const auto group = pick(aead, TransformType::KeyExchange);
    const auto unoffered = [&](std::uint8_t number, std::vector<Transform> transforms) {
        const auto chosen = checkChoice(offered, {{number, ProtocolId::Ike, {}, std::move(transforms)}});
        return !chosen && chosen.error().code == "tern.ike.proposal.unoffered";
    };
    QVERIFY(!unoffered(1, {encryption, prf, group}));
    QVERIFY(!unoffered(1, {group, encryption, prf})); // any order
    // NONE for integrity says what leaving it out says (RFC 7296 §3.3.3).
    QVERIFY(!unoffered(1, {encryption, {TransformType::Integrity, 0, 0}, prf, group}));
    QVERIFY(unoffered(1, {encryption, prf, pick(aead, TransformType::Prf, 1), group}));
    QVERIFY(unoffered(1, {encryption, prf, group, pick(aead, TransformType::KeyExchange, 1)}));
    QVERIFY(unoffered(1, {encryption, pick(aead, TransformType::Encryption, 1), prf, group}));
    QVERIFY(unoffered(1, {encryption, prf}));
    QVERIFY(unoffered(1, {encryption, prf, {TransformType::KeyExchange, 0, 0}}));
    QVERIFY(unoffered(1, {encryption, pick(withMac, TransformType::Integrity), prf, group}));
    QVERIFY(unoffered(1, {pick(withMac, TransformType::Encryption), prf, group}));
    // CBC was offered, but with integrity beside it and not without.
    QVERIFY(unoffered(2, {pick(withMac, TransformType::Encryption), prf, group}));
    QVERIFY(unoffered(2, {encryption, prf, group}));
    QVERIFY(unoffered(3, {encryption, prf, group}));
    QVERIFY(unoffered(1, {{TransformType::Encryption, encryption.id, 0}, prf, group})); // the key length matters
    QVERIFY(unoffered(1, {encryption, prf, group, {static_cast<TransformType>(77), 1, 0}}));
    QVERIFY(unoffered(1, {encryption, prf, {TransformType::KeyExchange, 2, 0}}));
    // ESP: sequence numbers of one kind, not of both.
    const auto esp = espProposals(1, Pfs::Without);
    const auto cipher = esp.front().transforms.front();
    const auto choice = [&](std::vector<Transform> transforms) {
        return checkChoice(esp, {{1, ProtocolId::Esp, {0, 0, 1, 1}, std::move(transforms)}});
    };
    QVERIFY(choice({cipher, {TransformType::Esn, 1, 0}})->extendedSequenceNumbers);
    QVERIFY(!choice({cipher, {TransformType::Esn, 0, 0}})->extendedSequenceNumbers);
    QVERIFY(!choice({cipher})->extendedSequenceNumbers);
    QVERIFY(!choice({cipher, {TransformType::Esn, 0, 0}, {TransformType::Esn, 1, 0}}));
    QVERIFY(!choice({cipher, {TransformType::Esn, 0, 0}, {TransformType::KeyExchange, 19, 0}}));
}

void TestSuites::childrenComeWithAndWithoutGroups() {
    const auto both = espProposals(1, Pfs::Preferred);
    const auto without = espProposals(1, Pfs::Without);
    const auto with = espProposals(1, Pfs::Required);
    QCOMPARE(both.size(), without.size() + with.size());
    for (std::size_t i = 0; i < both.size(); ++i) {
        QCOMPARE(idsOf(both[i], TransformType::KeyExchange).empty(), i >= with.size());
        QCOMPARE(std::size_t{both[i].number}, i + 1);
    }
    QVERIFY(groupsOf(without).empty());
}

void TestSuites::everyIkeSuite_data() {
    QTest::addColumn<int>("encryption");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("integrity");
    QTest::addColumn<int>("prf");
    QTest::addColumn<int>("group");
    const auto row = [](const WantedSuite& suite) {
        const ChosenSuite chosen{suite.encryption, suite.keyBits, suite.prf, suite.integrity, suite.group, false};
        QTest::newRow(ikeSuiteText(chosen).c_str()) << int(suite.encryption) << int(suite.keyBits)
                                                    << int(suite.integrity) << int(suite.prf) << int(suite.group);
    };
    for (const auto id : {EncryptionId::AesGcm16, EncryptionId::AesGcm12, EncryptionId::AesGcm8}) {
        for (const auto bits : std::initializer_list<std::uint16_t>{256, 128}) {
            row({id, bits, IntegrityId::None, PrfId::HmacSha256, GroupId::Ecp256});
        }
    }
    row({EncryptionId::AesGcm16, 192, IntegrityId::None, PrfId::HmacSha384, GroupId::Ecp384});
    row({EncryptionId::ChaCha20Poly1305, 0, IntegrityId::None, PrfId::HmacSha512, GroupId::Curve25519});
    for (const auto bits : std::initializer_list<std::uint16_t>{256, 192, 128}) {
        row({EncryptionId::AesCbc, bits, IntegrityId::HmacSha256_128, PrfId::HmacSha256, GroupId::Ecp256});
    }
    for (const auto bits : std::initializer_list<std::uint16_t>{256, 128}) {
        row({EncryptionId::AesCtr, bits, IntegrityId::HmacSha256_128, PrfId::HmacSha256, GroupId::Ecp256});
    }
    for (const auto id :
         {IntegrityId::HmacSha384_192, IntegrityId::HmacSha512_256, IntegrityId::AesXcbc96, IntegrityId::AesCmac96}) {
        row({EncryptionId::AesCbc, 256, id, PrfId::HmacSha256, GroupId::Ecp256});
    }
    for (const auto id : {PrfId::HmacSha384, PrfId::HmacSha512, PrfId::AesXcbc, PrfId::AesCmac}) {
        row({EncryptionId::AesGcm16, 256, IntegrityId::None, id, GroupId::Ecp256});
    }
    for (const auto id : {GroupId::Ecp384, GroupId::Ecp521, GroupId::Curve25519, GroupId::Curve448, GroupId::Modp2048,
                          GroupId::Modp3072, GroupId::Modp4096, GroupId::Modp6144, GroupId::Modp8192}) {
        row({EncryptionId::AesGcm16, 256, IntegrityId::None, PrfId::HmacSha256, id});
    }
}

// A server that takes this one suite only finds it in what is offered by default.
void TestSuites::everyIkeSuite() {
    QFETCH(int, encryption);
    QFETCH(int, bits);
    QFETCH(int, integrity);
    QFETCH(int, prf);
    QFETCH(int, group);
    ResponderConfig server;
    server.onlyIke =
        WantedSuite{static_cast<EncryptionId>(encryption), static_cast<std::uint16_t>(bits),
                    static_cast<IntegrityId>(integrity), static_cast<PrfId>(prf), static_cast<GroupId>(group)};
    const auto world = worldOf(std::move(server));
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    world->runFor(seconds(1));
    QCOMPARE(world->established()->ikeSuite, std::string(QTest::currentDataTag()));
    QCOMPARE(world->disagreement(), std::string());
    // The new IKE SA, made by the server, has the same suite.
    world->responder().rekeyIke(world->now());
    world->settle();
    world->runFor(seconds(2));
    world->responder().checkAlive(world->now());
    world->settle();
    world->runFor(seconds(2));
    QVERIFY(world->responder().isIdle());
    QVERIFY(rekeys(*world));
    QCOMPARE(world->disagreement(), std::string());
}

void TestSuites::everyEspSuite_data() {
    QTest::addColumn<int>("encryption");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("integrity");
    const auto row = [](EncryptionId encryption, std::uint16_t bits, IntegrityId integrity = IntegrityId::None) {
        const ChosenSuite chosen{encryption, bits, PrfId::HmacSha256, integrity, GroupId::None, false};
        QTest::newRow(espSuiteText(chosen).c_str()) << int(encryption) << int(bits) << int(integrity);
    };
    for (const auto id : {EncryptionId::AesGcm16, EncryptionId::AesGcm12, EncryptionId::AesGcm8}) {
        row(id, 256);
        row(id, 128);
    }
    row(EncryptionId::AesGcm16, 192);
    row(EncryptionId::ChaCha20Poly1305, 0);
    row(EncryptionId::AesCbc, 256, IntegrityId::HmacSha256_128);
    row(EncryptionId::AesCbc, 192, IntegrityId::HmacSha384_192);
    row(EncryptionId::AesCbc, 128, IntegrityId::HmacSha512_256);
    row(EncryptionId::AesCbc, 128, IntegrityId::AesXcbc96);
    row(EncryptionId::AesCbc, 128, IntegrityId::AesCmac96);
    row(EncryptionId::AesCtr, 256, IntegrityId::HmacSha256_128);
    row(EncryptionId::AesCtr, 128, IntegrityId::AesXcbc96);
}

void TestSuites::everyEspSuite() {
    QFETCH(int, encryption);
    QFETCH(int, bits);
    QFETCH(int, integrity);
    ResponderConfig server;
    server.onlyEsp = WantedSuite{static_cast<EncryptionId>(encryption), static_cast<std::uint16_t>(bits),
                                 static_cast<IntegrityId>(integrity), PrfId::HmacSha256, GroupId::None};
    const auto world = worldOf(std::move(server));
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    world->runFor(seconds(1));
    QCOMPARE(world->established()->espSuite, std::string(QTest::currentDataTag()));
    QCOMPARE(packetsFail(*world), std::string());
    QVERIFY(rekeys(*world));
    QCOMPARE(packetsFail(*world), std::string());
}

void TestSuites::extendedNumbersBothWays_data() {
    QTest::addColumn<int>("server"); // 0: without only, 1: with only, 2: either
    QTest::addColumn<bool>("expected");
    QTest::newRow("a server that knows none, like Windows") << 0 << false;
    QTest::newRow("a server that takes nothing else") << 1 << true;
    QTest::newRow("a server with both") << 2 << false;
}

void TestSuites::extendedNumbersBothWays() {
    QFETCH(int, server);
    QFETCH(bool, expected);
    ResponderConfig config;
    if (server < 2) {
        config.extendedNumbers = server == 1;
    }
    const auto world = worldOf(std::move(config));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QCOMPARE(world->established()->espSuite, std::string(expected ? "AES-256-GCM / ESN" : "AES-256-GCM"));
    for (int rekeyed = 0; rekeyed < 3; ++rekeyed) {
        const auto& ours = world->children().begin()->second;
        QCOMPARE(ours.inbound.extendedSequenceNumbers, expected);
        QCOMPARE(ours.outbound.extendedSequenceNumbers, expected);
        QCOMPARE(world->responder().children().begin()->second.keys.inbound.extendedSequenceNumbers, expected);
        QCOMPARE(packetsFail(*world), std::string());
        if (rekeyed == 0) {
            QVERIFY(rekeys(*world));
        } else {
            world->responder().rekeyChild(world->now());
            world->settle();
            world->runFor(seconds(5));
        }
        QCOMPARE(world->disagreement(), std::string());
    }
}

void TestSuites::legacyServerNeedsTheOptIn() {
    ResponderConfig server;
    server.onlyIke = oldWindows;
    server.onlyEsp = oldWindows;
    server.extendedNumbers = false;
    auto refused = worldOf(server);
    QVERIFY(!comesUp(*refused));
    QCOMPARE(refused->errorCode(), std::string("tern.ike.proposal"));
    const auto world = worldOf(std::move(server), legacy());
    QVERIFY2(comesUp(*world), world->errorCode().c_str());
    world->runFor(seconds(1));
    QCOMPARE(world->established()->ikeSuite, std::string("3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024"));
    QCOMPARE(world->established()->weakAlgorithms, std::string("3DES, SHA-1, MODP-1024"));
    QCOMPARE(packetsFail(*world), std::string());
    QVERIFY(rekeys(*world));
    QCOMPARE(packetsFail(*world), std::string());
}

// With the opt-in the advice to set it would be of no use.
void TestSuites::refusalWithTheOptInSaysSo() {
    ResponderConfig server;
    server.onlyIke = WantedSuite{EncryptionId::AesCtr, 192, IntegrityId::HmacSha1_96, PrfId::HmacSha1, GroupId::Ecp256};
    const auto world = worldOf(std::move(server), legacy());
    QVERIFY(!comesUp(*world));
    QCOMPARE(world->errorCode(), std::string("tern.ike.proposal.none"));
}

void TestSuites::strongServerIsMetStronglyDespiteTheOptIn() {
    const auto world = worldOf({}, legacy());
    QVERIFY(comesUp(*world));
    QCOMPARE(world->established()->ikeSuite, std::string("AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256"));
    QVERIFY(world->established()->weakAlgorithms.empty());
}

void TestSuites::hardenedServerIsMetByItsOwnPolicy() {
    // One custom policy, and a server that looks at the first proposal only.
    const WantedSuite ike{EncryptionId::AesGcm16, 256, IntegrityId::None, PrfId::HmacSha384, GroupId::Ecp384};
    const WantedSuite esp{EncryptionId::AesGcm16, 256, IntegrityId::None, PrfId::HmacSha384, GroupId::Ecp384};
    ResponderConfig server;
    server.onlyIke = ike;
    server.onlyEsp = esp;
    server.pfs = true;
    const auto world = worldOf(std::move(server), {false, false, {ike}, {esp}});
    QVERIFY(comesUp(*world));
    const auto& first = world->sent().front().payload;
    const auto payloads = parsePayloads(parseHeader(first)->firstPayload, base::ByteView(first).subspan(headerSize));
    const auto proposals = parseProposals(find(*payloads, PayloadType::SecurityAssociation)->body);
    QCOMPARE(proposals->front().transforms.size(), std::size_t{3});
    QCOMPARE(parseKeyExchange(*find(*payloads, PayloadType::KeyExchange))->group, std::uint16_t{20}); // no second try
    QCOMPARE(
        std::count_if(world->sent().begin(), world->sent().end(), [](const auto& s) { return !s.natTraversalPort; }),
        1);
    QVERIFY(rekeys(*world));
    QCOMPARE(world->responder().children().begin()->second.sa.suite.group, GroupId::Ecp384);
    QCOMPARE(world->disagreement(), std::string());
}

void TestSuites::pfsFallsBack_data() {
    QTest::addColumn<int>("notify");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("NO_PROPOSAL_CHOSEN") << int(NotifyType::NoProposalChosen) << QByteArray();
    QTest::newRow("INVALID_SYNTAX") << int(NotifyType::InvalidSyntax) << QByteArray();
    QTest::newRow("INVALID_KE_PAYLOAD with no group at all") << int(NotifyType::InvalidKePayload) << QByteArray("0000");
    QTest::newRow("Windows error 13816") << int(NotifyType::WindowsError) << QByteArray("000035f8");
}

void TestSuites::pfsFallsBack() {
    QFETCH(int, notify);
    QFETCH(QByteArray, data);
    ResponderConfig server;
    server.keError =
        Notification{ProtocolId::None, {}, static_cast<NotifyType>(notify), base::fromHex(data.toStdString())};
    const auto world = worldOf(std::move(server));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QVERIFY(rekeys(*world));
    QCOMPARE(world->disagreement(), std::string());
    const auto refusals = world->responder().requestsSeen().size();
    QVERIFY(rekeys(*world)); // learned: no KE any more, one CREATE_CHILD_SA and one DELETE
    QCOMPARE(world->responder().requestsSeen().size(), refusals + 2);
}

void TestSuites::noPfsOnceTheServerChoseNone() {
    const auto world = worldOf({}); // pfs = false: of the proposals it takes one without a group
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    const auto lastRekey = [&] {
        const auto& seen = world->responder().requestsSeen();
        return *std::find_if(seen.rbegin(), seen.rend(),
                             [](const Payloads& p) { return findNotify(p, NotifyType::RekeySa).has_value(); });
    };
    QVERIFY(rekeys(*world));
    QVERIFY(find(lastRekey(), PayloadType::KeyExchange) != nullptr);
    QVERIFY(rekeys(*world));
    QVERIFY(find(lastRekey(), PayloadType::KeyExchange) == nullptr);
    QVERIFY(groupsOf(*parseProposals(find(lastRekey(), PayloadType::SecurityAssociation)->body)).empty());
    QCOMPARE(world->disagreement(), std::string());
}

void TestSuites::originWithoutPfsIsNotAskedForIt() {
    ResponderConfig server;
    server.keError = Notification{ProtocolId::None, {}, NotifyType::TemporaryFailure, {}}; // no way round it
    const auto world = worldOf(std::move(server), {false, false, {strongIke}, {strongEsp}});
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QVERIFY(rekeys(*world));
}

void TestSuites::uncalledForKeIsTolerated() {
    ResponderConfig server;
    server.uncalledForKe = true;
    const auto world = worldOf(std::move(server));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    QVERIFY(rekeys(*world));
    QCOMPARE(world->disagreement(), std::string());
    const auto old = world->sendingWith();
    world->responder().rekeyChild(world->now());
    world->settle();
    world->runFor(seconds(5));
    QVERIFY(world->sendingWith() != old);
    QCOMPARE(world->disagreement(), std::string());
}

void TestSuites::kindOfTheIkeSaIsGuessedForChildren() {
    ResponderConfig server;
    server.onlyGroup = GroupId::Modp2048;
    server.pfs = true;
    const auto world = worldOf(std::move(server));
    QVERIFY(comesUp(*world));
    world->runFor(seconds(1));
    const auto before = world->responder().requestsSeen().size();
    QVERIFY(rekeys(*world));
    QCOMPARE(world->responder().requestsSeen().size(), before + 2); // no INVALID_KE_PAYLOAD between
}

void TestSuites::texts() {
    QCOMPARE(
        ikeSuiteText({EncryptionId::AesCtr, 256, PrfId::AesXcbc, IntegrityId::AesCmac96, GroupId::Curve448, false}),
        std::string("AES-256-CTR / AES-CMAC / PRF-AES128-XCBC / Curve448"));
    QCOMPARE(espSuiteText({EncryptionId::AesGcm8, 128, PrfId::HmacSha256, IntegrityId::None, GroupId::Modp8192, true}),
             std::string("AES-128-GCM-8 / MODP-8192 / ESN"));
}

QTEST_GUILESS_MAIN(TestSuites)
#include "tst_suites.moc"
