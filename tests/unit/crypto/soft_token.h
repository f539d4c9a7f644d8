// A SoftHSM token in a temporary folder. p11-kit finds the module by its Debian configuration.
#pragma once

#include "tests/unit/crypto/key_files.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace tern::test {

class SoftToken {
public:
    static constexpr auto label = "Tern test token";
    static constexpr auto pin = "482913";

    // Empty when the token is ready, else why not.
    [[nodiscard]] QString create() {
        for (const auto* program : {"softhsm2-util", "p11tool"}) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty()) {
                return QString::fromLatin1(program) + QStringLiteral(" is not installed");
            }
        }
        QDir(m_folder.path()).mkdir(QStringLiteral("tokens"));
        QFile configuration(m_folder.filePath(QStringLiteral("softhsm2.conf")));
        if (!configuration.open(QIODevice::WriteOnly)) {
            return QStringLiteral("no temporary folder");
        }
        configuration.write("directories.tokendir = " + m_folder.filePath(QStringLiteral("tokens")).toUtf8() +
                            "\nobjectstore.backend = file\nlog.level = ERROR\n");
        configuration.close();
        qputenv("SOFTHSM2_CONF", configuration.fileName().toUtf8());
        return run(QStringLiteral("softhsm2-util"),
                   {QStringLiteral("--init-token"), QStringLiteral("--free"), QStringLiteral("--label"),
                    QString::fromLatin1(label), QStringLiteral("--so-pin"), QStringLiteral("87654321"),
                    QStringLiteral("--pin"), QString::fromLatin1(pin)});
    }

    [[nodiscard]] QString add(const Issued& issued, const QString& name, const QString& id,
                              bool withCertificate = true) {
        const auto key = write(name + QStringLiteral(".key"), pemKey(issued.key));
        auto said = p11tool(
            {QStringLiteral("--load-privkey"), key, QStringLiteral("--label"), name, QStringLiteral("--id"), id});
        if (said.isEmpty() && withCertificate) {
            said = addCertificate(issued, name, id);
        }
        return said;
    }
    [[nodiscard]] QString addCertificate(const Issued& issued, const QString& name, const QString& id) {
        const auto file = write(name + QStringLiteral(".crt"), base::toBytes(issued.pem()));
        return p11tool({QStringLiteral("--load-certificate"), file, QStringLiteral("--label"), name,
                        QStringLiteral("--id"), id, QStringLiteral("--no-mark-private")});
    }

private:
    [[nodiscard]] QString p11tool(QStringList arguments) {
        arguments = QStringList{QStringLiteral("--provider=/usr/lib/softhsm/libsofthsm2.so"), QStringLiteral("--batch"),
                                QStringLiteral("--login"), QStringLiteral("--set-pin=") + QString::fromLatin1(pin),
                                QStringLiteral("--write")} +
                    arguments + QStringList{QStringLiteral("pkcs11:token=Tern%20test%20token")};
        return run(QStringLiteral("p11tool"), arguments);
    }
    [[nodiscard]] QString write(const QString& name, const base::Bytes& octets) const {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()));
        }
        return file.fileName();
    }
    [[nodiscard]] static QString run(const QString& program, const QStringList& arguments) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        const bool ended = process.waitForFinished(60'000);
        return ended && process.exitCode() == 0 ? QString()
                                                : program + QStringLiteral(": ") + QString::fromUtf8(process.readAll());
    }

    QTemporaryDir m_folder;
};

} // namespace tern::test
