#!/usr/bin/python3
"""table.py [--update]: which feature was seen with which peer, from what the interop tests of this build noted.

Without --update: what the tests that ran have seen must be what tests/interop/seen.json says of them, and README.md must
be made from it. With it: takes what they have seen into seen.json and makes README.md anew. Tests that did not run, and
peers of other versions than those of the table, are left as they are.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "lab"))
from labkit import harness  # noqa: E402

_HEAD = """# What was seen with which server

Made by `table.py` from what the interop tests noted while they ran; every mark is a check that passed against a real
server. A gap means that this server does not have it, or that no test tried it with this server.
"""


def noted():
    """What this build's tests have seen: (group, feature, peer, test)."""
    folder = harness.BUILD / "interop-seen"
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    return {tuple(json.loads(line)) for line in lines}


def known():
    file = HERE / "seen.json"
    return {tuple(row) for row in json.loads(file.read_text(encoding="utf-8"))} if file.exists() else set()


def as_json(rows):
    return "[\n" + ",\n".join(" " + json.dumps(row, ensure_ascii=False) for row in sorted(rows)) + "\n]\n"


def as_markdown(rows):
    peers = sorted({peer for _group, _feature, peer, _test in rows}, key=lambda p: (not p.startswith("strongSwan"), p))
    text = [_HEAD]
    for group in sorted({row[0] for row in rows}):
        text += [f"## {group}", "| | " + " | ".join(peers) + " | Test |", "|---|" + ":-:|" * len(peers) + "---|"]
        for feature in sorted({row[1] for row in rows if row[0] == group}):
            here = [row for row in rows if row[:2] == (group, feature)]
            marks = ["✓" if any(row[2] == peer for row in here) else "" for peer in peers]
            tests = ", ".join(f"`{test}`" for test in sorted({row[3] for row in here}))
            text.append(f"| {feature} | " + " | ".join(marks) + f" | {tests} |")
        text.append("")
    return "\n".join(text)


def merged(old, new):
    ran = {(peer, test) for _group, _feature, peer, test in new}
    return {row for row in old if (row[2], row[3]) not in ran} | new


def update(old, new):
    rows = merged(old, new)
    (HERE / "seen.json").write_text(as_json(rows), encoding="utf-8")
    (HERE / "README.md").write_text(as_markdown(rows), encoding="utf-8")


def check(old, new):
    if not new:
        harness.skip("no interop test has noted anything in this build")
    peers = {row[2] for row in old}
    for peer in sorted({row[2] for row in new} - peers):
        print(f"not compared: {peer} is not in the table")
    differ = merged(old, {row for row in new if row[2] in peers}) ^ old
    for row in sorted(differ):
        print(("in the table, and not seen: " if row in old else "seen, and not in the table: ") + ", ".join(row))
    stale = as_markdown(old) != (HERE / "README.md").read_text(encoding="utf-8")
    if stale:
        print("README.md is not made from seen.json")
    if differ or stale:
        sys.exit("run tests/interop/table.py --update after the interop tests, and look at what it changes")
    print(f"{len(old)} marks, {len(new)} of them seen in this build")


if __name__ == "__main__":
    {(): check, ("--update",): update}[tuple(sys.argv[1:])](known(), noted())
