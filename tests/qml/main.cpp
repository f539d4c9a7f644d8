// Runs tst_*.qml. Gives them an engine client without a bus, whose list the tests fill.
#include "app/gui/engine_client.h"
#include "app/gui/settings.h"
#include "app/gui/shell.h"

#include <QDBusConnection>
#include <QQmlContext>
#include <QQmlEngine>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(Tern_ClientPlugin)
Q_IMPORT_QML_PLUGIN(Tern_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Tern_DialogsPlugin)
Q_IMPORT_QML_PLUGIN(Tern_PagesPlugin)

class Setup : public QObject {
    Q_OBJECT

public:
    Setup() = default;

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath(QStringLiteral(":/qt/qml"));
        engine->rootContext()->setContextProperty(QStringLiteral("client"), &m_client);
        engine->rootContext()->setContextProperty(QStringLiteral("shell"), &m_shell);
        engine->rootContext()->setContextProperty(QStringLiteral("preferences"), &m_settings);
        engine->rootContext()->setContextProperty(QStringLiteral("setup"), this);
    }
    // profiles: maps as List gives them.
    void fill(const QVariantList& profiles) {
        tern::dbus::MapList list;
        for (const auto& profile : profiles) {
            list.append(profile.toMap());
        }
        m_client.profiles()->setProfiles(list);
    }
    void setState(const QString& id, const QString& state, const QString& stage) {
        m_client.profiles()->setState(id, state, stage);
    }
    void report(const QVariantMap& report) { m_client.importReport()->set(QStringLiteral("rasphone.pbk"), report); }
    [[nodiscard]] tern::gui::ErrorText error(const QVariantMap& map) const {
        return tern::gui::ErrorText::fromMap(map);
    }
    [[nodiscard]] tern::gui::PromptInfo prompt(const QVariantMap& map) const {
        return tern::gui::PromptInfo::fromMap(map);
    }

private:
    QTemporaryDir m_dir;
    tern::gui::EngineClient m_client{QDBusConnection(QStringLiteral("nowhere"))};
    tern::gui::Shell m_shell;
    tern::gui::Settings m_settings{m_dir.filePath(QStringLiteral("window.conf"))};
};

QUICK_TEST_MAIN_WITH_SETUP(tern, Setup)
#include "main.moc"
