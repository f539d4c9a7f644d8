// The tray icon and its menu by QSystemTrayIcon (StatusNotifierItem, else XEmbed).
#pragma once

#include "app/gui/tray.h"

#include <QDBusServiceWatcher>
#include <QMenu>
#include <QSystemTrayIcon>

namespace tern::gui {

class SystemTray : public Tray {
    Q_OBJECT

public:
    explicit SystemTray(const QDBusConnection& bus, QObject* parent = nullptr);
    ~SystemTray() override;

    [[nodiscard]] bool available() const override;
    void show(const TrayContent& content) override;
    void retranslate() override;

    [[nodiscard]] const QMenu& menu() const { return m_menu; }

private:
    void fill();
    [[nodiscard]] QString statusLine() const;

    QDBusServiceWatcher m_hosts;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    TrayContent m_content;
    // Qt decides once, at the start, between the two kinds of tray; only the first has a service that can go away.
    bool m_needsHost = false;
    bool m_hasHost = false;
};

} // namespace tern::gui
