#!/usr/bin/python3
"""Stand-ins on the test's private bus.

fake_services.py polkit ANSWER…          ANSWER is USER-ID=yes|no|challenge or *=…; the first that fits counts
fake_services.py resolved LOG [METHOD…]  writes each call as a line to LOG; METHOD=NAME answers the error NAME
"""
import os
import sys

import dbus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.bus.BusConnection(os.environ["DBUS_SYSTEM_BUS_ADDRESS"])
what, arguments = sys.argv[1], sys.argv[2:]


def polkit(message):
    subject, action, _details, flags, _cancel = message.get_args_list()
    kind, details = subject
    if kind != "system-bus-name" or action != "org.ternvpn.helper.connect":
        return dbus.lowlevel.ErrorMessage(message, "org.freedesktop.PolicyKit1.Error.Failed", "not what was expected")
    user = str(bus.get_unix_user(details["name"]))
    said = next((a.split("=")[1] for a in arguments if a.split("=")[0] in (user, "*")), "no")
    reply = dbus.lowlevel.MethodReturnMessage(message)
    # A prompt, if the caller allows one, is always answered well here.
    yes = said == "yes" or (said == "challenge" and bool(flags & 1))
    reply.append(dbus.Struct((yes, said == "challenge" and not yes, dbus.Dictionary({}, "ss")),
                             signature="bba{ss}"), signature="(bba{ss})")
    return reply


def resolved(message):
    with open(arguments[0], "a", encoding="utf-8") as log:
        log.write(f"{message.get_member()} {show(message.get_args_list())}\n")
    for refusal in arguments[1:]:
        member, name = refusal.split("=")
        if message.get_member() == member:
            return dbus.lowlevel.ErrorMessage(message, name, "as told")
    return dbus.lowlevel.MethodReturnMessage(message)


def show(value):
    if isinstance(value, dbus.Boolean):
        return str(bool(value)).lower()
    if isinstance(value, dbus.Byte):
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "[" + " ".join(show(entry) for entry in value) + "]"
    return str(value)


def answer(_connection, message):
    if message.get_type() == 1 and message.get_interface() in ("org.freedesktop.PolicyKit1.Authority",
                                                               "org.freedesktop.resolve1.Manager"):
        reply = polkit(message) if what == "polkit" else resolved(message)
        if not message.get_no_reply():
            bus.send_message(reply)
        return dbus.lowlevel.HANDLER_RESULT_HANDLED
    return dbus.lowlevel.HANDLER_RESULT_NOT_YET_HANDLED


bus.add_message_filter(answer)
bus.request_name("org.freedesktop.PolicyKit1" if what == "polkit" else "org.freedesktop.resolve1")
GLib.MainLoop().run()
