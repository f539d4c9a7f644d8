#include "app/gui/profile_export.h"

#include "app/dbus/types.h"
#include "app/gui/pending.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace tern::gui {

using namespace Qt::StringLiterals;

ProfileExport::ProfileExport(QObject* parent)
    : EngineView(parent) {}

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
    if (engine() == nullptr) {
        return;
    }
    whenDone(engine()->proxy().Export(profileId, format, {}), this,
             [this, profileId, format](const QDBusPendingReply<QVariantMap>& reply) {
                 if (profileId != m_profileId || format != m_format) {
                     return; // given up meanwhile
                 }
                 if (!reply.isError()) {
                     take(dbus::unwrap(reply.value()));
                     return;
                 }
                 m_error = ErrorText::fromReply(reply);
                 Q_EMIT changed();
             });
}

void ProfileExport::take(const QVariantMap& exported) {
    m_content = exported.value(u"content"_s).toByteArray();
    const auto notes = withLocalTexts(exported.value(u"notes"_s).toList());
    for (const auto& note : notes) {
        m_notes << note.toMap().value(u"sentence"_s).toString();
    }
    Q_EMIT changed();
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QDir folder(QFileInfo(documents).isDir() ? documents : QDir::homePath());
    // Without a folder in it, whatever the connection is called.
    const auto name = exported.value(u"name"_s).toString().replace(u'/', u'_');
    Q_EMIT prepared(QUrl::fromLocalFile(folder.filePath(name)));
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
