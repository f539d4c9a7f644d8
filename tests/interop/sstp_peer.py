#!/usr/bin/python3
"""Keeps the lab's SSTP server honest: Debian's sstpc, with its pppd in a guest of its own, has to connect to it.

sstp_peer.py [CASE…]: sstpc with the server's pppd, then with the lab's own PPP side in the servers' oddities; and a client
that is wrong on purpose is refused for each thing that can be wrong with a CALL_CONNECTED. That client signs in with PAP:
sstpc 1.0.18 was not seen to send a CALL_CONNECTED after CHAP-MD5.
"""

import hashlib
import sys
import time

from session import check, harness
from labkit import guest, plan, services, sstp, sstp_wire, sstpc
from labkit.scenarios import SCENARIOS
from labkit.seen import seen as _seen

_CLIENT = harness.LAB_FOLDER / "labkit/sstp_client.py"
# [MS-SSTP] 4.7: hash, nonce, certificate hash, HLAK, compound MAC.
_EXAMPLES = (
    (sstp_wire.SHA256, "412b489aebd7ecc7d08966f26be7cd72b231a0e9210d7c91b308862b0344c435",
     "7993ef314c493dace9f02d60e7e61c84b6690aafe9d7aeea92cbbe8ad599422d",
     "2a1bb40d55ab0f5ef32f06f2b3cc73c48fd3fac41d7a1315a19228d9024ca164",
     "52a68efd8cffbf52770b8f0fe8ec73716583af6d611eb6d179b3b20840985449"),
    (sstp_wire.SHA1, "0f1a2d58d4a3e3000fad3ce4906e07b707aa9e441cceac5cbd7b2cc1c9d86cdf", "5826b629bda59b8e6fd8dcd2622fd34c534805a5",
     "4b3128f43925d9006eefb1c4e86515a1d88e56bab3ca2bdf0373b7f5a8a13b19", "69915dd583d8062fef16f61db2f03290ec27cb6c"),
)


def seen(feature):
    _seen("SSTP: the lab's server and another's client", feature, sstpc.version())


def examples():
    for method, *values in _EXAMPLES:
        nonce, certificate, hlak, mac = (bytes.fromhex(value) for value in values)
        value = bytes(3) + bytes((method,)) + nonce + certificate.ljust(32, b"\0") + bytes(32)
        packet = sstp_wire.control(sstp_wire.CONNECTED, sstp_wire.attribute(sstp_wire.BINDING, value))
        check(sstp_wire.compound_mac(hlak, method, packet) == mac.ljust(32, b"\0"),
              f"the specification's example for {sstp_wire.HASH_NAMES[method]}")


class Both:
    def __init__(self, lab):
        self.lab, self.plan = lab, plan.Plan()
        self.client = None

    def boot(self):
        self.client = self.client or sstpc.Sstpc(self.plan)

    def only_call(self):
        """The one that is up; without keys sstpc sends CALL_CONNECTED only after IPCP."""
        end = time.monotonic() + 20
        while True:
            calls = sstp.calls(self.plan)[1]
            if len(calls) != 1:
                raise AssertionError(f"one call is up: {calls}")
            if calls[0]["binding"] or time.monotonic() > end:
                return calls[0]
            time.sleep(0.2)

    def connects(self, what, method, binding, download=False, options="", **changes):
        self.boot()
        sstp.load(self.plan, **sstpc.SERVER, **changes)
        check(self.client.call(options=options), f"{what}: sstpc has an address")
        call = self.only_call()
        check(call["method"] == method, f"{what}: signed in with {call['method']}")
        check(call["binding"] == binding, f"{what}: binding {call['binding']}")
        code, said = self.client.run(f"curl -sS --max-time 20 http://{plan.INNER4}/whoami")
        check(code == 0 and said.startswith("10.30.0."), f"{what}: traffic to the inner host as {said}")
        if download:
            digest = hashlib.sha256(b"".join(services.download(services.SMALL))).hexdigest()
            code, said = self.client.run(f"curl -sS --max-time 120 http://{plan.INNER4}/5MB | sha256sum", 150)
            check(said.startswith(digest), f"{what}: 5 MB arrive unharmed {said if code else ''}")

    def hung_up(self, what):
        check(self.client.hang_up(), f"{what}: sstpc has ended")


