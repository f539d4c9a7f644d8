#!/usr/bin/python3
"""eap_methods.py: the whole product by every EAP method, at strongSwan with FreeRADIUS behind it: traffic after each, a
wrong password in words after each, codes typed by a person, and a sign-in server that nobody trusts."""

import json
import os
import pty
import re
import select
import subprocess
import time

from session import Session, check, harness, main, phonebook, show_logs
from labkit import plan, radius
from labkit.seen import seen

WRONG = "Canary-wr0ng-1"
BOUND = 10  # seconds, for a refusal
PASSWORD_HEARD = r"User-Password|MS-CHAP|Got tunneled"  # what FreeRADIUS says once something came through its tunnel


class Case:
    name = phonebook.MAIN_ENTRY

    def __init__(self, session, lab):
        self.session, self.lab, self.plan = session, lab, plan.Plan()
        self.before = 0

    def set(self, **changes):
        words = [f"{key.replace('_', '-').replace('1-3', '1.3')}={'on' if value is True else 'off' if value is False else value}"
                 for key, value in changes.items()]
        said = self.session.user("ternctl", "set", self.name, *words)
        check(said.returncode == 0, f"set {' '.join(words)} {said.stderr}")

    def connect(self, user=plan.USER, password=plan.PASSWORD):
        """Answers (exit code, seconds, what ternctl said); what FreeRADIUS says from now on is in heard()."""
        self.before = len(radius.said(self.plan))
        command, lines = ["ternctl", "connect", self.name, "--wait"], None
        if user:
            command += ["--username", user]
        if password:
            command.append("--password-stdin")
            lines = password + "\n"
        started = time.monotonic()
        said = self.session.user(*command, timeout=60, **({"input": lines} if lines else {}))
        return said.returncode, time.monotonic() - started, said.stdout + said.stderr

    def heard(self):
        return radius.said(self.plan)[self.before:]

    def carries_traffic(self, what):
        inner = self.session.fetch(f"http://{plan.INNER4}/whoami", "--max-time", 10)
        check(inner.stdout.startswith("10.30.0."), f"{what}: the inner host answers {inner.stdout.strip() or inner.stderr}")
        check(self.session.disconnect().returncode == 0, f"{what}: disconnected")

    def works(self, what, heard=None, **secrets):
        code, seconds, said = self.connect(**secrets)
        check(code == 0, f"{what}: connected in {seconds:.2f} s {said if code else ''}")
        check("Access-Accept" in self.heard() and (heard is None or heard in self.heard()), f"{what}: so says FreeRADIUS {heard or ''}")
        self.carries_traffic(what)
        self.note("EAP", what)

    def refused(self, what, code, exit_code=5, shows=None, **secrets):
        exited, seconds, said = self.connect(**secrets)
        error = self.session.status().get("error", {})
        check(error.get("code") == code, f"{what}: {error.get('code')}: {error.get('sentence')} {error.get('detail')}")
        check(exited == exit_code and seconds < BOUND, f"{what}: exit code {exited} after {seconds:.2f} s")
        check(error["sentence"] in said and len(error["remedy"]) > 10, f"{what}, what to do: {error['remedy']}")
        self.session.user("ternctl", "disconnect")  # forget the failure
        if shows:
            self.note("Refused in words", shows)
        return error

    def note(self, group, feature):
        seen(group, feature)


def passwords(case):
    """What takes a user name and a password, in a tunnel that FreeRADIUS proves itself for, and without one."""
    case.set(eap_server_names=radius.SERVER_NAME)
    for feature, changes, heard in (
        ("TTLS with PAP", {"auth": "ttls", "inner": "pap", "outer-identity": "anonymous@example.test"}, "anonymous@example.test"),
        ("TTLS with MSCHAPv2", {"inner": "mschapv2"}, "MS-CHAP2-Response"),
        ("PEAP with MSCHAPv2", {"auth": "peap", "inner": "eap-mschapv2", "outer-identity": "anonymous"}, "anonymous"),
        ("EAP-GTC", {"auth": "eap-gtc", "inner": "", "outer-identity": ""}, "eap_gtc"),
        ("EAP-MD5", {"auth": "eap-md5"}, "eap_md5"),
        ("EAP-MSCHAPv2", {"auth": "eap-mschapv2"}, "eap_mschapv2"),
    ):
        case.set(**changes)
        case.works(feature, heard)
        if "with" in feature:
            check(re.search(PASSWORD_HEARD, case.heard()), f"{feature}: FreeRADIUS tells what came through the tunnel")
        case.refused(f"{feature}, a wrong password", "tern.eap.password", password=WRONG, shows=f"Wrong password: {feature}")


def certificates(case, shown):
    folder = radius.folder_of(case.plan)
    case.set(auth="eap-tls", certificate=shown(folder, "client"))
    for switch, version in ((False, "1.2"), (True, "1.3")):
        case.set(eap_tls_1_3=switch)
        case.works(f"EAP-TLS {version}", f'TLS-Session-Version = "TLS {version}"', user=None, password=None)
    both = shown(folder / "strangers", "client", folder / "client")
    for switch, version in ((False, "1.2"), (True, "1.3")):
        case.set(certificate=both, eap_tls_1_3=switch)
        case.works(f"EAP-TLS {version}: of two certificates the one that the server asks for", user=None, password=None)
    case.set(certificate=shown(folder / "strangers", "client"))
    case.refused("EAP-TLS 1.3, a certificate of another authority", "tern.eap.tls.certificate-refused", user=None, password=None)
    case.set(eap_tls_1_3=False)
    case.refused("EAP-TLS 1.2, a certificate of another authority", "tern.eap.tls.certificate-refused", user=None, password=None,
                 shows="Client certificate of an unknown authority, by EAP-TLS")
    case.set(certificate="")


