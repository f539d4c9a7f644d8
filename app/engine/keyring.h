// Passwords in the user's keyring (Secret Service or KWallet, through QtKeychain): service "tern", key = profile id.
// Never in a file: without a keyring nothing is kept, and the user is asked each time.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"

#include <QDBusServiceWatcher>
#include <QObject>
#include <QSet>
#include <QString>
#include <functional>
#include <optional>

namespace tern::engine {

class Keyring : public QObject {
    Q_OBJECT
public:
    Keyring();

    // A keyring answers on this session bus, or would be started when asked.
    [[nodiscard]] bool available() const { return !m_running.isEmpty() || !m_startable.isEmpty(); }

    // The keyring has a password for this profile, as far as it says without being unlocked.
    [[nodiscard]] bool has(const QString& id) const { return m_kept.contains(id); }

    // Nothing: there is none, the keyring is locked and stays so, or it did not answer in a minute.
    void read(const QString& id, std::function<void(std::optional<base::SecureBytes>)> done);
    // tern.engine.keyring-failed.
    void write(const QString& id, base::SecureBytes secret, std::function<void(base::Result<void>)> done);
    void remove(const QString& id);

Q_SIGNALS:
    // What has() says has changed.
    void keptChanged();

private:
    void look();
    void listKept();
    void readAttributes(const QString& item);
    void setKept(const QString& id, bool kept);

    QDBusServiceWatcher m_watcher;
    QSet<QString> m_running;
    QSet<QString> m_startable;
    QSet<QString> m_kept;
};

} // namespace tern::engine
