// The whole session against a server whose words are changed by the input: datagrams from outside, and messages that
// are authentic but damaged inside, up to the established connection and beyond.
#include "core/crypto/openssl_key.h"
#include "core/ike/selectors.h"
#include "tests/fuzz/choices.h"
#include "tests/sim/world.h"

#include <array>
#include <cstdlib>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using tern::test::Choices;
using tern::test::damage;

namespace {

const Credentials& server() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}

// A certificate of the client's.
struct Alice {
    test::Issued authority = test::issue(test::authoritySpec("Client authority"));
    crypto::Credential credential;

    Alice() {
        test::CertificateSpec spec;
        spec.commonName = "alice";
        spec.extendedUsage = "clientAuth";
        auto leaf = test::issue(spec, &authority);
        crypto::Material material;
        material.certificates = {leaf.der()};
        material.keys.push_back(crypto::memoryKey(std::move(leaf.key)).value());
        credential = crypto::assemble(std::move(material))->front();
    }
};

const Alice& alice() {
    static const Alice made;
    return made;
}

struct Setup {
    SessionConfig client;
    ResponderConfig server;
};

// How the two of them sign in.
Setup signIn(unsigned kind, bool typed) {
    Setup setup;
    setup.server.credentials = &server();
    switch (kind % 4) {
    case 0:
        setup.client = pskClient("shared");
        setup.server.psk = "shared";
        break;
    case 1:
        setup.client = eapClient(server(), typed ? "" : "Correct-horse-9");
        break;
    default: {
        setup.client = eapClient(server(), "");
        CertificateAuthentication certificate;
        certificate.credentials = {alice().credential};
        setup.server.clients.emplace();
        setup.server.clients->authorityPem = alice().authority.pem();
        if (kind % 4 == 3) {
            setup.server.clients->thenEap = true;
            certificate.then.emplace();
            certificate.then->username = "alice";
            certificate.then->password = base::SecureBytes(std::string_view("Correct-horse-9"));
        }
        setup.client.authentication = std::move(certificate);
        break;
    }
    }
    return setup;
}

// What else they may agree on.
void agree(Choices& choices, Setup& setup) {
    const auto flags = choices.next();
    if ((flags & 1U) != 0) {
        setup.client.algorithms.additional = {{GroupId::Curve25519}};
        setup.server.algorithms.additional = {{GroupId::Curve25519}};
    }
    if ((flags & 2U) != 0) {
        setup.client.ppk = Ppk{"id", base::SecureBytes(std::string_view("secret")), (flags & 4U) != 0};
        setup.server.ppk = ResponderPpk{"id", "secret", false};
    }
    setup.server.cookie = (flags & 8U) != 0;
    if ((flags & 16U) != 0) {
        setup.server.onlyGroup = GroupId::Ecp256;
    }
    setup.client.childless = setup.server.childless = (flags & 32U) != 0;
    if ((flags & 64U) != 0) {
        for (const auto* text : {"10.1.0.0/16", "10.2.0.0/16"}) {
            const auto prefix = base::IpPrefix::fromText(text).value_or(base::IpPrefix());
            setup.client.remoteSubnets.push_back(prefix);
            setup.server.subnets.push_back(selectorOf(prefix));
        }
        setup.server.announcesMore = true;
    }
    if ((flags & 128U) != 0) {
        setup.client.certificateCheck = SessionConfig::CertificateCheck::Awaited;
    }
}

