#include "app/gui/system_tray.h"

#include "app/gui/tray_icon.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>

namespace tern::gui {

namespace {

const QString hostService = QStringLiteral("org.kde.StatusNotifierWatcher");

// Names come from files: an ampersand in one is no shortcut.
QString plain(QString name) {
    return name.replace(u'&', QStringLiteral("&&"));
}

} // namespace

SystemTray::SystemTray(const QDBusConnection& bus, QObject* parent)
    : Tray(parent)
    , m_hosts(hostService, bus, QDBusServiceWatcher::WatchForOwnerChange) {
    m_hasHost = bus.isConnected() && bus.interface()->isServiceRegistered(hostService);
    m_needsHost = m_hasHost;
    connect(&m_hosts, &QDBusServiceWatcher::serviceOwnerChanged, this,
            [this](const QString&, const QString&, const QString& owner) {
                m_hasHost = !owner.isEmpty();
                Q_EMIT availableChanged();
            });
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick) {
            Q_EMIT toggleRequested();
        }
    });
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(trayIcon(m_content.state));
    fill();
    m_icon.show();
}

SystemTray::~SystemTray() = default;

bool SystemTray::available() const {
    return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable() && (!m_needsHost || m_hasHost);
}

void SystemTray::show(const TrayContent& content) {
    if (m_content == content) {
        return;
    }
    const auto old = std::exchange(m_content, content);
    if (old.state != content.state) {
        m_icon.setIcon(trayIcon(content.state));
    }
    auto figures = content;
    figures.traffic = old.traffic;
    if (figures == old) {
        // Only the figures changed: a menu that may be open is left alone.
        m_icon.setToolTip(statusLine() + (content.traffic.isEmpty() ? QString() : u'\n' + content.traffic));
        return;
    }
    fill();
}

void SystemTray::retranslate() {
    fill();
}

QString SystemTray::statusLine() const {
    switch (m_content.state) {
    case TrayContent::State::Connected:
        return tr("Connected to %1").arg(m_content.name);
    case TrayContent::State::Connecting:
        if (m_content.stage == QStringLiteral("waiting")) {
            return tr("%1: waiting for a network").arg(m_content.name);
        }
        if (m_content.stage == QStringLiteral("moving")) {
            return tr("%1: moving to another network").arg(m_content.name);
        }
        if (m_content.stage == QStringLiteral("checking")) {
            return tr("%1: checking the connection").arg(m_content.name);
        }
        return tr("Connecting to %1…").arg(m_content.name);
    case TrayContent::State::Warning:
        return tr("%1 is not connected").arg(m_content.name);
    case TrayContent::State::Disconnected:
        break;
    }
    return tr("Not connected");
}

void SystemTray::fill() {
    m_icon.setToolTip(statusLine() + (m_content.traffic.isEmpty() ? QString() : u'\n' + m_content.traffic));
    m_menu.clear();
    m_menu.addAction(plain(statusLine()))->setEnabled(false);
    m_menu.addSeparator();
    const auto busy = !m_content.activeId.isEmpty();
    auto* list = m_menu.addMenu(tr("Connect"));
    list->setEnabled(!m_content.usable.isEmpty());
    for (const auto& entry : m_content.usable) {
        auto* action = list->addAction(plain(entry.name));
        action->setCheckable(true);
        action->setChecked(busy && entry.profileId == m_content.activeId);
        connect(action, &QAction::triggered, this, [this, id = entry.profileId] { Q_EMIT connectRequested(id); });
    }
    auto* disconnectAction = m_menu.addAction(
        m_content.state == TrayContent::State::Connecting ? tr("Cancel connecting") : tr("Disconnect"));
    disconnectAction->setEnabled(busy);
    connect(disconnectAction, &QAction::triggered, this, [this] { Q_EMIT disconnectRequested(m_content.activeId); });
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Open Tern")), &QAction::triggered, this, &Tray::openRequested);
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, this, &Tray::quitRequested);
}

} // namespace tern::gui
