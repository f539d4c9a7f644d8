// The whole session against a server whose words are changed by the input: datagrams from outside, and messages that
// are authentic but damaged inside, up to the established connection and beyond.
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

void act(Choices& choices, World& world) {
    auto& responder = world.responder();
    const bool idle = responder.isIdle() && !responder.children().empty();
    switch (choices.next() % 12) {
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
    default:
        world.session().close(world.now());
        break;
    }
    world.settle();
    world.runFor(std::chrono::milliseconds(choices.next() * 4));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(base::ByteView(data, size));
    const auto flags = choices.next();
    ResponderConfig config;
    config.credentials = &server();
    config.fragmentSize = 100 + choices.next();
    const bool eap = (flags & 1U) != 0;
    if (!eap) {
        config.psk = "shared";
    }
    if ((flags & 2U) != 0) {
        config.changeInit = [&choices](Payloads& payloads) { damage(choices, payloads); };
    }
    if ((flags & 4U) != 0) {
        config.changeAuth = [&choices](Payloads& payloads) { damage(choices, payloads); };
    }
    config.pfs = (flags & 8U) != 0;
    auto client = eap ? eapClient(server(), (flags & 16U) != 0 ? "" : "Correct-horse-9") : pskClient("shared");
    World world(1, std::move(client), std::move(config));
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
    return 0;
}
