#include "app/ctl/output.h"

#include "app/ctl/console.h"
#include "app/ctl/present.h"
#include "app/dbus/types.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace tern::ctl {

namespace {

constexpr std::size_t pieceSize = 65536;

} // namespace

Output::Output(const QString& path)
    : m_file(path)
    , m_toFile(!path.isEmpty()) {}

bool Output::possible() {
    if (!m_toFile) {
        return true;
    }
    if (!m_file.open(QIODevice::WriteOnly)) {
        return false;
    }
    m_file.cancelWriting();
    static_cast<void>(m_file.commit()); // closes it, and takes away what there is
    return true;
}

void Output::write(std::string_view text) {
    m_gathered += text;
    if (m_gathered.size() >= pieceSize) {
        flush();
    }
}

bool Output::close() {
    flush();
    return m_good && (m_toFile ? m_file.commit() : std::fflush(stdout) == 0);
}

ExitCode Output::failed() {
    const auto why = m_toFile ? m_file.errorString().toStdString() : std::generic_category().message(errno);
    err(errorText(dbus::toMap({"tern.formats.not-written", {m_file.fileName().toStdString()}, why})));
    return ExitCode::Failed;
}

void Output::flush() {
    if (m_toFile && !m_file.isOpen()) {
        m_good = m_file.open(QIODevice::WriteOnly);
    }
    const auto size = static_cast<qint64>(m_gathered.size());
    if (m_good && m_toFile) {
        m_good = m_file.write(m_gathered.data(), size) == size;
    } else if (m_good) {
        m_good = std::fwrite(m_gathered.data(), 1, m_gathered.size(), stdout) == m_gathered.size();
    }
    m_gathered.clear();
}

} // namespace tern::ctl
