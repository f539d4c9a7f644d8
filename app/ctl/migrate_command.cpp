#include "app/ctl/migrate_command.h"

#include "app/ctl/certificate_command.h"
#include "app/ctl/console.h"
#include "app/ctl/json.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Migrate)
};

QString field(const QVariantMap& map, const char* key) {
    return map.value(QLatin1String(key)).toString();
}

ExitCode exitOf(const QVariantMap& error) {
    return exitCodeFor(field(error, "code"));
}

QString lineList(const QVariantMap& plan, const char* key, const QString& heading) {
    const auto lines = plan.value(QLatin1String(key)).toList();
    QString text;
    for (const auto& each : lines) {
        const auto line = each.toMap();
        text += u"  - "_s + printable(field(line, "sentence")) + u'\n';
        if (QLatin1String(key) == "dropped"_L1) {
            text += u"    "_s + printable(field(line, "remedy")) + u'\n';
        }
    }
    return text.isEmpty() ? text : heading + u'\n' + text;
}

// Which option of ternctl answers a question.
QString optionFor(const QString& answer) {
    if (answer == u"authority"_s) {
        return u"--ca FILE"_s;
    }
    return answer == u"allow-weak"_s ? u"--allow-weak"_s : u"--%1 …"_s.arg(answer);
}

QString resultText(const QString& result) {
    if (result == u"migrated"_s) {
        return Tr::tr("migrated");
    }
    if (result == u"planned"_s) {
        return Tr::tr("planned");
    }
    return result == u"not-ready"_s ? Tr::tr("server not ready") : Tr::tr("failed");
}

// Asks the server what it offers; ternd remembers the answer for the plan. Nothing when it was done.
std::optional<QVariantMap> probe(EngineClient& engine, const QVariantMap& plan) {
    auto& proxy = engine.proxy();
    QDBusPendingReply<QVariantMap> reply =
        proxy.asyncCall(u"Probe"_s, field(plan, "server"), QVariantMap{{u"profile"_s, plan.value(u"id"_s)}});
    reply.waitForFinished();
    // A ternd that does not know how to ask plans without, and the trial tells.
    return reply.isError() && reply.error().type() != QDBusError::UnknownMethod ? std::optional(errorOf(reply.reply()))
                                                                                : std::nullopt;
}

} // namespace

QString planText(const QVariantMap& plan) {
    const auto reason = plan.value(u"reason"_s).toMap();
    QString text = printable(field(plan, "name")) + u" ("_s + protocolName(field(plan, "from"));
    if (!field(plan, "protocol").isEmpty()) {
        text += u" → "_s + protocolName(field(plan, "protocol"));
    }
    text += u", "_s + printable(field(plan, "server")) + u")\n"_s;
    text += printable(field(reason, "sentence")) + u'\n' + printable(field(reason, "remedy")) + u'\n';
    text += lineList(plan, "kept", Tr::tr("Comes along:"));
    text += lineList(plan, "dropped", Tr::tr("Stays behind:"));
    const auto questions = plan.value(u"questions"_s).toList();
    for (const auto& each : questions) {
        const auto question = each.toMap();
        if (question.value(u"required"_s).toBool()) {
            text += Tr::tr("Needed: %1 (%2)")
                        .arg(printable(field(question, "sentence")), optionFor(field(question, "answer"))) +
                    u"\n  "_s + printable(field(question, "remedy")) + u'\n';
        }
    }
    return text;
}

MigrateCommand::MigrateCommand(EngineClient& engine, const Options& options)
    : m_engine(engine)
    , m_options(options)
    , m_prompts(engine) {}

void MigrateCommand::say(const QString& text) const {
    if (!m_options.json) {
        out(text);
    }
}