class Typed:
    """ternctl at a terminal, with a person at it."""

    def __init__(self, session, *command):
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(session.user_command(*command), stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.before = self.text = ""

    def expect(self, words, seconds=20):
        end = time.monotonic() + seconds
        while words not in self.text:
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"the terminal does not show “{words}”: {self.text}")
            self.text += os.read(self.terminal, 4096).decode(errors="replace")

    def type(self, words):
        self.before, self.text = self.text, ""
        os.write(self.terminal, (words + "\n").encode())

    def exit(self, seconds=20):
        """Answers its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.text += os.read(self.terminal, 4096).decode(errors="replace")
                except OSError:  # the other end is closed
                    break
        code = self.process.wait(5)
        os.close(self.terminal)
        return code


def code_at_the_terminal(case, code):
    typed = Typed(case.session, "ternctl", "connect", case.name, "--wait", "--username", "coder")
    typed.expect("Password of coder")
    typed.type(plan.PASSWORD)
    # Typed at the first word, before the question itself is read: neither seen nor lost.
    typed.expect("Enter the code from your token")
    typed.type(code)
    exited = typed.exit()
    check("Code or answer:" in typed.before + typed.text, "and asks for it")
    check(code not in typed.text, "the code is not echoed")
    return exited, typed.text


def code_by_dbus(case):
    """As any program on the session bus may: Connect, the prompts of Info, Answer."""
    def call(method, *arguments):
        said = case.session.user("busctl", "--user", "--json=short", "call", "org.ternvpn.Engine1", "/org/ternvpn/Engine1", "org.ternvpn.Engine1", method, *arguments)
        if said.returncode:
            raise AssertionError(f"{method}: {said.stderr}")
        return json.loads(said.stdout) if said.stdout.strip() else None

    def prompt(kind):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for variant in call("Info")["data"][0]["prompts"]["data"]:
                values = {key: value["data"] for key, value in variant["data"].items()}
                if values["kind"] == kind:
                    return values
            time.sleep(0.1)
        raise AssertionError(f"no prompt for a {kind}")

    def answer(number, secret):
        octets = [str(octet) for octet in secret.encode()]
        call("Answer", "ta{sv}", str(number), "1", "secret", "ay", str(len(octets)), *octets)

    call("Connect", "sa{sv}", case.name, "1", "username", "s", "coder")
    answer(prompt("password")["prompt"], plan.PASSWORD)
    asked = prompt("code")
    check(asked["text"] == "Enter the code from your token" and not asked["can-remember"], f"the prompt says what the server says: {asked['text']}")
    time.sleep(3)  # a person looks for the token
    answer(asked["prompt"], radius.CODE)
    end = time.monotonic() + 20
    while case.session.status().get("state") != "connected" and time.monotonic() < end:
        time.sleep(0.1)
    check(case.session.status().get("state") == "connected", "connected once the code was answered")


def codes(case):
    case.set(auth="ttls", inner="pap")
    exited, said = code_at_the_terminal(case, radius.CODE)
    check(exited == 0, f"one-time code, typed at the terminal: {exited} {said if exited else ''}")
    case.carries_traffic("one-time code at the terminal")
    code_by_dbus(case)
    case.carries_traffic("one-time code by D-Bus")
    case.note("EAP", "One-time code by challenge")
    exited, said = code_at_the_terminal(case, "000000")
    error = case.session.status().get("error", {})
    check(exited == 5 and error.get("code") == "tern.eap.code" and error["sentence"] in said.replace("\r", ""), f"a wrong code: {exited}, {error.get('sentence')}")
    case.session.user("ternctl", "disconnect")
    case.refused("a code, and nobody who could type it", "tern.engine.code-needed", exit_code=5, user="coder")
    case.note("Refused in words", "Wrong one-time code")


def strangers(case):
    """A sign-in server that cannot prove itself hears no password, and is told apart from the VPN server."""
    case.set(auth="peap", inner="eap-mschapv2", eap_server_names="else.example.test")
    case.refused("PEAP, a certificate for another name", "tern.eap.server-certificate.name", 8, shows="Sign-in server: certificate for another name")
    case.set(eap_server_names=radius.SERVER_NAME)
    radius.become_a_stranger(case.plan)
    for method, inner in (("peap", "eap-mschapv2"), ("ttls", "pap")):
        case.set(auth=method, inner=inner)
        case.refused(f"{method}, an unknown authority", "tern.eap.server-certificate.untrusted", 8, shows="Sign-in server: unknown authority")
        check(not re.search(PASSWORD_HEARD, case.heard()), "and it heard nothing of the password")
        check(case.session.json("ternctl", "certificate", case.name, "--json").get("verified"), "the VPN server's own certificate is as good as it was")


def everything(scenario="radius", kind=Case):
    why = radius.missing()
    if why:
        harness.skip(f"{why} (packaging/packages-test.txt)")
    with harness.Lab(scenario) as lab, Session(lab) as session:
        case = kind(session, lab)

        def shown(folder, name, *more):
            """Certificate and key in one file where the desk's user can read it, and those of further files in it."""
            target = session.folder / f"{folder.name}-{name}-{len(more)}.pem"
            target.write_bytes(b"".join(file.with_suffix(kind).read_bytes() for file in (folder / name, *more) for kind in (".crt", ".key")))
            target.chmod(0o644)
            return target

        try:
            session.import_phonebook()
            passwords(case)
            certificates(case, shown)
            codes(case)
            strangers(case)
            written = session.everything_written()
            for secret in (plan.PASSWORD, radius.CODE, WRONG, "BEGIN PRIVATE"):
                check(secret not in written, "a secret is written nowhere")
        except BaseException:
            print("--- FreeRADIUS\n" + radius.said(case.plan)[-3000:])
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(everything)
