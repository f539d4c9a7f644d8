#!/usr/bin/python3
"""Hands and eyes on a desk: finds widgets by what a screen reader is told, clicks and types with the X server's mouse
and keys. Reads one JSON command a line from standard input and answers with one JSON line.

  {"do": "click", WIDGET, "double": false}
  {"do": "wait", WIDGET, "gone": false, "seconds": 10}      -> the widget
  {"do": "fill", WIDGET, "text": …}                         click it, and type once it has the focus
  {"do": "text", WIDGET}                                    -> what is written in it
  {"do": "type", "text": …}  {"do": "key", "keys": "Return"}
  {"do": "shot", "file": …}                                 a picture of the screen
  {"do": "tree"}                                            -> every showing widget: role, name, description
WIDGET: "name" (exact), "starts" (of the name) or "says" (anywhere in name or description); "role"; "focused" (true or
false); "description" (exact); "app" (default tern).
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def nodes(app):
    """Every showing widget of the application, outermost first."""
    desktop = Atspi.get_desktop(0)
    waiting = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
    waiting = [top for top in waiting if top and app in (top.get_name() or "")]
    while waiting:
        node = waiting.pop(0)
        try:
            if not node.get_state_set().contains(Atspi.StateType.SHOWING):
                continue  # nor is anything in it
            yield node
            waiting += [child for i in range(min(node.get_child_count(), 500)) if (child := node.get_child_at_index(i))]
        except GLib.Error:  # it went away while we looked
            continue


def describe(node):
    box = node.get_extents(Atspi.CoordType.SCREEN)
    return {"role": node.get_role_name(), "name": node.get_name() or "", "description": node.get_description() or "",
            "box": [box.x, box.y, box.width, box.height],
            "enabled": node.get_state_set().contains(Atspi.StateType.ENABLED),
            "focused": node.get_state_set().contains(Atspi.StateType.FOCUSED)}


def fits(node, wanted):
    """The widget's description if it is the wanted one; every question to it is a call over the bus."""
    name = node.get_name() or ""
    if "name" in wanted and name != wanted["name"]:
        return None
    if "starts" in wanted and not name.startswith(wanted["starts"]):
        return None
    if "role" in wanted and node.get_role_name() != wanted["role"]:
        return None
    if "says" in wanted and wanted["says"] not in name + "\n" + (node.get_description() or ""):
        return None
    found = describe(node)
    if any(found[state] != wanted[state] for state in ("focused", "description") if state in wanted):
        return None
    return found if found["box"][2] > 0 and found["box"][3] > 0 else None


def find(wanted, answer=lambda node, found: found):
    for node in nodes(wanted.get("app", "tern")):
        try:
            if found := fits(node, wanted):
                return answer(node, found)
        except GLib.Error:
            continue
    return None


def text(wanted):
    wait(wanted)
    return find(wanted, lambda node, found: Atspi.Text.get_text(node, 0, -1))


def wait(wanted):
    end = time.monotonic() + wanted.get("seconds", 10)
    while True:
        found = find(wanted)
        if bool(found) != wanted.get("gone", False):
            return found or {}
        if time.monotonic() > end:
            words = {k: v for k, v in wanted.items() if k != "do"}
            raise LookupError(f"{'still there' if wanted.get('gone') else 'not found'}: {words}")
        time.sleep(0.03)


def xdotool(*arguments):
    subprocess.run(["xdotool", *map(str, arguments)], check=True, capture_output=True)


def steady(wanted):
    """The widget once it no longer moves: pages and dialogs slide in."""
    found = wait(wanted)
    while True:
        time.sleep(0.12)
        again = wait(wanted)
        if again["box"] == found["box"]:
            return again
        found = again


def click(wanted):
    found = steady(wanted)
    x, y, width, height = found["box"]
    xdotool("mousemove", "--sync", x + width // 2, y + height // 2)
    time.sleep(0.05)
    xdotool("click", "--repeat", 2 if wanted.get("double") else 1, "--delay", 80, 1)
    return found


def fill(wanted):
    for _ in range(3):
        click(wanted)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            if (find(wanted) or {}).get("focused"):
                xdotool("key", "ctrl+a")
                xdotool("type", "--delay", 12, wanted["text"])
                return find(wanted) or {}
            time.sleep(0.05)
    raise LookupError(f"it does not take the focus: {wanted.get('name') or wanted.get('role')}")


def act(wanted):
    verb = wanted["do"]
    if verb == "click":
        return click(wanted)
    if verb == "fill":
        return fill(wanted)
    if verb == "wait":
        return wait(wanted)
    if verb == "text":
        return text(wanted)
    if verb == "type":
        xdotool("type", "--delay", 12, wanted["text"])
    elif verb == "key":
        xdotool("key", wanted["keys"])
    elif verb == "shot":
        subprocess.run(["import", "-window", "root", wanted["file"]], check=True, capture_output=True)
    elif verb == "tree":
        return [f"{d['role']}: {d['name']} | {d['description']}" for d in map(describe, nodes(wanted.get("app", "tern")))]
    else:
        raise ValueError(f"no such command: {verb}")
    return {}


def main():
    Atspi.init()
    for line in sys.stdin:
        try:
            answer = {"ok": act(json.loads(line))}
        except Exception as error:  # noqa: BLE001  the answer carries it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