// The options' values as ternd wants them; an error's map where a file cannot be read.
std::optional<QVariantMap> MigrateCommand::readAnswers() {
    m_answers = {{u"to"_s, m_options.to}};
    if (!m_options.server.isEmpty()) {
        m_answers.insert(u"server"_s, m_options.server);
    }
    if (!m_options.username.isEmpty()) {
        m_answers.insert(u"username"_s, m_options.username);
    }
    if (!m_options.certificate.isEmpty()) {
        const bool token = m_options.certificate.startsWith(u"pkcs11:"_s);
        m_answers.insert(u"certificate"_s,
                         token ? m_options.certificate : QDir().absoluteFilePath(m_options.certificate));
    }
    if (!m_options.authority.isEmpty()) {
        const auto read = withAuthorityFile({{u"ca"_s, m_options.authority}});
        if (!read) {
            return read.error();
        }
        m_answers.insert(u"ca"_s, read->value(u"ca"_s));
    }
    m_answers.insert(u"allow-weak"_s, m_options.allowWeak);
    m_answers.insert(u"shared-key"_s, m_options.sharedKey);
    return std::nullopt;
}

ExitCode MigrateCommand::run() {
    if (m_options.undo) {
        return undo();
    }
    if (const auto error = readAnswers()) {
        err(errorText(*error));
        return exitOf(*error);
    }
    auto& proxy = m_engine.proxy();
    connect(&proxy, &TernEngine1Proxy::MigrationChanged, this,
            [this](const QVariantMap& migration) { migrationChanged(dbus::unwrap(migration)); });
    connect(&proxy, &TernEngine1Proxy::Prompted, this, [this](const QVariantMap& wrapped) {
        if (const auto prompt = dbus::unwrap(wrapped); field(prompt, "id") == m_newId && !m_newId.isEmpty()) {
            m_prompts.ask(prompt);
        } else if (m_newId.isEmpty()) {
            m_early << prompt;
        }
    });
    connect(&proxy, &TernEngine1Proxy::StatusChanged, this, [this](const QVariantMap& wrapped) {
        const auto status = dbus::unwrap(wrapped);
        if (const auto line = statusLine(status); field(status, "id") == m_newId && line != m_shownLine) {
            m_shownLine = line;
            say(line);
        }
    });
    m_engine.onVanished([this] {
        m_ending = {{u"state"_s, u"failed"_s},
                    {u"error"_s, dbus::toMap(base::Error{"tern.engine.unavailable", {}, "ternd ended"})}};
        m_loop.quit();
    });
    const InterruptWatch interrupt([this] {
        m_interrupted = true;
        m_prompts.cancel();
        if (!m_newId.isEmpty()) {
            m_engine.proxy().Disconnect(m_newId);
        }
    });
    if (m_options.all) {
        return all();
    }
    const auto outcome = one(m_options.operands.first());
    if (m_options.json) {
        out(toJson(outcome.map, QJsonDocument::Indented));
    }
    return outcome.exit;
}

ExitCode MigrateCommand::undo() {
    QDBusPendingReply<QString> reply = m_engine.proxy().UndoMigration(m_options.operands.first());
    reply.waitForFinished();
    if (reply.isError()) {
        const auto error = errorOf(reply.reply());
        err(errorText(error));
        return exitOf(error);
    }
    const auto restored = m_engine.show(reply.value());
    if (m_options.json && restored) {
        out(toJson(*restored, QJsonDocument::Indented));
    } else if (restored) {
        out(Tr::tr("“%1” has its old settings again.").arg(printable(field(*restored, "name"))) + u'\n');
    }
    return ExitCode::Ok;
}

Answer<QVariantMap> MigrateCommand::planned(const QString& name) {
    QDBusPendingReply<QVariantMap> reply = m_engine.proxy().PlanMigration(name, m_answers);
    reply.waitForFinished();
    if (reply.isError()) {
        return tl::make_unexpected(errorOf(reply.reply()));
    }
    return dbus::unwrap(reply.value());
}

