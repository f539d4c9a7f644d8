#!/usr/bin/python3
"""Opens the window on the caller's display, on a desk in the lab's client host, for as long as the window is open."""

import os
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
from labkit import harness, phonebook  # noqa: E402

_WORDS = """
A lab is up: servers for IKEv2 and for SSTP and, behind them, a host that only the VPN reaches.

  In the window      choose {home}/rasphone.pbk, click “{entry}” or “{sstp}” and connect
  User name          {user}
  Password           {password}
  Then, elsewhere    sudo env TERN_LAB_ID={id} {lab} exec client curl http://{inner}/whoami

Closing Tern from its menu or tray ends the demonstration and removes the lab.
"""


def main():
    harness.require_lab()
    harness.require_programs("tern", "ternctl", "ternd", "tern-helper")
    with harness.Lab("office") as lab:
        display = ["--display", os.environ["DISPLAY"]] if os.environ.get("DISPLAY") else []
        with harness.Desk(lab.client, "--resolved", *display) as desk:
            book = Path(lab.state["phonebook"]).read_text(encoding="utf-8")
            desk.user("sh", "-c", "cat >rasphone.pbk", input=book, check=True)
            print(_WORDS.format(home=desk.state["home"], entry=lab.state["entry"], sstp=phonebook.SSTP_ENTRY,
                                user=lab.state["user"], password=lab.state["password"], id=lab.state["id"],
                                lab=harness.LAB_FOLDER / "lab", inner=lab.state["inner-address"]), flush=True)
            subprocess.run(desk.user_command("tern"), stdin=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
