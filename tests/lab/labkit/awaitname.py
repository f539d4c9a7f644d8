#!/usr/bin/python3
"""awaitname.py --system|--session NAME…: ends when every name is owned on the bus; fails after 20 seconds."""

import sys
import time

import dbus


def main():
    bus = dbus.SystemBus() if sys.argv[1] == "--system" else dbus.SessionBus()
    end = time.monotonic() + 20
    missing = sys.argv[2:]
    while missing:
        if time.monotonic() > end:
            sys.exit(f"nobody took the name {missing[0]} on the {sys.argv[1][2:]} bus")
        missing = [name for name in missing if not bus.name_has_owner(name)]
        if missing:
            time.sleep(0.01)


if __name__ == "__main__":
    main()
