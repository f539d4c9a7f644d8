#include "app/gui/profile_export.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace tern::gui {

using namespace Qt::StringLiterals;

ProfileExport::ProfileExport(QObject* parent)
    : QObject(parent) {}

void ProfileExport::setEngine(EngineClient* engine) {
    if (m_engine == engine) {
        return;
    }
    if (m_engine != nullptr) {
        m_engine->disconnect(this);
    }
    m_engine = engine;
    if (m_engine != nullptr) {
        connect(m_engine, &EngineClient::profileExported, this, &ProfileExport::take);
    }
    Q_EMIT engineChanged();
}

void ProfileExport::clear() {
    m_profileId.clear();
    m_format.clear();
    m_content.clear();
    m_notes.clear();
    m_savedAs.clear();
    m_error = {};
    Q_EMIT changed();
}

void ProfileExport::prepare(const QString& profileId, const QString& format) {
    clear();
    m_profileId = profileId;
    m_format = format;
    if (m_engine != nullptr) {
        m_engine->exportProfile(profileId, format);
    }
}

void ProfileExport::take(const QString& profileId, const QString& format, const QVariantMap& exported,
                         const ErrorText& error) {
    if (profileId != m_profileId || format != m_format) {
        return; // asked for by somebody else, or given up meanwhile
    }
    m_error = error;
    m_content = exported.value(u"content"_s).toByteArray();
    const auto notes = withLocalTexts(exported.value(u"notes"_s).toList());
    for (const auto& note : notes) {
        m_notes << note.toMap().value(u"sentence"_s).toString();
    }
    Q_EMIT changed();
    if (m_error.code.isEmpty()) {
        const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        const QDir folder(QFileInfo(documents).isDir() ? documents : QDir::homePath());
        // Without a folder in it, whatever the connection is called.
        const auto name = exported.value(u"name"_s).toString().replace(u'/', u'_');
        Q_EMIT prepared(QUrl::fromLocalFile(folder.filePath(name)));
    }
}

void ProfileExport::save(const QUrl& file) {
    const auto path = file.toLocalFile();
    QSaveFile into(path);
    if (!into.open(QIODevice::WriteOnly) || into.write(m_content) != m_content.size() || !into.commit()) {
        m_error = ErrorText::from({"tern.formats.not-written", {path.toStdString()}, into.errorString().toStdString()});
    } else {
        m_savedAs = QFileInfo(path).fileName();
    }
    Q_EMIT changed();
}

} // namespace tern::gui
