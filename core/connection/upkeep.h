// What is still learned and mended while a connection stands: routes that DHCP hands out inside the tunnel, the size of
// packets that arrive, further CHILD_SAs, and the stream to the server when IKE goes over TCP. Whatever comes of it
// changes the host's configuration as a whole; nothing of it is waited for.
#pragma once

#include "core/connection/dhcp_question.h"
#include "core/connection/machine.h"

#include <deque>

namespace tern::connection {

class Upkeep {
public:
    explicit Upkeep(Machine& machine)
        : m(machine) {}
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;
    ~Upkeep() = default;

    void start();
    // Another CHILD_SA is up, or something else was learned: the plan may be another. To be called again when the
    // helper is no longer busy with one.
    void replan();
    void configured(base::Result<ConfiguredTunnel> result);
    void probed(const ike::PathProbed& probed);

    void streamLost();
    // An error when it is time to give the connection up.
    [[nodiscard]] std::optional<base::Error> streamOpened(StreamOpened& opened);

private:
    void askDhcp();
    void probe(unsigned outer);
    void openStream();
    // The stream stands, or has failed.
    void streamSettled();

    Machine& m;
    std::optional<TunnelPlan> m_wanted;  // asked for last
    std::optional<TunnelPlan> m_refused; // not asked for again

    std::unique_ptr<DhcpQuestion> m_dhcp;

    // Outer packets: of the first size all arrive, of the second none.
    unsigned m_passes = 0;
    unsigned m_fails = 0;

    std::unique_ptr<OuterPort> m_stream; // being made
    PendingPtr m_streamWatch;
    PendingPtr m_streamTimer;
    unsigned m_streamTries = 0;
};

} // namespace tern::connection
