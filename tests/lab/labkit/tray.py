#!/usr/bin/python3
"""The shell's part of a desk on the session bus: a tray (StatusNotifierItem) and notifications, both to be asked.

tray.py READY-FILE [--no-tray]     --no-tray: a window that hid itself there could not be brought back

org.ternvpn.Desk1 on /org/ternvpn/Desk1:
  Items() -> s            JSON: every tray item's id, title, status, icon name, tool tip, and its menu as a tree
  Icon() -> s             the first item's icon: "WIDTH HEIGHT BASE64" of ARGB32 in network order, or ""
  Activate(i, y)          a click on the first item at that place of the screen
  Choose(s)               chooses the menu entry with this text in the first item's menu
  Notifications() -> s    JSON: what was shown, oldest first, with id, summary, body, replaces and closed
"""

import base64
import json
import sys
import time
from pathlib import Path

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

ITEM, MENU, PROPERTIES = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu", "org.freedesktop.DBus.Properties"


def plain(value):
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, (dbus.Int16, dbus.Int32, dbus.Int64, dbus.UInt16, dbus.UInt32, dbus.UInt64, dbus.Byte)):
        return int(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return str(value) if isinstance(value, str) else value


class Watcher(dbus.service.Object):
    NAME = "org.kde.StatusNotifierWatcher"

    def __init__(self, bus):
        self.items = []
        super().__init__(bus, "/StatusNotifierWatcher")
        bus.add_signal_receiver(self._owner_changed, "NameOwnerChanged", "org.freedesktop.DBus")

    def _owner_changed(self, name, _old, new):
        if not new:
            for item in [i for i in self.items if i[0] == name or i[2] == name]:
                self.items.remove(item)
                self.StatusNotifierItemUnregistered(item[0] + item[1])

    @dbus.service.method(NAME, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, service, sender):
        name, path = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        if not any(item[2] == sender and item[1] == path for item in self.items):
            self.items.append((str(name), str(path), str(sender)))
            self.StatusNotifierItemRegistered(name + path)

    @dbus.service.method(NAME, in_signature="s")
    def RegisterStatusNotifierHost(self, _service):
        self.StatusNotifierHostRegistered()

    @dbus.service.signal(NAME, signature="s")
    def StatusNotifierItemRegistered(self, item):
        pass

    @dbus.service.signal(NAME, signature="s")
    def StatusNotifierItemUnregistered(self, item):
        pass

    @dbus.service.signal(NAME)
    def StatusNotifierHostRegistered(self):
        pass

    def _all(self):
        return {"RegisteredStatusNotifierItems": dbus.Array([i[0] + i[1] for i in self.items], signature="s"),
                "IsStatusNotifierHostRegistered": dbus.Boolean(True), "ProtocolVersion": dbus.Int32(0)}

    # dbus-python names no properties when it is asked what an object has, and Qt believes only what is named.
    @dbus.service.method("org.freedesktop.DBus.Introspectable", out_signature="s", path_keyword="path",
                         connection_keyword="connection")
    def Introspect(self, path, connection):
        known = "".join(f'<property name="{name}" type="{kind}" access="read"/>' for name, kind in (
            ("RegisteredStatusNotifierItems", "as"), ("IsStatusNotifierHostRegistered", "b"), ("ProtocolVersion", "i")))
        text = dbus.service.Object.Introspect(self, path, connection)
        head = f'<interface name="{self.NAME}">'
        return text.replace(head, head + known, 1)

    @dbus.service.method(PROPERTIES, in_signature="ss", out_signature="v")
    def Get(self, _interface, name):
        return self._all()[name]

    @dbus.service.method(PROPERTIES, in_signature="s", out_signature="a{sv}")
    def GetAll(self, _interface):
        return self._all()


class Notifications(dbus.service.Object):
    NAME = "org.freedesktop.Notifications"

    def __init__(self, bus):
        self.shown, self.last = [], 0
        super().__init__(bus, "/org/freedesktop/Notifications")

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, summary, body, _actions, _hints, _timeout):
        if not replaces:
            self.last += 1
        number = int(replaces) or self.last
        self.shown.append({"id": number, "replaces": bool(replaces), "app": str(app), "icon": str(icon),
                           "summary": str(summary), "body": str(body), "closed": False, "time": time.time()})
        return dbus.UInt32(number)

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        for one in self.shown:
            if one["id"] == number:
                one["closed"] = True
        self.NotificationClosed(number, dbus.UInt32(3))

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["body", "actions"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return "desk", "Tern", "1", "1.2"


class Questions(dbus.service.Object):
    NAME = "org.ternvpn.Desk1"

    def __init__(self, bus, watcher, notifications):
        self.bus, self.watcher, self.notifications = bus, watcher, notifications
        super().__init__(bus, "/org/ternvpn/Desk1")

    def _properties(self, item):
        return self.bus.get_object(item[0], item[1], introspect=False).GetAll(ITEM, dbus_interface=PROPERTIES, timeout=3)

    def _menu_object(self, item, properties):
        path = properties.get("Menu")
        return self.bus.get_object(item[0], path, introspect=False) if path and path != "/NO_DBUSMENU" else None

    def _menu(self, item, properties):
        menu = self._menu_object(item, properties)
        if menu is None:
            return []
        menu.AboutToShow(dbus.Int32(0), dbus_interface=MENU, timeout=3)
        _revision, layout = menu.GetLayout(dbus.Int32(0), dbus.Int32(-1), dbus.Array([], signature="s"), dbus_interface=MENU,
                                           timeout=3)

        def tree(node):
            number, values, children = node
            values = plain(values)
            return {"id": int(number), "label": values.get("label", "").replace("_", ""), "type": values.get("type", "standard"),
                    "enabled": values.get("enabled", True), "visible": values.get("visible", True),
                    "checked": values.get("toggle-state", 0) == 1, "children": [tree(child) for child in children]}

        return tree(layout)["children"]

    @dbus.service.method(NAME, out_signature="s")
    def Items(self):
        found = []
        for item in self.watcher.items:
            values = self._properties(item)
            tip = values.get("ToolTip")
            found.append({"id": plain(values.get("Id", "")), "title": plain(values.get("Title", "")),
                          "status": plain(values.get("Status", "")), "icon": plain(values.get("IconName", "")),
                          "tool-tip": [str(tip[2]), str(tip[3])] if tip else [], "menu": self._menu(item, values)})
        return json.dumps(found)

    @dbus.service.method(NAME, out_signature="s")
    def Icon(self):
        for item in self.watcher.items:
            pictures = sorted(self._properties(item).get("IconPixmap") or [], key=lambda p: int(p[0]))
            if pictures:
                width, height, pixels = pictures[-1]
                return f"{int(width)} {int(height)} {base64.b64encode(bytes(bytearray(pixels))).decode()}"
        return ""

    @dbus.service.method(NAME, in_signature="ii")
    def Activate(self, x, y):
        item = self.watcher.items[0]
        self.bus.get_object(item[0], item[1], introspect=False).Activate(x, y, dbus_interface=ITEM, timeout=3)

    @dbus.service.method(NAME, in_signature="s")
    def Choose(self, label):
        def search(entries):
            for entry in entries:
                if entry["label"] == label and entry["enabled"]:
                    return entry["id"]
                below = search(entry["children"])
                if below is not None:
                    return below
            return None

        item = self.watcher.items[0]
        values = self._properties(item)
        number = search(self._menu(item, values))
        if number is None:
            raise dbus.DBusException(f"no enabled menu entry {label}", name="org.ternvpn.Desk1.Error")
        self._menu_object(item, values).Event(dbus.Int32(number), "clicked", dbus.Int32(0, variant_level=1),
                                              dbus.UInt32(int(time.time()) & 0xFFFFFFFF), dbus_interface=MENU, timeout=3)

    @dbus.service.method(NAME, out_signature="s")
    def Notifications(self):
        return json.dumps(self.notifications.shown)


def accessibility(bus):
    """Programs publish their widgets only when somebody is said to look."""
    status = bus.get_object("org.a11y.Bus", "/org/a11y/bus", introspect=False)
    status.Set("org.a11y.Status", "IsEnabled", dbus.Boolean(True, variant_level=1), dbus_interface=PROPERTIES)
    status.Set("org.a11y.Status", "ScreenReaderEnabled", dbus.Boolean(True, variant_level=1), dbus_interface=PROPERTIES)


def main():
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    names = [dbus.service.BusName(name, bus, do_not_queue=True)
             for name in (Watcher.NAME, Notifications.NAME, Questions.NAME)
             if name != Watcher.NAME or "--no-tray" not in sys.argv]
    watcher, notifications = Watcher(bus), Notifications(bus)
    questions = Questions(bus, watcher, notifications)
    accessibility(bus)
    Path(sys.argv[1]).touch()
    GLib.MainLoop().run()
    del names, questions


if __name__ == "__main__":
    main()
