#!/usr/bin/python3
"""sstp_life.py [PART…]: an SSTP connection whose network changes, goes and comes back, whose server aborts, hangs up, is cut,
falls silent or starts anew, and whose password has run out: it goes on by itself, or ends with its reason, and nothing
leaves beside it meanwhile."""

import sys
import time

from eap_methods import Typed
from mobility import await_status, connected, recovered
from session import CLIENT, Session, check, harness, main, phonebook, show_logs
from labkit import capture, plan, sstp
from labkit.roaming import SECOND_ROUTER, Pings, Roaming

NAME = phonebook.SSTP_ENTRY
# The server is called anew: TCP, TLS, the sign-in. On an idle machine that is half a second.
_ANEW_MS = 6000
_NEW_PASSWORD = "Canary-N3w-Leaf-5"


class Life:
    def __init__(self, session, lab, roam, pings):
        self.session, self.lab, self.roam, self.pings = session, lab, roam, pings

    def calls(self):
        return sstp.calls(self.roam.plan)[1]

    def anew(self, what, moment, old, bound=_ANEW_MS):
        """The connection is back after `moment`, by another call than `old`."""
        recovered(self.pings, moment, what, bound)
        check(connected(self.session), f"{what}: the status says connected")
        calls = [call for call in self.calls() if call["state"] == "connected"]
        check(calls and calls[-1]["number"] != old and calls[-1]["binding"].endswith("ok"), f"{what}: a new call {calls}")

    def last(self):
        return self.calls()[-1]["number"]

    def is_shut(self, what):
        check(self.session.fetch(f"http://{plan.WWW4}/whoami", "--max-time", 2).returncode != 0, f"{what}: nothing leaves meanwhile")


def changes(life):
    old = life.last()
    life.anew("another address", life.roam.readdress(plan.CLIENT4, "198.51.100.77"), old)
    life.roam.second_network()
    old = life.last()
    life.anew("another link", life.roam.route(SECOND_ROUTER, "eth1"), old)
    old = life.last()
    life.roam.readdress("198.51.100.77", plan.CLIENT4)
    life.anew("and back", time.time(), old)


def cable(life):
    old = life.last()
    life.roam.link("eth1", "down")
    life.roam.link("eth0", "down")
    status = await_status(life.session, lambda s: s.get("stage") == "waiting", 5)
    check(status.get("state") == "connecting" and status.get("stage") == "waiting", f"the cable is out: waiting for a network ({status.get('stage')})")
    life.is_shut("the cable is out")
    life.roam.link("eth0", "up")
    life.roam.restore_ipv6()
    life.anew("the cable is in again", life.roam.route(plan.ROUTER_CLIENT4, "eth0"), old)


def ends(life):
    """Whatever way a server ends a call of one who is signed in, it is called again."""
    for command, what in (("abort", "CALL_ABORT"), ("disconnect", "CALL_DISCONNECT"), ("close", "the stream is closed"),
                          ("reset", "TCP is reset"), ("hang-up", "PPP terminates"), ("garbage", "no SSTP any more")):
        old, moment = life.last(), time.time()
        sstp.command(life.roam.plan, command)
        life.anew(what, moment + 0.05, old, 12_000)


def restart(life):
    old = life.last()
    sstp.stop(life.roam.plan)
    status = await_status(life.session, lambda s: s.get("state") != "connected", 15)
    check(status.get("state") == "connecting", f"the server is gone: {status.get('state')}, {status.get('stage')}")
    life.is_shut("the server is gone")
    sstp.load(life.roam.plan)
    recovered(life.pings, time.time(), "the server is there again", 30_000)
    check(connected(life.session) and old, "and the status says connected")


def half_open(life):
    """Packets vanish on the way; nobody says so."""
    life.roam.hush("tcp", "443")
    began = time.monotonic()
    status = await_status(life.session, lambda s: s.get("state") != "connected", 30)
    took = time.monotonic() - began
    check(status.get("state") == "connecting" and took < 25, f"packets vanish: noticed after {took:.1f} s")
    life.is_shut("packets vanish")
    life.roam.unhush()
    recovered(life.pings, time.time(), "packets pass again", 40_000)
    check(connected(life.session), "and the status says connected")


def silent(life):
    """TCP acknowledges, and SSTP says nothing."""
    sstp.command(life.roam.plan, "mute")
    began = time.monotonic()
    status = await_status(life.session, lambda s: s.get("state") != "connected", 30)
    took = time.monotonic() - began
    check(status.get("state") == "connecting" and took < 25, f"the server says nothing more: noticed after {took:.1f} s")
    moment = time.time()
    recovered(life.pings, moment, "and called anew", 40_000)
    check(connected(life.session), "and the status says connected")


