#include "app/engine/migrations.h"

#include "app/dbus/types.h"
#include "app/engine/credentials.h"
#include "core/base/catalogue.h"
#include "core/legacy/assess.h"
#include "core/migrate/letter.h"

#include <QCoreApplication>
#include <QPointer>
#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::engine::Migrations)
};

constexpr std::chrono::minutes probeCounts{15};

} // namespace

Migrations::Migrations(Library& library, Connector& connector, Keyring& keyring, EventLog& log, PolicyNow policy)
    : m_library(library)
    , m_connector(connector)
    , m_keyring(keyring)
    , m_log(log)
    , m_policy(std::move(policy)) {
    // Queued: what follows may end the connection that tells.
    connect(&m_connector, &Connector::statusChanged, this, [this](const QVariantMap& status) {
        QMetaObject::invokeMethod(
            this,
            [this, status, trial = m_trial] {
                if (trial == m_trial) {
                    onStatus(status);
                }
            },
            Qt::QueuedConnection);
    });
}

void Migrations::remember(const probe::Result& result) {
    m_probed.insert_or_assign(result.host, Remembered{result, std::chrono::steady_clock::now()});
}

const probe::Result* Migrations::probed(std::string_view host) const {
    const auto found = m_probed.find(host);
    return found == m_probed.end() || std::chrono::steady_clock::now() - found->second.when > probeCounts
               ? nullptr
               : &found->second.result;
}

base::Result<Migrations::Planned> Migrations::plan(std::string_view name, const Wish& wish) const {
    auto old = m_library.find(name);
    if (!old) {
        return base::fail(std::move(old.error()));
    }
    const auto rules = migrate::rulesFor(m_policy(), *old);
    auto server = migrate::serverToProbe(*old, rules, wish.answers);
    auto answers = wish.answers;
    // What a person has trusted after a trial was refused is an answer like the others.
    if (const auto* draft = m_library.draftFor(old->id); draft != nullptr && draft->server() == server) {
        answers.pins = draft->trust.pins;
        if (answers.caPem.empty() && draft->trust.caPem != old->trust.caPem) {
            answers.caPem = draft->trust.caPem;
        }
    }
    auto plan = migrate::plan(*old, probed(server), rules, wish.target, answers);
    return Planned{std::move(*old), std::move(server), std::move(plan)};
}

// The trial's settings; those of an earlier trial leave what a person has trusted for it.
profile::Profile Migrations::draftOf(const profile::Profile& old, profile::Profile settings) const {
    settings.id = Library::successorId(old.id);
    if (const auto* earlier = m_library.draftFor(old.id);
        earlier != nullptr && earlier->server() == settings.server()) {
        settings.trust.serverName = earlier->trust.serverName; // trusted under that name
    }
    return settings;
}

base::Result<QString> Migrations::start(std::string_view name, const Wish& wish, Try trial) {
    if (m_running) {
        return base::fail("tern.migrate.busy");
    }
    auto planned = plan(name, wish);
    if (!planned) {
        return base::fail(std::move(planned.error()));
    }
    auto& plan = planned->plan;
    if (plan.verdict == migrate::Verdict::Questions) {
        const auto open = std::ranges::find_if(plan.questions, &migrate::Question::required);
        return base::fail(
            "tern.migrate.unanswered",
            {base::describe(open == plan.questions.end() ? plan.reason : open->words).sentence.toStdString()});
    }
    if (plan.verdict != migrate::Verdict::Ready || !plan.settings) {
        return base::fail(plan.reason);
    }
    auto draft = draftOf(planned->old, std::move(*plan.settings));
    Running running{QString::fromStdString(planned->old.id), QString::fromStdString(draft.id),
                    QString::fromStdString(draft.name), m_connector.activeId(), trial.stay};
    const auto newId = running.newId;
    ++m_trial;
    const bool sharesSecret = migrate::secretComesAlong(planned->old, draft);
    m_library.putDraft(planned->old.id, draft);
    if (!trial.connect) {
        m_running = std::move(running);
        connected();
        return newId;
    }
    if (sharesSecret) {
        trial.options.keptUnder = running.oldId;
    }
    m_log.add(Level::Info, running.oldId, Tr::tr("Trying new settings for %1.").arg(running.name));
    m_running = std::move(running);
    if (auto started = m_connector.start(draft, std::move(trial.options)); !started) {
        m_running.reset();
        m_library.dropDraft(draft.id);
        return base::fail(std::move(started.error()));
    }
    if (m_running) {
        tell(*m_running, "trying");
    }
    return newId;
}

void Migrations::onStatus(const QVariantMap& status) {
    if (!m_running || status.value(u"id"_s).toString() != m_running->newId) {
        return;
    }
    const auto state = status.value(u"state"_s).toString();
    const bool ended = state == u"failed"_s || state == u"disconnected"_s;
    if (m_running->phase == Phase::Leaving) {
        if (ended) {
            over(std::nullopt);
        }
    } else if (state == u"connected"_s) {
        connected();
    } else if (ended) {
        const auto error = status.value(u"error"_s).toMap();
        over(error.isEmpty() ? base::Error{"tern.migrate.cancelled", {}, {}} : dbus::errorFromMap(error));
    }
}

