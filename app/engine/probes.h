// The probes that are asked for, a few at a time; the others wait. Not for scanning: who asks for more is refused.
#pragma once

#include "app/engine/probe_run.h"
#include "app/engine/qt_reactor.h"
#include "app/engine/qt_resolver.h"
#include "core/crypto/random.h"

#include <deque>
#include <map>

namespace tern::engine {

class Probes {
public:
    // Fails with tern.probe.busy, and as ProbeRun.
    void start(probe::SurveyConfig config, ProbeRun::Done done);
    [[nodiscard]] bool isActive() const { return !m_running.empty(); }

private:
    struct Waiting {
        probe::SurveyConfig config;
        ProbeRun::Done done;
    };
    void begin(Waiting waiting);
    void ended(unsigned number);

    QtReactor m_reactor;
    QtResolver m_resolver;
    crypto::SystemRandom m_random;
    std::map<unsigned, std::unique_ptr<ProbeRun>> m_running;
    std::deque<Waiting> m_waiting;
    unsigned m_last = 0;
};

} // namespace tern::engine
