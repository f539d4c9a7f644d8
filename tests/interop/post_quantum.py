#!/usr/bin/python3
"""post_quantum.py ppk | classical | ml-kem: additional key exchanges and the post-quantum pre-shared key.

ppk: RFC 8784 with this Debian's strongSwan, or with that of TERN_LAB_PEER. classical: RFC 9242 and RFC 9370 with groups
that every OpenSSL has, against strongSwan 6. ml-kem: the same with ML-KEM, from the build in the Debian 13 root.
"""

import os
import re
import subprocess
import sys
import time

import rekey
from session import check, harness
from labkit import plan, strongswan, trixie
from labkit.seen import seen

_PROBE = harness.BUILD / "tests/interop/ike_probe"


class Probe:
    """One connection of ike_probe's, and what it and the server say of it."""

    def __init__(self, lab, *arguments, program=_PROBE, stay=3):
        who = ["--eap", plan.USER, plan.PASSWORD, "--ca", lab.state["authority"]] if lab.state["user"] else ["--psk", plan.PSK]
        self.lab = lab
        self.before = len(lab.server_log())
        self.process = subprocess.Popen(
            lab.command("client", program, plan.SERVER4, plan.SERVER_NAME, *who, *arguments, "--stay", stay),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = []

    def until(self, start, seconds=30):
        """Reads lines up to one that begins so; answers it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            line = self.process.stdout.readline()
            if not line:
                break
            self.lines.append(line.rstrip("\n"))
            if line.startswith(start):
                return self.lines[-1]
        raise AssertionError(f"no '{start}' from the client: {self.lines}\n{self.server()[-2500:]}")

    def end(self):
        said, _ = self.process.communicate(timeout=40)
        self.lines += said.splitlines()
        return self.process.returncode

    def server(self):
        return self.lab.server_log()[self.before:]


def established(probe, text):
    line = probe.until("established")
    check(text in line, f"{line}")


def refused(lab, code, what, *arguments):
    probe = Probe(lab, *arguments)
    check(probe.end() == 1, f"{what}: refused")
    check(any(line.startswith(f"error {code} ") for line in probe.lines), f"{what}: {probe.lines[-1]}")


def ppk():
    right = ["--ppk", plan.PPK_ID, plan.PPK]
    for scenario in ("ppk", "ppk-required"):
        with harness.Lab(scenario) as lab:
            probe = Probe(lab, *right, "--ppk-required", stay=1)
            established(probe, "")
            check(probe.end() == 0, f"{scenario}: connected with the PPK")
            check("using PPK for PPK_ID" in probe.server(), "and the server has used it")
            refused(lab, "tern.ike.ppk.rejected", "a wrong PPK", "--ppk", plan.PPK_ID, "wrong")
            refused(lab, "tern.ike.ppk.rejected", "an unknown name, and we insist", "--ppk", "nobody", plan.PPK, "--ppk-required")
            if scenario == "ppk":
                probe = Probe(lab, "--ppk", "nobody", plan.PPK, stay=1)
                established(probe, "")
                check(probe.end() == 0, "an unknown name, and nobody insists: connected without")
            else:
                check(Probe(lab).end() == 1, "no PPK, and the server insists: refused")
            seen("Authentication", "Post-quantum pre-shared key (RFC 8784) " + ("with EAP" if lab.state["user"] else "with PSK"))
    with harness.Lab("psk") as lab:
        refused(lab, "tern.ike.ppk.unsupported", "a server without any, and we insist", *right, "--ppk-required")
        probe = Probe(lab, *right, stay=1)
        established(probe, "")
        check(probe.end() == 0, "a server without any, and nobody insists: connected")


def arrived(log, message):
    """How often it arrived with a key; fragments are not counted for themselves."""
    return len(re.findall(rf"parsed {message} \d+ \[ [^\]]*\bKE\b", log))


def rekeys(lab, rounds, *arguments, program=_PROBE, text, chosen):
    """Connects and replaces both SAs from both sides; each follow-up has to arrive, and the server says each time
    that it has chosen `chosen`."""
    probe = Probe(lab, *arguments, "--rekey", 1, "--rekey-ike", 2, program=program, stay=7)
    established(probe, text)
    check(arrived(probe.server(), "IKE_INTERMEDIATE request") == rounds, f"{rounds} exchanges in IKE_INTERMEDIATE")
    probe.until("child-up")
    probe.until("child-up")
    line = probe.until("suites")
    check(f" | AES-256-GCM / {text} | " in line, f"what is told has followed: {line}")
    time.sleep(2)
    count = arrived(probe.server(), "IKE_FOLLOWUP_KE request")
    check(count == 2 * rounds, f"our rekeys of CHILD_SA and IKE_SA followed up ({count})")
    for what in ("--child", "--ike"):
        strongswan.swanctl(plan.Plan(), "--rekey", what, "lab")
        time.sleep(1)
    check(probe.end() == 0, "closed in order")
    log = probe.server()
    count = arrived(log, "IKE_FOLLOWUP_KE response")
    check(count == 2 * rounds, f"the server's rekeys followed up ({count})")
    choices = [set(re.split("[:/ ]", line)) for line in log.split("] established between", 1)[1].splitlines()
               if "selected proposal" in line]
    for protocol in ("IKE", "ESP"):
        count = sum({protocol, *chosen.split("/")} <= words for words in choices)
        check(count == 2, f"the server chose {chosen} for {protocol} at both rekeys ({count})")
    check(not re.search(r"(TEMP_FAIL|NO_PROP|STATE_NOT_FOUND|invalid|failed)\b", log.split("established")[-1]), "without a refusal")
    return log


def classical():
    with harness.Lab("two-more") as lab:
        rekeys(lab, 2, "--additional", "31,20", text="ECP-256 + Curve25519 + ECP-384", chosen="ECP_256/KE1_CURVE_25519/KE2_ECP_384")
        seen("Key exchange", "Additional key exchanges (RFC 9370, RFC 9242)")
        seen("Key exchange", "Rekeys with IKE_FOLLOWUP_KE, from both sides")
    with harness.Lab("psk") as lab:
        probe = Probe(lab, "--additional", "31", stay=1)
        established(probe, "")
        check(probe.end() == 0, "a server with no use for them: connected without")
        refused(lab, "tern.ike.post-quantum.unsupported", "and we insist", "--additional", "31", "--post-quantum", "required")


def carries(lab, program):
    """Traffic goes on, without a packet lost, while both ends replace both SAs: each of their keys is right."""
    tunnel = rekey.Tunnel(lab, "--rekey-child", 3, "--rekey-ike", 4, program=program)
    try:
        pings = subprocess.Popen(lab.command("client", "ping", "-i", "0.1", "-c", 120, "-W", 5, plan.INNER4), stdout=subprocess.PIPE,
                                 stdin=subprocess.DEVNULL, text=True)
        for what in ("--child", "--ike", "--child"):
            time.sleep(2.5)
            strongswan.swanctl(plan.Plan(), "--rekey", what, "lab")
        said, _ = pings.communicate(timeout=60)
    finally:
        words = tunnel.close()
    log = lab.server_log()
    counts = {"ours": words.count("child-up rekeyed ours"), "theirs": words.count("child-up rekeyed theirs"),
              "follow-ups of ours": arrived(log, "IKE_FOLLOWUP_KE request"), "of theirs": arrived(log, "IKE_FOLLOWUP_KE response")}
    check(all(counts.values()), f"rekeyed under traffic {counts}")
    check(" 0% packet loss" in said, f"120 pings, none lost {said.strip().splitlines()[-2:]}")


def ml_kem():
    program = trixie.DESK / "tests/interop/ike_probe"
    with harness.Lab("ml-kem-768") as lab:
        log = rekeys(lab, 1, program=program, text="ECP-256 + ML-KEM-768", chosen="ECP_256/KE1_ML_KEM_768")
        check("received fragment #1 of 2" in log, "the key came in IKE fragments")
        seen("Key exchange", "ML-KEM-768")
        seen("Key exchange", "ML-KEM in rekeys, from both sides")
        seen("Messages", "IKE_INTERMEDIATE in fragments")
    with harness.Lab("ml-kem-1024") as lab:
        rekeys(lab, 1, "--post-quantum", "required", program=program, text="Curve25519 + ML-KEM-1024",
               chosen="CURVE_25519/KE1_ML_KEM_1024")
        seen("Key exchange", "ML-KEM-1024")
        carries(lab, trixie.DESK / "tests/interop/tunnel_probe")
        seen("Key exchange", "ML-KEM in rekeys under traffic, none lost")
    with harness.Lab("ml-kem-ppk") as lab:
        log = rekeys(lab, 1, "--ppk", plan.PPK_ID, plan.PPK, "--ppk-required", program=program,
                     text="Curve25519 + ML-KEM-768", chosen="CURVE_25519/KE1_ML_KEM_768")
        check("using PPK for PPK_ID" in log, "and the server has used the PPK beside it")
        seen("Key exchange", "ML-KEM-768 and a post-quantum pre-shared key together")
    with harness.Lab("psk") as lab:
        probe = Probe(lab, program=program, stay=1)
        established(probe, "")
        check(probe.end() == 0, "a server without ML-KEM: connected without")


def main(what):
    if what != "ppk":
        os.environ["TERN_LAB_PEER"] = "strongswan6"  # an older one has none of this
    harness.require_lab()
    if what == "ml-kem" and (reason := trixie.no_root()):
        harness.skip(reason)
    {"ppk": ppk, "classical": classical, "ml-kem": ml_kem}[what]()
    print("passed")


if __name__ == "__main__":
    main(sys.argv[1])
