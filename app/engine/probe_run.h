// One probe of one server over ordinary sockets: no helper, no privilege, no mark. While a VPN is connected the
// questions go the way everything goes, through it where it takes all traffic, so nothing of a probe ever leaves beside
// a tunnel.
#pragma once

#include "core/connection/environment.h"
#include "core/probe/survey.h"

#include <functional>
#include <memory>
#include <vector>

namespace tern::engine {

class ProbeRun {
public:
    struct World {
        connection::Reactor& reactor;
        connection::Resolver& resolver;
        base::RandomSource& random;
    };
    struct Found {
        probe::Result result;
        std::vector<base::IpAddress> from; // our own addresses
    };
    // Fails with tern.engine.{name-not-found,resolver-failed} and tern.probe.no-network. May destroy the run.
    using Done = std::function<void(base::Result<Found>)>;

    // config.addresses is filled in here. Begins at once; `done` comes within probe::longestProbe, never from in here.
    ProbeRun(probe::SurveyConfig config, const World& world, Done done);
    ProbeRun(const ProbeRun&) = delete;
    ProbeRun& operator=(const ProbeRun&) = delete;
    ~ProbeRun();

private:
    struct Talk; // a question and its socket

    void resolved(base::Result<std::vector<base::IpAddress>> addresses);
    void open(const std::vector<probe::Question*>& questions);
    void readable(Talk& talk);
    void writable(Talk& talk);
    void flush(Talk& talk);
    void pump(Talk& talk);
    void settle();
    void finish();

    probe::SurveyConfig m_config;
    World m_world;
    Done m_done;
    base::Instant m_started;
    connection::PendingPtr m_limit;
    connection::PendingPtr m_lookup;
    std::unique_ptr<probe::Survey> m_survey;
    std::vector<std::unique_ptr<Talk>> m_talks;
    std::vector<base::IpAddress> m_from;
    connection::PendingPtr m_ending;
};

} // namespace tern::engine
