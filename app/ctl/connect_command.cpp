#include "app/ctl/connect_command.h"

#include "app/ctl/console.h"
#include "app/ctl/json.h"
#include "app/ctl/present.h"

#include <QCoreApplication>
#include <QDBusPendingCallWatcher>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Connect)
};

// After Ctrl-C ternd says goodbye to the server, which takes at most two seconds.
constexpr int interruptLimitMilliseconds = 5'000;

bool isOver(const QVariantMap& status) {
    const auto state = status.value(u"state"_s).toString();
    return state == "disconnected"_L1 || state == "failed"_L1;
}

} // namespace

ConnectCommand::ConnectCommand(EngineClient& engine, const Options& options)
    : m_engine(engine)
    , m_options(options)
    , m_prompts(engine) {
    m_giveUp.setSingleShot(true);
    connect(&m_giveUp, &QTimer::timeout, this, [this] { end(ExitCode::Interrupted); });
}

QVariantMap ConnectCommand::parameters() const {
    // Somebody who waits and cannot type must not wait for an answer that never comes.
    QVariantMap map{{u"interactive"_s,
                     !m_options.wait || (stdinIsTerminal() && !m_options.passwordStdin && !m_options.keySecretStdin)}};
    if (!m_options.username.isEmpty()) {
        map.insert(u"username"_s, m_options.username);
    }
    if (m_options.acknowledgeL2tp) {
        map.insert(u"acknowledge-l2tp"_s, true);
    }
    return map;
}

ExitCode ConnectCommand::run() {
    auto parameters = this->parameters();
    QByteArray octets;
    QByteArray keyOctets;
    if (m_options.keySecretStdin) {
        const auto secret = secretFromStdin();
        if (!secret) {
            err(Tr::tr("Standard input held no pass phrase and no PIN.") + u'\n');
            return ExitCode::Usage;
        }
        keyOctets = octetsOf(*secret);
        parameters.insert(u"key-secret"_s, keyOctets);
    }
    if (m_options.passwordStdin) {
        const auto secret = secretFromStdin();
        if (!secret) {
            err(Tr::tr("Standard input held no password.") + u'\n');
            return ExitCode::Usage;
        }
        octets = octetsOf(*secret);
        parameters.insert(u"secret"_s, octets);
    }

    auto& proxy = m_engine.proxy();
    if (m_options.wait) {
        connect(&proxy, &TernEngine1Proxy::StatusChanged, this,
                [this](const QVariantMap& status) { statusChanged(dbus::unwrap(status)); });
        connect(&proxy, &TernEngine1Proxy::Prompted, this,
                [this](const QVariantMap& prompt) { prompted(dbus::unwrap(prompt)); });
        m_engine.onVanished([this] { fail(dbus::toMap(base::Error{"tern.engine.unavailable", {}, "ternd ended"})); });
    }
    const InterruptWatch interrupt([this] { interrupted(); });
    call(parameters);
    parameters.clear();
    wipe(octets);
    wipe(keyOctets);
    if (!m_ended) {
        m_loop.exec();
    }
    return m_exit;
}

void ConnectCommand::call(const QVariantMap& parameters) {
    auto* watcher = new QDBusPendingCallWatcher(m_engine.proxy().Connect(m_options.operands.first(), parameters), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] { called(watcher->reply()); });
}

void ConnectCommand::askForAcknowledgement(const QVariantMap& error) {
    err(errorText(error));
    m_question =
        std::make_unique<TerminalQuestion>(Tr::tr("Connect all the same? Type yes: "), TerminalQuestion::Echo::On,
                                           [this, error](const std::optional<base::SecureBytes>& line) {
                                               const auto typed =
                                                   line ? QString::fromUtf8(octetsOf(*line)).trimmed() : QString();
                                               if (typed.compare(Tr::tr("yes"), Qt::CaseInsensitive) != 0 &&
                                                   typed.compare("yes"_L1, Qt::CaseInsensitive) != 0) {
                                                   end(exitCodeFor(error.value(u"code"_s).toString()));
                                                   return;
                                               }
                                               m_options.acknowledgeL2tp = true;
                                               call(parameters());
                                           });
}

