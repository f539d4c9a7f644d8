#!/usr/bin/python3
"""Every algorithm against one real server: the server is held to one suite a row, and must find it in what is offered.

IKE rows are connected by ike_probe (no tunnel); rows about the traffic by the whole product, with a ping through the
tunnel. The server's list is set by loading its connection again, which takes no new lab.
"""

import re

from session import Session, check, harness, main, phonebook, show_logs
from labkit import plan, strongswan
from labkit.seen import seen

STRONG_IKE = "aes256gcm16-prfsha256-ecp256"
STRONG_ESP = "aes256gcm16"

# What the server takes (swanctl's words), what Tern says it has agreed on, and the row of the table.
IKE_ENCRYPTION = [
    ("aes128gcm16-prfsha256-ecp256", "AES-128-GCM /", "AES-GCM 128, 16-octet tag"),
    ("aes192gcm16-prfsha256-ecp256", "AES-192-GCM /", "AES-GCM 192, 16-octet tag"),
    ("aes256gcm16-prfsha256-ecp256", "AES-256-GCM /", "AES-GCM 256, 16-octet tag"),
    ("aes128gcm12-prfsha256-ecp256", "AES-128-GCM-12 /", "AES-GCM 128, 12-octet tag"),
    ("aes256gcm12-prfsha256-ecp256", "AES-256-GCM-12 /", "AES-GCM 256, 12-octet tag"),
    ("aes128gcm8-prfsha256-ecp256", "AES-128-GCM-8 /", "AES-GCM 128, 8-octet tag"),
    ("aes256gcm8-prfsha256-ecp256", "AES-256-GCM-8 /", "AES-GCM 256, 8-octet tag"),
    ("chacha20poly1305-prfsha256-ecp256", "ChaCha20-Poly1305 /", "ChaCha20-Poly1305"),
    ("aes128-sha256-ecp256", "AES-128-CBC /", "AES-CBC 128"),
    ("aes192-sha256-ecp256", "AES-192-CBC /", "AES-CBC 192"),
    ("aes256-sha256-ecp256", "AES-256-CBC /", "AES-CBC 256"),
    ("aes128ctr-sha256-ecp256", "AES-128-CTR /", "AES-CTR 128"),
    ("aes256ctr-sha256-ecp256", "AES-256-CTR /", "AES-CTR 256"),
]
IKE_INTEGRITY = [
    ("aes256-sha256-ecp256", "/ HMAC-SHA2-256 /", "HMAC-SHA2-256"),
    ("aes256-sha384-ecp256", "/ HMAC-SHA2-384 /", "HMAC-SHA2-384"),
    ("aes256-sha512-ecp256", "/ HMAC-SHA2-512 /", "HMAC-SHA2-512"),
    ("aes128-aesxcbc-prfsha256-ecp256", "/ AES-XCBC /", "AES-XCBC"),
    ("aes128-aescmac-prfsha256-ecp256", "/ AES-CMAC /", "AES-CMAC"),
]
PRF = [
    ("aes256gcm16-prfsha256-ecp256", "PRF-HMAC-SHA2-256", "HMAC-SHA2-256"),
    ("aes256gcm16-prfsha384-ecp256", "PRF-HMAC-SHA2-384", "HMAC-SHA2-384"),
    ("aes256gcm16-prfsha512-ecp256", "PRF-HMAC-SHA2-512", "HMAC-SHA2-512"),
    ("aes256gcm16-prfaesxcbc-ecp256", "PRF-AES128-XCBC", "AES-XCBC"),
    ("aes256gcm16-prfaescmac-ecp256", "PRF-AES128-CMAC", "AES-CMAC"),
]
GROUPS = [(f"aes256gcm16-prfsha256-{word}", f"/ {name} |", name) for word, name in (
    ("modp2048", "MODP-2048"), ("modp3072", "MODP-3072"), ("modp4096", "MODP-4096"), ("modp6144", "MODP-6144"),
    ("modp8192", "MODP-8192"), ("ecp256", "ECP-256"), ("ecp384", "ECP-384"), ("ecp521", "ECP-521"),
    ("curve25519", "Curve25519"), ("curve448", "Curve448"))]
