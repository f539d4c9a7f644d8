// Asks on the terminal what ternd wants to know about a connection, and answers. Needs an event loop.
#pragma once

#include "app/ctl/console.h"
#include "app/ctl/engine_client.h"

#include <memory>

namespace tern::ctl {

class TerminalPrompts : public QObject {
public:
    explicit TerminalPrompts(EngineClient& engine);

    // prompt: as Prompted of org.ternvpn.Engine1.xml, unwrapped. One that is withdrawn is asked no longer.
    void ask(const QVariantMap& prompt);
    // Asks no longer, and answers nothing.
    void cancel() { m_question.reset(); }

private:
    [[nodiscard]] static QString introduction(const QVariantMap& prompt);
    void askSecret(const QVariantMap& prompt, const QString& username, const QString& first);
    void askAgain(const QVariantMap& prompt, const std::shared_ptr<base::SecureBytes>& first);
    void answer(const QVariantMap& prompt, const QString& username, std::optional<base::SecureBytes> secret);

    EngineClient& m_engine;
    qulonglong m_prompt = 0; // the one on the terminal
    std::unique_ptr<TerminalQuestion> m_question;
};

// A secret as the "ay" of a call; the copy made for it is wiped by the caller.
[[nodiscard]] QByteArray octetsOf(const base::SecureBytes& secret);
void wipe(QByteArray& octets);

} // namespace tern::ctl
