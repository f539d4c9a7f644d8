// Connections over a bad network, from seeds.
//
// sim_ike [--seed N] [--first N] [--count N] [--verbose]     TERN_SIM_SEED=N does the same as --seed
// Each seed decides the network, the server's habits and what happens on the connection. A failure prints its seed,
// which replays it alone.
#include "core/ike/machine.h"
#include "tests/sim/world.h"

#include <array>
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

    bool verbose = false;

    // Empty when all went well. Counts what happened.
    std::string go(Tally& tally) {
        switch (m_seed % 16) {
        case 0:
            return hostile();
        case 1:
            return silent();
        default:
            return lifetime(tally);
        }
    }

private:
    int roll(int low, int high) { return std::uniform_int_distribution<int>(low, high)(m_dice); }
    double part(double most) { return std::uniform_real_distribution<double>(0, most)(m_dice); }

    Conditions badNetwork() {
        Conditions conditions;
        conditions.loss = roll(0, 3) == 0 ? part(0.3) : part(0.06);
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
        if (m_patient) {
            // Patience for any loss here: that an end gives up is not what is looked at.
            client.timers.retransmitFactor = 1.1;
            client.timers.retransmitTries = 60;
            client.timers.connectLimit = std::chrono::minutes(20);
            server.mostSends = 80;
        }
        client.timers.inboundGrace = seconds(5);
        client.timers.ikeLifetime = std::chrono::hours(roll(2, 6));
        client.childless = roll(0, 3) == 0;
        server.childless = roll(0, 1) == 0;
        return {m_seed, std::move(client), std::move(server), conditions};
    }

    static std::string notUp(World& world) {
        if (world.isClosed()) {
            return "closed with '" + world.errorCode() + "'";
        }
        return world.disagreement();
    }

    // Lets time pass with packets going both ways.
    void live(World& world, base::Duration duration, base::Duration every) {
        const auto until = world.now() + duration;
        while (world.now() < until) {
            world.sendTraffic();
            world.runFor(std::min(every, until - world.now()));
        }
    }

    // Whether nothing is left of what was replaced, and both ends have the same.
    static std::string unsettled(World& world) {
        const auto& context = dynamic_cast<const ike::Machine&>(world.session()).context();
        if (const auto problem = notUp(world); !problem.empty()) {
            return problem;
        }
        const auto theirs = world.responder().ikeSpis();
        const auto& ours = context.sa->exchanges;
        if (ours.initiatorSpi() != theirs.initiator || ours.responderSpi() != theirs.responder) {
            return "the ends use different IKE SAs";
        }
        if (!context.leaving.empty() || context.theirNext.sa || world.responder().otherIkeSas() != 0) {
            return "replaced IKE SAs are left: client " + std::to_string(context.leaving.size()) + ", server " +
                   std::to_string(world.responder().otherIkeSas());
        }
        return world.responder().isIdle() ? std::string() : "the server is not done";
    }

    std::string settles(World& world) {
        live(world, seconds(2), milliseconds(roll(20, 60)));
        std::string problem;
        for (int i = 0; i < 40; ++i) {
            problem = unsettled(world);
            if (problem.empty() || world.isClosed()) {
                break;
            }
            live(world, seconds(5), seconds(1));
        }
        if (problem.empty() && !world.trafficProblem().empty()) {
            problem = world.trafficProblem();
        }
        return problem;
    }

    // Connect, rekey from both sides and across each other, stay, leave.
    std::string lifetime(Tally& tally) {
        m_patient = true;
        auto world = makeWorld(badNetwork());
        const auto problem = lifetime(world);
        for (const auto* part : {&world.tally(), &world.responder().tally()}) {
            for (const auto& [name, count] : *part) {
                tally[name] += count;
            }
        }
        // A request with its answer, whoever asked; how often either was sent does not count.
        tally["exchanges"] += world.responder().requestsSeen().size() + world.responder().responsesSeen().size();
        tally["packets opened"] += world.packetsOpened();
        return problem;
    }

    std::string lifetime(World& world) {
        world.start();
        if (!world.runUntil([&] { return world.isEstablished() || world.isClosed(); }, std::chrono::minutes(10))) {
            return "neither up nor down after ten minutes";
        }
        if (const auto problem = settles(world); !problem.empty()) {
            return "after connecting: " + problem;
        }
        const int actions = roll(2, 5);
        for (int i = 0; i < actions; ++i) {
            const auto what = act(world);
            say(world, what);
            if (const auto problem = settles(world); !problem.empty()) {
                return "after " + what + ": " + problem;
            }
        }
        return leave(world);
    }

    void say(const World& world, const std::string& what) const {
        if (verbose) {
            std::cout << world.now().time_since_epoch() / milliseconds(1) << " ms: " << what << '\n';
        }
    }

    enum class Side { Client, Server };
    static Side other(Side side) { return side == Side::Client ? Side::Server : Side::Client; }

    static void rekeyChild(World& world, Side side) {
        auto& server = world.responder();
        if (side == Side::Client) {
            world.session().replaceKeys(world.now());
        } else if (server.mayRequest() && server.children().size() == 1) {
            server.rekeyChild(world.now());
        }
        world.settle();
    }

    static void rekeyIke(World& world, Side side) {
        if (side == Side::Client) {
            world.session().replaceKeys(world.now(), ike::Session::Keys::IkeSa);
        } else if (world.responder().mayRequest()) {
            world.responder().rekeyIke(world.now());
        }
        world.settle();
    }

    // So that the second of two things often meets the first on its way.
    void pause(World& world) {
        if (roll(0, 1) == 1) {
            live(world, milliseconds(roll(0, 100)), milliseconds(10));
        }
    }

    std::string act(World& world) {
        const auto side = roll(0, 1) == 1 ? Side::Client : Side::Server;
        switch (roll(0, 9)) {
        case 0:
            rekeyChild(world, side);
            return "rekeying the child";
        case 1:
            rekeyIke(world, side);
            return "replacing the IKE SA";
        case 2:
            rekeyChild(world, side);
            pause(world);
            rekeyChild(world, other(side));
            return "rekeying the child from both sides";
        case 3:
            rekeyIke(world, side);
            pause(world);
            rekeyIke(world, other(side));
            return "replacing the IKE SA from both sides";
        case 4:
            rekeyIke(world, side);
            pause(world);
            rekeyChild(world, other(side));
            return "rekeying the child while the IKE SA is replaced";
        case 5:
            rekeyChild(world, side);
            pause(world);
            rekeyIke(world, other(side));
            return "replacing the IKE SA while the child is rekeyed";
        case 6:
            return deleteChild(world);
        case 7:
            return deleteTwice(world);
        case 8:
            if (world.responder().mayRequest()) {
                world.responder().checkAlive(world.now());
                world.settle();
            }
            pause(world);
            rekeyIke(world, side);
            return "replacing the IKE SA during a liveness check";
        default:
            live(world, std::chrono::minutes(roll(1, 10)), seconds(roll(5, 50)));
            return "a quiet time";
        }
    }

    // The server closes the child, and the client rekeys it meanwhile or not; a new one comes.
    std::string deleteChild(World& world) {
        live(world, seconds(61), seconds(20)); // it is made anew only now and then
        auto& server = world.responder();
        const bool rekeyFirst = roll(0, 1) == 1;
        if (rekeyFirst) {
            rekeyChild(world, Side::Client);
            pause(world);
        }
        // One that the client is known to have.
        if (server.mayRequest() && server.children().contains(server.sendingWith())) {
            world.deleteServerChild(server.sendingWith());
        }
        if (!rekeyFirst) {
            pause(world);
            rekeyChild(world, Side::Client);
        }
        return "the server's deletion of the child";
    }

    // Both ends delete the child that has been replaced.
    std::string deleteTwice(World& world) {
        auto& server = world.responder();
        const auto old = server.children().begin()->first;
        rekeyChild(world, Side::Client);
        world.runUntil([&] { return server.children().size() == 2 || world.isClosed(); }, seconds(20));
        if (roll(0, 1) == 1) {
            world.runFor(milliseconds(roll(0, 20)));
        }
        if (server.mayRequest() && server.children().size() == 2 && server.children().contains(old)) {
            world.deleteServerChild(old);
        }
        return "deleting the replaced child from both sides";
    }

    std::string leave(World& world) {
        auto& server = world.responder();
        const int how = roll(0, 4);
        if (how >= 3) {
            rekeyIke(world, how == 3 ? Side::Client : Side::Server);
            pause(world);
        }
        if (how != 0 && how != 4 && server.mayRequest()) {
            server.deleteIke(world.now());
            world.settle();
            if (how == 1 && !world.runUntil([&] { return world.isClosed(); }, std::chrono::minutes(2))) {
                return "still up after the server's DELETE";
            }
            if (how == 1 && world.errorCode() != "tern.ike.closed-by-server") {
                return "code " + world.errorCode();
            }
            pause(world);
        }
        say(world, "the end");
        const auto begun = world.now();
        world.session().close(begun);
        world.settle();
        world.runUntil([&] { return world.isClosed(); }, seconds(10));
        if (!world.isClosed() || world.now() - begun > milliseconds(2001)) {
            return "closing took too long or failed";
        }
        // A server that did not hear it finds out by itself. Nothing is left then.
        world.runFor(seconds(5));
        if (!server.isClosed() && server.mayRequest()) {
            server.checkAlive(world.now());
            world.settle();
        }
        world.runFor(std::chrono::minutes(3));
        if (!server.isClosed() || !server.children().empty() || server.otherIkeSas() != 0) {
            return "the server still has something";
        }
        return {};
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
    bool m_patient = false;
};

} // namespace

