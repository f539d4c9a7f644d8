// Folders of phonebooks for tests.
#pragma once

#include "tests/unit/formats/entries.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <string>

namespace tern::test {

class Tree {
public:
    [[nodiscard]] std::string path(const QString& name = {}) const {
        return QFile::encodeName(name.isEmpty() ? m_dir.path() : m_dir.filePath(name)).toStdString();
    }

    // Makes the folders, too.
    std::string add(const QString& name, const std::string& content) const {
        const QString whole = m_dir.filePath(name);
        QDir().mkpath(QFileInfo(whole).path());
        QFile file(whole);
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(content.data(), static_cast<qint64>(content.size())) != static_cast<qint64>(content.size())) {
            qFatal("%s cannot be written", qPrintable(whole));
        }
        return QFile::encodeName(whole).toStdString();
    }

private:
    QTemporaryDir m_dir;
};

} // namespace tern::test
