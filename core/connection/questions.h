// Asks the person what IKE or SSTP wants to know. Where both are tried they are asked once for a password: the answer
// to the one serves the other.
#pragma once

#include "core/connection/environment.h"

#include <optional>

namespace tern::connection {

class Machine;
struct Answered;

class Questions {
public:
    enum class Side { Ike, Sstp };
    using Kind = ike::Prompt::Kind;
    struct Wish {
        Kind kind = Kind::Password;
        std::string text; // from the server
        bool retry = false;
    };
    // machine: outlives it.
    explicit Questions(Machine& machine)
        : m_machine(machine) {}

    // Answers at once what is known from the other one's answer; else asks, now or when the open question is answered.
    void ask(Side side, Wish wish);
    enum class End { None, Cancelled, Failed };
    // Hands the answer on. Cancelled: the person has enough; Failed: as failure() says.
    [[nodiscard]] End answered(Answered& event);
    [[nodiscard]] base::Error& failure() { return m_failure; }
    // Whose question was open last.
    [[nodiscard]] Side side() const { return m_side; }
    [[nodiscard]] bool isOpen(Side side) const { return m_asking && m_side == side; }
    // Nobody is there any more to be answered.
    void forget(Side side);

    // The same answer does for both: not for a code, which is good once, and not after it was wrong.
    [[nodiscard]] static bool isForBoth(const Wish& wish);

private:
    void open(Side side, Wish wish);
    void askNext();
    void give(Side side, Credentials credentials);

    Machine& m_machine;
    PendingPtr m_asking;
    Side m_side = Side::Ike;
    Wish m_wish;
    struct Waiting {
        Side side;
        Wish wish;
    };
    std::optional<Waiting> m_waiting;
    std::optional<Side> m_serves; // what the other one was answered will do for this one
    base::Error m_failure;
};

} // namespace tern::connection
