// Connections over a bad network, from seeds.
//
// sim_ike [--seed N] [--count N]     TERN_SIM_SEED=N does the same as --seed
// Each seed decides the network, the server's habits and what happens on the connection. A failure prints its seed,
// which replays it alone.
#include "tests/sim/world.h"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace {

using namespace tern;
using namespace tern::sim;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Shared by all runs: making certificates is the slow part.
const Credentials& plainServer() {
    static const auto credentials = Credentials::forName("vpn.example.test");
    return credentials;
}
const Credentials& longChainServer() {
    static const auto credentials = Credentials::forName("vpn.example.test", 5);
    return credentials;
}

class Run {
public:
    explicit Run(std::uint64_t seed)
        : m_seed(seed)
        , m_dice(seed * 7919 + 17) {}

    // Empty when all went well.
    std::string go() {
        switch (m_seed % 8) {
        case 0:
            return hostile();
        case 1:
            return silent();
        default:
            return lifetime();
        }
    }

private:
    int roll(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_dice); }
    double part(double most) { return std::uniform_real_distribution<double>(0, most)(m_dice); }

    Conditions badNetwork() {
        Conditions conditions;
        // Seven sends of each request get through this in all but one of a million cases.
        conditions.loss = part(0.06);
        conditions.duplicate = part(0.15);
        conditions.corrupt = part(0.02);
        conditions.longest = milliseconds(roll(6, 400));
        return conditions;
    }

    World makeWorld(const Conditions& conditions, unsigned silentAfter = 1000) {
        ResponderConfig server;
        m_eap = roll(0, 1) == 1;
        server.credentials = roll(0, 1) == 1 ? &plainServer() : &longChainServer();
        server.cookie = roll(0, 2) == 0;
        server.pfs = roll(0, 1) == 1;
        server.fragments = roll(0, 3) != 0;
        server.fragmentSize = static_cast<std::size_t>(roll(200, 1200));
        server.silentAfter = silentAfter;
        server.uncalledForKe = roll(0, 3) == 0;
        if (roll(0, 1) == 0) {
            server.extendedNumbers = roll(0, 1) == 1;
        }
        if (!server.pfs && roll(0, 2) == 0) {
            server.keError = ike::Notification{ike::ProtocolId::None, {}, ike::NotifyType::NoProposalChosen, {}};
        }
        if (roll(0, 2) == 0) {
            server.onlyGroup = roll(0, 1) == 1 ? ike::GroupId::Curve25519 : ike::GroupId::Ecp384;
        }
        ike::SessionConfig client;
        if (m_eap) {
            client = eapClient(*server.credentials, server.password);
        } else {
            server.psk = "a key of both";
            client = pskClient(*server.psk);
        }
        client.timers.childLifetime = std::chrono::hours(roll(1, 5));
        return {m_seed, std::move(client), std::move(server), conditions};
    }

    static std::string notUp(World& world) {
        if (world.isClosed()) {
            return "closed with '" + world.errorCode() + "'";
        }
        return world.disagreement();
    }

    // Connect, rekey from both sides and across each other, stay, leave.
    std::string lifetime() {
        const auto conditions = badNetwork();
        auto world = makeWorld(conditions);
        world.start();
        if (!world.runUntil([&] { return world.isEstablished() || world.isClosed(); }, seconds(120))) {
            return "neither up nor down after two minutes";
        }
        world.runFor(seconds(1));
        if (const auto problem = notUp(world); !problem.empty()) {
            return "after connecting: " + problem;
        }
        const int actions = roll(2, 6);
        for (int i = 0; i < actions; ++i) {
            const auto what = act(world);
            world.runFor(seconds(45));
            if (const auto problem = notUp(world); !problem.empty()) {
                return "after " + what + ": " + problem;
            }
        }
        return leave(world, conditions);
    }

    std::string act(World& world) {
        auto& server = world.responder();
        const bool idle = server.isIdle();
        switch (roll(0, 6)) {
        case 0:
            world.session().replaceKeys(world.now());
            world.settle();
            return "the client's rekeying";
        case 1:
            if (idle) {
                server.rekeyChild(world.now());
                world.settle();
            }
            return "the server's rekeying";
        case 2:
            if (idle) {
                server.rekeyChild(world.now());
                world.settle();
            }
            world.runFor(milliseconds(roll(0, 200)));
            world.session().replaceKeys(world.now());
            world.settle();
            return "rekeying from both sides";
        case 3:
            if (idle) {
                server.rekeyIke(world.now());
                world.settle();
            }
            return "replacing the IKE SA";
        case 4:
            world.session().replaceKeys(world.now());
            world.settle();
            world.runFor(milliseconds(roll(0, 200)));
            if (server.isIdle()) {
                server.rekeyIke(world.now());
                world.settle();
            }
            return "replacing the IKE SA while the client rekeys";
        case 5:
            if (idle) {
                server.checkAlive(world.now());
                world.settle();
            }
            return "the server's liveness check";
        default:
            world.runFor(std::chrono::minutes(roll(1, 10)));
            return "a quiet time";
        }
    }

    std::string leave(World& world, const Conditions& conditions) {
        if (roll(0, 1) == 1 && world.responder().isIdle()) {
            world.responder().deleteIke(world.now());
            world.settle();
            if (!world.runUntil([&] { return world.isClosed(); }, seconds(60))) {
                return "still up after the server's DELETE";
            }
            return world.errorCode() == "tern.ike.closed-by-server" ? std::string() : "code " + world.errorCode();
        }
        const auto begun = world.now();
        world.session().close(world.now());
        world.settle();
        world.runUntil([&] { return world.isClosed(); }, seconds(10));
        if (!world.isClosed() || !world.errorCode().empty() || world.now() - begun > milliseconds(2001)) {
            return "closing took too long or failed";
        }
        world.runFor(seconds(2));
        const bool calm = conditions.loss == 0 && conditions.corrupt == 0;
        return calm && !world.responder().isClosed() ? "the server was not told" : std::string();
    }

    // Anything may be damaged, IKE_SA_INIT too: the end must come in time, and an established connection be sound.
    std::string hostile() {
        Conditions conditions;
        conditions.loss = part(0.5);
        conditions.corrupt = part(0.6);
        conditions.corruptInit = true;
        conditions.duplicate = part(0.5);
        conditions.longest = milliseconds(roll(6, 2000));
        auto world = makeWorld(conditions);
        world.start();
        if (!world.runUntil([&] { return world.isEstablished() || world.isClosed(); }, seconds(400))) {
            return "neither up nor down under damage";
        }
        if (world.isClosed()) {
            return world.errorCode().empty() ? "closed without a reason" : std::string();
        }
        return world.disagreement();
    }

    // The server falls silent somewhere: an error within the bound, and the right one.
    std::string silent() {
        const auto answers = static_cast<unsigned>(roll(0, 2));
        auto world = makeWorld(Conditions{}, answers);
        const auto begun = world.now();
        world.start();
        world.runUntil([&] { return world.isClosed(); }, seconds(300));
        const auto took = world.now() - begun;
        // Up to 30 s of silence, 60 s from a liveness check on, and a little for what came before it.
        const bool wasUp = world.isEstablished();
        if (!world.isClosed() || took > (wasUp ? seconds(62) : seconds(32))) {
            return "a silent server was not noticed in time: " + std::to_string(took / milliseconds(1)) + " ms";
        }
        const auto code = world.errorCode();
        if (wasUp) {
            return code == "tern.ike.lost" ? std::string() : "code " + code;
        }
        return code == "tern.ike.no-answer" || code == "tern.ike.no-answer-4500" ? std::string() : "code " + code;
    }

    std::uint64_t m_seed;
    std::mt19937_64 m_dice;
    bool m_eap = false;
};

} // namespace

int main(int argc, char** argv) {
    std::uint64_t first = 1;
    std::uint64_t count = 600;
    if (const char* seed = std::getenv("TERN_SIM_SEED")) {
        first = std::strtoull(seed, nullptr, 10);
        count = 1;
    }
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        const auto number = std::strtoull(argv[i + 1], nullptr, 10);
        if (option == "--seed") {
            first = number;
            count = 1;
        } else if (option == "--count") {
            count = number;
        } else {
            std::cerr << "usage: sim_ike [--seed N] [--count N]\n";
            return 2;
        }
    }
    unsigned failed = 0;
    const auto begun = std::chrono::steady_clock::now();
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const auto problem = Run(seed).go();
        if (!problem.empty()) {
            std::cout << "seed " << seed << ": " << problem << '\n';
            ++failed;
        }
    }
    const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
    std::cout << count << " connections, " << failed << " failed, " << took.count() << " ms\n";
    return failed == 0 ? 0 : 1;
}
