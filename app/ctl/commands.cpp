#include "app/ctl/commands.h"

#include "app/ctl/audit_command.h"
#include "app/ctl/certificate_command.h"
#include "app/ctl/connect_command.h"
#include "app/ctl/console.h"
#include "app/ctl/engine_client.h"
#include "app/ctl/json.h"
#include "app/ctl/migrate_command.h"
#include "app/ctl/options.h"
#include "app/ctl/output.h"
#include "app/ctl/present.h"
#include "app/ctl/probe_command.h"
#include "app/ctl/settings.h"
#include "app/ctl/text.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <algorithm>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Commands)
};

// ternd keeps fewer.
constexpr unsigned wholeLog = 100'000;

ExitCode failed(const QVariantMap& error) {
    err(errorText(error));
    return exitCodeFor(error.value(u"code"_s).toString());
}

QVariantList asList(const dbus::MapList& maps) {
    QVariantList list;
    for (const auto& map : maps) {
        list << QVariant(map);
    }
    return list;
}

// Nothing was added, and not because all of it is there already.
bool holdsNothing(const QVariantMap& report) {
    const auto problems = report.value(u"problems"_s).toList();
    const bool known = std::any_of(problems.begin(), problems.end(), [](const QVariant& problem) {
        return problem.toMap().value(u"code"_s) == u"tern.engine.already-imported"_s;
    });
    return report.value(u"added"_s).toUInt() == 0 && !known;
}

ExitCode importFiles(EngineClient& engine, const Options& options) {
    auto exit = ExitCode::Ok;
    QVariantList reports;
    for (const auto& path : options.operands) {
        auto report = engine.import(path);
        if (!report) {
            // The others are still imported; the first failure decides.
            const auto code = failed(report.error());
            exit = exit == ExitCode::Ok ? code : exit;
            continue;
        }
        if (holdsNothing(*report) && exit == ExitCode::Ok) {
            exit = ExitCode::BadFile;
        }
        if (options.json) {
            report->insert(u"file"_s, path);
            reports << QVariant(*report);
        } else {
            out(importText(*report));
        }
    }
    if (options.json) {
        out(toJson(reports, QJsonDocument::Indented));
    }
    return exit;
}

ExitCode list(EngineClient& engine, const Options& options) {
    const auto profiles = engine.list();
    if (!profiles) {
        return failed(profiles.error());
    }
    if (options.json) {
        out(toJson(asList(*profiles), QJsonDocument::Indented));
        return ExitCode::Ok;
    }
    const auto policy = engine.policy();
    const auto problems = policy ? policy->value(u"problems"_s).toList() : QVariantList();
    for (const auto& problem : problems) {
        err(errorText(problem.toMap()) + u'\n');
    }
    const auto statuses = engine.status();
    out(listText(*profiles, statuses.value_or(dbus::MapList())));
    return ExitCode::Ok;
}

ExitCode show(EngineClient& engine, const Options& options) {
    const auto profile = engine.show(options.operands.first());
    if (!profile) {
        return failed(profile.error());
    }
    if (options.json) {
        out(toJson(*profile, QJsonDocument::Indented));
    } else {
        out(showText(*profile));
    }
    return ExitCode::Ok;
}

ExitCode policy(EngineClient& engine, const Options& options) {
    const auto policy = engine.policy();
    if (!policy) {
        return failed(policy.error());
    }
    out(options.json ? QString::fromUtf8(toJson(*policy, QJsonDocument::Indented)) : policyText(*policy));
    const auto problems = policy->value(u"problems"_s).toList();
    return problems.isEmpty() ? ExitCode::Ok : ExitCode::Refused;
}

ExitCode set(EngineClient& engine, const Options& options) {
    const auto changes = parseSettings(options.operands.mid(1));
    if (!changes) {
        err(changes.error() + u'\n' + Tr::tr("Try: ternctl --help") + u'\n');
        return ExitCode::Usage;
    }
    const auto complete = withAuthorityFile(*changes);
    if (!complete) {
        return failed(complete.error());
    }
    const auto profile = engine.show(options.operands.first());
    if (!profile) {
        return failed(profile.error());
    }
    const auto refused = engine.edit(profile->value(u"id"_s).toString(), *complete);
    return refused ? failed(*refused) : ExitCode::Ok;
}