namespace {

// Each of these has to happen in a full run, or the run shows nothing about it.
constexpr std::array mustHappen{
    "IKE rekeys by the client",
    "IKE rekeys by the server",
    "child rekeys by the client",
    "child rekeys by the server",
    "child rekey against child rekey",
    "child rekey against child delete",
    "child delete against child delete",
    "IKE rekey against IKE rekey",
    "IKE rekey against child rekey or creation",
    "IKE rekey against IKE delete",
    "IKE delete against IKE delete",
    "TEMPORARY_FAILURE by the server",
    "TEMPORARY_FAILURE by the client",
    "CHILD_SA_NOT_FOUND by the server",
    "CHILD_SA_NOT_FOUND by the client",
    "children made anew",
    "repeated requests answered again",
    "datagrams lost",
    "datagrams doubled",
    "datagrams damaged",
};

struct Wanted {
    std::uint64_t first = 1;
    std::uint64_t count = 10'000;
    bool verbose = false;
    bool valid = true;
};

Wanted parse(int argc, char** argv) {
    Wanted wanted;
    if (const char* seed = std::getenv("TERN_SIM_SEED")) {
        wanted.first = std::strtoull(seed, nullptr, 10);
        wanted.count = 1;
    }
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--verbose") {
            wanted.verbose = true;
        } else if ((option == "--seed" || option == "--count" || option == "--first") && i + 1 < argc) {
            const auto number = std::strtoull(argv[++i], nullptr, 10);
            (option == "--count" ? wanted.count : wanted.first) = number;
            wanted.count = option == "--seed" ? 1 : wanted.count;
        } else {
            wanted.valid = false;
        }
    }
    return wanted;
}

} // namespace

