// "ternctl migrate", "archive" and "letter".
#pragma once

#include "app/ctl/engine_client.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"
#include "app/ctl/terminal_prompts.h"

#include <QEventLoop>

namespace tern::ctl {

// One connection after the other: asked what its server offers, planned, tried, kept. A failure never stops the rest.
class MigrateCommand : public QObject {
public:
    MigrateCommand(EngineClient& engine, const Options& options);
    [[nodiscard]] ExitCode run();

private:
    // What became of one: result is "migrated", "planned", "not-needed", "not-ready" or "failed".
    struct Outcome {
        QVariantMap map;
        ExitCode exit = ExitCode::Ok;
    };

    [[nodiscard]] ExitCode all();
    [[nodiscard]] ExitCode undo();
    [[nodiscard]] Outcome one(const QString& name);
    [[nodiscard]] Outcome tryOut(const QVariantMap& plan);
    [[nodiscard]] Answer<QVariantMap> planned(const QString& name);
    [[nodiscard]] std::optional<QVariantMap> readAnswers();
    void migrationChanged(const QVariantMap& migration);
    void say(const QString& text) const;

    EngineClient& m_engine;
    Options m_options;
    QVariantMap m_answers; // to the plan's questions
    TerminalPrompts m_prompts;
    QEventLoop m_loop;
    QString m_newId;      // of the trial that runs
    QVariantMap m_ending; // MigrationChanged's last word about it
    QList<QVariantMap> m_early;
    QString m_shownLine;
    bool m_interrupted = false;
};

[[nodiscard]] ExitCode archive(EngineClient& engine, const Options& options);
[[nodiscard]] ExitCode letter(EngineClient& engine, const Options& options);

// A plan of org.ternvpn.Engine1 for people.
[[nodiscard]] QString planText(const QVariantMap& plan);

} // namespace tern::ctl
