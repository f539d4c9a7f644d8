#!/usr/bin/python3
"""libreswan with a kernel's ESP, in a guest of the lab: what Tern does with a server that is not strongSwan."""

import time
from contextlib import contextmanager

from post_quantum import Probe
from session import Session, check, harness, main, show_logs
from labkit import guest, libreswan, netns, phonebook, plan
from labkit.roaming import SECOND_SERVER, Pings, Roaming
from labkit.seen import seen as _seen

NAME = phonebook.MAIN_ENTRY

# Suites as ipsec.conf(5) writes them, each with the rows of the table it fills.
_SUITES = (
    ("aes_gcm256-sha2_256;dh19", "aes_gcm256", [("Encryption", "AES-GCM 256, 16-octet tag"), ("Key exchange", "ECP-256")]),
    ("aes_gcm128-sha2_384;dh31", "aes_gcm128", [("Encryption", "AES-GCM 128, 16-octet tag"), ("Key exchange", "Curve25519"),
                                              ("PRF", "HMAC-SHA2-384")]),
    ("aes256-sha2_512;dh20", "aes256-sha2_512", [("Encryption", "AES-CBC 256"), ("Integrity", "HMAC-SHA2-512"),
                                                ("Key exchange", "ECP-384"), ("PRF", "HMAC-SHA2-512")]),
    ("aes128-sha2_256;modp3072", "aes128-sha2_256", [("Encryption", "AES-CBC 128"), ("Integrity", "HMAC-SHA2-256"),
                                                    ("Key exchange", "MODP-3072"), ("PRF", "HMAC-SHA2-256")]),
    ("chacha20_poly1305-sha2_256;dh21", "chacha20_poly1305", [("Encryption", "ChaCha20-Poly1305"), ("Key exchange", "ECP-521")]),
    ("aes_ctr256-sha2_256;modp2048", "aes_ctr256-sha2_256", [("Encryption", "AES-CTR 256"), ("Key exchange", "MODP-2048")]),
    ("aes_gcm_b256-sha2_256;modp4096", "aes_gcm_b256", [("Encryption", "AES-GCM 256, 12-octet tag"), ("Key exchange", "MODP-4096")]),
    ("aes_gcm_a256-sha2_256;modp2048", "aes_gcm_a256", [("Encryption", "AES-GCM 256, 8-octet tag")]),
    ("aes256-aes_xcbc;modp2048", "aes256-aes_xcbc", [("Integrity", "AES-XCBC"), ("PRF", "AES-XCBC")]),
)


def seen(group, feature):
    _seen(group, feature, libreswan.version())


class Server:
    """The guest's libreswan, and the desk that connects to it."""

    def __init__(self, session, lab):
        self.session, self.lab, self.plan = session, lab, plan.Plan()

    def whack(self, arguments):
        code, said = libreswan.whack(self.plan, arguments)
        check(code == 0, f"whack {arguments} {said if code else ''}")
        return said

    def log_since(self, start):
        return self.lab.server_log()[start:]

    def await_log(self, start, text, what, count=1, seconds=20):
        end = time.monotonic() + seconds
        while self.log_since(start).count(text) < count and time.monotonic() < end:
            time.sleep(0.05)
        check(self.log_since(start).count(text) >= count, what)

    @contextmanager
    def connected(self, what, **options):
        """Connected with the server set up so; yields the position in its log from which this connection speaks."""
        libreswan.load(self.plan, **options)
        start = len(self.lab.server_log())
        code, seconds, said = self.session.connect()
        check(code == 0, f"{what}: connected within {seconds * 1000:.0f} ms {said if code else ''}")
        reply = self.session.fetch(f"http://{plan.INNER4}/whoami")
        check(reply.stdout.startswith("10.30.0."), f"{what}: traffic inside {reply.stderr}")
        yield start
        check(self.session.disconnect().returncode == 0, f"{what}: disconnected")
        self.await_log(start, "ESP traffic information", f"{what}: the server has counted the traffic")


@contextmanager
def numbered(session, what, seconds):
    """A ping each 20 ms while the block runs; none may be lost."""
    count = int(seconds / 0.02)
    ping = session.user_command("ping", "-q", "-i", "0.02", "-c", count, "-W", 2, plan.INNER4)
    with harness.subprocess.Popen(ping, stdout=harness.subprocess.PIPE, text=True) as running:
        time.sleep(0.3)
        yield
        said, _ = running.communicate(timeout=seconds + 30)
    check(f"{count} packets transmitted, {count} received" in said, f"{what}: none of {count} packets is lost\n{said}")


