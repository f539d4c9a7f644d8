// The client of DHCPv6 (RFC 8415 §18.2): an address with its renewals, or only what else there is to know. Messages
// between the two ports go in and come out; the link below loses nothing, but the server may.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/ppp/dhcp6_message.h"

#include <array>
#include <utility>

namespace tern::ppp {

class Dhcp6Client {
public:
    enum class Purpose { Addresses, Information };

    // duid: empty: one by chance. random must outlive this.
    Dhcp6Client(base::Bytes duid, base::RandomSource& random);

    // mostTries: of the first question; zero: no end.
    void start(base::Instant now, Purpose purpose, unsigned mostTries);
    void receive(base::Instant now, base::ByteView message);
    void timeout(base::Instant now);
    // Gives the addresses back (§18.2.7), without waiting for an answer.
    void release(base::Instant now);

    struct Held {
        base::IpAddress address;
        base::Instant until;
    };
    [[nodiscard]] const std::vector<Held>& addresses() const { return m_addresses; }
    [[nodiscard]] const std::vector<base::IpAddress>& dns() const { return m_dns; }
    [[nodiscard]] const std::vector<std::string>& domains() const { return m_domains; }
    [[nodiscard]] bool isIdle() const { return m_state == State::Idle; }
    // Asked, not answered yet, and there is some hope left.
    [[nodiscard]] bool isPending() const;
    [[nodiscard]] std::optional<base::Instant> deadline() const;
    [[nodiscard]] std::vector<base::Bytes> takeMessages() { return std::exchange(m_messages, {}); }

private:
    enum class State { Idle, Soliciting, Requesting, Bound, Renewing, Rebinding, Informing, Informed };

    // §15, §7.6.
    struct Pace {
        base::Duration first;
        base::Duration most;
    };
    [[nodiscard]] Pace pace() const;
    void begin(base::Instant now, State state, base::Duration wait = {});
    void transmit(base::Instant now);
    [[nodiscard]] base::Duration varied(base::Duration interval);
    void proceed(base::Instant now);
    void receiveAddresses(base::Instant now, const Dhcp6Answer& answer);
    void bind(base::Instant now, const Dhcp6Answer& answer);
    void learn(const Dhcp6Answer& answer);

    base::Bytes m_duid;
    base::RandomSource& m_random;
    State m_state = State::Idle;
    unsigned m_mostTries = 0;
    std::uint32_t m_transaction = 0;
    unsigned m_tries = 0;
    base::Instant m_since;
    base::Duration m_interval{};
    std::optional<base::Instant> m_nextAt; // the next transmission, or T1
    base::Instant m_rebindAt = base::Instant::max();
    base::Bytes m_server;
    std::vector<base::IpAddress> m_offered; // to be asked for
    std::vector<Held> m_addresses;
    std::vector<base::IpAddress> m_dns;
    std::vector<std::string> m_domains;
    std::vector<base::Bytes> m_messages;
};

// now + seconds; all ones are for ever (RFC 4861 §4.6.2, RFC 8415 §7.7).
[[nodiscard]] base::Instant lifetimeEnd(base::Instant now, std::uint32_t seconds);

} // namespace tern::ppp