def sign_in(both):
    """pppd at both ends, and either hash of the binding."""
    both.connects("pppd, MS-CHAPv2", "MS-CHAPv2", "SHA-256: ok", download=True)
    check(sstp.command(both.plan, "echo") == "done", "sstpc answers an ECHO_REQUEST")
    both.hung_up("MS-CHAPv2")
    seen("Debian's pppd at both ends, MS-CHAPv2, binding with SHA-256")
    both.connects("SHA-1 only", "MS-CHAPv2", "SHA-1: ok", hashes=1)
    seen("Binding with SHA-1, where the server offers nothing else")
    check(sstp.command(both.plan, "hang-up") == "done" and both.client.ended(), "the server's pppd hangs up, and sstpc ends")
    both.connects("and again", "MS-CHAPv2", "SHA-256: ok")
    check(sstp.command(both.plan, "abort") == "done" and both.client.ended(), "the server aborts, and sstpc ends")
    seen("Ended by either side")


def wrong_password(both):
    both.boot()
    sstp.load(both.plan, **sstpc.SERVER)
    start = len(both.lab.server_log())
    check(not both.client.call(password="not-the-password"), "a wrong password does not connect")
    both.client.ended()
    check("signed in" not in both.lab.server_log()[start:], "the server has not let it in")
    sstp.load(both.plan, **sstpc.SERVER, **{"certificate-hash": "other"})
    start = len(both.lab.server_log())
    both.client.call(seconds=15)
    both.client.ended()
    log = both.lab.server_log()[start:]
    check("crypto binding SHA-256: certificate hash wrong" in log, "sstpc's binding to another certificate is refused")
    check("is connected" not in log, "and the call does not come up")
    seen("Refused: a wrong password, another certificate than the server's")


def own_side(both):
    """The lab's own PPP side with pppd as its peer, in the shapes of the servers in the field."""
    both.connects("EAP-MSCHAPv2", "EAP-MSCHAPv2", "SHA-256: ok", ppp="own", auth=["eap-mschapv2"])
    both.hung_up("EAP-MSCHAPv2")
    seen("The lab's own PPP side: EAP-MSCHAPv2")
    for name in ("sstp-accel-ppp", "sstp-softether", "sstp-rras"):
        both.connects(name, "MS-CHAPv2", "SHA-256: ok", options="refuse-eap", **SCENARIOS[name].peer_options)
        both.hung_up(name)
        seen(f"The lab's own PPP side: {SCENARIOS[name].summary}")


def wrong_on_purpose(both):
    """In the client's namespace and not in its guest; each fault has to be named in the server's log."""
    sstp.load(both.plan, ppp="own", auth=["pap"])
    for fault, answer, words in (("none", "accepted", "crypto binding SHA-256: ok"), ("mac", "CALL_ABORT", "compound MAC wrong"),
                                 ("key", "CALL_ABORT", "compound MAC wrong"), ("nonce", "CALL_ABORT", "nonce wrong"),
                                 ("hash", "CALL_ABORT", "certificate hash wrong"), ("sha1", "CALL_ABORT", "SHA-1 although SHA-256"),
                                 ("early", "CALL_ABORT", "before the client has signed in")):
        start = len(both.lab.server_log())
        said = both.lab.exec("client", _CLIENT, plan.SERVER4, plan.SERVER_NAME, both.lab.state["authority"], plan.USER, plan.PASSWORD, fault)
        check(said.stdout.strip() == answer, f"fault {fault}: {said.stdout.strip() or said.stderr}")
        check(words in both.lab.server_log()[start:], f"    the server says: {words}")


_CASES = (wrong_on_purpose, sign_in, wrong_password, own_side)


def main(*names):
    harness.require_lab()
    for reason in (sstpc.missing(), sstp.is_possible()):
        if reason:
            harness.skip(f"{reason} (packaging/packages-test.txt)")
    examples()
    with harness.Lab("sstp") as lab:
        both = Both(lab)
        try:
            for case in _CASES:
                if not names or case.__name__ in names:
                    print(f"-- {case.__name__}")
                    started = time.monotonic()
                    case(both)
                    print(f"   ({time.monotonic() - started:.1f} s)")
        except BaseException:
            print("--- server\n" + lab.server_log()[-5000:], file=sys.stderr)
            if both.client:
                print("--- sstpc\n" + both.client.log()[-3000:], file=sys.stderr)
            for log in sorted(guest.folder(both.plan).glob("pppd.*")):
                print(f"--- {log.name}\n" + log.read_text(errors="replace")[-1500:], file=sys.stderr)
            raise
    print("passed")


if __name__ == "__main__":
    main(*sys.argv[1:])
