// The administrator's policy, read anew whenever its files change.
#pragma once

#include "app/engine/event_log.h"
#include "core/policy/policy.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace tern::engine {

class PolicyWatch : public QObject {
    Q_OBJECT
public:
    // folder: need not exist yet. What is wrong with the files goes to the log, each time it is new.
    PolicyWatch(std::filesystem::path folder, EventLog& log);

    [[nodiscard]] const policy::Policy& current() const { return m_policy; }
    // As Policy in org.ternvpn.Engine1.xml.
    [[nodiscard]] QVariantMap map() const;
    // Reads at once; the constructor does it too.
    void reload();

Q_SIGNALS:
    void changed();

private:
    void watch();

    std::filesystem::path m_folder;
    EventLog& m_log;
    QFileSystemWatcher m_watcher;
    QTimer m_gather; // an editor writes in several steps
    policy::Policy m_policy;
};

} // namespace tern::engine
