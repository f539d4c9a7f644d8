#include "app/ctl/console.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace tern::ctl {

namespace {

constexpr std::size_t longestLine = 4096;
constexpr int usualColumns = 80;
constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};

// A signal handler may only write to a descriptor; the event loop reads the other end.
std::array<int, 2> signalPipe{-1, -1};

// What ~TerminalQuestion puts back; also put back when a second signal ends the program.
termios originalTerminal{};
volatile std::sig_atomic_t terminalChanged = 0;

extern "C" void onSignal(int number) {
    const auto octet = static_cast<char>(number);
    static_cast<void>(!::write(signalPipe[1], &octet, 1));
    if (terminalChanged != 0) {
        ::tcsetattr(STDIN_FILENO, TCSANOW, &originalTerminal);
    }
    std::signal(number, SIG_DFL);
}

void write(std::FILE* file, const QByteArray& utf8) {
    std::fwrite(utf8.constData(), 1, static_cast<std::size_t>(utf8.size()), file);
    std::fflush(file);
}

} // namespace

void out(const QString& text) {
    write(stdout, text.toUtf8());
}

void out(const QByteArray& utf8) {
    write(stdout, utf8);
}

void err(const QString& text) {
    write(stderr, text.toUtf8());
}

bool stdinIsTerminal() {
    return ::isatty(STDIN_FILENO) == 1;
}

std::optional<int> stderrColumns() {
    if (::isatty(STDERR_FILENO) != 1) {
        return std::nullopt;
    }
    winsize size{};
    const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
    return known ? size.ws_col : usualColumns;
}

std::optional<base::SecureBytes> secretFromStdin() {
    base::SecureBytes line;
    for (;;) {
        std::uint8_t octet = 0;
        const auto count = ::read(STDIN_FILENO, &octet, 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return line.empty() ? std::nullopt : std::make_optional(std::move(line));
        }
        if (octet == '\n') {
            break;
        }
        if (line.size() == longestLine) {
            return std::nullopt;
        }
        line.append({&octet, 1});
    }
    if (!line.empty() && line.view().back() == '\r') {
        return base::SecureBytes(line.view().first(line.size() - 1));
    }
    return line;
}

struct TerminalQuestion::Saved {
    explicit Saved(Echo echo) {
        if (echo == Echo::On || ::tcgetattr(STDIN_FILENO, &originalTerminal) != 0) {
            return;
        }
        termios quiet = originalTerminal;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        quiet.c_lflag |= ICANON | ECHONL;
        terminalChanged = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0 ? 1 : 0;
    }
    Saved(const Saved&) = delete;
    Saved& operator=(const Saved&) = delete;
    ~Saved() {
        if (terminalChanged != 0) {
            ::tcsetattr(STDIN_FILENO, TCSANOW, &originalTerminal);
            terminalChanged = 0;
        }
    }
};

TerminalQuestion::TerminalQuestion(const QString& question, Echo echo,
                                   std::function<void(std::optional<base::SecureBytes>)> answered)
    : m_saved(std::make_unique<Saved>(echo))
    , m_readable(STDIN_FILENO, QSocketNotifier::Read)
    , m_answered(std::move(answered)) {
    err(question);
    connect(&m_readable, &QSocketNotifier::activated, this, [this] { readMore(); });
}

TerminalQuestion::~TerminalQuestion() = default;

void TerminalQuestion::readMore() {
    std::array<std::uint8_t, 256> buffer{};
    const auto count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) {
        return;
    }
    if (count > 0) {
        m_line.append({buffer.data(), static_cast<std::size_t>(count)});
        base::wipe(buffer);
    }
    const bool complete = !m_line.empty() && m_line.view().back() == '\n';
    if (count > 0 && !complete && m_line.size() <= longestLine) {
        return;
    }
    m_readable.setEnabled(false);
    m_saved.reset();
    const auto length = complete ? m_line.size() - 1 : m_line.size();
    const bool usable = complete && length <= longestLine;
    auto answer = usable ? std::make_optional(base::SecureBytes(m_line.view().first(length))) : std::nullopt;
    m_line.clear();
    m_answered(std::move(answer));
}

InterruptWatch::InterruptWatch(std::function<void()> interrupted)
    : m_interrupted(std::move(interrupted)) {
    if (::pipe(signalPipe.data()) != 0) {
        return;
    }
    for (const int fd : signalPipe) {
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    m_notifier = std::make_unique<QSocketNotifier>(signalPipe[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char octet = 0;
        if (::read(signalPipe[0], &octet, 1) == 1) {
            m_interrupted();
        }
    });
    for (const int number : signals) {
        std::signal(number, onSignal);
    }
}

InterruptWatch::~InterruptWatch() {
    if (!m_notifier) {
        return;
    }
    for (const int number : signals) {
        std::signal(number, SIG_DFL);
    }
    m_notifier.reset();
    for (int& fd : signalPipe) {
        ::close(fd);
        fd = -1;
    }
}

} // namespace tern::ctl