void ConnectCommand::called(const QDBusMessage& reply) {
    if (reply.type() == QDBusMessage::ErrorMessage) {
        const auto error = errorOf(reply);
        const bool canAsk =
            stdinIsTerminal() && !m_options.passwordStdin && !m_options.keySecretStdin && !m_interrupted;
        if (canAsk && error.value(u"code"_s).toString() == "tern.policy.acknowledge"_L1) {
            askForAcknowledgement(error);
        } else {
            fail(error);
        }
        return;
    }
    m_id = reply.arguments().value(0).toString();
    if (!m_options.wait) {
        end(ExitCode::Ok);
        return;
    }
    if (m_interrupted) {
        m_engine.proxy().Disconnect(m_id);
    }
    for (const auto& prompt : std::exchange(m_waiting, {})) {
        prompted(prompt);
    }
    const auto last = m_statuses.value(m_id);
    if (!last.isEmpty()) {
        follow(last);
    }
}

void ConnectCommand::statusChanged(const QVariantMap& status) {
    const auto id = status.value(u"id"_s).toString();
    if (m_id.isEmpty()) {
        m_statuses.insert(id, status);
    } else if (id == m_id) {
        follow(status);
    }
}

void ConnectCommand::follow(const QVariantMap& status) {
    const auto state = status.value(u"state"_s).toString();
    const bool last = state == "connected"_L1 || isOver(status);
    if (m_options.json) {
        if (last) {
            out(toJson(status, QJsonDocument::Indented));
        }
    } else if (const auto line = statusLine(status); line != m_shownLine) {
        m_shownLine = line;
        out(line);
    }
    if (m_interrupted) {
        if (isOver(status)) {
            end(ExitCode::Interrupted);
        }
        return;
    }
    if (state == "connected"_L1) {
        end(ExitCode::Ok);
    } else if (state == "failed"_L1) {
        fail(status.value(u"error"_s).toMap());
    } else if (state == "disconnected"_L1) {
        end(ExitCode::Failed);
    }
}

void ConnectCommand::prompted(const QVariantMap& prompt) {
    if (m_id.isEmpty()) {
        m_waiting << prompt;
    } else if (prompt.value(u"id"_s).toString() == m_id && !m_interrupted) {
        m_prompts.ask(prompt);
    }
}

void ConnectCommand::interrupted() {
    m_interrupted = true;
    m_prompts.cancel();
    m_question.reset();
    if (!m_options.wait) {
        end(ExitCode::Interrupted);
        return;
    }
    m_giveUp.start(interruptLimitMilliseconds);
    if (!m_id.isEmpty()) {
        m_engine.proxy().Disconnect(m_id);
    }
}

void ConnectCommand::fail(const QVariantMap& error) {
    err(errorText(error));
    end(m_interrupted ? ExitCode::Interrupted : exitCodeFor(error.value(u"code"_s).toString()));
}

void ConnectCommand::end(ExitCode code) {
    if (m_ended) {
        return;
    }
    m_ended = true;
    m_exit = code;
    m_loop.quit();
}

ExitCode disconnect(EngineClient& engine, const Options& options) {
    QEventLoop loop;
    QSet<QString> awaited;
    bool vanished = false;
    auto& proxy = engine.proxy();
    QObject::connect(&proxy, &TernEngine1Proxy::StatusChanged, &loop, [&](const QVariantMap& status) {
        if (isOver(status)) {
            awaited.remove(status.value(u"id"_s).toString());
        }
        if (awaited.isEmpty()) {
            loop.quit();
        }
    });
    auto reply = proxy.Disconnect(options.operands.value(0));
    reply.waitForFinished();
    if (reply.isError()) {
        const auto error = errorOf(reply.reply());
        err(errorText(error));
        return exitCodeFor(error.value(u"code"_s).toString());
    }
    if (!options.wait) {
        return ExitCode::Ok;
    }
    engine.onVanished([&] {
        vanished = true;
        loop.quit();
    });
    const auto statuses = engine.status();
    if (!statuses) {
        err(errorText(statuses.error()));
        return exitCodeFor(statuses.error().value(u"code"_s).toString());
    }
    for (const auto& status : *statuses) {
        if (status.value(u"state"_s).toString() == "disconnecting"_L1) {
            awaited.insert(status.value(u"id"_s).toString());
        }
    }
    if (!awaited.isEmpty()) {
        loop.exec();
    }
    out(u"status: disconnected\n"_s);
    // A ternd that ends takes its connection with it: that, too, is disconnected.
    return vanished && !awaited.isEmpty() ? ExitCode::Unavailable : ExitCode::Ok;
}

} // namespace tern::ctl