ESP = [
    ("aes128gcm16", "AES-128-GCM", [("Encryption", "AES-GCM 128, 16-octet tag")]),
    ("aes192gcm16", "AES-192-GCM", [("Encryption", "AES-GCM 192, 16-octet tag")]),
    ("aes256gcm16", "AES-256-GCM", [("Encryption", "AES-GCM 256, 16-octet tag")]),
    ("aes256gcm12", "AES-256-GCM-12", [("Encryption", "AES-GCM 256, 12-octet tag")]),
    ("aes256gcm8", "AES-256-GCM-8", [("Encryption", "AES-GCM 256, 8-octet tag")]),
    ("chacha20poly1305", "ChaCha20-Poly1305", [("Encryption", "ChaCha20-Poly1305")]),
    ("aes128-sha256", "AES-128-CBC / HMAC-SHA2-256", [("Encryption", "AES-CBC 128"), ("Integrity", "HMAC-SHA2-256")]),
    ("aes192-sha384", "AES-192-CBC / HMAC-SHA2-384", [("Encryption", "AES-CBC 192"), ("Integrity", "HMAC-SHA2-384")]),
    ("aes256-sha512", "AES-256-CBC / HMAC-SHA2-512", [("Encryption", "AES-CBC 256"), ("Integrity", "HMAC-SHA2-512")]),
    ("aes128-aesxcbc", "AES-128-CBC / AES-XCBC", [("Integrity", "AES-XCBC")]),
    ("aes128-aescmac", "AES-128-CBC / AES-CMAC", [("Integrity", "AES-CMAC")]),
    ("aes256ctr-sha256", "AES-256-CTR / HMAC-SHA2-256", [("Encryption", "AES-CTR 256")]),
]
# What Windows Server has as it comes.
LEGACY_IKE, LEGACY_ESP = "3des-sha1-modp1024", "3des-sha1"
LEGACY = [
    ("3des-sha1-prfsha1-modp1024", "3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024 |", "3DES, SHA-1, MODP-1024"),
    ("aes256-sha1-prfsha1-modp1536", "AES-256-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1536 |", "AES-CBC 256, SHA-1, MODP-1536"),
    ("aes256-sha256-modp1024", "AES-256-CBC / HMAC-SHA2-256 / PRF-HMAC-SHA2-256 / MODP-1024 |", "AES-CBC 256, SHA-256, MODP-1024"),
]


class Server:
    """The lab's charon, held to one suite at a time."""

    def __init__(self, lab):
        self.lab, self.plan = lab, plan.Plan()
        self.config = self.plan.state / "swanctl/swanctl.conf"
        self.text = self.config.read_text(encoding="ascii")

    def take(self, ike=STRONG_IKE, esp=STRONG_ESP):
        text = re.sub(r"^( *proposals = ).*$", rf"\g<1>{ike}", self.text, flags=re.M)
        self.config.write_text(re.sub(r"^( *esp_proposals = ).*$", rf"\g<1>{esp}", text, flags=re.M), encoding="ascii")
        said = strongswan.swanctl(self.plan, "--load-conns")
        if "successfully loaded 1 connections" not in said:
            raise AssertionError(f"swanctl --load-conns with {ike} and {esp}: {said}")

    def log_since(self, start):
        return self.lab.server_log()[start:]


def probe(lab, *options, stay=0):
    """What ike_probe says: one IKE SA and its child, no tunnel."""
    program = harness.BUILD / "tests/interop/ike_probe"
    return lab.exec("client", program, plan.SERVER4, plan.SERVER_NAME, "--psk", plan.PSK, "--stay", stay, *options).stdout


def established(said):
    return next((line for line in said.splitlines() if line.startswith("established")), said)


def ike_rows(lab, server, group, rows, *options):
    for suite, expected, feature in rows:
        server.take(ike=suite)
        said = probe(lab, *options)
        check(expected in established(said) and "\nclosed" in said, f"IKE, {suite}: {established(said)}")
        seen(group, feature)


def esp_rows(session, server):
    for suite, expected, rows in ESP:
        server.take(esp=suite)
        code, seconds, said = session.connect()
        check(code == 0, f"ESP, {suite}: connected within {seconds * 1000:.0f} ms {said if code else ''}")
        check(session.status()["cipher"] == expected, f"ESP, {suite}: {expected}")
        pings = session.user("ping", "-c", 2, "-i", "0.2", "-s", 1000, "-W", 2, plan.INNER4)
        check(pings.returncode == 0, f"ESP, {suite}: traffic both ways {pings.stdout if pings.returncode else ''}")
        check(session.disconnect().returncode == 0, "disconnected")
        for row in rows:
            seen(*row)


def sequence_numbers(lab, server):
    """Both kinds are offered, and the server's list decides. This charon's userspace ESP has none of 64 bits, so what
    it says about them ends with its choice; libreswan.py carries traffic with them."""
    server.take(esp="aes256gcm16-noesn-esn")
    start = len(lab.server_log())
    said = probe(lab)
    check("AES-256-GCM |" in established(said) and "AES_GCM_16_256/NO_EXT_SEQ" in server.log_since(start),
          "a server with both takes 32-bit sequence numbers")
    seen("ESP", "32-bit sequence numbers where both are offered")
    server.take(esp="aes256gcm16-esn")
    start = len(lab.server_log())
    probe(lab)
    check("selected proposal: ESP:AES_GCM_16_256/EXT_SEQ" in server.log_since(start),
          "a server with extended sequence numbers only finds them in the offer")


