"""Two hosts joined by a cable, with nothing else on it: where tunnels are measured end to end."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "lab"))
from labkit import netns, plan  # noqa: E402

ENDS = ("a", "b")
OUTER = {"a": "192.0.2.1", "b": "192.0.2.2"}
INNER = {"a": "10.99.0.1", "b": "10.99.0.2"}
TICKS = os.sysconf("SC_CLK_TCK")


class Unavailable(Exception):
    """This tunnel cannot be made here; its figures are left out, with the reason."""


class Pair:
    """Up for the length of a with block; whatever still runs in the two hosts ends with it."""

    def __enter__(self):
        self.names = {end: f"{plan.Plan().id}-bench-{end}" for end in ENDS}
        self._clear()
        self._folder = tempfile.TemporaryDirectory(prefix="tern-bench.")
        self.folder = Path(self._folder.name)
        for name in self.names.values():
            netns.create(name)
        netns.join(self.names["a"], "out", [OUTER["a"] + "/24"], self.names["b"], "out", [OUTER["b"] + "/24"])
        return self

    def __exit__(self, *_):
        self._clear()
        self._folder.cleanup()

    def _clear(self):
        for name in self.names.values():
            if netns.exists(name):
                netns.empty(name)
                netns.run("ip", "netns", "del", name)

    def command(self, end, *command):
        return ["nsenter", f"--net=/run/netns/{self.names[end]}", *map(str, command)]

    def run(self, end, *command, **options):
        options = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": 60, "check": False} | options
        return subprocess.run(self.command(end, *command), **options)

    def start(self, end, *command, **options):
        """A daemon. What it prints comes by its stdout; what it complains of is kept in a file."""
        log = open(self.folder / f"{end}.log", "ab")
        options = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | options
        with log:
            return subprocess.Popen(self.command(end, *command), **options)

    def said(self):
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-1500:]}" for log in sorted(self.folder.glob("*.log")))

    def address(self, end, device, mtu=None):
        """Gives the tunnel's device its inner address, and the way to the other's."""
        other = INNER["b" if end == "a" else "a"]
        netns.wait_until(f"{device} of {end}", lambda: self.run(end, "ip", "link", "show", device).returncode == 0)
        name = self.names[end]
        netns.ip(name, f"addr add {INNER[end]} peer {other} dev {device}")
        netns.ip(name, f"link set {device} up" + (f" mtu {mtu}" if mtu else ""))

    def await_path(self, seconds=20):
        """Until the inner addresses reach each other."""
        end = time.monotonic() + seconds
        while self.run("a", "ping", "-c", 1, "-W", "0.2", INNER["b"]).returncode:
            if time.monotonic() > end:
                raise netns.LabError(f"no way through the tunnel within {seconds} s\n{self.said()}")
            time.sleep(0.02)


def processor_seconds(pids):
    """What these processes, with all their threads, have used of the processors."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_kb(pid, what="VmRSS"):
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what + ":"):
            return int(line.split()[1])
    return 0
