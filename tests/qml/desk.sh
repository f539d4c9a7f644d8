#!/bin/sh
# Runs COMMAND on a display, session bus and accessibility bus of its own, with nothing of the user's configuration.
# desk.sh COMMAND…
set -e
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run" "$home/config"
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_RUNTIME_DIR="$home/run" XDG_CURRENT_DESKTOP=none LC_ALL=C.UTF-8
export QT_QPA_PLATFORM=xcb QT_QUICK_BACKEND=software QSG_RENDER_LOOP=basic QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- "$@"
