#include "app/engine/event_log.h"

#include "core/base/catalogue.h"

#include <QDateTime>
#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

// Servers and files can make texts long.
constexpr qsizetype longestText = 2000;

QString levelName(Level level) {
    switch (level) {
    case Level::Error:
        return u"error"_s;
    case Level::Warning:
        return u"warning"_s;
    case Level::Info:
        return u"info"_s;
    case Level::Detail:
        return u"detail"_s;
    }
    return u"info"_s;
}

} // namespace

QVariantMap EventLog::toMap(const Entry& entry) {
    return {{u"time"_s, entry.time},
            {u"level"_s, levelName(entry.level)},
            {u"profile"_s, entry.profile},
            {u"text"_s, entry.text},
            {u"code"_s, entry.code}};
}

void EventLog::add(Level level, const QString& profile, const QString& text, const QString& code) {
    if (m_entries.size() == m_most) {
        m_entries.pop_front();
    }
    m_entries.push_back({QDateTime::currentMSecsSinceEpoch(), level, profile, text.left(longestText), code});
    Q_EMIT added(toMap(m_entries.back()));
}

void EventLog::add(const QString& profile, const base::Error& error) {
    const auto code = QString::fromStdString(error.code);
    add(Level::Error, profile, base::describe(error).sentence, code);
    if (!error.detail.empty()) {
        add(Level::Detail, profile, QString::fromStdString(error.detail), code);
    }
}

dbus::MapList EventLog::last(std::size_t most) const {
    const auto count = std::min(most, m_entries.size());
    dbus::MapList entries;
    entries.reserve(static_cast<qsizetype>(count));
    std::transform(m_entries.end() - static_cast<std::ptrdiff_t>(count), m_entries.end(), std::back_inserter(entries),
                   toMap);
    return entries;
}

} // namespace tern::engine
