#include "app/ctl/terminal_prompts.h"

#include "app/ctl/text.h"

#include <QCoreApplication>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Connect)
};

} // namespace

QByteArray octetsOf(const base::SecureBytes& secret) {
    return {reinterpret_cast<const char*>(secret.data()), static_cast<qsizetype>(secret.size())};
}

void wipe(QByteArray& octets) {
    base::wipe({reinterpret_cast<std::uint8_t*>(octets.data()), static_cast<std::size_t>(octets.size())});
}

TerminalPrompts::TerminalPrompts(EngineClient& engine)
    : m_engine(engine) {
    connect(&engine.proxy(), &TernEngine1Proxy::PromptClosed, this, [this](qulonglong prompt) {
        if (prompt == m_prompt) {
            m_question.reset();
        }
    });
}

// What is said before the question of a prompt.
QString TerminalPrompts::introduction(const QVariantMap& prompt) {
    const auto kind = prompt.value(u"kind"_s).toString();
    const auto text = printable(prompt.value(u"text"_s).toString());
    const bool ofKey = kind == "pass-phrase"_L1 || kind == "pin"_L1;
    QStringList lines;
    if (prompt.value(u"retry"_s).toBool()) {
        lines += Tr::tr("That was not accepted.");
    }
    if (prompt.value(u"last-try"_s).toBool()) {
        lines += Tr::tr("Another wrong PIN locks the token.");
    }
    if (!text.isEmpty() && !ofKey) {
        lines += Tr::tr("The server says: %1").arg(text);
    }
    if (kind == "new-password"_L1) {
        lines += Tr::tr("Your password has expired. The server wants a new one.");
    }
    if (kind == "proxy"_L1) {
        lines += Tr::tr("The proxy %1 wants to know who you are.").arg(printable(prompt.value(u"server"_s).toString()));
    }
    return lines.isEmpty() ? QString() : lines.join(u'\n') + u'\n';
}

void TerminalPrompts::ask(const QVariantMap& prompt) {
    m_prompt = prompt.value(u"prompt"_s).toULongLong();
    const auto kind = prompt.value(u"kind"_s).toString();
    if (kind == "message"_L1) {
        err(introduction(prompt));
        answer(prompt, {}, base::SecureBytes());
        return;
    }
    const auto username = prompt.value(u"username"_s).toString();
    const bool asksName = kind == "credentials"_L1 || kind == "proxy"_L1;
    if (!asksName || !username.isEmpty()) {
        askSecret(prompt, username, introduction(prompt));
        return;
    }
    m_question = std::make_unique<TerminalQuestion>(
        introduction(prompt) + Tr::tr("User name: "), TerminalQuestion::Echo::On,
        [this, prompt](std::optional<base::SecureBytes> line) {
            if (!line || line->empty()) {
                answer(prompt, {}, std::nullopt);
                return;
            }
            const auto typed = QString::fromUtf8(octetsOf(*line));
            // The question that calls us is replaced: not before it has returned.
            QMetaObject::invokeMethod(
                this, [this, prompt, typed] { askSecret(prompt, typed, {}); }, Qt::QueuedConnection);
        });
}

// What is said first is shown together with the question, when the terminal echoes no more: who answers at its first
// word is not seen, and nothing of the answer is lost.
void TerminalPrompts::askSecret(const QVariantMap& prompt, const QString& username, const QString& first) {
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
        first + question, TerminalQuestion::Echo::Off, [this, prompt, username](std::optional<base::SecureBytes> line) {
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
void TerminalPrompts::askAgain(const QVariantMap& prompt, const std::shared_ptr<base::SecureBytes>& first) {
    m_question = std::make_unique<TerminalQuestion>(
        Tr::tr("Once more: "), TerminalQuestion::Echo::Off,
        [this, prompt, first](std::optional<base::SecureBytes> line) {
            const auto username = prompt.value(u"username"_s).toString();
            if (!line || base::equalConstantTime(line->view(), first->view())) {
                answer(prompt, username, std::move(line));
                return;
            }
            QMetaObject::invokeMethod(
                this,
                [this, prompt, username] { askSecret(prompt, username, Tr::tr("The two are not the same.") + u'\n'); },
                Qt::QueuedConnection);
        });
}

void TerminalPrompts::answer(const QVariantMap& prompt, const QString& username,
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

} // namespace tern::ctl
