"""What the interop tests share: a user's desk with the lab's phonebook imported, and words for what is done on it."""

import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
from labkit import harness, phonebook  # noqa: E402

CLIENT = "198.51.100.2"


class Session(harness.Desk):
    """A desk in the lab's client host, driven by ternctl."""

    def __init__(self, lab, *options, **more):
        super().__init__(lab.client, "--no-display", *options, **more)
        self.lab = lab

    def import_phonebook(self):
        book = self.lab.copy_phonebook(self.folder)
        return self.json("ternctl", "import", "--json", book)[0]

    def connect(self, name=phonebook.MAIN_ENTRY, secret=None, timeout=60):
        """Answers (exit code, seconds, what ternctl said)."""
        command = ["ternctl", "connect", name, "--wait", "--password-stdin"]
        if self.lab.state["user"]:
            command += ["--username", self.lab.state["user"]]
        started = time.monotonic()
        said = self.user(*command, input=(secret or self.lab.state["password"]) + "\n", timeout=timeout)
        return said.returncode, time.monotonic() - started, said.stdout + said.stderr

    def status(self):
        """The one connection's status, or an empty map."""
        connections = self.json("ternctl", "status", "--json")
        if isinstance(connections, dict):
            connections = connections.get("connections", [])
        return connections[0] if connections else {}

    def disconnect(self):
        return self.user("ternctl", "disconnect", "--wait")

    def fetch(self, url, *options):
        return self.user("curl", "-sS", "--max-time", 20, *options, url)

    def everything_written(self):
        """All text that the desk left in its home folder and in the daemons' logs."""
        found = self.root("sh", "-c", f"cat $(find {self.state['home']} {self.state['logs']} -type f) 2>/dev/null || :",
                          errors="replace").stdout
        return found + self.user("ternctl", "log", "--json").stdout


def main(case, *arguments):
    """Runs the case in a fresh lab; a failed assertion prints what the server and the daemons said."""
    harness.require_lab()
    harness.require_programs("ternctl", "ternd", "tern-helper")
    try:
        case(*arguments)
    except BaseException as error:
        if not isinstance(error, SystemExit):
            print(f"FAILED: {error}", file=sys.stderr)
        raise
    print("passed")


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print(f"ok: {what}", flush=True)


def show_logs(session, lab):
    """For a failure: the last words of everybody."""
    try:
        print("--- server\n" + lab.server_log()[-3000:], file=sys.stderr)
        print("--- ternctl log\n" + session.user("ternctl", "log").stdout[-3000:], file=sys.stderr)
        for log in ("system-bus", "session-bus"):
            text = session.root("sh", "-c", f"tail -c 3000 {session.state['logs']}/{log}.log").stdout
            print(f"--- {log}\n{text}", file=sys.stderr)
        print("--- status\n" + json.dumps(session.status(), indent=1), file=sys.stderr)
    except Exception as error:  # noqa: BLE001  the test's own failure matters more
        print(f"(no more logs: {error})", file=sys.stderr)
