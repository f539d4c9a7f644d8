"""The window on a desk, from outside: starts tern and drives it through uidriver.py."""

import base64
import json
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "lab"), str(Path(__file__).resolve().parents[1] / "interop")]
from session import Session  # noqa: E402

DRIVER = Path(__file__).resolve().with_name("uidriver.py")


class Screen(Session):
    """A desk with a screen, a tray and the window."""

    def __init__(self, lab, *options, **more):
        super().__init__(lab, *options, **more)
        self.options = tuple(option for option in self.options if option != "--no-display")

    def __enter__(self):
        super().__enter__()
        self.driver = subprocess.Popen(self.user_command(DRIVER), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.windows = []
        return self

    def __exit__(self, *anything):
        self.driver.kill()
        self.driver.wait()
        return super().__exit__(*anything)

    def window(self, *arguments):
        """Starts tern, its words into a file of the desk's."""
        log = self.folder / f"tern-{len(self.windows)}.txt"
        with open(log, "wb") as out:
            self.windows.append(subprocess.Popen(self.user_command("tern", *arguments), stdin=subprocess.DEVNULL, stdout=out,
                                                 stderr=out))
        return self.wait(role="frame", starts="Tern", seconds=30)

    def window_words(self):
        return "".join(log.read_text(encoding="utf-8", errors="replace") for log in self.folder.glob("tern-*.txt"))

    def ask(self, verb, **wanted):
        self.driver.stdin.write(json.dumps({"do": verb} | wanted) + "\n")
        self.driver.stdin.flush()
        answer = json.loads(self.driver.stdout.readline() or '{"error": "the driver ended"}')
        if "error" in answer:
            raise AssertionError(answer["error"])
        return answer["ok"]

    def click(self, name, **more):
        return self.ask("click", name=name, **more)

    def wait(self, **wanted):
        return self.ask("wait", **wanted)

    def type(self, text):
        self.ask("type", text=text)

    def key(self, keys):
        self.ask("key", keys=keys)

    def shot(self, file):
        """A picture of the screen; the desk's user writes it, we put it where it belongs."""
        own = Path(self.state["home"]) / "shot.png"
        time.sleep(0.25)  # let animations come to rest
        self.ask("shot", file=str(own))
        Path(file).write_bytes(own.read_bytes())

    def shell(self, method, *arguments):
        """Asks the desk's tray and notifications (tests/lab/labkit/tray.py)."""
        code = ("import dbus, sys; o = dbus.SessionBus().get_object('org.ternvpn.Desk1', '/org/ternvpn/Desk1'); "
                "a = dbus.Interface(o, 'org.ternvpn.Desk1').get_dbus_method(sys.argv[1])(*sys.argv[2:]); "
                "print(a if a is not None else '')")
        said = self.user("/usr/bin/python3", "-c", code, method, *arguments)
        if said.returncode:
            raise AssertionError(said.stderr.strip().splitlines()[-1])
        return said.stdout.strip()

    def tray(self):
        items = json.loads(self.shell("Items"))
        return items[0] if items else {}

    def await_tray(self, wanted, seconds=10):
        end = time.monotonic() + seconds
        while not wanted(item := self.tray()) and time.monotonic() < end:
            time.sleep(0.1)
        return item

    def tray_picture(self, file):
        said = self.shell("Icon").split()
        if not said:
            return None
        width, height, pixels = int(said[0]), int(said[1]), base64.b64decode(said[2])
        rgba = bytearray()
        for at in range(0, len(pixels), 4):
            rgba += bytes((pixels[at + 1], pixels[at + 2], pixels[at + 3], pixels[at]))
        subprocess.run(["convert", "-size", f"{width}x{height}", "-depth", "8", "rgba:-", "-background", "#3b4252", "-flatten",
                        "-filter", "point", "-resize", "256x256", str(file)], input=bytes(rgba), check=True)
        return bytes(rgba)
