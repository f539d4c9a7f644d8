#include "app/engine/probes.h"

namespace tern::engine {

namespace {

constexpr std::size_t atOnce = 4;
constexpr std::size_t mostWaiting = 12; // a caller on the bus waits 25 s

} // namespace

void Probes::start(probe::SurveyConfig config, ProbeRun::Done done) {
    Waiting wanted{std::move(config), std::move(done)};
    if (m_running.size() < atOnce) {
        begin(std::move(wanted));
    } else if (m_waiting.size() < mostWaiting) {
        m_waiting.push_back(std::move(wanted));
    } else {
        wanted.done(base::fail("tern.probe.busy"));
    }
}

void Probes::begin(Waiting waiting) {
    const auto number = ++m_last;
    m_running[number] =
        std::make_unique<ProbeRun>(std::move(waiting.config), ProbeRun::World{m_reactor, m_resolver, m_random},
                                   [this, number, done = std::move(waiting.done)](base::Result<ProbeRun::Found> found) {
                                       const auto tell = done; // this function goes with the run
                                       ended(number);
                                       tell(std::move(found));
                                   });
}

void Probes::ended(unsigned number) {
    m_running.erase(number);
    if (!m_waiting.empty()) {
        auto next = std::move(m_waiting.front());
        m_waiting.pop_front();
        begin(std::move(next));
    }
}

} // namespace tern::engine
