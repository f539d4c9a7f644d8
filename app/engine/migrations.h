// Migrates profiles for the service: plans with what the server was found to offer, tries the new settings by a real
// connection, keeps them when that stands, and has everything as before when it does not. One trial at a time.
#pragma once

#include "app/engine/connector.h"
#include "app/engine/event_log.h"
#include "app/engine/keyring.h"
#include "app/engine/library.h"
#include "core/migrate/document.h"
#include "core/migrate/plan.h"

#include <QObject>
#include <chrono>
#include <functional>
#include <map>

namespace tern::engine {

class Migrations : public QObject {
    Q_OBJECT
public:
    using PolicyNow = std::function<policy::Policy()>;
    Migrations(Library& library, Connector& connector, Keyring& keyring, EventLog& log, PolicyNow policy);

    struct Wish {
        migrate::Target target = migrate::Target::Automatic;
        migrate::Answers answers;
    };
    struct Planned {
        profile::Profile old;
        std::string server;
        migrate::Plan plan;
    };
    struct Try {
        bool connect = true; // false: the new settings are kept without a trial
        bool stay = false;   // connected, when it worked
        ConnectOptions options;
    };

    // What a probe has found counts for a quarter of an hour.
    void remember(const probe::Result& result);
    [[nodiscard]] const probe::Result* probed(std::string_view host) const;

    [[nodiscard]] base::Result<Planned> plan(std::string_view name, const Wish& wish) const;
    // Answers the id of the new settings at once; the rest follows by changed(). Fails with the plan's reason where
    // there is nothing to try, with tern.migrate.{busy,unanswered}, and as Connector::start().
    [[nodiscard]] base::Result<QString> start(std::string_view name, const Wish& wish, Try trial);
    // Answers the id of what is back. Fails with tern.migrate.nothing-to-undo and tern.engine.in-use.
    [[nodiscard]] base::Result<QString> undo(std::string_view name);
    [[nodiscard]] base::Result<migrate::Document> letter(std::string_view name, const Wish& wish) const;
    // The keyring has told what it keeps: what a crash has left under an old id is moved.
    void movePending();
    [[nodiscard]] bool isActive() const { return m_running.has_value(); }

Q_SIGNALS:
    // {id s (of the old), new-id s, name s, state s ("trying" "done" "failed"), error (when failed)}.
    void changed(const QVariantMap& migration);
    void profilesChanged();

private:
    enum class Phase { Trying, Leaving };
    struct Running {
        QString oldId;
        QString newId;
        QString name;
        QString before; // what was connected
        bool stay = false;
        Phase phase = Phase::Trying;
    };
    struct Remembered {
        probe::Result result;
        std::chrono::steady_clock::time_point when;
    };

    void onStatus(const QVariantMap& status);
    void connected();
    void over(std::optional<base::Error> error);
    void tell(const Running& running, const char* state, const std::optional<base::Error>& error = {});
    void moveSecrets(const QString& from, const QString& to);
    [[nodiscard]] profile::Profile draftOf(const profile::Profile& old, profile::Profile settings) const;

    Library& m_library;
    Connector& m_connector;
    Keyring& m_keyring;
    EventLog& m_log;
    PolicyNow m_policy;
    std::map<std::string, Remembered, std::less<>> m_probed;
    std::optional<Running> m_running;
    unsigned m_trial = 0; // counts them: what is still told of an earlier one is no news of this one
};

} // namespace tern::engine
