// Standard output, standard error, the password typed on the terminal, and Ctrl-C.
#pragma once

#include "core/base/secure_bytes.h"

#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <functional>
#include <memory>
#include <optional>

namespace tern::ctl {

void out(const QString& text);
void out(const QByteArray& utf8);
void err(const QString& text);

// The first line of standard input, without its line end; nothing at end of input or beyond 4096 octets.
[[nodiscard]] std::optional<base::SecureBytes> secretFromStdin();
[[nodiscard]] bool stdinIsTerminal();
// The width of the terminal that standard error is; nothing when it is none.
[[nodiscard]] std::optional<int> stderrColumns();

// Asks for one line on the terminal while the event loop runs; an ask that is destroyed puts the terminal back.
class TerminalQuestion : public QObject {
public:
    enum class Echo { On, Off };
    // answered gets the line, or nothing at end of input.
    TerminalQuestion(const QString& question, Echo echo,
                     std::function<void(std::optional<base::SecureBytes>)> answered);
    ~TerminalQuestion() override;
    TerminalQuestion(const TerminalQuestion&) = delete;
    TerminalQuestion& operator=(const TerminalQuestion&) = delete;

private:
    void readMore();

    struct Saved;
    std::unique_ptr<Saved> m_saved;
    base::SecureBytes m_line;
    QSocketNotifier m_readable;
    std::function<void(std::optional<base::SecureBytes>)> m_answered;
};

// Calls back from the event loop at the first SIGINT, SIGTERM or SIGHUP; a second one ends the program at once.
class InterruptWatch : public QObject {
public:
    explicit InterruptWatch(std::function<void()> interrupted);
    ~InterruptWatch() override;
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::function<void()> m_interrupted;
};

} // namespace tern::ctl
