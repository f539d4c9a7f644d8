#include "app/gui/migration_view.h"

#include "app/gui/pending.h"

#include <QDesktopServices>
#include <QFile>
#include <QLocale>
#include <QSaveFile>

namespace tern::gui {

namespace {

constexpr qint64 largestAuthorityFile = qint64{256} * 1024;

QString textOf(const QVariantMap& map, const char* key) {
    return map.value(QLatin1String(key)).toString();
}

} // namespace

MigrationView::MigrationView(QObject* parent)
    : EngineView(parent) {}

void MigrationView::follow(EngineClient& engine) {
    connect(&engine, &EngineClient::textsChanged, this, [this] { takePlan(m_plan); });
    connect(&engine, &EngineClient::statusChanged, this, &MigrationView::onStatus);
    connect(&engine.proxy(), &dbus::Engine1Proxy::MigrationChanged, this, &MigrationView::onMigration);
}

void MigrationView::begin(const QString& profileId) {
    m_profileId = profileId;
    m_plan.clear();
    m_answers.clear();
    m_letter.clear();
    m_early.clear();
    m_newId.clear();
    m_stage.clear();
    m_authorityFile.clear();
    m_certificateFile.clear();
    m_error = {};
    m_trying = m_done = m_hasCertificate = false;
    Q_EMIT planChanged();
    Q_EMIT answersChanged();
    Q_EMIT letterChanged();
    Q_EMIT stateChanged();
    readPlan(false);
}

void MigrationView::readPlan(bool tellPlanned) {
    whenDone(engine()->proxy().PlanMigration(m_profileId, m_answers), this,
             [this, tellPlanned, id = m_profileId](const QDBusPendingReply<QVariantMap>& reply) {
                 if (id != m_profileId) {
                     return;
                 }
                 if (reply.isError()) {
                     m_error = ErrorText::fromReply(reply);
                 } else {
                     takePlan(dbus::unwrap(reply.value()));
                 }
                 Q_EMIT stateChanged();
                 if (tellPlanned) {
                     Q_EMIT planned();
                 }
             });
}

void MigrationView::takePlan(const QVariantMap& plan) {
    m_plan = plan;
    for (const auto* key : {"kept", "dropped", "questions"}) {
        m_plan.insert(QLatin1String(key), withLocalTexts(plan.value(QLatin1String(key)).toList()));
    }
    m_plan.insert(QStringLiteral("reason"), withLocalTexts({plan.value(QStringLiteral("reason"))}).value(0));
    Q_EMIT planChanged();
}

void MigrationView::refresh() {
    readPlan(true);
}

void MigrationView::setAnswer(const QString& key, const QVariant& value) {
    const bool none = !value.isValid() || (value.userType() == QMetaType::QString && value.toString().isEmpty());
    if (none ? m_answers.remove(key) == 0 : m_answers.value(key) == value) {
        return;
    }
    if (!none) {
        m_answers.insert(key, value);
    }
    Q_EMIT answersChanged();
    readPlan(false);
}

void MigrationView::setAuthority(const QUrl& url) {
    QFile file(url.toLocalFile());
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestAuthorityFile) {
        Q_EMIT fileFailed(tr("This file cannot be read"), file.errorString());
        return;
    }
    m_authorityFile = url.fileName();
    setAnswer(QStringLiteral("ca"), file.read(largestAuthorityFile));
}

void MigrationView::setCertificate(const QUrl& url) {
    m_certificateFile = url.fileName();
    setAnswer(QStringLiteral("certificate"), url.toLocalFile());
}

void MigrationView::tryOut() {
    m_error = {};
    m_early.clear();
    m_newId.clear();
    m_stage.clear();
    m_trying = true;
    m_hasCertificate = false;
    Q_EMIT stateChanged();
    auto options = m_answers;
    options.insert(QStringLiteral("stay"), true);
    whenDone(engine()->proxy().Migrate(m_profileId, options), this, [this](const QDBusPendingReply<QString>& reply) {
        if (reply.isError()) {
            m_trying = false;
            fail(ErrorText::fromReply(reply));
            return;
        }
        m_newId = reply.value();
        Q_EMIT stateChanged();
        onStatus(m_newId);
        onMigration(std::exchange(m_early, {}));
    });
}

void MigrationView::onStatus(const QString& profileId) {
    if (m_newId.isEmpty() || profileId != m_newId) {
        return;
    }
    const auto status = engine()->status(m_newId);
    m_stage = textOf(status, "stage");
    m_hasCertificate = m_hasCertificate || status.contains(QStringLiteral("certificate"));
    Q_EMIT stateChanged();
}

void MigrationView::onMigration(const QVariantMap& migration) {
    const auto told = dbus::unwrap(migration);
    const auto state = textOf(told, "state");
    if (!m_trying || textOf(told, "id") != m_profileId ||
        (state != QStringLiteral("done") && state != QStringLiteral("failed"))) {
        return;
    }
    if (m_newId.isEmpty()) {
        m_early = told;
        return;
    }
    m_trying = false;
    if (state == QStringLiteral("done")) {
        m_done = true;
        Q_EMIT stateChanged();
    } else {
        fail(ErrorText::fromMap(told.value(QStringLiteral("error")).toMap()));
    }
}

void MigrationView::cancel() {
    if (m_trying && !m_newId.isEmpty()) {
        engine()->proxy().Disconnect(m_newId);
    }
}

void MigrationView::undo() {
    const auto finish = [this] {
        whenDone(engine()->proxy().UndoMigration(m_newId), this, [this](const QDBusPendingReply<QString>& reply) {
            if (reply.isError()) {
                fail(ErrorText::fromReply(reply));
                return;
            }
            m_done = false;
            Q_EMIT stateChanged();
            Q_EMIT undone(reply.value());
        });
    };
    const auto state = textOf(engine()->status(m_newId), "state");
    if (state.isEmpty() || state == QStringLiteral("disconnected") || state == QStringLiteral("failed")) {
        finish();
        return;
    }
    // What is connected cannot go: first that ends.
    auto waiting = std::make_shared<QMetaObject::Connection>();
    *waiting = connect(engine(), &EngineClient::statusChanged, this, [this, waiting, finish](const QString& id) {
        const auto now = textOf(engine()->status(m_newId), "state");
        if (id == m_newId && (now == QStringLiteral("disconnected") || now == QStringLiteral("failed"))) {
            QObject::disconnect(*waiting);
            finish();
        }
    });
    engine()->proxy().Disconnect(m_newId);
}

void MigrationView::fail(const ErrorText& error) {
    m_error = error;
    Q_EMIT stateChanged();
}

void MigrationView::writeLetter() {
    auto options = m_answers;
    options.insert(QStringLiteral("language"), QLocale().name());
    // When the trial has worked, the old settings are out of sight and the letter is about the new ones.
    whenDone(engine()->proxy().Letter(m_done ? m_newId : m_profileId, options), this,
             [this](const QDBusPendingReply<QVariantMap>& reply) {
                 if (reply.isError()) {
                     fail(ErrorText::fromReply(reply));
                     return;
                 }
                 m_letter = dbus::unwrap(reply.value());
                 Q_EMIT letterChanged();
             });
}

void MigrationView::saveLetter(const QUrl& url, const QString& format) {
    QSaveFile file(url.toLocalFile());
    const auto content = m_letter.value(format).toString().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit()) {
        Q_EMIT fileFailed(tr("The letter could not be saved"), file.errorString());
    }
}

void MigrationView::mailLetter() const {
    QDesktopServices::openUrl(QUrl(textOf(m_letter, "mailto")));
}

} // namespace tern::gui
