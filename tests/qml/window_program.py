"""The program: its tray, its language, its end, and ternd that goes and comes back."""
import os
import subprocess
import time

import dbus

from window_desk import HERE, close_window


class Program:
    def test_engine_that_goes_and_comes_back(self):
        self.start()
        self.find("Connect Head office")
        self.stop(self.engine)
        self.find("Tern's background service is not running.")
        self.engine = subprocess.Popen([os.path.join(HERE, "fake_engine.py"), "--connected"], stdout=subprocess.PIPE,
                                       text=True)
        self.addCleanup(self.stop, self.engine)
        self.find("Disconnect Head office")
        self.assertIsNone(self.look("Tern's background service is not running."))

    def test_language_and_settings(self):
        self.start(arguments=("--language", "zh_CN"))
        self.press("菜单")
        self.press("设置")
        self.find("外观")

    def test_closing_without_a_tray_ends_the_program(self):
        self.start()
        self.find("Connect Head office")
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Tern$"], capture_output=True,
                                text=True, check=True).stdout.split()[0]
        close_window(int(window))
        self.assertEqual(self.tern.wait(10), 0)

    def start_tray(self):
        self.tray = subprocess.Popen([os.path.join(HERE, "fake_tray.py")], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.tray)
        self.assertEqual(self.tray.stdout.readline().strip(), "ready")

    def tray_object(self, path):
        bus = dbus.SessionBus()
        watcher = bus.get_object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
        items = watcher.Get("org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems",
                            dbus_interface="org.freedesktop.DBus.Properties")
        return bus.get_object(items[0], path)

    def tray_icon(self):
        """(the drawing, the title of the tool tip)"""
        values = self.tray_object("/StatusNotifierItem").GetAll("org.kde.StatusNotifierItem",
                                                                dbus_interface="org.freedesktop.DBus.Properties")
        return bytes(values["IconPixmap"][0][2]), str(values["ToolTip"][2])

    def tray_menu(self):
        """{label: id} of the menu and the menus in it"""
        menu = dbus.Interface(self.tray_object("/MenuBar"), "com.canonical.dbusmenu")
        menu.AboutToShow(0)
        _, layout = menu.GetLayout(0, -1, ["label"])
        found = {}
        todo = [layout]
        while todo:
            number, properties, children = todo.pop()
            found[str(properties.get("label", ""))] = number
            todo += children
        return menu, found

    def choose_in_tray(self, label):
        menu, entries = self.tray_menu()
        self.assertIn(label, entries)
        menu.Event(entries[label], "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))

    def wait_for_tool_tip(self, text):
        end = time.monotonic() + 10
        while time.monotonic() < end and not self.tray_icon()[1].startswith(text):
            time.sleep(0.1)
        self.assertTrue(self.tray_icon()[1].startswith(text), self.tray_icon()[1])
        return self.tray_icon()[0]

    def test_tray_shows_states_and_connects(self):
        self.start_tray()
        self.start("--step", "700")
        self.find("Connect Head office")
        drawings = [self.wait_for_tool_tip("Not connected")]
        self.choose_in_tray("Head office")
        drawings.append(self.wait_for_tool_tip("Connecting to Head office"))
        drawings.append(self.wait_for_tool_tip("Connected to Head office"))
        self.assertEqual(len(set(drawings)), 3)
        self.choose_in_tray("Disconnect")
        self.wait_for_tool_tip("Not connected")

    def test_tray_warns_of_a_failure(self):
        self.start_tray()
        self.start("--fail", "tern.test.silent")
        self.find("Connect Head office")
        calm = self.wait_for_tool_tip("Not connected")
        self.choose_in_tray("Head office")
        self.assertNotEqual(self.wait_for_tool_tip("Head office is not connected"), calm)

    def test_closed_window_comes_back_from_the_tray(self):
        self.start_tray()
        self.start()
        self.find("Connect Head office")
        search = ["xdotool", "search", "--onlyvisible", "--name", "^Tern$"]
        window = subprocess.run(search, capture_output=True, text=True, check=True).stdout.split()[0]
        close_window(int(window))
        time.sleep(1)
        self.assertIsNone(self.tern.poll())
        self.assertEqual(subprocess.run(search, capture_output=True, text=True, check=False).stdout, "")
        self.choose_in_tray("Open Tern")
        subprocess.run(["timeout", "10", *search[:2], "--sync", *search[2:]], check=True)
        self.choose_in_tray("Quit")
        self.assertEqual(self.tern.wait(10), 0)

    def test_nothing_is_complained_about(self):
        self.start("--connected")
        for page in ("Log", "Settings", "About Tern"):
            self.press("Menu")
            self.press(page)
        self.press("Close")
        self.tern.terminate()
        complaints = [line for line in self.tern.stderr.read().splitlines() if "qrc:" in line or "QQml" in line]
        self.assertEqual(complaints, [])
