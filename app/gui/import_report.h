// What an import brought, for the page that shows it.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class ImportReport : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The engine client has it")
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed)
    Q_PROPERTY(int added READ added NOTIFY changed)
    Q_PROPERTY(int skipped READ skipped NOTIFY changed)
    Q_PROPERTY(int retired READ retired NOTIFY changed)
    Q_PROPERTY(QStringList retiredIds READ retiredIds NOTIFY changed)
    Q_PROPERTY(QVariantList profiles READ profiles NOTIFY changed)
    Q_PROPERTY(int secrets READ secrets NOTIFY changed)
    Q_PROPERTY(int lostSecrets READ lostSecrets NOTIFY changed)
    Q_PROPERTY(QVariantList problems READ problems NOTIFY changed)

public:
    using QObject::QObject;

    void set(const QString& fileName, const QVariantMap& report);

    [[nodiscard]] QString fileName() const { return m_fileName; }
    [[nodiscard]] int added() const { return m_added; }
    [[nodiscard]] int skipped() const { return m_skipped; }
    // How many of the added ones use a protocol that Tern refuses.
    [[nodiscard]] int retired() const { return m_retired; }
    // {id, name, protocol, grade, can-connect as canConnect}, the refused ones first.
    [[nodiscard]] QVariantList profiles() const { return m_profiles; }
    // Ids of those that use a protocol that Tern refuses.
    [[nodiscard]] QStringList retiredIds() const;
    // Connections whose password or key is in the keyring now, and still in the file for everybody to read.
    [[nodiscard]] int secrets() const { return m_secrets; }
    // Those whose password or key is in the file only, for the keyring did not take it.
    [[nodiscard]] int lostSecrets() const { return m_lostSecrets; }
    // {sentence, remedy, detail, line, entry, skipped}, without those of secrets() and lostSecrets()
    [[nodiscard]] QVariantList problems() const { return m_problems; }

Q_SIGNALS:
    void changed();

private:
    QString m_fileName;
    int m_added = 0;
    int m_skipped = 0;
    int m_retired = 0;
    int m_secrets = 0;
    int m_lostSecrets = 0;
    QVariantList m_profiles;
    QVariantList m_problems;
};

} // namespace tern::gui