int main(int argc, char** argv) {
    const auto wanted = parse(argc, argv);
    if (!wanted.valid) {
        std::cerr << "usage: sim_ike [--seed N] [--first N] [--count N] [--verbose]\n";
        return 2;
    }
    unsigned failed = 0;
    Tally tally;
    const auto begun = std::chrono::steady_clock::now();
    for (auto seed = wanted.first; seed < wanted.first + wanted.count; ++seed) {
        Run run(seed);
        run.verbose = wanted.verbose;
        const auto problem = run.go(tally);
        if (!problem.empty()) {
            std::cout << "seed " << seed << ": " << problem << '\n';
            ++failed;
        }
    }
    const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
    for (const auto& [name, count] : tally) {
        std::cout << "  " << name << ": " << count << '\n';
    }
    constexpr std::uint64_t full = 1000;
    for (const auto* name : mustHappen) {
        if (wanted.count >= full && tally[name] == 0) {
            std::cout << "never happened: " << name << '\n';
            ++failed;
        }
    }
    constexpr std::uint64_t fewestExchanges = 10'000;
    if (wanted.count >= full && tally["exchanges"] < fewestExchanges) {
        std::cout << "fewer than " << fewestExchanges << " exchanges\n";
        ++failed;
    }
    std::cout << wanted.count << " connections, " << tally["exchanges"] << " exchanges, " << failed << " failed, "
              << took.count() << " ms\n";
    return failed == 0 ? 0 : 1;
}