MigrateCommand::Outcome MigrateCommand::one(const QString& name) {
    const auto failed = [&](const QVariantMap& error, const char* result) {
        err(errorText(error));
        return Outcome{{{u"name"_s, name}, {u"result"_s, QLatin1String(result)}, {u"error"_s, error}}, exitOf(error)};
    };
    auto plan = planned(name);
    if (plan && field(*plan, "verdict") != u"not-needed"_s && !field(*plan, "server").isEmpty() && !m_options.noCheck) {
        say(Tr::tr("Asking %1 what it offers…").arg(printable(field(*plan, "server"))) + u'\n');
        if (const auto error = probe(m_engine, *plan)) {
            return failed(*error, "failed");
        }
        plan = planned(name);
    }
    if (!plan) {
        return failed(plan.error(), "failed");
    }
    say(planText(*plan));
    Outcome outcome{{{u"name"_s, plan->value(u"name"_s)}, {u"plan"_s, *plan}}, ExitCode::Ok};
    const auto verdict = field(*plan, "verdict");
    const auto result = [&](const char* word) { outcome.map.insert(u"result"_s, QLatin1String(word)); };
    if (verdict == u"not-needed"_s) {
        result("not-needed");
    } else if (verdict == u"not-ready"_s || verdict == u"silent"_s || verdict == u"forbidden"_s) {
        result("not-ready");
        outcome.exit = exitOf(plan->value(u"reason"_s).toMap());
        say(Tr::tr("A letter to the administrator: ternctl letter “%1”").arg(printable(field(*plan, "name"))) + u'\n');
    } else if (m_options.dryRun) {
        result("planned");
    } else {
        const auto tried = tryOut(*plan);
        outcome.exit = tried.exit;
        outcome.map.insert(tried.map);
    }
    return outcome;
}

MigrateCommand::Outcome MigrateCommand::tryOut(const QVariantMap& plan) {
    auto parameters = m_answers;
    parameters.insert(u"try"_s, !m_options.noTry);
    parameters.insert(u"stay"_s, m_options.stay);
    parameters.insert(u"interactive"_s,
                      stdinIsTerminal() && !m_options.passwordStdin && !m_options.keySecretStdin && !m_options.json);
    QByteArray key;
    QByteArray password;
    for (const auto& [wanted, octets, name] : {std::tuple{m_options.keySecretStdin, &key, u"key-secret"_s},
                                               std::tuple{m_options.passwordStdin, &password, u"secret"_s}}) {
        if (const auto secret = wanted ? secretFromStdin() : std::nullopt) {
            *octets = octetsOf(*secret);
            parameters.insert(name, *octets);
        }
    }
    m_newId.clear();
    m_early.clear();
    m_ending.clear();
    QDBusPendingReply<QString> reply = m_engine.proxy().Migrate(field(plan, "id"), parameters);
    parameters.clear();
    wipe(key);
    wipe(password);
    reply.waitForFinished();
    QVariantMap error = reply.isError() ? errorOf(reply.reply()) : QVariantMap();
    if (!reply.isError()) {
        m_newId = reply.value();
        const auto early = std::exchange(m_early, {});
        for (const auto& each : early) { // what came before the answer to the call
            if (each.contains(u"prompt"_s) && field(each, "id") == m_newId) {
                m_prompts.ask(each);
            } else if (each.contains(u"new-id"_s)) {
                migrationChanged(each);
            }
        }
        if (m_ending.isEmpty()) {
            m_loop.exec();
        }
        error = m_ending.value(u"error"_s).toMap();
        m_newId.clear();
    }
    if (!error.isEmpty()) {
        err(errorText(error));
        say(Tr::tr("Everything is as it was before.") + u'\n');
        return {{{u"result"_s, u"failed"_s}, {u"error"_s, error}},
                m_interrupted ? ExitCode::Interrupted : exitOf(error)};
    }
    const auto name = printable(field(plan, "name"));
    say(Tr::tr("Done: “%1” now uses the new settings. To bring the old ones back: ternctl migrate --undo “%1”")
            .arg(name) +
        u'\n');
    return {{{u"result"_s, u"migrated"_s}, {u"new-id"_s, m_ending.value(u"new-id"_s)}}, ExitCode::Ok};
}

void MigrateCommand::migrationChanged(const QVariantMap& migration) {
    if (m_newId.isEmpty()) {
        m_early << migration;
        return;
    }
    if (field(migration, "new-id") == m_newId && field(migration, "state") != u"trying"_s) {
        m_ending = migration;
        m_loop.quit();
    }
}