def perfect_forward_secrecy(lab, server):
    """The server wants a group for a rekeyed child, wants none, or takes one of several."""
    for suite, chosen, feature in (("aes256gcm16-ecp384", "/ECP_384/", "PFS, the server's group"),
                                   ("aes256gcm16-ecp256-modp2048", "/ECP_256/", "PFS"),
                                   ("aes256gcm16", "ESP:AES_GCM_16_256/NO_EXT_SEQ", "No PFS")):
        server.take(esp=suite)
        start = len(lab.server_log())
        said = probe(lab, "--rekey", 1, stay=2)
        rekeyed = [line for line in said.splitlines() if line.startswith("child-up") and " replaces 0" not in line]
        choices = [line for line in server.log_since(start).splitlines() if "selected proposal: ESP" in line]
        check(len(rekeyed) == 1 and "\nclosed" in said, f"rekeyed with {suite} {'' if rekeyed else said}")
        check(len(choices) >= 2 and chosen in choices[-1], f"the server chose {choices[-1].split('proposal: ')[-1]}")
        seen("ESP", feature)


def refused_without_opt_in(lab, server):
    for suite, expected, feature in LEGACY:
        server.take(ike=suite)
        said = probe(lab)
        check("error tern.ike.proposal " in said, f"{suite} is refused without the opt-in")
        said = probe(lab, "--legacy")
        check(expected in established(said), f"and taken with it: {established(said)}")
        seen("Outdated algorithms, by opt-in only", feature)
    server.take(esp=LEGACY_ESP)
    said = probe(lab)
    check("error tern.ike.child.proposal " in said, f"{LEGACY_ESP} for the traffic is refused without the opt-in")


def legacy_by_hand(session, server):
    """As a person meets it: the connect fails and says what to do, the opt-in is set, all is graded weak."""
    server.take(ike=LEGACY_IKE, esp=LEGACY_ESP)
    code, _seconds, said = session.connect()
    check(code != 0 and "legacy-algorithms=on" in said, f"ternctl says how: {said.strip()}")
    check(session.status()["error"]["code"] == "tern.ike.proposal", "the error has its code")
    name = phonebook.MAIN_ENTRY
    check(session.user("ternctl", "set", name, "legacy-algorithms=on").returncode == 0, "ternctl set legacy-algorithms=on")
    shown = session.json("ternctl", "show", name, "--json")
    codes = {finding["code"] for finding in shown["findings"]}
    check(shown["grade"] == "weak" and "tern.legacy.legacy-algorithms-allowed" in codes, f"graded {shown['grade']}: {codes}")
    code, _seconds, said = session.connect()
    check(code == 0, f"connected {said if code else ''}")
    status = session.status()
    check(status["cipher"] == "3DES-CBC / HMAC-SHA1", f"the traffic: {status['cipher']}")
    check("MODP-1024" in status["ike-cipher"], f"the IKE SA: {status['ike-cipher']}")
    finding = status["findings"][0]
    check(finding["code"] == "tern.legacy.weak-in-use" and "3DES, SHA-1, MODP-1024" in finding["sentence"], finding["sentence"])
    check(finding["sentence"] in session.user("ternctl", "status").stdout, "ternctl status says it")
    check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, plan.INNER4).returncode == 0, "traffic both ways with 3DES")
    check(session.disconnect().returncode == 0, "disconnected")
    seen("Outdated algorithms, by opt-in only", "3DES and SHA-1 for the traffic")
    # With a strong server the opt-in changes nothing.
    server.take()
    code, _seconds, said = session.connect()
    status = session.status()
    check(code == 0 and status["cipher"] == "AES-256-GCM" and "findings" not in status, "a strong server is still met strongly")
    check(session.disconnect().returncode == 0, "disconnected")
    check(session.user("ternctl", "set", name, "legacy-algorithms=off").returncode == 0, "ternctl set legacy-algorithms=off")
    check(not session.json("ternctl", "show", name, "--json")["legacy-algorithms"], "and it is off again")


def case():
    if not (harness.BUILD / "tests/interop/ike_probe").exists():
        harness.skip("ike_probe is not built")
    with harness.Lab("psk") as lab, Session(lab) as session:
        try:
            server = Server(lab)
            session.import_phonebook()
            ike_rows(lab, server, "Encryption", IKE_ENCRYPTION)
            ike_rows(lab, server, "Integrity", IKE_INTEGRITY)
            ike_rows(lab, server, "PRF", PRF)
            ike_rows(lab, server, "Key exchange", GROUPS)
            esp_rows(session, server)
            sequence_numbers(lab, server)
            perfect_forward_secrecy(lab, server)
            refused_without_opt_in(lab, server)
            legacy_by_hand(session, server)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
