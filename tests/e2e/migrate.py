#!/usr/bin/python3
"""migrate.py [DIR]: retired entries replaced by clicks in the window, with the lab's servers, one for each thing a server
may offer: SSTP, IKEv2, both, neither, IKEv2 with outdated encryption, PPTP alone. What the check says, the plan, the trial
with the password typed, the way back, and the letter where the server is not ready. Leaves pictures in DIR."""

import sys
import tempfile
from pathlib import Path

from demo import Steps, expect
from screen import Screen
from labkit import harness, offers

# Entry: what its server offers.
ENTRIES = {"Branch office": "both", "Old head office": "ikev2", "Factory": "sstp", "Laboratory": "weak", "Archive": "neither",
           "Warehouse": "pptp"}


def host_of(name):
    return offers.name_of(ENTRIES[name])


def bring_entries(screen):
    book = "".join(f"[{name}]\r\nType=2\r\nVpnStrategy=1\r\nAuthRestrictions=552\r\nMEDIA=rastapi\r\n"
                   f"Device=WAN Miniport (PPTP)\r\nDEVICE=vpn\r\nPhoneNumber={host_of(name)}\r\n\r\n"
                   for name in ENTRIES)
    file = screen.folder / "old.pbk"
    file.write_text(book)
    file.chmod(0o644)
    expect(screen.user("ternctl", "import", file).returncode == 0, "the entries are imported")


class Migration:
    """The dialog for one entry."""

    def __init__(self, screen, lab, step, name):
        self.screen, self.lab, self.step, self.name = screen, lab, step, name

    def __call__(self, title):
        return self.step(f"{ENTRIES[self.name]}: {title}")

    def picture(self, what):
        self.step.picture(self.screen, f"{ENTRIES[self.name]}-{what}")

    def says(self, *words):
        for each in words:
            self.screen.wait(name=each)

    def check(self, *plan):
        """To the second step; `plan` is what it says there."""
        screen = self.screen
        with self("check"):
            screen.click(self.name, role="list item")
            screen.wait(name=self.name, role="heading")
            screen.click("What can I do?", role="push button")
            screen.wait(starts="Step 1 of 4")
            screen.click("Check the server")
            screen.wait(starts="Step 2 of 4", seconds=20)
            self.says(*plan)
            self.picture("plan")

    def try_out(self, protocol, headline):
        """Clicks on, signs in, and finds the connection up."""
        screen = self.screen
        with self("try, with the password typed"):
            screen.click("Try it")
            screen.wait(name="User name", role="text", focused=True)
            screen.type(self.lab.state["user"])
            screen.key("Tab")
            screen.wait(role="password text", focused=True)
            screen.type(self.lab.state["password"])
            screen.key("Return")
            screen.wait(starts="Step 4 of 4", seconds=30)
            self.says(headline)
            self.picture("done")
        with self("traffic flows"):
            status = screen.status()
            expect(status.get("state") == "connected" and status["protocol"] == protocol, f"status says {status}")
            said = screen.user("ping", "-c", 2, "-i", "0.2", "-W", 2, self.lab.state["inner-address"])
            expect(said.returncode == 0, said.stdout)

    def keep(self):
        with self("kept, and disconnected"):
            screen = self.screen
            screen.click("Close")
            screen.wait(starts="Connected ·", seconds=20)
            self.picture("connected")
            screen.click("Disconnect", role="push button")
            screen.wait(name="Disconnected", seconds=20)
            expect(self.shown()["migrated"], "it is called migrated")

    def letter(self, subject, *words):
        """Written, copied, and back to where one was."""
        with self("the letter"):
            screen = self.screen
            screen.click("Write to the administrator…")
            screen.wait(name=f"Subject: VPN at {host_of(self.name)}: {subject}")
            text = screen.ask("text", name="The letter")  # as a screen reader has it
            missing = [each for each in (self.name, host_of(self.name), *words) if each not in text]
            expect(not missing, f"the letter lacks {missing}: {text}")
            self.picture("letter")
            screen.click("Copy the letter")
            screen.wait(name="Copied")
            screen.click("Back")
            screen.wait(starts="Step 2 of 4")

    def unchanged(self):
        with self("nothing was changed"):
            self.screen.click("Close")
            self.screen.wait(role="dialog", gone=True)
            expect(self.shown()["protocol"] == "pptp", f"{self.name} is {self.shown()['protocol']}")

    def shown(self):
        return self.screen.json("ternctl", "show", self.name, "--json")


