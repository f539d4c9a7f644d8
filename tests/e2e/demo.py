#!/usr/bin/python3
"""The whole way of a person who brings a Windows phonebook, clicked in the window, on real servers.

demo.py [DIR]     leaves DIR/*.png and DIR/result.json; exits 0 only if every step worked

Import through the window, see what is retired, click the IKEv2 entry, type the password, ping and download through the
tunnel, disconnect, find the network as it was; the same with the SSTP entry; then IKEv2 once more from the tray, in
Chinese and dark, with the password from the keyring.
"""

import hashlib
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from screen import Screen
from labkit import capture, harness, phonebook, services

CLIENT = "198.51.100.2"
# What is clicked, by the name the window gives the protocol.
ENTRIES = {"IKEv2": phonebook.MAIN_ENTRY, "SSTP": phonebook.SSTP_ENTRY}


class Steps:
    """What was done, how long it took and whether it worked."""

    def __init__(self, folder):
        self.folder, self.done, self.pictures = folder, [], 0

    def __call__(self, title):
        self.title, self.detail, self.started = title, {}, time.monotonic()
        return self

    def __enter__(self):
        return self.detail

    def __exit__(self, kind, error, _trace):
        row = {"step": self.title, "ok": kind is None, "seconds": round(time.monotonic() - self.started, 3)} | self.detail
        if error:
            row["error"] = str(error)
        self.done.append(row)
        print(f"{'ok  ' if row['ok'] else 'FAIL'} {row['seconds']:7.3f} s  {self.title}", flush=True)
        return False

    def picture(self, screen, name):
        self.pictures += 1
        screen.shot(self.folder / f"{self.pictures:02}-{name}.png")

    def write(self, lab, ok):
        result = {"ok": ok, "lab": lab, "machine": {"kernel": platform.release(), "processors": os.cpu_count()},
                  "steps": self.done}
        (self.folder / "result.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def bring_phonebook(screen, lab):
    """Puts the phonebook into the user's own folder, as a person would have copied it there."""
    folder = f"{screen.state['home']}/Documents"
    screen.user("mkdir", "-p", folder, check=True)
    book = Path(lab.state["phonebook"]).read_text(encoding="utf-8")
    screen.user("sh", "-c", f"cat >{folder}/rasphone.pbk", input=book, check=True)


def import_in_window(screen, step):
    with step("the window opens"):
        screen.window()
        screen.wait(name="Choose a file…")
        step.picture(screen, "first-run")
    with step("import: choose the phonebook in the file dialog"):
        screen.click("Choose a file…")
        screen.click("Documents", double=True)
        screen.click("rasphone.pbk")
        step.picture(screen, "file-dialog")
        screen.click("Open")
    with step("import: what came in") as detail:
        detail["summary"] = screen.wait(says="imported from", role="heading")["name"]
        detail["retired"] = screen.wait(says="retired protocol")["name"]
        detail["left-out"] = screen.wait(says="宽带连接")["name"]
        step.picture(screen, "imported")
        screen.click("Show my connections")


def see_retired(screen, step):
    for name, protocol in ((phonebook.PPTP_ENTRY, "PPTP"), (phonebook.L2TP_ENTRY, "L2TP")):
        with step(f"{protocol} is shown refused, with the reason") as detail:
            row = screen.click(name, role="list item")
            expect(protocol in row["description"], f"the row says {row['description']}")
            detail["row"] = row["description"]
            screen.wait(name=name, role="heading")
            detail["state"] = screen.wait(starts="Tern does not connect")["name"]
            detail["reason"] = screen.wait(says="Windows servers refuse it")["name"]
            step.picture(screen, protocol.lower())
            screen.click("What can I do?", role="push button")
            screen.wait(role="dialog")
            time.sleep(0.4)
            step.picture(screen, f"{protocol.lower()}-advice")
            screen.click("Close")
            screen.wait(role="dialog", gone=True)
        with step(f"{protocol} is refused by ternd too") as detail:
            said = screen.user("ternctl", "connect", name, "--wait")
            expect(said.returncode == 4, f"exit code {said.returncode}")
            detail["sentence"] = said.stderr.strip()


def connect_by_click(screen, lab, step, protocol):
    entry = ENTRIES[protocol]
    with step(f"the {protocol} entry is clicked") as detail:
        row = screen.click(entry, role="list item")
        detail["row"] = row["description"]
        expect(protocol in row["description"], f"the row says {row['description']}")
        screen.wait(name=entry, role="heading")
        step.picture(screen, protocol.lower())
        screen.click("Connect", role="push button")
    with step(f"{protocol}: the password is typed"):
        screen.ask("fill", name="User name", role="text", text=lab.state["user"])
        screen.ask("fill", role="password text", text=lab.state["password"])
        screen.click("Remember this password")
        step.picture(screen, f"{protocol.lower()}-password")
        screen.click("Sign in", role="push button")
    with step(f"{protocol}: connected, says the window") as detail:
        screen.wait(starts="Connected ·", seconds=20)
        status = screen.status()
        expect(status.get("state") == "connected" and status["protocol"] == protocol.lower(), f"status says {status}")
        detail["status"] = {key: status[key] for key in ("server", "protocol", "cipher", "interface", "addresses", "dns")}


def tray_changed(screen, step, before, wanted, name):
    with step(f"the tray shows it: {wanted.lower()}") as detail:
        item = screen.await_tray(lambda item: item.get("tool-tip") and wanted in item["tool-tip"][0])
        detail["tray"] = item.get("tool-tip")
        expect(item.get("tool-tip") and wanted in item["tool-tip"][0], f"the tray says {item.get('tool-tip')}")
        step.pictures += 1
        picture = screen.tray_picture(step.folder / f"{step.pictures:02}-{name}.png")
        expect(picture and picture != before, "the tray's icon is another one")
        return picture


def use_tunnel(screen, lab, step, protocol):
    state = lab.state
    with step(f"{protocol}: ping to the host that only the tunnel reaches") as detail:
        said = screen.user("ping", "-c", 5, "-i", "0.2", "-W", 2, state["inner-address"])
        expect(said.returncode == 0, said.stdout)
        detail["round-trip"] = re.search(r"= ([\d./]+) ms", said.stdout).group(1)
    with step(f"{protocol}: its name resolves") as detail:
        said = screen.fetch(f"http://{state['inner-name']}/whoami", "-4")
        expect(said.stdout.startswith("10.30.0."), said.stdout + said.stderr)
        detail["our-address-inside"] = said.stdout.strip()
    download(screen, lab, step, protocol)
    with step(f"{protocol}: nothing leaves beside the tunnel"):
        expect(screen.fetch(state["outside"]).stdout.strip() == state["server-address"], "the outside is seen through it")


def download(screen, lab, step, protocol):
    """Less by SSTP, where the other end is a kernel in a guest."""
    size, url, wanted = 100, lab.state["download"], lab.state["download-sha256"]
    if protocol == "SSTP":
        size, url = 5, url.replace("/100MB", "/5MB")
        wanted = hashlib.sha256(b"".join(services.download(services.SMALL))).hexdigest()
    with step(f"{protocol}: {size} MB by HTTP, and the checksum matches") as detail:
        started = time.monotonic()
        said = screen.user("sh", "-c", f"curl -sS --max-time 120 {url} | sha256sum", timeout=150)
        seconds = time.monotonic() - started
        detail["sha256"] = said.stdout.split()[0]
        detail["megabits-a-second"] = round(8 * size / seconds)
        expect(detail["sha256"] == wanted, f"the sum should be {wanted}")
        time.sleep(1.2)  # the window reads the counters once a second
        step.picture(screen, f"{protocol.lower()}-connected")


def disconnect(screen, lab, step, before, protocol):
    with step(f"{protocol}: disconnect is clicked"):
        screen.click("Disconnect", role="push button")
    with step(f"{protocol}: disconnected, says the window"):
        screen.wait(name="Disconnected", role="label", seconds=10)
        expect(not screen.status() or screen.status().get("state") == "disconnected", "and status says so")
    with step(f"{protocol}: rules, routes, DNS and firewall are byte for byte as before") as detail:
        differ = harness.differences(before, screen.network())
        expect(not differ, "\n".join(differ))
        detail["compared"] = sorted(before)
        expect(screen.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "the outside is reached directly")


def in_tunnel_alone(step, packets, span, protocol, sstp_server=""):
    with step(f"a capture of the link: {protocol} alone while connected") as detail:
        passed = [p for p in packets if span[0] < p.time < span[1]]
        clear = capture.outside_tunnel(passed, sstp_server)
        detail["packets"], detail["in-clear"] = len(passed), len(clear)
        expect(passed and not clear, f"{clear[:3]}")


def once_more_from_the_tray(screen, lab, step, before):
    with step("again in Chinese and dark, from the tray, the password from the keyring"):
        screen.shell("Choose", "Quit")
        screen.windows[0].wait(10)
        screen.window("--language", "zh_CN", "--theme", "dark")
        screen.wait(name=phonebook.MAIN_ENTRY, role="list item")
        screen.click(phonebook.MAIN_ENTRY, role="list item")
        screen.shell("Choose", phonebook.MAIN_ENTRY)
        end = time.monotonic() + 15
        while screen.status().get("state") != "connected" and time.monotonic() < end:
            time.sleep(0.05)
        expect(screen.status().get("state") == "connected", f"status says {screen.status()}")
        screen.user("sh", "-c", f"curl -sS --max-time 60 {lab.state['download']} >/dev/null", timeout=90)
        time.sleep(1.2)
        step.picture(screen, "chinese-dark")
        disconnect = next(e["label"] for e in screen.tray()["menu"] if e["enabled"] and "断开" in e["label"])
        screen.shell("Choose", disconnect)
        end = time.monotonic() + 10
        while screen.status().get("state", "disconnected") != "disconnected" and time.monotonic() < end:
            time.sleep(0.05)
        differ = harness.differences(before, screen.network())
        expect(not differ, "\n".join(differ))


def walk(screen, lab, step):
    bring_phonebook(screen, lab)
    before = screen.network()
    with capture.Capture(lab) as sniffed:
        with step("before: the outside in clear, the inner host out of reach"):
            expect(screen.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "the outside answers")
            expect(screen.user("ping", "-c", 1, "-W", 1, lab.state["inner-address"]).returncode != 0, "the inner host does not")
            expect(capture.outside_tunnel(sniffed.so_far()), "the sniffer on the link sees it")
        import_in_window(screen, step)
        see_retired(screen, step)
        idle = tray_changed(screen, step, None, "Not connected", "tray-disconnected")
        connect_by_click(screen, lab, step, "IKEv2")
        first = time.time()
        busy = tray_changed(screen, step, idle, "Connected", "tray-connected")
        use_tunnel(screen, lab, step, "IKEv2")
        by_ike = (first, time.time())
        disconnect(screen, lab, step, before, "IKEv2")
        tray_changed(screen, step, busy, "Not connected", "tray-disconnected-again")
        step.picture(screen, "disconnected")
        connect_by_click(screen, lab, step, "SSTP")
        first = time.time()
        use_tunnel(screen, lab, step, "SSTP")
        by_sstp = (first, time.time())
        disconnect(screen, lab, step, before, "SSTP")
    in_tunnel_alone(step, sniffed.packets, by_ike, "IKE and ESP")
    in_tunnel_alone(step, sniffed.packets, by_sstp, "SSTP", lab.state["server-address"])
    once_more_from_the_tray(screen, lab, step, before)
    with step("the password is written nowhere"):
        expect(lab.state["password"] not in screen.everything_written() + screen.window_words(), "it was found")


def main():
    harness.require_lab()
    harness.require_programs("tern", "ternctl", "ternd", "tern-helper")
    for program in ("Xvfb", "xdotool", "import"):
        if not shutil.which(program):
            harness.skip(f"{program} is not installed (packaging/packages-test.txt)")
    own = None if len(sys.argv) > 1 else tempfile.TemporaryDirectory(prefix="tern-demo.")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else own.name).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.png"), folder / "result.json"):
        old.unlink(missing_ok=True)
    step, ok, described = Steps(folder), False, {}
    try:
        with harness.Lab("office") as lab:
            described = {key: lab.state[key] for key in ("scenario", "summary", "server-name", "entry", "sstp-ppp")}
            with Screen(lab, "--resolved") as screen:
                try:
                    walk(screen, lab, step)
                    ok = True
                except AssertionError as error:
                    print(f"{error}\n--- on the screen\n" + "\n".join(screen.ask("tree")[:80]), file=sys.stderr)
                    print(f"--- SSTP server\n{Path(lab.state['sstp-log']).read_text()[-3000:]}", file=sys.stderr)
                    print(f"--- window\n{screen.window_words()}--- log\n{screen.user('ternctl', 'log').stdout}", file=sys.stderr)
                    step.picture(screen, "failed")
    finally:
        step.write(described, ok)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
