"""What the window's tests do with it: start it beside a stand-in for ternd, find controls by their accessible names and
press them, as a screen reader does.
"""
import ctypes
import os
import subprocess
import time
import unittest

import dbus
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
TERN = ""


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    yield node
    for index in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(index), depth + 1)


class ClientMessage(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("room", ctypes.c_long * 24)]


def close_window(window):
    """What a window manager does when its close button is clicked."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    event = ClientMessage(type=33, window=window, message=x11.XInternAtom(display, b"WM_PROTOCOLS", 0), format=32)
    event.data[0] = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    x11.XFlush(display)
    x11.XCloseDisplay(display)


def showing(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) or states.contains(Atspi.StateType.VISIBLE)


class Desk(unittest.TestCase):
    def setUp(self):
        Atspi.get_desktop(0).get_child_count()  # has the registry started before the window looks for it

    def start(self, *engine, arguments=("--language", "en")):
        self.engine = subprocess.Popen([os.path.join(HERE, "fake_engine.py"), "--step", "150", *engine],
                                       stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.engine)
        self.assertEqual(self.engine.stdout.readline().strip(), "ready")
        self.tern = subprocess.Popen([TERN, *arguments], stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.tern)

    def stop(self, process):
        process.terminate()
        process.wait(10)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.tern.pid:
                return child
        return None

    def look(self, name, role=None):
        try:
            for node in walk(self.application()):
                if node.get_name() == name and (role is None or node.get_role() == role) and showing(node):
                    return node
        except gi.repository.GLib.Error:
            pass  # something went away under our hands; the next look sees what is there now
        return None

    def find(self, name, role=None, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            node = self.look(name, role)
            if node:
                return node
            time.sleep(0.1)
        names = sorted({node.get_name() for node in walk(self.application()) if node.get_name()})
        self.fail(f"nothing shown is called {name!r}; there is {names}")

    def press(self, name, role=None):
        action = self.find(name, role).get_action_iface()
        for index in range(action.get_n_actions()):
            if action.get_action_name(index) in ("Press", "Toggle"):
                self.assertTrue(action.do_action(index))
                return
        self.fail(f"{name!r} cannot be pressed")

    def click(self, name, role=None):
        """With the mouse: the buttons of Qt's own file dialog do nothing when they are pressed otherwise."""
        at = Atspi.Component.get_extents(self.find(name, role), Atspi.CoordType.SCREEN)
        middle = str(at.x + at.width // 2), str(at.y + at.height // 2)
        subprocess.run(["xdotool", "mousemove", *middle, "click", "1"], check=True)

    def type(self, group, text):
        """By the keyboard: a password's field has the focus and takes nothing else."""
        self.find(group)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if any(node.get_state_set().contains(Atspi.StateType.FOCUSED) for node in walk(self.find(group))):
                subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
                return
            time.sleep(0.1)
        self.fail(f"{group!r} does not have the focus")

    def find_described(self, text):
        """What a field says of what was typed is its description, so that it is read out with the field."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if any(node.get_description() == text and showing(node) for node in walk(self.application())):
                return
            time.sleep(0.1)
        self.fail(f"nothing shown is described as {text!r}")

    def find_below(self, name, x=700):
        """Rolls what lies under the mouse until the control comes up: what is out of sight is not "showing"."""
        subprocess.run(["xdotool", "mousemove", str(x), "450"], check=True)
        for _ in range(20):
            node = self.look(name)
            if node:
                return node
            subprocess.run(["xdotool", "click", "--repeat", "3", "5"], check=True)
            time.sleep(0.2)
        return self.find(name, seconds=1)

    def key(self, name):
        subprocess.run(["xdotool", "key", name], check=True)

    def outside(self):
        """What another program can call."""
        return dbus.Interface(dbus.SessionBus().get_object("org.ternvpn.Engine1", "/org/ternvpn/Engine1"), "org.ternvpn.Engine1")

    def edit(self, profile, changes):
        self.outside().Edit(profile, changes)
