// The migration of one connection, as the dialog shows it: the plan, the trial, and the letter where there is nothing
// to go to. Nothing is kept before the trial has worked. What the server offers is ProbeView's.
#pragma once

#include "app/gui/engine_view.h"

#include <QObject>
#include <QUrl>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class MigrationView : public tern::gui::EngineView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString profileId READ profileId NOTIFY planChanged)
    // As PlanMigration answers; reason, kept, dropped and questions in the window's language.
    Q_PROPERTY(QVariantMap plan READ plan NOTIFY planChanged)
    Q_PROPERTY(bool trying READ trying NOTIFY stateChanged)
    Q_PROPERTY(bool done READ done NOTIFY stateChanged)
    Q_PROPERTY(QString newId READ newId NOTIFY stateChanged)
    Q_PROPERTY(QString stage READ stage NOTIFY stateChanged)
    Q_PROPERTY(bool hasCertificate READ hasCertificate NOTIFY stateChanged)
    // Of the step that failed last.
    Q_PROPERTY(tern::gui::ErrorText error READ error NOTIFY stateChanged)
    Q_PROPERTY(QString authorityFile READ authorityFile NOTIFY answersChanged)
    Q_PROPERTY(QString certificateFile READ certificateFile NOTIFY answersChanged)
    Q_PROPERTY(QVariantMap letter READ letter NOTIFY letterChanged)

public:
    explicit MigrationView(QObject* parent = nullptr);

    [[nodiscard]] QString profileId() const { return m_profileId; }
    [[nodiscard]] QVariantMap plan() const { return m_plan; }
    [[nodiscard]] bool trying() const { return m_trying; }
    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] QString newId() const { return m_newId; }
    [[nodiscard]] QString stage() const { return m_stage; }
    [[nodiscard]] bool hasCertificate() const { return m_hasCertificate; }
    [[nodiscard]] ErrorText error() const { return m_error; }
    [[nodiscard]] QString authorityFile() const { return m_authorityFile; }
    [[nodiscard]] QString certificateFile() const { return m_certificateFile; }
    [[nodiscard]] QVariantMap letter() const { return m_letter; }

    // Forgets the last one, and plans.
    Q_INVOKABLE void begin(const QString& profileId);
    // Plans anew, after the server was asked; planned() follows.
    Q_INVOKABLE void refresh();
    // key: as PlanMigration's options; "" takes an answer back.
    Q_INVOKABLE void setAnswer(const QString& key, const QVariant& value);
    Q_INVOKABLE void setAuthority(const QUrl& file);
    Q_INVOKABLE void setCertificate(const QUrl& file);
    Q_INVOKABLE void tryOut();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void undo();
    // The letter arrives as `letter`.
    Q_INVOKABLE void writeLetter();
    // format: "text", "markdown" or "html".
    Q_INVOKABLE void saveLetter(const QUrl& file, const QString& format);
    Q_INVOKABLE void mailLetter() const;

Q_SIGNALS:
    void planChanged();
    void stateChanged();
    void answersChanged();
    void letterChanged();
    void planned();
    void undone(const QString& profileId);
    // A file could not be read or written.
    void fileFailed(const QString& title, const QString& reason);

private:
    void follow(EngineClient& engine) override;
    void readPlan(bool tellPlanned);
    void takePlan(const QVariantMap& plan);
    void onMigration(const QVariantMap& migration);
    void onStatus(const QString& profileId);
    void fail(const ErrorText& error);

    QString m_profileId;
    QVariantMap m_plan;
    QVariantMap m_answers;
    QVariantMap m_letter;
    QVariantMap m_early; // what was told before the call had its answer
    QString m_newId;
    QString m_stage;
    QString m_authorityFile;
    QString m_certificateFile;
    ErrorText m_error;
    bool m_trying = false;
    bool m_done = false;
    bool m_hasCertificate = false;
};

} // namespace tern::gui
