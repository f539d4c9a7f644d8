// Asks the servers of an audit what they offer, by ternd's Probe: each of them once, few at a time, and never more
// often than a given rate. What one of them answers, or that it does not, changes nothing for the others.
#pragma once

#include "app/ctl/engine_client.h"
#include "app/ctl/pace.h"
#include "core/audit/report.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <vector>

namespace tern::ctl {

class ServerSurvey : public QObject {
public:
    enum class End { Done, Interrupted, Unavailable };
    // wishes: the options of Probe in org.ternvpn.Engine1.xml.
    ServerSurvey(EngineClient& engine, unsigned perMinute, QVariantMap wishes);

    // Fills the report's answers, and says how many servers have none because it came to an end before its time: by
    // Ctrl-C, or because ternd does not answer any more.
    End run(audit::Report& report);

private:
    void askNext();
    void answered(std::size_t server, const QDBusMessage& reply);
    void end(End how);
    void showProgress(const QString& text);
    [[nodiscard]] Pace::Milliseconds now() const { return Pace::Milliseconds(m_clock.elapsed()); }

    EngineClient& m_engine;
    QVariantMap m_wishes;
    Pace m_pace;
    QElapsedTimer m_clock;
    QTimer m_timer;
    QEventLoop m_loop;
    std::vector<audit::ServerCount> m_servers;
    std::vector<audit::ServerAnswer> m_answers;
    std::size_t m_next = 0;
    unsigned m_asking = 0;
    unsigned m_silentEngine = 0; // calls in succession that ternd did not answer
    bool m_ended = false;
    End m_end = End::Done;
};

// What Probe answered, or the error it failed with, as the reports have it; both in this program's language.
[[nodiscard]] audit::ServerAnswer answerFrom(const std::string& server, const QVariantMap& result);

} // namespace tern::ctl