def both(entry):
    """Automatic is recommended, for the reasons said; SSTP is the way out where UDP is blocked, so IKEv2 is what comes."""
    entry.check("The server offers both secure ways, IKEv2 and SSTP.", "PPTP is not used any more.")
    with entry("details"):
        entry.screen.wait(says="Tern uses IKEv2, which is faster and survives a change of network, and SSTP where")
        entry.screen.click("Details")
        entry.picture("plan-details")
    entry.try_out("ikev2", "“Branch office” is safe now")
    entry.keep()
    expect(entry.shown()["protocol"] == "automatic", f"it is {entry.shown()['protocol']}")


def ikev2(entry):
    entry.check("The server offers IKEv2.", "PPTP is not used any more.")
    entry.try_out("ikev2", "“Old head office” is safe now")
    entry.keep()
    expect(entry.shown()["protocol"] == "ikev2", f"it is {entry.shown()['protocol']}")


def sstp(entry):
    """And brought back on its page later."""
    entry.check("The server offers SSTP.", "PPTP is not used any more.")
    entry.try_out("sstp", "“Factory” is safe now")
    entry.keep()
    with entry("undone on its page"):
        entry.screen.click("Bring the old settings back…")
        entry.picture("undo")
        entry.screen.click("Bring them back")
        entry.screen.wait(starts="Tern does not connect")
        expect(entry.shown()["protocol"] == "pptp", f"it is {entry.shown()['protocol']}")


def weak(entry):
    """Not without consent; with it, called weak; undone in the dialog while connected."""
    screen = entry.screen
    entry.check("The server offers IKEv2, but with outdated encryption only.")
    with entry("not without consent"):
        screen.wait(name="Try it", description="Not available now")
    entry.letter("please update its encryption", "Set-VpnServerConfiguration -CustomPolicy")
    with entry("consent"):
        screen.click("Allow outdated encryption for this connection")
        screen.wait(name="Try it", description="")
    entry.try_out("ikev2", "“Laboratory” is safer now")
    entry.says("It is better than before, but not good yet.")
    with entry("undone in the dialog"):
        shown = entry.shown()
        expect(shown["grade"] == "weak" and shown["protocol"] == "ikev2", f"it is {shown['protocol']}, {shown['grade']}")
        screen.click("Bring the old settings back")
        screen.wait(role="dialog", gone=True, seconds=20)
        screen.wait(starts="Tern does not connect")
        expect(entry.shown()["protocol"] == "pptp" and screen.status() == {}, "PPTP again, and disconnected")


def neither(entry):
    entry.check(f"No VPN answers at {host_of(entry.name)}.")
    with entry("asked again"):
        asked = f"Checking what {host_of(entry.name)} offers."
        before = entry.screen.user("ternctl", "log").stdout.count(asked)
        entry.screen.click("Check again")
        entry.screen.wait(name="Check again", seconds=20)  # it may be answered before anybody could see it being asked
        expect(entry.screen.user("ternctl", "log").stdout.count(asked) == before + 1, "the server is asked once more")
    entry.letter("please enable SSTP or IKEv2", "Install-RemoteAccess -VpnType Vpn")
    entry.unchanged()


def pptp(entry):
    entry.check(f"The server {host_of(entry.name)} offers only what is being retired.")
    entry.letter("please enable SSTP or IKEv2", "Set-RemoteAccess -SslCertificate")
    entry.unchanged()


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
            for name, case in zip(ENTRIES, (both, ikev2, sstp, weak, neither, pptp)):
                case(Migration(screen, lab, step, name))
            expect(lab.state["password"] not in screen.everything_written(), "the password is written nowhere")
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
