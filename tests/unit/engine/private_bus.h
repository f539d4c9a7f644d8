// A home, a session bus and, when wanted, a keyring of the test's own; gone when the test ends. The same bus serves as
// system bus. Make one before anything touches QDBusConnection.
#pragma once

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <stdexcept>

namespace tern::engine::test {

class PrivateBus {
public:
    PrivateBus() {
        QDir(m_dir.path()).mkpath(QStringLiteral("run"));
        QFile::setPermissions(m_dir.filePath(QStringLiteral("run")),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        // No service files: nothing is started behind the test's back.
        const auto config = m_dir.filePath(QStringLiteral("bus.conf"));
        write(config, "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
                      "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
                      "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>");
        m_bus.setStandardErrorFile(QProcess::nullDevice());
        m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--config-file=") + config,
                                                    QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        if (!m_bus.waitForReadyRead(5000)) {
            throw std::runtime_error("dbus-daemon does not start");
        }
        const auto address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        qputenv("HOME", m_dir.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_dir.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_DATA_HOME", m_dir.filePath(QStringLiteral("data")).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_dir.filePath(QStringLiteral("run")).toUtf8());
        qputenv("LC_ALL", "C.UTF-8");
        qunsetenv("DISPLAY");
    }
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;
    ~PrivateBus() {
        for (auto* process : {&m_keyring, &m_bus}) {
            process->terminate();
            if (!process->waitForFinished(3000)) {
                process->kill();
                process->waitForFinished(3000);
            }
        }
    }

    // A real gnome-keyring-daemon with an unlocked login keyring.
    void startKeyring() {
        m_keyring.setStandardErrorFile(QProcess::nullDevice());
        m_keyring.setStandardOutputFile(QProcess::nullDevice());
        m_keyring.start(
            QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
        if (!m_keyring.waitForStarted(5000)) {
            throw std::runtime_error("gnome-keyring-daemon does not start");
        }
        m_keyring.write("keyring password");
        m_keyring.closeWriteChannel();
    }

    [[nodiscard]] QString path(const QString& name) const { return m_dir.filePath(name); }

    static void write(const QString& path, const QByteArray& content) {
        QFile file(path);
        if (!file.open(QFile::WriteOnly) || file.write(content) != content.size()) {
            throw std::runtime_error("cannot write a file of the test");
        }
    }

    // Files below the home that hold the text, as it is or in base64.
    [[nodiscard]] QStringList filesHolding(const QByteArray& text) const {
        QStringList found;
        QDirIterator files(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QFile::ReadOnly)) {
                continue;
            }
            const auto content = file.readAll();
            if (content.contains(text) || content.contains(text.toBase64())) {
                found << file.fileName();
            }
        }
        return found;
    }

private:
    QTemporaryDir m_dir;
    QProcess m_bus;
    QProcess m_keyring;
};

} // namespace tern::engine::test