// It works: from now on the new settings are the connection.
void Migrations::connected() {
    const auto oldId = m_running->oldId;
    const auto newId = m_running->newId;
    if (auto committed = m_library.commitDraft(newId.toStdString()); !committed) {
        m_connector.stop(newId);
        over(committed.error());
        return;
    }
    moveSecrets(oldId, newId);
    m_log.add(Level::Info, newId, Tr::tr("%1 now uses the new settings.").arg(m_running->name));
    Q_EMIT profilesChanged();
    if (m_running->stay || m_connector.activeId() != newId) {
        over(std::nullopt);
        return;
    }
    m_running->phase = Phase::Leaving;
    m_connector.stop(newId);
}

void Migrations::over(std::optional<base::Error> error) {
    const auto running = std::move(*m_running);
    m_running.reset();
    if (error) {
        // The reason is told here; the list has no such connection that could have failed.
        m_connector.stop(running.newId);
        m_log.add(running.oldId, *error);
    }
    const bool leaves = error.has_value() || !running.stay;
    if (leaves && !running.before.isEmpty() && running.before != m_connector.activeId()) {
        // It was connected before: so it is again, if the old settings still are there.
        const auto profile = m_library.find(running.before.toStdString());
        if (const auto again = profile ? m_connector.start(*profile, {}) : base::Result<void>(); !again) {
            m_log.add(running.before, again.error());
        }
    }
    tell(running, error ? "failed" : "done", error);
}

void Migrations::tell(const Running& running, const char* state, const std::optional<base::Error>& error) {
    QVariantMap map{{u"id"_s, running.oldId},
                    {u"new-id"_s, running.newId},
                    {u"name"_s, running.name},
                    {u"state"_s, QString::fromLatin1(state)}};
    if (error) {
        map.insert(u"error"_s, dbus::toMap(*error));
    }
    Q_EMIT changed(map);
}

base::Result<QString> Migrations::undo(std::string_view name) {
    const auto successor = m_library.successorOf(name);
    if (!successor) {
        return base::fail(successor.error());
    }
    const auto newId = QString::fromStdString(*successor);
    if (!newId.isEmpty() && m_connector.activeId() == newId) {
        return base::fail("tern.engine.in-use", {m_library.find(*successor)->name});
    }
    const auto current =
        newId.isEmpty() ? base::Result<profile::Profile>(profile::Profile{}) : m_library.find(*successor);
    auto undone = m_library.undoMigration(name);
    if (!undone) {
        return base::fail(std::move(undone.error()));
    }
    const auto oldId = QString::fromStdString(undone->id);
    if (!newId.isEmpty() && current && migrate::secretComesAlong(*undone, *current)) {
        moveSecrets(newId, oldId);
    }
    m_log.add(Level::Info, oldId, Tr::tr("%1 has its old settings again.").arg(QString::fromStdString(undone->name)));
    Q_EMIT profilesChanged();
    return oldId;
}

base::Result<migrate::Document> Migrations::letter(std::string_view name, const Wish& wish) const {
    const auto planned = plan(name, wish);
    if (!planned) {
        return base::fail(planned.error());
    }
    return migrate::letter({planned->old, planned->server, legacy::assess(planned->old), probed(planned->server),
                            m_policy().organisation});
}

void Migrations::movePending() {
    for (const auto& old : m_library.archived()) {
        const auto successor = m_library.find(Library::successorId(old.id));
        const auto oldId = QString::fromStdString(old.id);
        if (successor && m_keyring.has(oldId) && migrate::secretComesAlong(old, *successor)) {
            moveSecrets(oldId, QString::fromStdString(successor->id));
        }
    }
}

// The old key goes only when the new one is in the keyring. What the person has typed meanwhile is the newer one.
void Migrations::moveSecrets(const QString& from, const QString& to) {
    const auto old = std::ranges::find(m_library.archived(), from.toStdString(), &profile::Profile::id);
    const auto fresh = m_library.find(to.toStdString());
    const bool password = old == m_library.archived().end() || !fresh || migrate::secretComesAlong(*old, *fresh);
    std::vector<std::pair<QString, QString>> keys{
        {ProfileCredentials::keyringKey(from), ProfileCredentials::keyringKey(to)},
        {ProfileCredentials::ppkKey(from), ProfileCredentials::ppkKey(to)}};
    if (password) {
        keys.emplace_back(from, to);
    }
    for (const auto& key : keys) {
        // clang 14 cannot capture a structured binding.
        const QString source = key.first;
        const QString target = key.second;
        if (!m_keyring.has(source)) {
            continue;
        }
        m_keyring.read(source, [this, self = QPointer(this), source, target](std::optional<base::SecureBytes> secret) {
            if (!self || !secret || m_keyring.has(target)) {
                return;
            }
            m_keyring.write(target, std::move(*secret), [this, self, source](const base::Result<void>& written) {
                if (!self) {
                    return;
                }
                if (written) {
                    m_keyring.remove(source);
                } else {
                    m_log.add(source, written.error());
                }
            });
        });
    }
}

} // namespace tern::engine