ExitCode MigrateCommand::all() {
    const auto profiles = m_engine.list();
    if (!profiles) {
        err(errorText(profiles.error()));
        return exitOf(profiles.error());
    }
    auto exit = ExitCode::Ok;
    QVariantList outcomes;
    QList<QStringList> rows{{Tr::tr("NAME"), Tr::tr("FROM"), Tr::tr("TO"), Tr::tr("RESULT")}};
    for (const auto& wrapped : *profiles) {
        const auto profile = dbus::unwrap(wrapped);
        const auto before = planned(field(profile, "id"));
        if (m_interrupted || (before && field(*before, "verdict") == u"not-needed"_s)) {
            continue;
        }
        const auto outcome = one(field(profile, "id"));
        say(u"\n"_s);
        exit = exit == ExitCode::Ok ? outcome.exit : exit; // the others are still done; the first failure decides
        outcomes << QVariant(outcome.map);
        const auto plan = outcome.map.value(u"plan"_s).toMap();
        const auto to = field(plan, "protocol");
        rows << QStringList{field(profile, "name"), protocolName(field(profile, "protocol")),
                            to.isEmpty() ? u"–"_s : protocolName(to), resultText(field(outcome.map, "result"))};
    }
    if (m_options.json) {
        out(toJson(outcomes, QJsonDocument::Indented));
    } else {
        out(rows.size() > 1 ? table(rows) : Tr::tr("There is nothing to migrate.") + u'\n');
    }
    return m_interrupted ? ExitCode::Interrupted : exit;
}

ExitCode archive(EngineClient& engine, const Options& options) {
    QDBusPendingReply<dbus::MapList> reply = engine.proxy().Archived();
    reply.waitForFinished();
    if (reply.isError()) {
        const auto error = errorOf(reply.reply());
        err(errorText(error));
        return exitOf(error);
    }
    QVariantList all;
    QList<QStringList> rows{{Tr::tr("NAME"), Tr::tr("TYPE"), Tr::tr("SERVER")}};
    const auto profiles = reply.value();
    for (const auto& wrapped : profiles) {
        const auto profile = dbus::unwrap(wrapped);
        all << QVariant(profile);
        rows << QStringList{field(profile, "name"), protocolName(field(profile, "protocol")), field(profile, "server")};
    }
    if (options.json) {
        out(toJson(all, QJsonDocument::Indented));
    } else {
        out(rows.size() > 1 ? table(rows) : Tr::tr("No connection has been replaced.") + u'\n');
    }
    return ExitCode::Ok;
}

ExitCode letter(EngineClient& engine, const Options& options) {
    QVariantMap wish{{u"language"_s, QLocale().name()}};
    if (!options.server.isEmpty()) {
        wish.insert(u"server"_s, options.server);
    }
    const auto name = options.operands.first();
    QDBusPendingReply<QVariantMap> plan = engine.proxy().PlanMigration(name, wish);
    plan.waitForFinished();
    if (!plan.isError() && !options.noCheck && !field(plan.value(), "server").isEmpty()) {
        // A server that cannot even be asked is no reason to write no letter.
        if (const auto error = probe(engine, plan.value())) {
            err(errorText(*error));
        }
    }
    QDBusPendingReply<QVariantMap> reply = engine.proxy().Letter(name, wish);
    reply.waitForFinished();
    if (reply.isError()) {
        const auto error = errorOf(reply.reply());
        err(errorText(error));
        return exitOf(error);
    }
    const auto letter = dbus::unwrap(reply.value());
    if (options.json) {
        out(toJson(letter, QJsonDocument::Indented));
        return ExitCode::Ok;
    }
    // The form that was asked for; the plain one begins as a mail does.
    if (options.format != u"text"_s) {
        out(field(letter, options.format.toLatin1().constData()));
        return ExitCode::Ok;
    }
    const auto to = field(letter, "to");
    out((to.isEmpty() ? QString() : Tr::tr("To: %1").arg(printable(to)) + u'\n') +
        Tr::tr("Subject: %1").arg(printable(field(letter, "title"))) + u"\n\n"_s + field(letter, "text"));
    return ExitCode::Ok;
}

} // namespace tern::ctl
