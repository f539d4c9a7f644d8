#!/usr/bin/python3
"""The first process of a desk, in its own mount and process namespaces: builds the desktop, runs the command, ends.

deskinit.py JOB.json, started by tests/lab/desk. When this process ends, the kernel ends all others of the desk.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from labkit import deskfiles  # noqa: E402

HERE = Path(__file__).resolve().parent


class DeskError(Exception):
    pass


class Desk:
    def __init__(self, job):
        self.job = job
        self.work = Path(job["work"])
        self.logs = self.work / "logs"
        self.logs.mkdir()
        self.daemons = []  # (name, process), in the order of their start
        self.command = None
        self.stopping = False

    def start(self, name, *command, as_user=False, **options):
        log = open(self.logs / f"{name}.log", "ab")
        if as_user:
            options |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": [], "env": self.env,
                        "cwd": self.home}
        options.setdefault("stdin", subprocess.DEVNULL)
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, start_new_session=True, **options)
        self.daemons.append((name, process))
        return process

    def wait_for(self, name, ready, seconds=20.0):
        end = time.monotonic() + seconds
        while not ready():
            ended = next((n for n, p in self.daemons if n == name and p.poll() is not None), None)
            if ended or self.stopping or time.monotonic() > end:
                said = (self.logs / f"{name}.log").read_text(errors="replace")[-1500:]
                raise DeskError(f"{name} {'ended' if ended else 'was not ready in time'}: {said}")
            time.sleep(0.01)

    # The system's half.

    def system(self):
        if self.job["netns"] == "-":
            subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        deskfiles.mounts(self.job, self.work)
        self.user = pwd.getpwnam(self.job["user"])
        self.home = deskfiles.home(self.job, self.work, self.user)
        self.runtime = Path(f"/run/user/{self.user.pw_uid}")
        self.runtime.mkdir(parents=True)
        os.chown(self.runtime, self.user.pw_uid, self.user.pw_gid)
        self.runtime.chmod(0o700)
        deskfiles.programs(self.job)
        self.start("system-bus", "dbus-daemon", "--nofork", "--nosyslog", f"--config-file={deskfiles.system_bus(self.job)}")
        self.wait_for("system-bus", Path("/run/dbus/system_bus_socket").exists)
        deskfiles.polkit(self.job, self.work)
        self.start("polkitd", "/usr/lib/polkit-1/polkitd", "--no-debug")
        names = ["org.freedesktop.PolicyKit1"]
        if self.job["resolved"]:
            self.start("resolved", "/lib/systemd/systemd-resolved")
            names.append("org.freedesktop.resolve1")
        for name in names:
            self._await_name(name)

    def _await_name(self, name):
        """Waits until the name is owned on the system bus; the wait costs one process, not one a try."""
        result = subprocess.run([HERE / "awaitname.py", "--system", name], capture_output=True, text=True, check=False)
        if result.returncode:
            logs = "".join(f"\n{log.name}: {log.read_text(errors='replace')[-800:]}" for log in self.logs.glob("*.log"))
            raise DeskError(result.stderr.strip() + logs)

    # The user's half.

    def environment(self):
        kept = {k: v for k, v in os.environ.items()
                if k in ("LANG", "LC_ALL", "LANGUAGE", "TERM", "CI") or k.startswith(("TERN_", "ASAN_", "UBSAN_", "QT_", "DESK_", "SOFTHSM2_"))}
        self.env = kept | {
            "PATH": f"{deskfiles.PROGRAMS}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(self.home), "USER": self.user.pw_name, "LOGNAME": self.user.pw_name, "SHELL": "/bin/sh",
            "XDG_RUNTIME_DIR": str(self.runtime), "XDG_CURRENT_DESKTOP": "TernDesk", "XDG_SESSION_TYPE": "x11",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.runtime}/bus",
        }
        if self.env.get("LANG", "C").split(".")[0] in ("C", "POSIX"):  # a server's; somebody at a desk has a language
            self.env["LANG"] = "en_US.UTF-8"
        if self.job["screen"]:
            self.env |= {"QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                         "GTK_MODULES": "", "NO_AT_BRIDGE": "0"}
            self.env.setdefault("QT_QUICK_BACKEND", "software")

    def display(self):
        if self.job["display"]:
            self.env["DISPLAY"] = self.job["display"]
            if self.job["xauthority"]:
                own = self.home / ".Xauthority"
                shutil.copy(self.job["xauthority"], own)
                os.chown(own, self.user.pw_uid, self.user.pw_gid)
                self.env["XAUTHORITY"] = str(own)
            return
        reading, writing = os.pipe()
        self.start("xvfb", "Xvfb", "-displayfd", writing, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset", "-ac",
                   as_user=True, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise DeskError("Xvfb did not start: " + (self.logs / "xvfb.log").read_text(errors="replace")[-800:])
        self.env["DISPLAY"] = f":{number}"
        if shutil.which("xsetroot"):
            subprocess.run(["xsetroot", "-solid", "#35506b"], env=self.env, check=False, stdout=subprocess.DEVNULL)
        if shutil.which("openbox"):
            self.start("openbox", "openbox", "--sm-disable", as_user=True)

    def session(self):
        self.environment()
        config = deskfiles.session_bus(self.job, self.user, self.env)
        bus = self.start("session-bus", "dbus-daemon", "--nofork", "--nosyslog", f"--config-file={config}", as_user=True)
        self.wait_for("session-bus", (self.runtime / "bus").exists)
        self.session_bus_pid = bus.pid
        if self.job["screen"]:
            self.display()
            deskfiles.activation_environment(self.env, self.user)
            self.start("tray", HERE / "tray.py", self.runtime / "tray.ready",
                       *(["--no-tray"] if self.job["display"] else []), as_user=True)
        if self.job["keyring"]:
            keyring = self.start("keyring", "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
                                 as_user=True, stdin=subprocess.PIPE)
            keyring.stdin.write(b"desk")
            keyring.stdin.close()
            self._as_user(HERE / "awaitname.py", "--session", "org.freedesktop.secrets")
        if self.job["screen"]:
            self.wait_for("tray", (self.runtime / "tray.ready").exists)

    def _as_user(self, *command):
        result = subprocess.run(list(map(str, command)), user=self.user.pw_uid, group=self.user.pw_gid, extra_groups=[],
                                env=self.env, cwd=self.home, capture_output=True, text=True, check=False)
        if result.returncode:
            raise DeskError(f"{command[0]}: {result.stderr.strip()}")

    # The command, and the end.

    def run(self):
        if self.job["state"]:
            state = {"uid": self.user.pw_uid, "gid": self.user.pw_gid, "home": str(self.home), "env": self.env,
                     "logs": str(self.logs)}
            Path(self.job["state"]).write_text(json.dumps(state), encoding="utf-8")
        try:
            self.command = subprocess.Popen(self.job["command"], user=self.user.pw_uid, group=self.user.pw_gid,
                                            extra_groups=[], env=self.env, cwd=self.job["cwd"])
        except OSError as error:
            raise DeskError(str(error)) from error
        if self.stopping:
            self.command.terminate()
        # As first process we inherit every orphan: take them all until the command itself ends.
        while True:
            pid, status = os.wait()
            if pid == self.command.pid:
                return os.waitstatus_to_exitcode(status)
            if pid == self.session_bus_pid and not self.stopping:
                raise DeskError("the session bus ended: " + (self.logs / "session-bus.log").read_text(errors="replace")[-800:])

    def finish(self):
        """The user's programs first, so that the helper sees ternd go and takes the network back; then the rest."""
        uid = getattr(self, "user", None) and self.user.pw_uid
        self._end(lambda pid: uid and os.stat(f"/proc/{pid}").st_uid == uid, 3.0)
        self._settle()
        self._end(lambda pid: True, 3.0)

    def _settle(self):
        """Waits while the helper still has a TUN device of the tunnel, two seconds at the most."""
        end = time.monotonic() + 2.0
        while time.monotonic() < end and any(Path("/sys/class/net").glob("tern*")):
            time.sleep(0.02)

    @staticmethod
    def _end(wanted, seconds):
        for number, wait in ((signal.SIGTERM, seconds), (signal.SIGKILL, 1.0)):
            end, asked = time.monotonic() + wait, False
            while True:
                left = []
                for pid in [int(entry) for entry in os.listdir("/proc") if entry.isdigit() and entry != "1"]:
                    try:
                        if wanted(pid):
                            left.append(pid)
                    except OSError:
                        pass
                if not left or time.monotonic() > end:
                    break
                for pid in left if not asked else ():
                    try:
                        os.kill(pid, number)
                    except ProcessLookupError:
                        pass
                asked = True
                try:
                    while os.waitpid(-1, os.WNOHANG)[0]:
                        pass
                except ChildProcessError:
                    pass
                time.sleep(0.01)


def main():
    desk = Desk(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))

    def stop(_number, _frame):
        desk.stopping = True
        if desk.command:
            desk.command.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 125
    try:
        desk.system()
        desk.session()
        code = desk.run()
    except (DeskError, OSError, subprocess.CalledProcessError, KeyError) as error:
        print(f"desk: {error}", file=sys.stderr)
    finally:
        desk.finish()
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