def psk_and_rekeys(server):
    with server.connected("pre-shared key", esn="no") as start:
        seen("Authentication", "Pre-shared key")
        seen("Configuration", "IPv4 address and name server")
        download = server.session.user("sh", "-c", f"curl -sS --max-time 60 {server.lab.state['download']} | sha256sum", timeout=90)
        check(download.stdout.split()[0] == server.lab.state["download-sha256"], "100 MB through a kernel's ESP arrive unharmed")
        with numbered(server.session, "the server rekeys", 4):
            server.whack("--name lab --rekey-ipsec --asynchronous")
            time.sleep(1)
            server.whack("--name lab --rekey-ike --asynchronous")
            time.sleep(1)
            server.whack("--name lab --rekey-ipsec --asynchronous")
        log = server.log_since(start)
        check(log.count("initiator rekeyed Child SA") >= 2, "the server has rekeyed the CHILD_SA")
        check("initiator rekeyed IKE SA" in log, "and the IKE SA")
    seen("Life of an SA", "CHILD_SA rekeyed by the server")
    seen("Life of an SA", "IKE SA rekeyed by the server")
    seen("Life of an SA", "DELETE by us")


def sequence_numbers(server):
    with server.connected("extended sequence numbers", esn="yes") as start:
        check("-ESN" in server.log_since(start) or "ENABLED" in server.log_since(start), "the server has chosen ESN")
    seen("ESP", "Extended sequence numbers")


def suites(server):
    for ike, esp, rows in _SUITES:
        with server.connected(f"{ike}, {esp}", ike=ike, esp=esp):
            for row in rows:
                seen(*row)


def narrowed(server):
    with server.connected("narrowed selectors", networks="10.20.0.0/24"):
        pass
    seen("Configuration", "Narrowed traffic selectors")


# What a server may do wrong, or the network, and Tern has to live with: libreswan's own impairments.
_ODDITIES = (
    (("add-unknown-v2-payload-to:IKE_SA_INIT",), "Unknown payload in IKE_SA_INIT"),
    (("add-unknown-v2-payload-to-sk:IKE_AUTH",), "Unknown payload in IKE_AUTH"),
    (("jacob-two-two",), "Every message twice"),
    (("replay-duplicates",), "Requests answered twice"),
    (("minor-version-bump",), "A higher minor version"),
    (("send-bogus-isakmp-flag",), "Reserved header flag set"),
    (("send-bogus-payload-flag",), "Reserved payload flag set"),
    (("omit-v2n-signature-hash-algorithms",), "No SIGNATURE_HASH_ALGORITHMS"),
    (("drop-outgoing:1",), "The first answer lost"),
    (("drop-incoming:2",), "The second request lost"),
)


def oddities(server):
    for impairments, name in _ODDITIES:
        try:
            for impairment in impairments:
                server.whack(f"--impair {impairment}")
            with server.connected(name):
                pass
        finally:
            server.whack("--impair none")
        seen("A server's oddities", name)


def critical_payloads(server):
    try:
        server.whack("--impair add-unknown-v2-payload-to-sk:IKE_AUTH")
        server.whack("--impair unknown-v2-payload-critical")
        libreswan.load(server.plan)
        code, seconds, said = server.session.connect()
        check(code != 0 and seconds < 40, f"an unknown critical payload is refused: {said.strip().splitlines()[-1]}")
        seen("Messages", "Unknown critical payload refused")
    finally:
        server.whack("--impair none")


def deleted(server):
    with server.connected("deleted by the server") as start:
        server.whack("--name lab --terminate")
        server.await_log(start, "responder established Child SA", "Tern comes back by itself", count=2)
        end = time.monotonic() + 10
        while server.session.status().get("state") != "connected" and time.monotonic() < end:
            time.sleep(0.1)
        check(server.session.fetch(f"http://{plan.INNER4}/whoami").stdout.startswith("10.30.0."), "with traffic")
    seen("Life of an SA", "DELETE by the server, and connected anew")


# What libreswan takes as a signature (rsa-sha2 is PSS alone, rsasig every kind of RSA), what the profile says, the row.
_CERTIFICATES = (
    ("rsa-sha2", "pss", "RSA-PSS (RFC 7427)"),
    ("rsasig", "", "RSA-2048 (RFC 7427)"),
    ("rsa-sha1", "", "RSA with SHA-1 (RFC 7296)"),
)


_SERVER_SIGNS = {"leftcert": "server-rsa", "leftsendcert": "always"}


def profile_says(session, **changes):
    said = session.user("ternctl", "set", NAME, *(f"{key.replace('_13', '-1.3').replace('_', '-')}={value}" for key, value in changes.items()))
    check(said.returncode == 0, f"set {changes} {said.stderr}")


@contextmanager
def own_certificate(session, plan_, auth):
    """The profile signs in so, with the client's key from a file."""
    before = session.json("ternctl", "show", NAME, "--json")["auth"]
    file = session.folder / "client.pem"
    file.write_text(libreswan.client_pem(plan_), encoding="ascii")
    file.chmod(0o644)
    profile_says(session, auth=auth, certificate=file)
    try:
        yield
    finally:
        profile_says(session, certificate="", auth=before)


def certificates(server):
    """Both ends sign."""
    with own_certificate(server.session, server.plan, "machine-certificate"):
        for authby, signature, words in _CERTIFICATES:
            profile_says(server.session, rsa_signature=signature)
            with server.connected(f"certificates, {words}", authby=authby, rightid="%fromcert", rightca="%same", **_SERVER_SIGNS):
                pass
            seen("Authentication", f"Client certificate: {words}")


