// "ternctl connect --wait" and "ternctl disconnect --wait": what happens until the end is known.
#pragma once

#include "app/ctl/engine_client.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"
#include "app/ctl/terminal_prompts.h"

#include <QEventLoop>
#include <QHash>
#include <QTimer>
#include <memory>

namespace tern::ctl {

class ConnectCommand : public QObject {
public:
    ConnectCommand(EngineClient& engine, const Options& options);
    // Runs an event loop until it is over.
    [[nodiscard]] ExitCode run();

private:
    // Asks ternd; parameters hold no secret that the caller does not wipe.
    void call(const QVariantMap& parameters);
    void called(const QDBusMessage& reply);
    [[nodiscard]] QVariantMap parameters() const;
    // The policy allows L2TP to those who say that they know.
    void askForAcknowledgement(const QVariantMap& error);
    void statusChanged(const QVariantMap& status);
    void follow(const QVariantMap& status);
    void prompted(const QVariantMap& prompt);
    void interrupted();
    void fail(const QVariantMap& error);
    void end(ExitCode code);

    EngineClient& m_engine;
    Options m_options;
    QEventLoop m_loop;
    ExitCode m_exit = ExitCode::Failed;
    bool m_ended = false;
    bool m_interrupted = false;
    QString m_id;                           // known once ternd has answered the call
    QHash<QString, QVariantMap> m_statuses; // the last of each profile until then
    QList<QVariantMap> m_waiting;           // prompts, likewise
    QString m_shownLine;
    TerminalPrompts m_prompts;
    std::unique_ptr<TerminalQuestion> m_question; // whether to connect all the same
    QTimer m_giveUp;
};

// Asks ternd to disconnect; with wait, returns when nothing it concerns is up any more.
[[nodiscard]] ExitCode disconnect(EngineClient& engine, const Options& options);

} // namespace tern::ctl
