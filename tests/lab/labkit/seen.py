"""Which feature was seen working with which peer: each interop test notes it, tests/interop/table.py makes the table."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from . import harness, trixie


@cache
def strongswan():
    """"strongSwan 5.9": the peer that Debian has here, or the one that TERN_LAB_PEER names."""
    if os.environ.get("TERN_LAB_PEER") == "strongswan6":
        return trixie.strongswan()
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "charon-systemd"], capture_output=True, text=True, check=False)
    return "strongSwan " + ".".join(said.stdout.split("-")[0].split(".")[:2])


_noted = set()


def seen(group, feature, peer=None):
    """Only after it was checked. group: a part of the table, "Key exchange"; feature: a row in it, "Curve448";
    peer: a column, by default this machine's strongSwan."""
    folder = Path(os.environ.get("TERN_SEEN_IN") or harness.BUILD) / "interop-seen"
    folder.mkdir(parents=True, exist_ok=True)
    test = " ".join([Path(sys.argv[0]).stem, *sys.argv[1:]])
    note = (group, feature, peer or strongswan(), test)
    if note in _noted:
        return
    name = f"{test} {strongswan()}"  # one test may run against several
    with open(folder / (name.replace("/", "-").replace(" ", "_") + ".jsonl"), "a" if _noted else "w", encoding="utf-8") as file:
        file.write(json.dumps(note, ensure_ascii=False) + "\n")
    _noted.add(note)