def eap_tls(server):
    """The server signs, and its EAP-TLS judges the client's certificate; a server that only does EAP is refused."""
    options = {"rightauth": "eaponly", "leftautheap": "tls", "rightautheap": "tls"}
    with own_certificate(server.session, server.plan, "eap-tls"):
        with server.connected("EAP-TLS 1.2", authby="rsasig", leftauth="rsasig", **_SERVER_SIGNS, **options):
            pass
        seen("EAP", "EAP-TLS 1.2")
        profile_says(server.session, eap_tls_13="on")
        code, _seconds, said = server.session.connect()
        check(code != 0 and "tern.eap.tls.no-indication" in said, f"EAP-TLS 1.3 of before RFC 9190: {said.strip().splitlines()[-1]}")
        seen("Refused in words", "EAP-TLS 1.3 without the server's last word (RFC 9190)")
        profile_says(server.session, eap_tls_13="off")
        libreswan.load(server.plan, authby="null", leftauth="eaponly", **_SERVER_SIGNS, **options)
        code, _seconds, said = server.session.connect()
        check(code != 0 and "tern.ike.auth.server-unproven" in said, f"EAP alone is refused: {said.strip().splitlines()[-1]}")
        seen("Refused in words", "EAP without the server's own proof")


def moved(server):
    """The client's address changes; the kernel's SAs go with it (XFRM migrate)."""
    roam = Roaming()
    with server.connected("MOBIKE", encapsulation="auto") as start:
        with Pings(server.session, plan.INNER4) as pings:
            time.sleep(1)
            moment = roam.readdress(plan.CLIENT4, "198.51.100.77")
            took = pings.first_after(moment)
        check(took is not None and took < 5000, f"another address: the first answer after {took and round(took)} ms")
        log = server.log_since(start)
        check("MOBIKE" in log and "198.51.100.77" in log, "the server has moved the SA")
        roam.readdress("198.51.100.77", plan.CLIENT4)
    seen("Mobility", "Another IPv4 address (RFC 4555)")


def redirects(server):
    """To another address of the guest's (RFC 5685): while connected, in IKE_AUTH, and in a circle."""
    code, said = guest.run(server.plan, f"ip addr add {SECOND_SERVER}/24 dev vec0")
    check(code == 0, f"the guest has another address {said}")
    server.whack("--listen")
    libreswan.load(server.plan, conn="elsewhere", server=SECOND_SERVER)

    def arrives(what):
        end = time.monotonic() + 15
        while (status := server.session.status()).get("server") != SECOND_SERVER and time.monotonic() < end:
            time.sleep(0.1)
        check((status.get("server"), status.get("state")) == (SECOND_SERVER, "connected"), f"{what}: connected at the other address")
        reply = server.session.fetch(f"http://{plan.INNER4}/whoami")
        check(reply.stdout.startswith("10.30.0."), f"{what}: with traffic {reply.stderr}")

    with server.connected("before the redirect"):
        server.whack(f"--name lab --redirect-to {SECOND_SERVER}")
        arrives("sent on while connected")
    seen("Mobility", "Redirect while connected (RFC 5685)")
    with server.connected("redirected in IKE_AUTH", send_redirect="yes", redirect_to=SECOND_SERVER):
        arrives("sent on in IKE_AUTH")
    seen("Mobility", "Redirect in IKE_AUTH (RFC 5685)")
    server.whack(f"--global-redirect yes --global-redirect-to {SECOND_SERVER}")
    try:
        code, seconds, said = server.session.connect()
        check(code != 0 and seconds < 20 and "tern.ike.redirect.loop" in said, f"redirected in IKE_SA_INIT to where it is redirected again: {said.strip().splitlines()[-1]}")
    finally:
        server.whack("--global-redirect no")
        server.session.user("ternctl", "disconnect")
    seen("Refused in words", "A circle of redirects")


def post_quantum_key(server):
    """The server insists on a PPK (RFC 8784)."""
    libreswan.load(server.plan, ppk="insist")
    right = Probe(server.lab, "--ppk", plan.PPK_ID, plan.PPK, "--ppk-required", stay=1)
    check(right.until("established") and right.end() == 0, "a PPK the server insists on")
    seen("Authentication", "Post-quantum pre-shared key (RFC 8784) with PSK")
    wrong = Probe(server.lab, "--ppk", plan.PPK_ID, "another", "--ppk-required")
    check(wrong.end() == 1, f"a wrong one is refused: {wrong.lines[-1]}")
    without = Probe(server.lab)
    check(without.end() == 1, f"and so is none: {without.lines[-1]}")


_CASES = (psk_and_rekeys, sequence_numbers, suites, narrowed, certificates, eap_tls, moved, redirects, post_quantum_key, oddities, critical_payloads, deleted)


def case(*names):
    if not guest.is_possible():
        harness.skip("there is no user-mode Linux here (packaging/packages-test.txt)")
    try:
        libreswan.unpacked()
    except netns.LabError as error:
        harness.skip(str(error))
    with harness.Lab("libreswan") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            server = Server(session, lab)
            for one in _CASES:
                if not names or one.__name__ in names:
                    print(f"-- {one.__name__}")
                    one(server)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    import sys
    main(case, *sys.argv[1:])
