#include "app/ctl/connect_command.h"

#include "app/ctl/json.h"
#include "app/ctl/present.h"
#include "app/ctl/text.h"

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

// The value goes to the bus as "ay"; the copy made for it is wiped by the caller.
QByteArray octetsOf(const base::SecureBytes& secret) {
    return {reinterpret_cast<const char*>(secret.data()), static_cast<qsizetype>(secret.size())};
}

void wipe(QByteArray& octets) {
    base::wipe({reinterpret_cast<std::uint8_t*>(octets.data()), static_cast<std::size_t>(octets.size())});
}

bool isOver(const QVariantMap& status) {
    const auto state = status.value(u"state"_s).toString();
    return state == "disconnected"_L1 || state == "failed"_L1;
}

} // namespace

ConnectCommand::ConnectCommand(EngineClient& engine, const Options& options)
    : m_engine(engine)
    , m_options(options) {
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
        connect(&proxy, &TernEngine1Proxy::PromptClosed, this, [this](qulonglong prompt) {
            if (prompt == m_prompt) {
                m_question.reset();
            }
        });
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
    for (const auto& prompt : std::exchange(m_prompts, {})) {
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
        m_prompts << prompt;
        return;
    }
    if (prompt.value(u"id"_s).toString() != m_id || m_interrupted) {
        return;
    }
    m_prompt = prompt.value(u"prompt"_s).toULongLong();
    if (prompt.value(u"retry"_s).toBool()) {
        err(Tr::tr("That was not accepted.") + u'\n');
    }
    const auto text = printable(prompt.value(u"text"_s).toString());
    const auto kind = prompt.value(u"kind"_s).toString();
    const bool ofKey = kind == "pass-phrase"_L1 || kind == "pin"_L1;
    if (prompt.value(u"last-try"_s).toBool()) {
        err(Tr::tr("Another wrong PIN locks the token.") + u'\n');
    }
    if (!text.isEmpty() && !ofKey) {
        err(Tr::tr("The server says: %1").arg(text) + u'\n');
    }
    if (kind == "new-password"_L1) {
        err(Tr::tr("Your password has expired. The server wants a new one.") + u'\n');
    }
    if (kind == "message"_L1) {
        answer(prompt, {}, base::SecureBytes());
        return;
    }
    const auto username = prompt.value(u"username"_s).toString();
    if (kind == "proxy"_L1) {
        err(Tr::tr("The proxy %1 wants to know who you are.").arg(printable(prompt.value(u"server"_s).toString())) +
            u'\n');
    }
    const bool asksName = kind == "credentials"_L1 || kind == "proxy"_L1;
    if (!asksName || !username.isEmpty()) {
        ask(prompt, username);
        return;
    }
    m_question = std::make_unique<TerminalQuestion>(
        Tr::tr("User name: "), TerminalQuestion::Echo::On, [this, prompt](std::optional<base::SecureBytes> line) {
            if (!line || line->empty()) {
                answer(prompt, {}, std::nullopt);
                return;
            }
            const auto typed = QString::fromUtf8(octetsOf(*line));
            // The question that calls us is replaced: not before it has returned.
            QMetaObject::invokeMethod(
                this, [this, prompt, typed] { ask(prompt, typed); }, Qt::QueuedConnection);
        });
}

void ConnectCommand::ask(const QVariantMap& prompt, const QString& username) {
    const auto server = printable(prompt.value(u"server"_s).toString());
    QString question = Tr::tr("Password of %1 at %2: ").arg(printable(username), server);
    const auto kind = prompt.value(u"kind"_s).toString();
    if (kind == "psk"_L1) {
        question = Tr::tr("Shared key of %1: ").arg(server);
    } else if (kind == "ppk"_L1) {
        question = Tr::tr("Post-quantum pre-shared key (PPK) for %1: ").arg(server);
    } else if (kind == "pass-phrase"_L1) {
        question = Tr::tr("Pass phrase of the key file %1: ").arg(printable(prompt.value(u"text"_s).toString()));
    } else if (kind == "pin"_L1) {
        question = Tr::tr("PIN of the token %1: ").arg(printable(prompt.value(u"text"_s).toString()));
    } else if (kind == "code"_L1) {
        question = Tr::tr("Code or answer: ");
    } else if (kind == "new-password"_L1) {
        question = Tr::tr("New password of %1 at %2: ").arg(printable(username), server);
    }
    m_question = std::make_unique<TerminalQuestion>(
        question, TerminalQuestion::Echo::Off, [this, prompt, username](std::optional<base::SecureBytes> line) {
            if (line && prompt.value(u"kind"_s).toString() == "new-password"_L1) {
                auto typed = std::make_shared<base::SecureBytes>(std::move(*line));
                // The question that calls us is replaced: not before it has returned.
                QMetaObject::invokeMethod(
                    this, [this, prompt, typed] { askAgain(prompt, typed); }, Qt::QueuedConnection);
                return;
            }
            answer(prompt, username, std::move(line));
        });
}

// A new password is typed twice: nobody sees what it is.
void ConnectCommand::askAgain(const QVariantMap& prompt, const std::shared_ptr<base::SecureBytes>& first) {
    m_question = std::make_unique<TerminalQuestion>(
        Tr::tr("Once more: "), TerminalQuestion::Echo::Off,
        [this, prompt, first](std::optional<base::SecureBytes> line) {
            const auto username = prompt.value(u"username"_s).toString();
            if (!line || base::equalConstantTime(line->view(), first->view())) {
                answer(prompt, username, std::move(line));
                return;
            }
            err(Tr::tr("The two are not the same.") + u'\n');
            QMetaObject::invokeMethod(
                this, [this, prompt, username] { ask(prompt, username); }, Qt::QueuedConnection);
        });
}

void ConnectCommand::answer(const QVariantMap& prompt, const QString& username,
                            std::optional<base::SecureBytes> secret) {
    QVariantMap map;
    QByteArray octets;
    if (secret) {
        octets = octetsOf(*secret);
        map = {{u"username"_s, username}, {u"secret"_s, octets}, {u"remember"_s, false}};
    }
    m_engine.proxy().Answer(prompt.value(u"prompt"_s).toULongLong(), map);
    map.clear();
    wipe(octets);
}

void ConnectCommand::interrupted() {
    m_interrupted = true;
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
