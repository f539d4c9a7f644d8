// The drawings of the tray icon.
#pragma once

#include "app/gui/tray.h"

#include <QIcon>

namespace tern::gui {

// Distinct by shape as well as colour: the bird alone (disconnected, hollow), with three dots (connecting), with a tick
// (connected), with an exclamation mark (warning). The installed symbolic theme icon where there is one, which the
// panel colours; else drawn in white with a dark rim, which shows on light and dark panels alike.
[[nodiscard]] QIcon trayIcon(TrayContent::State state);

// The name of the theme icon: "tern-connected-symbolic" …
[[nodiscard]] QString trayIconName(TrayContent::State state);

} // namespace tern::gui
