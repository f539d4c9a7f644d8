// Writes one connection as another program's file, as the export dialog has it: first ternd is asked, then the person
// says where to, then it is saved.
#pragma once

#include "app/gui/engine_view.h"

#include <QObject>
#include <QUrl>
#include <QtQmlIntegration>

namespace tern::gui {

class ProfileExport : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QStringList notes READ notes NOTIFY changed)
    Q_PROPERTY(QString savedAs READ savedAs NOTIFY changed)
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY changed)

public:
    explicit ProfileExport(QObject* parent = nullptr);

    // What the format has no place for, a sentence each.
    [[nodiscard]] QStringList notes() const { return m_notes; }
    // The name of the file it was saved as; "" before.
    [[nodiscard]] QString savedAs() const { return m_savedAs; }
    // Why there is none; its code is "" when all is well.
    [[nodiscard]] ErrorText error() const { return m_error; }

    // Forgets what was before.
    Q_INVOKABLE void clear();
    // Answered by prepared(), or by an error.
    Q_INVOKABLE void prepare(const QString& profileId, const QString& format);
    Q_INVOKABLE void save(const QUrl& file);

Q_SIGNALS:
    void changed();
    // proposed: among the person's documents, under the name that ternd gives it.
    void prepared(const QUrl& proposed);

private:
    void take(const QVariantMap& exported);

    QString m_profileId;
    QString m_format;
    QByteArray m_content;
    QStringList m_notes;
    QString m_savedAs;
    ErrorText m_error;
};

} // namespace tern::gui