def moved():
    with harness.Lab("sstp-nak") as lab, Session(lab) as session:
        roam = Roaming()
        try:
            session.import_phonebook()
            sstp.load(roam.plan, naks=0)
            before = session.network()
            with capture.Capture(lab) as sniffed:
                code, _seconds, said = session.connect(NAME)
                check(code == 0, f"connected {said if code else ''}")
                first = time.time()
                with Pings(session, plan.INNER4) as pings:
                    check(pings.first_after(time.time()) is not None, "pings are answered")
                    life = Life(session, lab, roam, pings)
                    for part in (changes, cable, ends, half_open, silent, restart):
                        began = time.monotonic()
                        part(life)
                        print(f"   ({part.__name__}: {time.monotonic() - began:.1f} s)", flush=True)
                last = time.time()
                check(session.disconnect().returncode == 0, "disconnected")
            clear = [p for p in capture.outside_tunnel([p for p in sniffed.packets if first < p.time < last])
                     if not (p.kind == "icmp" and p.source in (plan.ROUTER_CLIENT4, plan.ROUTER_CLIENT6))
                     and not (p.kind == "tcp" and {p.source, p.target} & {plan.SERVER4, plan.SERVER6} and 443 in (p.source_port, p.target_port))]
            check(not clear, f"all the while nothing of ours but TLS on the first link {clear[:3]}")
            after = session.network()
            check(before["rules"] == after["rules"] and before["firewall"] == after["firewall"], "rules and firewall are byte for byte as before")
            check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "the outside is reached in clear")
        except BaseException:
            show_logs(session, lab)
            raise


def typed(session, *secrets):
    """A person at a terminal; answers (exit code, what was shown)."""
    person = Typed(session, "ternctl", "connect", NAME, "--wait", "--username", plan.USER)
    for asked, secret in secrets:
        person.expect(asked)
        person.type(secret)
    code = person.exit(40)
    return code, person.text


def passwords():
    """The lab's own PPP: an expired password is changed on the way, by a person; a slow second factor is waited for."""
    with harness.Lab("sstp-expired-password") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            code, _seconds, said = session.connect(NAME)
            check(code != 0 and "tern.eap.password-expired" in said, f"expired, and nobody who could type a new one: {said.strip()}")
            session.user("ternctl", "disconnect")
            code, said = typed(session, ("Password of", plan.PASSWORD), ("ew password", _NEW_PASSWORD), ("Once more", _NEW_PASSWORD))
            check(code == 0, f"expired (648): a new one is typed, and connected {said if code else ''}")
            check("change of the password: right" in lab.server_log(), "the server took the change")
            check(session.fetch(f"http://{plan.INNER4}/whoami").stdout.startswith("10.30.0."), "and carries traffic")
            check(session.disconnect().returncode == 0, "disconnected")
            written = session.everything_written()
            check(plan.PASSWORD not in written and _NEW_PASSWORD not in written, "both are written nowhere")
            second_factor(session)
            second_challenge(session)
        except BaseException:
            show_logs(session, lab)
            raise


def second_factor(session, delay=5):
    """Inside EAP-MSCHAPv2: the server's answer to the password waits for somebody's telephone."""
    sstp.load(plan.Plan(), **{"auth": ["eap-mschapv2"], "login-error": 0, "login-delay": delay, "login-seconds": 300})
    session.user("ternctl", "set", NAME, "auth=eap-mschapv2")
    code, seconds, said = session.connect(NAME, plan.PASSWORD, timeout=delay + 60)
    check(code == 0 and "confirming" in said, f"a second factor that takes {delay} s: connected after {seconds:.1f} s {said if code else ''}")
    check(seconds > delay, "not before")
    check(session.disconnect().returncode == 0, "disconnected")


def second_challenge(session, code="736 152"):
    """EAP-GTC: the password is kept, or typed; then the server asks for what a token shows."""
    sstp.load(plan.Plan(), **{"auth": ["eap-gtc"], "login-error": 0, "second-factor": code})
    session.user("ternctl", "set", NAME, "auth=eap-gtc")
    for typed_code, right in ((code, True), ("000 000", False)):
        ended, said = typed(session, ("Password of", plan.PASSWORD), ("Enter the code that your token shows", typed_code))
        if right:
            check(ended == 0, f"a code after the password: connected {said if ended else ''}")
            check(sstp.calls(plan.Plan())[1][-1]["binding"] == "SHA-256: ok", "the binding of a sign-in without keys")
            check(session.disconnect().returncode == 0, "disconnected")
        else:
            check(ended != 0 and "tern.eap.code" in said, f"a wrong code: {said.strip().splitlines()[-1]}")
            session.user("ternctl", "disconnect")


def patience():
    """By name only: a telephone that is answered after 110 s, with a silent network in between."""
    with harness.Lab("sstp-second-factor") as lab, Session(lab) as session:
        session.import_phonebook()
        second_factor(session, 110)


def case(*parts):
    for part in parts or ("passwords", "moved"):
        {"moved": moved, "passwords": passwords, "patience": patience}[part]()


if __name__ == "__main__":
    main(case, *sys.argv[1:])