ExitCode exportConnection(EngineClient& engine, const Options& options) {
    const auto exported = engine.exported(options.operands.first(), options.format);
    if (!exported) {
        return failed(exported.error());
    }
    Output output(options.output);
    output.write(exported->value(u"content"_s).toByteArray().toStdString());
    if (!output.close()) {
        return output.failed();
    }
    const auto notes = exported->value(u"notes"_s).toList();
    for (const auto& note : notes) {
        err(printable(note.toMap().value(u"sentence"_s).toString()) + u'\n');
    }
    return ExitCode::Ok;
}

// Until Ctrl-C, or until ternd ends.
ExitCode watch(EngineClient& engine) {
    QEventLoop loop;
    auto exit = ExitCode::Ok;
    const InterruptWatch interrupt([&] { loop.quit(); });
    engine.onVanished([&] {
        exit = failed(dbus::toMap(base::Error{"tern.engine.unavailable", {}, "ternd ended"}));
        loop.quit();
    });
    loop.exec();
    return exit;
}

ExitCode status(EngineClient& engine, const Options& options) {
    if (options.watch) {
        QObject::connect(&engine.proxy(), &TernEngine1Proxy::StatusChanged, &engine.proxy(),
                         [json = options.json](const QVariantMap& wrapped) {
                             const auto changed = dbus::unwrap(wrapped);
                             if (json) {
                                 out(toJson(changed, QJsonDocument::Compact));
                             } else {
                                 out(u'\n' + statusText({changed}));
                             }
                         });
    }
    const auto statuses = engine.status();
    if (!statuses) {
        return failed(statuses.error());
    }
    if (!options.json) {
        out(statusText(*statuses));
    } else if (!options.watch) {
        out(toJson(asList(*statuses), QJsonDocument::Indented));
    } else {
        for (const auto& one : *statuses) {
            out(toJson(one, QJsonDocument::Compact));
        }
    }
    return options.watch ? watch(engine) : ExitCode::Ok;
}

ExitCode log(EngineClient& engine, const Options& options) {
    const auto show = [json = options.json](const QVariantMap& entry) {
        if (json) {
            out(toJson(entry, QJsonDocument::Compact));
        } else {
            out(logLine(entry));
        }
    };
    if (options.follow) {
        QObject::connect(&engine.proxy(), &TernEngine1Proxy::Logged, &engine.proxy(),
                         [show](const QVariantMap& entry) { show(dbus::unwrap(entry)); });
    }
    const auto entries = engine.log(wholeLog);
    if (!entries) {
        return failed(entries.error());
    }
    if (options.json && !options.follow) {
        out(toJson(asList(*entries), QJsonDocument::Indented));
        return ExitCode::Ok;
    }
    for (const auto& entry : *entries) {
        show(entry);
    }
    return options.follow ? watch(engine) : ExitCode::Ok;
}

} // namespace

ExitCode run(const QStringList& arguments) {
    const auto options = parseOptions(arguments);
    if (!options) {
        err(options.error() + u'\n' + Tr::tr("Try: ternctl --help") + u'\n');
        return ExitCode::Usage;
    }
    if (options->verb == Verb::Help) {
        out(helpText());
        return ExitCode::Ok;
    }
    if (options->verb == Verb::Version) {
        out(u"ternctl " TERN_VERSION "\n"_s);
        return ExitCode::Ok;
    }
    if (options->verb == Verb::Audit) {
        return auditPaths(*options); // without ternd
    }
    EngineClient engine;
    switch (options->verb) {
    case Verb::Import:
        return importFiles(engine, *options);
    case Verb::List:
        return list(engine, *options);
    case Verb::Show:
        return show(engine, *options);
    case Verb::Policy:
        return policy(engine, *options);
    case Verb::Set:
        return set(engine, *options);
    case Verb::Connect:
        return ConnectCommand(engine, *options).run();
    case Verb::Disconnect:
        return disconnect(engine, *options);
    case Verb::Status:
        return status(engine, *options);
    case Verb::Log:
        return log(engine, *options);
    case Verb::Certificate:
        return showCertificates(engine, *options);
    case Verb::Trust:
        return trustCertificate(engine, *options);
    case Verb::Probe:
        return probe(engine, *options);
    case Verb::Export:
        return exportConnection(engine, *options);
    case Verb::Migrate:
        return MigrateCommand(engine, *options).run();
    case Verb::Archive:
        return archive(engine, *options);
    case Verb::Letter:
        return letter(engine, *options);
    case Verb::Audit:
    case Verb::Help:
    case Verb::Version:
        break;
    }
    return ExitCode::Usage;
}

} // namespace tern::ctl
