#include "app/ctl/server_survey.h"

#include "app/ctl/console.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"
#include "core/audit/words.h"

#include <QCoreApplication>
#include <QDBusPendingCallWatcher>
#include <algorithm>
#include <cmath>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Survey)
};

// ternd takes four at a time; the window may want one, too.
constexpr unsigned atOnce = 3;
// A ternd that one server's answer has ended is started again by the next call. One that is not there at all is not.
constexpr unsigned silentLimit = 2 * atOnce;

QString target(const audit::ServerCount& server) {
    auto host = audit::shown(server.server);
    if (server.sstpPort == 0 || host.contains(u"]:"_s) || host.count(u':') == 1) {
        return host; // the usual port, or it is told there
    }
    const bool bare = host.contains(u':') && !host.startsWith(u'[');
    return (bare ? u'[' + host + u']' : host) + u':' + QString::number(server.sstpPort);
}

void say(std::string& text, const QString& sentence) {
    if (!sentence.isEmpty()) {
        text += (text.empty() ? "" : " ") + sentence.toStdString();
    }
}

// What is the matter with a server that has something to offer which cannot be used: its roads know.
void sayWhatIsWrong(audit::ServerAnswer& answer, const QVariantMap& result) {
    std::string remedy;
    const auto roads = result.value(u"roads"_s).toList();
    for (const auto& entry : roads) {
        const auto road = entry.toMap();
        const auto protocol = road.value(u"protocol"_s).toString();
        if (road.value(u"verdict"_s).toString() != "unusable"_L1 || (protocol != "ikev2"_L1 && protocol != "sstp"_L1)) {
            continue;
        }
        const auto words = base::describe(dbus::errorFromMap(road));
        say(answer.sentence, words.sentence);
        const auto problems = result.value(protocol).toMap().value(u"certificate-problems"_s).toList();
        for (const auto& problem : problems) {
            const auto text = base::describe(dbus::errorFromMap(problem.toMap()));
            say(answer.sentence, text.sentence);
            say(remedy, text.remedy);
        }
        if (problems.isEmpty()) {
            say(remedy, words.remedy);
        }
    }
    answer.remedy = remedy.empty() ? answer.remedy : remedy;
}

} // namespace

audit::ServerAnswer answerFrom(const std::string& server, const QVariantMap& result) {
    const auto words = base::describe(dbus::errorFromMap(result));
    audit::ServerAnswer answer{server,
                               result.value(u"advice"_s).toString().toStdString(),
                               words.sentence.toStdString(),
                               words.remedy.toStdString(),
                               {}};
    const auto roads = result.value(u"roads"_s).toList();
    for (const auto& entry : roads) {
        const auto road = entry.toMap();
        const auto protocol = profile::protocolFromName(road.value(u"protocol"_s).toString().toStdString());
        for (std::size_t i = 0; i < audit::askedProtocols.size(); ++i) {
            if (protocol == audit::askedProtocols[i]) {
                answer.verdicts[i] = road.value(u"verdict"_s).toString().toStdString();
            }
        }
    }
    if (answer.offer == "needs-repair") {
        sayWhatIsWrong(answer, result);
    }
    return answer;
}

ServerSurvey::ServerSurvey(EngineClient& engine, unsigned perMinute, QVariantMap wishes)
    : m_engine(engine)
    , m_wishes(std::move(wishes))
    , m_pace(perMinute) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { askNext(); });
}

ServerSurvey::End ServerSurvey::run(audit::Report& report) {
    m_servers = audit::countServers(report);
    std::erase_if(m_servers, [](const audit::ServerCount& each) { return each.server.empty(); });
    if (m_servers.empty()) {
        return End::Done;
    }
    if (stderrColumns() && m_servers.size() > 1) {
        const auto minutes =
            std::ceil(static_cast<double>(m_servers.size()) * static_cast<double>(m_pace.gap().count()) / 60'000.0);
        err(Tr::tr("%n server(s) will be asked.", nullptr, static_cast<int>(m_servers.size())) + u' ' +
            Tr::tr("That takes about %n minute(s).", nullptr, static_cast<int>(minutes)) + u' ' +
            Tr::tr("Ctrl-C ends it with a report of what is known.") + u'\n');
    }
    {
        const InterruptWatch interrupt([this] { end(End::Interrupted); });
        m_clock.start();
        askNext();
        if (!m_ended) {
            m_loop.exec();
        }
    }
    showProgress({});
    report.unasked = m_servers.size() - m_answers.size();
    std::ranges::sort(m_answers, {}, &audit::ServerAnswer::server);
    report.answers = std::move(m_answers);
    return m_end;
}

void ServerSurvey::askNext() {
    if (m_ended || m_next == m_servers.size() || m_asking == atOnce || m_timer.isActive()) {
        return;
    }
    if (const auto wait = m_pace.wait(now()); wait > Pace::Milliseconds::zero()) {
        m_timer.start(wait);
        return;
    }
    m_pace.begun(now());
    const auto which = m_next++;
    ++m_asking;
    showProgress(Tr::tr("%1 of %2: asking %3")
                     .arg(which + 1)
                     .arg(m_servers.size())
                     .arg(printable(audit::shown(m_servers[which].server))));
    auto* watcher = new QDBusPendingCallWatcher(m_engine.proxy().Probe(target(m_servers[which]), m_wishes), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, which] {
        watcher->deleteLater();
        answered(which, watcher->reply());
    });
    askNext(); // sets the clock for the one after it
}

void ServerSurvey::answered(std::size_t server, const QDBusMessage& reply) {
    if (m_ended) {
        return;
    }
    --m_asking;
    const bool failed = reply.type() == QDBusMessage::ErrorMessage;
    const auto result = failed ? errorOf(reply) : dbus::unwrap(qdbus_cast<QVariantMap>(reply.arguments().value(0)));
    const bool silent = failed && result.value(u"code"_s).toString() == "tern.engine.unavailable"_L1;
    m_silentEngine = silent ? m_silentEngine + 1 : 0;
    m_answers.push_back(answerFrom(m_servers[server].server, result));
    const bool last = m_answers.size() == m_servers.size();
    if (m_silentEngine == silentLimit || (last && m_silentEngine == m_answers.size())) {
        showProgress({});
        err(errorText(result));
        end(End::Unavailable);
    } else if (last) {
        end(End::Done);
    } else {
        askNext();
    }
}

void ServerSurvey::end(End how) {
    if (!m_ended) {
        m_ended = true;
        m_end = how;
        m_loop.quit();
    }
}

// One line that the next one takes the place of; only for somebody who looks at it.
void ServerSurvey::showProgress(const QString& text) {
    if (const auto columns = stderrColumns()) {
        err(u"\r\033[K"_s + (text.isEmpty() ? text : shortened(text, std::max(2, *columns - 1))));
    }
}

} // namespace tern::ctl
