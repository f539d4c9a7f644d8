#include "app/gui/tray_icon.h"

#include <QFile>
#include <QImageReader>
#include <QPixmap>
#include <QStandardPaths>

namespace tern::gui {

QString trayIconName(TrayContent::State state) {
    switch (state) {
    case TrayContent::State::Connected:
        return QStringLiteral("tern-connected-symbolic");
    case TrayContent::State::Connecting:
        return QStringLiteral("tern-connecting-symbolic");
    case TrayContent::State::Warning:
        return QStringLiteral("tern-warning-symbolic");
    case TrayContent::State::Disconnected:
        break;
    }
    return QStringLiteral("tern-disconnected-symbolic");
}

QIcon trayIcon(TrayContent::State state) {
    const auto name = trayIconName(state);
    const auto installed = QStandardPaths::locate(QStandardPaths::GenericDataLocation,
                                                  QStringLiteral("icons/hicolor/symbolic/apps/%1.svg").arg(name));
    if (!installed.isEmpty()) {
        if (auto themed = QIcon::fromTheme(name); !themed.isNull()) {
            return themed;
        }
    }
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QImageReader reader(QStringLiteral(":/tern/tray/%1.svg").arg(name));
        reader.setScaledSize({size, size});
        icon.addPixmap(QPixmap::fromImage(reader.read()));
    }
    return icon;
}

} // namespace tern::gui
