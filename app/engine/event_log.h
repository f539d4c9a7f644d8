// What happened, for people: a ring of the last entries, sent on as they come. Entries never hold a secret; a user name
// appears in entries of level Detail only, so that a log copied without details names nobody.
#pragma once

#include "app/dbus/types.h"
#include "core/base/error.h"

#include <QObject>
#include <QString>
#include <deque>

namespace tern::engine {

enum class Level { Error, Warning, Info, Detail };

class EventLog : public QObject {
    Q_OBJECT
public:
    explicit EventLog(std::size_t most = 2000)
        : m_most(most) {}

    void add(Level level, const QString& profile, const QString& text, const QString& code = {});
    // The error's sentence as text; its technical detail follows as an entry of its own.
    void add(const QString& profile, const base::Error& error);
    // The last `most` entries, oldest first: {time x, level s, profile s, text s, code s}.
    [[nodiscard]] dbus::MapList last(std::size_t most) const;

Q_SIGNALS:
    void added(const QVariantMap& entry);

private:
    // A map with all its keys is ten times as large, and the ring stays full for as long as ternd runs.
    struct Entry {
        qint64 time = 0; // milliseconds since 1970 UTC
        Level level = Level::Info;
        QString profile;
        QString text;
        QString code;
    };
    [[nodiscard]] static QVariantMap toMap(const Entry& entry);

    std::size_t m_most;
    std::deque<Entry> m_entries;
};

} // namespace tern::engine