void act(Choices& choices, World& world) {
    auto& responder = world.responder();
    const bool idle = responder.isIdle() && !responder.children().empty();
    switch (choices.next() % 14) {
    case 0:
        world.session().receive(world.now(), choices.bytes(choices.next()));
        break;
    case 1:
        world.session().replaceKeys(world.now());
        break;
    case 2:
        if (idle) {
            responder.rekeyChild(world.now());
        }
        break;
    case 3:
        if (idle) {
            responder.rekeyIke(world.now());
        }
        break;
    case 4:
        if (idle) {
            Payloads payloads{encodeDelete({ProtocolId::Esp, {responder.children().begin()->first}})};
            damage(choices, payloads);
            responder.sendRequest(world.now(), ExchangeType::Informational, payloads);
        }
        break;
    case 5:
        if (idle) {
            Payloads payloads{
                {PayloadType::SecurityAssociation, encodeProposals(espProposals(0x2000, Pfs::Preferred)), false},
                encodeNonce(base::Bytes(32, 1)),
                encodeKeyExchange({19, choices.bytes(64)}),
                encodeSelectors(PayloadType::TrafficSelectorInitiator, everything(true, true)),
                encodeSelectors(PayloadType::TrafficSelectorResponder, everything(true, true))};
            base::Bytes spi(4);
            const auto value = responder.children().begin()->first;
            for (unsigned i = 0; i < 4; ++i) {
                spi[i] = static_cast<std::uint8_t>(value >> (24U - 8 * i));
            }
            payloads.push_back(encodeNotify({ProtocolId::Esp, spi, NotifyType::RekeySa, {}}));
            damage(choices, payloads);
            responder.sendRequest(world.now(), ExchangeType::CreateChildSa, payloads);
        }
        break;
    case 6:
        if (idle) { // what a server may say of addresses, redirects and tickets
            constexpr std::array types{
                NotifyType::AdditionalIp4Address, NotifyType::AdditionalIp6Address, NotifyType::Cookie2,
                NotifyType::UpdateSaAddresses,    NotifyType::NatDetectionSourceIp, NotifyType::Redirect,
                NotifyType::TicketLtOpaque,       NotifyType::NoAdditionalAddresses};
            Payloads payloads;
            for (int i = choices.next() % 4; i >= 0; --i) {
                payloads.push_back(encodeNotify(types.at(static_cast<std::size_t>(choices.next()) % types.size()),
                                                choices.bytes(choices.next() % 24)));
            }
            responder.sendRequest(world.now(), ExchangeType::Informational, payloads);
        }
        break;
    case 7: {
        const base::Endpoint client{*base::IpAddress::fromBytes(base::Bytes{198, 51, 100, choices.next()}), 40000};
        world.moveClient({client.address, client.port,
                          world.now().time_since_epoch().count() % 2 == 0 ? *base::IpAddress::fromText("203.0.113.10")
                                                                          : *base::IpAddress::fromText("203.0.113.11")},
                         client);
        break;
    }
    case 8:
        world.session().resumed(world.now());
        break;
    case 9:
        world.session().answer(world.now(), "alice", base::SecureBytes(choices.bytes(choices.next() % 8)));
        break;
    case 10:
        world.session().certificatesChecked(world.now(), std::nullopt);
        break;
    case 11:
        world.session().probePath(world.now(), 600 + 4U * choices.next());
        break;
    case 12:
        if (idle) {
            responder.redirect(world.now(), {std::nullopt, base::toText(choices.bytes(choices.next() % 20))});
        }
        break;
    default:
        world.session().close(world.now());
        break;
    }
    world.settle();
    world.runFor(std::chrono::milliseconds(choices.next() * 4));
}

void live(Choices& choices, World& world) {
    world.start();
    world.runFor(std::chrono::milliseconds(500));
    for (int i = 0; i < 12 && !choices.atEnd() && !world.isClosed(); ++i) {
        act(choices, world);
    }
    world.runFor(std::chrono::minutes(5));
    if (!world.isClosed()) {
        world.session().close(world.now());
        world.settle();
        world.runFor(std::chrono::seconds(3));
    }
    // Whatever the server says, the end comes.
    if (!world.isClosed()) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(base::ByteView(data, size));
    const auto flags = choices.next();
    const auto kind = choices.next();
    const bool typed = (flags & 16U) != 0;
    auto setup = signIn(kind, typed);
    agree(choices, setup);
    auto& config = setup.server;
    config.fragmentSize = 100 + choices.next();
    config.pfs = (flags & 1U) != 0;
    // Which of the server's messages are damaged; of those under keys one in four or so.
    if ((flags & 2U) != 0) {
        config.changeInit = [&choices](Payloads& payloads) { damage(choices, payloads); };
    }
    if ((flags & 4U) != 0) {
        config.changeAuth = [&choices](Payloads& payloads) { damage(choices, payloads); };
    }
    if ((flags & 8U) != 0) {
        config.changeIntermediate = [&choices](Payloads& payloads) { damage(choices, payloads); };
    }
    if ((flags & 32U) != 0) {
        config.changeSealed = [&choices](Payloads& payloads, bool /*response*/) {
            if (choices.next() % 4 == 1) {
                damage(choices, payloads);
            }
        };
    }
    World world(1, std::move(setup.client), std::move(config));
    live(choices, world);
    // Once more with the ticket, at a server that remembers nothing else.
    if ((flags & 64U) != 0 && world.ticket()) {
        auto again = signIn(kind, typed).client;
        again.ticket = world.ticket();
        world.responder().loseEverything();
        world.replaceSession(std::move(again));
        live(choices, world);
    }
    return 0;
}
