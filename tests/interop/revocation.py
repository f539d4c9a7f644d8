#!/usr/bin/python3
"""revocation.py: one lab, one desk, and everything about trusting its server: OCSP, CRL, soft and strict, pins, an
authority of the connection's own, and trusting a certificate by hand."""

import subprocess
from pathlib import Path

from session import Session, check, harness, main, phonebook, show_logs
from labkit import netns, plan
from labkit.seen import seen



class Authority:
    """The lab's authority and its web server in the router."""

    entry = phonebook.MAIN_ENTRY

    def __init__(self, lab):
        self.lab = lab
        self.pki = Path(lab.state["authority"]).parent / "pki"
        self.control = self.pki / "control"
        self.answers("ocsp", "crl")
        router = lab.state["namespaces"]["router"]
        # The lab ends it with its namespace.
        netns.start(router, self.pki / "web.log", Path(__file__).resolve().parents[1] / "lab/labkit/revocations.py", self.pki,
                    plan.WWW4, 8080, self.control)
        netns.wait_until("the authority's web server", lambda: lab.exec(
            "client", "curl", "-s", "-o", "/dev/null", "--max-time", 1, plan.CRL_URL).returncode == 0)

    def answers(self, *words):
        self.control.write_text(" ".join(words), encoding="ascii")

    def asked(self):
        """What was asked since the last call."""
        log = Path(f"{self.control}.log")
        words = log.read_text(encoding="ascii").split() if log.exists() else []
        log.write_text("", encoding="ascii")
        return words

    def nothing_left(self):
        """Whether the server heard nothing of a password when it was called last."""
        return "EAP/RES" not in self.lab.server_log().rsplit("IKE_SA_INIT request", 1)[1]

    def note(self, group, feature):
        seen(group, feature)

    def openssl_ca(self, *arguments):
        subprocess.run(["openssl", "ca", "-config", self.pki / "ca.cnf", "-cert", self.pki / "ca.crt", "-keyfile",
                        self.pki / "ca.key", *arguments], check=True, capture_output=True)


class Tried:
    """One attempt to connect, and what came of it."""

    def __init__(self, session, authority):
        authority.asked()
        self.code, self.seconds, self.said = session.connect(authority.entry)
        self.status = session.status()
        self.error = self.status.get("error", {})
        self.certificates = session.json("ternctl", "certificate", authority.entry, "--json")
        self.asked = authority.asked()
        if self.code == 0:
            check(session.disconnect().returncode == 0, "disconnected")

    def connected(self, revocation, what):
        check(self.code == 0 and self.seconds < 20, f"{what}: connected in {self.seconds:.2f} s {self.said if self.code else ''}")
        check(self.status["certificate"] == revocation, f"and its certificate is “{self.status['certificate']}”")

    def refused(self, code, what):
        check(self.error.get("code") == code, f"{what}: {self.error.get('code')}: {self.error.get('sentence')}")
        check(self.code == 8, "and ternctl's exit code says that the server is not known")
        check(self.certificates["chain"], "the refused certificate can be looked at")

    @property
    def leaf(self):
        return self.certificates["chain"][0]


def change(session, authority, *settings):
    said = session.user("ternctl", "set", authority.entry, *settings)
    check(said.returncode == 0, f"set {' '.join(s[:40] for s in settings)} {said.stderr}")


def forget(session):
    """The cache, as if all of it had run out."""
    session.user("sh", "-c", "rm -rf ~/.cache/tern")


