#!/usr/bin/python3
"""life.py: what becomes of a connection that stays: new keys and deletions at the server's wish, a login that ends, a restart."""

import os
import re
import signal
import subprocess
import sys
import time

from rekey import Tunnel
from session import Session, check, harness, main, show_logs
from labkit import plan, strongswan
from labkit.scenarios import SCENARIOS
from labkit.seen import seen

GROUP = "Life of an SA"


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.2)
    return condition()


class Pings:
    """Numbered pings of the inner host for as long as the block lasts; `lost` tells the numbers that were not answered."""

    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.process = subprocess.Popen(self.session.user_command("ping", "-i", "0.1", "-W", 5, plan.INNER4), stdout=subprocess.PIPE, text=True)
        time.sleep(0.5)
        return self

    def __exit__(self, *_):
        # The last answers are waited for.
        time.sleep(1)
        inner = self.session.root("sh", "-c", "for p in /proc/[0-9]*; do [ \"$(cat $p/comm 2>/dev/null)\" = ping ] && echo ${p#/proc/}; done; :").stdout.split()
        for pid in inner:
            self.session.root("kill", "-INT", pid, check=False)
        said = self.process.communicate(timeout=20)[0]
        got = {int(line.split("icmp_seq=")[1].split()[0]) for line in said.splitlines() if "icmp_seq=" in line and "time=" in line}
        self.count = max(got, default=0)
        self.lost = sorted(set(range(1, self.count + 1)) - got)


def established(lab):
    return lab.server_log().count("] established between")


# What strongSwan's log says once the keys are the new ones, by its own request.
REKEYED = {"--child": r"generating CREATE_CHILD_SA request \d+ \[ N\(REKEY_SA\).*outbound CHILD_SA lab\{\d+\} established.*CHILD_SA (lab\{\d+\} )?closed",
           "--ike": r"generating CREATE_CHILD_SA request \d+ \[ SA No KE \].*IKE_SA lab\[\d+\] rekeyed between.*sending DELETE for IKE_SA"}


def server_wishes(session, lab, the_plan):
    """New keys by the server, one after the other; no ping is lost."""
    with Pings(session) as pings:
        for what, words in (("--child", "CHILD_SA"), ("--ike", "IKE_SA")):
            before = len(lab.server_log())
            strongswan.swanctl(the_plan, "--rekey", what, "lab")
            check(until(lambda: re.search(REKEYED[what], lab.server_log()[before:], re.DOTALL), 30), f"the server replaced the {words}")
            time.sleep(1)
    check(pings.count > 20 and not pings.lost, f"{pings.count} pings, lost {pings.lost}")
    seen(GROUP, "Rekeyed at the server's wish, with the whole product")


def deletions(session, lab, the_plan):
    sas, before = established(lab), len(lab.server_log())
    strongswan.swanctl(the_plan, "--terminate", "--child", "lab")
    check(until(lambda: re.search(r"sending DELETE for ESP CHILD_SA.*CHILD_SA lab\{\d+\} established", lab.server_log()[before:], re.DOTALL), 30)
          and established(lab) == sas, "a deleted child is made anew on the same IKE SA")
    check(session.user("ping", "-c", 1, "-W", 5, plan.INNER4).returncode == 0, "and it carries traffic")
    seen(GROUP, "CHILD_SA deleted by the server, and made anew")
    strongswan.swanctl(the_plan, "--terminate", "--ike", "lab")
    check(until(lambda: established(lab) > sas and session.status().get("state") == "connected", 40), "a deleted IKE SA is followed by another")
    check(until(lambda: session.user("ping", "-c", 1, "-W", 2, plan.INNER4).returncode == 0, 20), "and it carries traffic")
    seen(GROUP, "DELETE by the server, and connected anew")


def restart(session, lab, the_plan):
    pid_file = the_plan.state / "charon.pid"
    old = int(pid_file.read_text(encoding="ascii"))
    os.kill(old, signal.SIGTERM)
    until(lambda: not os.path.exists(f"/proc/{old}"), 10)
    strongswan.start(the_plan, SCENARIOS["reauth"])
    check(until(lambda: session.status().get("state") == "connected" and session.user("ping", "-c", 1, "-W", 2, plan.INNER4).returncode == 0, 90),
          "after the server's restart the connection is back")
    seen(GROUP, "Restart of the server")


def login_ends(session, lab):
    """The server ends a login after 40 s (AUTH_LIFETIME): a new session takes over before, and no ping is lost."""
    sas = established(lab)
    with Pings(session) as pings:
        check(until(lambda: established(lab) > sas, 45), "a new session is there before the old one's time is over")
        time.sleep(8)
    check(pings.count > 50 and not pings.lost, f"make before break: {pings.count} pings, lost {pings.lost}")
    check(session.status()["state"] == "connected", "and it stayed connected")
    seen(GROUP, "Reauthentication, make before break")
    seen(GROUP, "AUTH_LIFETIME (RFC 4478)")


def childless():
    with harness.Lab("childless") as lab:
        tunnel = Tunnel(lab, "--childless")
        try:
            check(lab.exec("client", "ping", "-c", 2, "-i", "0.3", "-W", 5, plan.INNER4).returncode == 0, "the child made after IKE_AUTH carries traffic")
        finally:
            tunnel.close()
        seen(GROUP, "Childless initiation (RFC 6023)")


def case(*parts):
    """All of it, or the named parts: childless, login, wishes, deletions, restart."""
    wanted = parts or ("childless", "login", "wishes", "deletions", "restart")
    if "childless" in wanted:
        childless()
    with harness.Lab("reauth") as lab, Session(lab) as session:
        try:
            the_plan = plan.Plan()
            session.import_phonebook()
            code, _seconds, said = session.connect()
            check(code == 0, f"connected {said if code else ''}")
            if "login" in wanted:
                login_ends(session, lab)
            if "wishes" in wanted:
                server_wishes(session, lab, the_plan)
            if "deletions" in wanted:
                deletions(session, lab, the_plan)
            if "restart" in wanted:
                restart(session, lab, the_plan)
            check(session.disconnect().returncode == 0, "disconnected")
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case, *sys.argv[1:])
