// The machine of an established session against a server that rekeys, deletes and collides while the input changes the
// payloads inside its protected messages: all of them authentic, whatever they hold. Beside them come datagrams that
// anybody could send.
#include "tests/fuzz/choices.h"
#include "tests/sim/world.h"

#include "core/base/byte_io.h"

#include <cstdlib>

using namespace tern;
using namespace tern::ike;
using namespace tern::sim;
using tern::test::Choices;
using tern::test::damage;

namespace {

// Header of this session, rest by the input: answers and requests that do not open, and complaints in clear.
base::Bytes forged(Choices& choices, const Responder& responder) {
    Header header;
    header.initiatorSpi = responder.ikeSpis().initiator;
    header.responderSpi = responder.ikeSpis().responder;
    header.exchange = static_cast<ExchangeType>(34 + choices.next() % 5);
    header.flags = choices.next();
    header.messageId = choices.next() % 8;
    Payloads payloads;
    if ((choices.next() & 1U) != 0) {
        const auto type = (choices.next() & 1U) != 0 ? NotifyType::InvalidIkeSpi : NotifyType::InvalidSpi;
        payloads.push_back(encodeNotify(type, choices.bytes(4)));
    }
    damage(choices, payloads);
    header.firstPayload = firstType(payloads);
    const auto body = encodePayloads(payloads);
    auto datagram = encodeHeader(header, body.size());
    base::append(datagram, body);
    return datagram;
}

void act(Choices& choices, World& world) {
    auto& responder = world.responder();
    auto& session = world.session();
    switch (choices.next() % 9) {
    case 0:
        session.replaceKeys(world.now());
        break;
    case 1:
        session.replaceKeys(world.now(), Session::Keys::IkeSa);
        break;
    case 2:
        if (responder.mayRequest() && !responder.children().empty()) {
            responder.rekeyChild(world.now());
        }
        break;
    case 3:
        if (responder.mayRequest()) {
            responder.rekeyIke(world.now());
        }
        break;
    case 4:
        if (responder.mayRequest() && !responder.children().empty()) {
            world.deleteServerChild(responder.children().begin()->first);
        }
        break;
    case 5:
        if (responder.mayRequest()) {
            responder.checkAlive(world.now());
        }
        break;
    case 6:
        session.receive(world.now(), forged(choices, responder));
        break;
    case 7:
        if (responder.mayRequest()) {
            responder.deleteIke(world.now());
        }
        break;
    default:
        session.close(world.now());
        break;
    }
    world.settle();
    world.runFor(std::chrono::milliseconds(choices.next() % 64));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(base::ByteView(data, size));
    const auto flags = choices.next();
    ResponderConfig config;
    config.psk = "shared";
    config.pfs = (flags & 1U) != 0;
    config.fragments = (flags & 2U) != 0;
    config.fragmentSize = 200;
    config.childless = (flags & 4U) != 0;
    if ((flags & 8U) != 0) {
        config.loginSeconds = 60 + choices.next();
    }
    auto client = pskClient("shared");
    client.childless = config.childless;
    client.timers.childLifetime = std::chrono::minutes(5);
    client.timers.ikeLifetime = std::chrono::minutes(7);
    bool up = false;
    config.changeSealed = [&choices, &up](Payloads& payloads, bool /*response*/) {
        if (up && choices.next() % 4 == 0) {
            damage(choices, payloads);
        }
    };
    World world(1, std::move(client), std::move(config));
    world.start();
    world.runFor(std::chrono::milliseconds(500));
    up = true;
    for (int i = 0; i < 24 && !choices.atEnd() && !world.isClosed(); ++i) {
        act(choices, world);
    }
    world.runFor(std::chrono::minutes(12));
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