def revocation(session, authority):
    tried = Tried(session, authority)
    tried.connected("good", "OCSP")
    check(tried.asked == ["ocsp"] and tried.leaf["revocation-source"] == "ocsp", f"asked once: {tried.asked}")
    authority.note("Server certificate", "OCSP fetched, a lent responder")
    authority.answers()
    tried = Tried(session, authority)
    tried.connected("good", "from the cache")
    check(not tried.asked, "nobody was asked again")
    forget(session)
    tried = Tried(session, authority)
    tried.connected("unchecked", "nobody answers, soft")
    check("could not be checked" in session.user("ternctl", "log").stdout, "and the log says so")
    authority.note("Server certificate", "Revocation unknown: goes on (soft)")
    change(session, authority, "revocation=strict")
    tried = Tried(session, authority)
    tried.refused("tern.crypto.cert.unchecked", "nobody answers, strict")
    check(authority.nothing_left(), "nothing of the password left before")
    authority.note("Server certificate", "Revocation unknown: refused (strict)")
    authority.answers("crl")
    tried = Tried(session, authority)
    tried.connected("good", "CRL alone, strict")
    check(tried.asked == ["ocsp", "crl"] and tried.leaf["revocation-source"] == "crl", f"asked for both: {tried.asked}")
    authority.note("Server certificate", "CRL fetched")
    change(session, authority, "revocation=soft")


def revoked(session, authority):
    authority.openssl_ca("-revoke", authority.pki / "server.crt", "-crl_reason", "keyCompromise")
    for words, source in ((("ocsp",), "OCSP"), (("crl",), "CRL")):
        authority.answers(*words)
        forget(session)
        tried = Tried(session, authority)
        tried.refused("tern.crypto.cert.revoked", f"revoked, by {source}")
        check("keyCompromise" in tried.error["sentence"], "with the reason")
        check(tried.leaf["revocation"] == "revoked" and int(tried.leaf["revoked"]) > 0, "and the date")
        authority.note("Refused in words", f"Revoked certificate, by {source}")
    change(session, authority, "revocation=off")
    tried = Tried(session, authority)
    tried.connected("off", "nobody asks")
    check(not tried.asked, "indeed nobody was asked")
    return tried.leaf["pin"]


def pins(session, authority, pin):
    change(session, authority, f"pin={pin}")
    Tried(session, authority).connected("off", "the right pin")
    authority.note("Server certificate", "Pinned key")
    change(session, authority, "pin=sha256:" + "0" * 64)
    tried = Tried(session, authority)
    tried.refused("tern.crypto.cert.pin", "another pin")
    check(tried.certificates["offer"] == "trust-changed", "a person may look and trust the new key")
    change(session, authority, "pin=")
    authority.note("Refused in words", "Another key than the pinned one")


def authorities(session, authority, folder):
    own = Path(folder) / "own.crt"
    own.write_bytes((authority.pki / "ca.crt").read_bytes())
    stranger = Path(folder) / "stranger.crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/null",
                    "-subj", "/CN=Stranger", "-days", "9", "-out", stranger], check=True, capture_output=True)
    for file in (own, stranger):
        file.chmod(0o644)
    change(session, authority, f"ca={own}")
    tried = Tried(session, authority)
    tried.connected("off", "an authority of the connection's own")
    check("Tern lab root" in tried.certificates["authorities"][0]["subject"], "which is shown")
    authority.note("Server certificate", "An authority of the connection's own")
    change(session, authority, f"ca={stranger}")
    tried = Tried(session, authority)
    tried.refused("tern.crypto.cert.untrusted", "another authority")
    check(session.user("ternctl", "trust", authority.entry, "00" * 32).returncode != 0, "a wrong fingerprint is not trusted")
    said = session.user("ternctl", "trust", authority.entry, tried.leaf["sha256"])
    check(said.returncode == 0, f"trusted by its fingerprint {said.stderr}")
    tried = Tried(session, authority)
    tried.connected("off", "the certificate that a person has trusted")
    check(tried.leaf["pinned"], "and it alone")
    authority.note("Server certificate", "Trusted by hand, with its fingerprint")
    change(session, authority, "ca=", "pin=")
    Tried(session, authority).connected("off", "the computer's authorities again")


def case():
    with harness.Lab("revocation") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            authority = Authority(lab)
            revocation(session, authority)
            pin = revoked(session, authority)
            pins(session, authority, pin)
            authorities(session, authority, session.folder)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
