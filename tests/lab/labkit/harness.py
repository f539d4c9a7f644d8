"""For tests: a lab and a desk as context managers, and what to ask of them.

A test that cannot run here calls skip(), which ends with the code that ctest counts as skipped.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import trixie

LAB_FOLDER = Path(__file__).resolve().parents[1]
ROOT = LAB_FOLDER.parents[1]
BUILD = Path(os.environ.get("TERN_BUILD") or ROOT / "build/release")
SKIPPED = 77


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def require_lab():
    """Ends the test as skipped where no lab can be built."""
    if os.geteuid() != 0:
        skip("network namespaces need root")
    for program in ("charon-systemd", "swanctl", "nft", "tcpdump", "nsenter", "openssl", "dbus-daemon"):
        if not shutil.which(program):
            skip(f"{program} is not installed (packaging/packages-test.txt)")
    if subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], capture_output=True, check=False).returncode:
        skip("this machine allows no namespaces")
    if not Path("/dev/net/tun").exists():
        skip("there is no /dev/net/tun")
    if os.environ.get("TERN_LAB_PEER") == "strongswan6":
        try:
            trixie.peer()
        except trixie.Unavailable as reason:
            skip(reason)


def require_programs(*names):
    places = {"tern": "app/gui", "ternctl": "app/ctl", "ternd": "app/engine", "tern-helper": "app/helper"}
    for name in names:
        built = (BUILD / places[name] / name).exists() or (BUILD / "bin" / name).exists()
        if not built and not shutil.which(name):
            skip(f"{name} is not built")


class Lab:
    """One lab, up for the length of a with block."""

    def __init__(self, scenario):
        self.scenario = scenario

    def __enter__(self):
        subprocess.run([LAB_FOLDER / "lab", "up", self.scenario], check=True, timeout=120)
        said = subprocess.run([LAB_FOLDER / "lab", "status", "--json"], check=True, capture_output=True, text=True)
        self.state = json.loads(said.stdout)
        self.client = self.state["namespaces"]["client"]
        return self

    def __exit__(self, *_):
        subprocess.run([LAB_FOLDER / "lab", "down"], check=False, timeout=60)

    def command(self, host, *command):
        return [str(LAB_FOLDER / "lab"), "exec", host, *map(str, command)]

    def exec(self, host, *command, **options):
        options = {"capture_output": True, "text": True, "timeout": 60, "stdin": subprocess.DEVNULL, "check": False} | options
        return subprocess.run(self.command(host, *command), **options)

    def server_log(self):
        return Path(self.state["server-log"]).read_text(encoding="utf-8", errors="replace")

    def copy_phonebook(self, folder):
        """A phonebook that the desk's user may read."""
        target = Path(folder) / "rasphone.pbk"
        shutil.copy(self.state["phonebook"], target)
        target.chmod(0o644)
        return target


class Desk:
    """A desk in a namespace, up for the length of a with block; user() and root() run commands on it."""

    def __init__(self, netns, *options, environment=None):
        self.netns, self.options, self.environment = netns, options, environment or {}

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="tern-desk-test."))
        self.folder.chmod(0o755)
        self.state_file = self.folder / "state.json"
        self.log_folder = self.folder / "logs"
        self.process = subprocess.Popen(
            [LAB_FOLDER / "desk", self.netns, *self.options, "--state", self.state_file, "--", "sleep", "infinity"],
            stdin=subprocess.DEVNULL, env=os.environ | {"DESK_LOGS": str(self.log_folder)} | self.environment)
        try:
            self._await()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _await(self):
        end = time.monotonic() + 60
        while not self.state_file.exists() or not self.state_file.stat().st_size:
            if self.process.poll() is not None:
                raise RuntimeError(f"the desk ended with {self.process.returncode}")
            if time.monotonic() > end:
                raise RuntimeError("the desk was not up within 60 s")
            time.sleep(0.02)
        self.state = json.loads(self.state_file.read_text(encoding="utf-8"))
        self.env = self.state["env"]
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        below = Path(f"/proc/{children[0]}/task/{children[0]}/children").read_text(encoding="ascii").split()
        self.pid = int(below[0])

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.logs = {log.stem: log.read_text(encoding="utf-8", errors="replace") for log in self.log_folder.glob("*.log")}
        shutil.rmtree(self.folder, ignore_errors=True)

    def _enter(self):
        return ["nsenter", f"--target={self.pid}", "--mount", "--pid", "--net"]

    def user_command(self, *command):
        pairs = [f"{key}={value}" for key, value in self.env.items()]
        return [*self._enter(), f"--wdns={self.state['home']}", "setpriv", f"--reuid={self.state['uid']}",
                f"--regid={self.state['gid']}", "--clear-groups", "env", "-i", *pairs, *map(str, command)]

    def user(self, *command, **options):
        options = {"capture_output": True, "text": True, "timeout": 60, "check": False} | options
        if "input" not in options:
            options.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run(self.user_command(*command), **options)

    def root(self, *command, **options):
        options = {"capture_output": True, "text": True, "timeout": 30, "stdin": subprocess.DEVNULL, "check": True} | options
        return subprocess.run([*self._enter(), *map(str, command)], **options)

    def json(self, *command):
        said = self.user(*command)
        if said.returncode:
            raise AssertionError(f"{' '.join(map(str, command))}: {said.returncode} {said.stderr or said.stdout}")
        return json.loads(said.stdout)

    def network(self):
        """Everything a tunnel may change, as text by name; packet counters and the server resolved used last left out."""
        commands = {
            "links": ["ip", "-br", "link"],
            "addresses": ["sh", "-c", "ip -o addr | sed 's/valid_lft.*//'"],
            "rules": ["sh", "-c", "ip rule; ip -6 rule"],
            "routes": ["sh", "-c", "ip route show table all; ip -6 route show table all"],
            "firewall": ["nft", "list", "ruleset"],
            "resolv.conf": ["sh", "-c", "readlink /etc/resolv.conf; ls -l --time-style=+ /etc/resolv.conf; cat /etc/resolv.conf"],
            "sysctl": ["sh", "-c", "grep -H . /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv4/conf/*/src_valid_mark "
                                   "/proc/sys/net/ipv6/conf/*/disable_ipv6"],
        }
        if "--resolved" in self.options:
            commands["resolved"] = ["sh", "-c", "resolvectl status | grep -v '^ *Current DNS Server:' | sed 's/^ *//'"]
        found = {}
        for name, command in commands.items():
            text = self.root(*command).stdout
            found[name] = re.sub(r"packets \d+ bytes \d+", "packets N bytes N", text)
        return found


def differences(before, after):
    """A line for each part that is not byte for byte the same; empty when all is."""
    return [f"{name}:\n--- before\n{before[name]}--- after\n{after[name]}" for name in before if before[name] != after[name]]
