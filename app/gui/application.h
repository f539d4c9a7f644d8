// The program: puts engine, window, tray, notifications and settings together.
#pragma once

#include "app/gui/color_scheme.h"
#include "app/gui/engine_client.h"
#include "app/gui/notifier.h"
#include "app/gui/settings.h"
#include "app/gui/shell.h"
#include "app/gui/single_instance.h"
#include "app/gui/system_tray.h"

#include <QDBusConnection>
#include <QObject>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <optional>

class QApplication;

namespace tern::gui {

struct Options {
    QString theme;    // "" = as set
    QString language; // "" = as set
    QList<QUrl> files;
    bool background = false; // start in the tray, without a window
};

// Ends the program on --help, --version and on arguments that make no sense.
[[nodiscard]] Options parseArguments(const QApplication& app);

class Application : public QObject {
    Q_OBJECT

public:
    Application(QApplication& app, const Options& options);
    ~Application() override;

    // Hands over to a running window (then there is nothing to run), else shows the window. An exit code, or nothing
    // where the event loop has to run.
    [[nodiscard]] std::optional<int> begin();

private:
    void connectTray();
    void connectNotifications();
    void applyTheme();
    void applyLanguage();
    void raise();
    void toggle();
    void updateTray();
    [[nodiscard]] TrayContent trayContent();
    [[nodiscard]] bool windowActive() const;

    QApplication& m_app;
    Options m_options;
    QDBusConnection m_bus;
    Settings m_settings;
    Shell m_shell;
    SingleInstance m_instance;
    ColorScheme m_colors;
    EngineClient m_engine;
    SystemTray m_tray;
    Notifier m_notifier;
    QQmlApplicationEngine m_qml;
    QQuickWindow* m_window = nullptr; // owned by m_qml
    QString m_failedName;             // of the last failure, until something else happens
};

} // namespace tern::gui
