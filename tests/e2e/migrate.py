#!/usr/bin/python3
"""migrate.py [DIR]: retired entries replaced by clicks in the window, with the lab's servers: one that offers IKEv2 is
checked, planned, tried with the password typed, and connected; for one that offers PPTP alone the letter is written.
Leaves pictures in DIR."""

import sys
import tempfile
from pathlib import Path

from demo import Steps, expect
from screen import Screen
from labkit import harness, offers

ENTRIES = {"Old head office": "ikev2", "Warehouse": "pptp"}


def bring_entries(screen):
    book = "".join(f"[{name}]\r\nType=2\r\nVpnStrategy=1\r\nAuthRestrictions=552\r\nMEDIA=rastapi\r\n"
                   f"Device=WAN Miniport (PPTP)\r\nDEVICE=vpn\r\nPhoneNumber={offer}.{offers.DOMAIN}\r\n\r\n"
                   for name, offer in ENTRIES.items())
    file = screen.folder / "old.pbk"
    file.write_text(book)
    file.chmod(0o644)
    expect(screen.user("ternctl", "import", file).returncode == 0, "the entries are imported")


def open_dialog(screen, name):
    screen.click(name, role="list item")
    screen.wait(name=name, role="heading")
    screen.click("What can I do?", role="push button")
    screen.wait(starts="Step 1 of 4")


def replace(screen, lab, step):
    name = "Old head office"
    with step("IKEv2: check"):
        open_dialog(screen, name)
        step.picture(screen, "check")
        screen.click("Check the server")
        screen.wait(starts="Step 2 of 4", seconds=20)
    with step("IKEv2: plan"):
        screen.wait(name="The server offers IKEv2.")
        screen.wait(name="PPTP is not used any more.")
        step.picture(screen, "plan")
        screen.click("Details")
        step.picture(screen, "plan-details")
        screen.click("Try it")
    with step("IKEv2: try, with the password typed"):
        screen.ask("fill", name="User name", role="text", text=lab.state["user"])
        screen.ask("fill", role="password text", text=lab.state["password"])
        screen.click("Sign in", role="push button")
    with step("IKEv2: done, and traffic flows"):
        screen.wait(starts="Step 4 of 4", seconds=30)
        step.picture(screen, "done")
        status = screen.status()
        expect(status.get("state") == "connected" and status["protocol"] == "ikev2", f"status says {status}")
        said = screen.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"])
        expect(said.returncode == 0, said.stdout)
        screen.click("Close")
        screen.wait(starts="Connected ·", seconds=20)
        step.picture(screen, "connected")
        screen.click("Disconnect", role="push button")


def write_letter(screen, step):
    name = "Warehouse"
    with step("PPTP only: check"):
        open_dialog(screen, name)
        screen.click("Check the server")
        screen.wait(name=f"The server pptp.{offers.DOMAIN} offers only what is being retired.", seconds=20)
        step.picture(screen, "not-ready")
    with step("PPTP only: the letter"):
        screen.click("Write to the administrator…")
        screen.wait(starts=f"Subject: VPN at pptp.{offers.DOMAIN}")
        step.picture(screen, "letter")
        screen.click("Copy the letter")
        screen.wait(name="Copied")
        screen.click("Back")
        screen.wait(starts="Step 2 of 4")
        screen.click("Close")
    with step("PPTP only: nothing was changed"):
        shown = screen.json("ternctl", "show", name, "--json")
        expect(shown["protocol"] == "pptp", f"{name} is {shown['protocol']}")


def main():
    harness.require_lab()
    harness.require_programs("ternctl", "ternd", "tern-helper", "tern")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="tern-migrate-"))
    folder.mkdir(parents=True, exist_ok=True)
    step, ok = Steps(folder), False
    with harness.Lab("offers") as lab, Screen(lab) as screen:
        try:
            bring_entries(screen)
            screen.window("--language", "en")
            replace(screen, lab, step)
            write_letter(screen, step)
            ok = True
        except BaseException:
            step.picture(screen, "failure")
            print(lab.server_log()[-2000:], file=sys.stderr)
            raise
        finally:
            step.write("offers", ok)
    print(f"passed; pictures in {folder}")


if __name__ == "__main__":
    main()
