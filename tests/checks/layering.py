#!/usr/bin/env python3
"""Fails when an #include in core/, app/ or tests goes against the layering of the design.

The arrows are read from cmake/TernModule.cmake, so there is one table. Also refused: Linux-only headers outside
core/datapath and app/helper, and I/O headers inside the protocol machines (eap, ppp, sstp, ike, probe).
"""
import pathlib
import re
import sys

LINUX = re.compile(r"^(linux/|sys/(epoll|eventfd|signalfd|timerfd|prctl|inotify)\.h|net/if|netlink/|libmnl|nftables/|systemd/)")
IO = re.compile(r"^(sys/socket\.h|netinet/|arpa/inet\.h|thread|mutex|random|fstream|poll\.h|QDBus|QtDBus|QtNetwork|QSocket|QTimer|QFile)")
PURE = {"eap", "ppp", "sstp", "ike", "probe"}
LINUX_ALLOWED = ("core/datapath/", "app/helper/")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]', re.M)


def arrows(root):
    table = {}
    text = (root / "cmake/TernModule.cmake").read_text()
    for name, deps in re.findall(r'^set\(TERN_ARROWS_(\w+)\s+([^)]*)\)', text, re.M):
        table[name] = set(deps.replace('"', "").split())
    return table


def problems(root):
    table = arrows(root)
    for top in ("core", "app"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            name = path.relative_to(root).as_posix()
            module = name.split("/")[1] if top == "core" else None
            for include in INCLUDE.findall(path.read_text(encoding="utf-8")):
                target = include.split("/")
                if target[0] == "app" and module:
                    yield f"{name}: core/ must not include {include}"
                if module and target[0] == "core" and target[1] != module and target[1] not in table.get(module, set()):
                    yield f"{name}: core/{module} must not include {include}"
                if LINUX.match(include) and not name.startswith(LINUX_ALLOWED):
                    yield f"{name}: Linux header {include} belongs in core/datapath or app/helper"
                if module in PURE and IO.match(include):
                    yield f"{name}: a protocol machine has no I/O, thread, clock or random source ({include})"


def main():
    found = list(problems(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
