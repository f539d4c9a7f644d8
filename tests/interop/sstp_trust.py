#!/usr/bin/python3
"""sstp_trust.py: revocation.py's questions about a server, asked of the SSTP server's TLS: OCSP, CRL, soft and strict, pins, an
authority of the connection's own; and a response that the server staples to its certificate. The client's own certificate."""

import subprocess

import revocation
from session import Session, check, harness, main, phonebook, show_logs
from labkit import pki, plan, sstp

NAME = phonebook.SSTP_ENTRY


class Authority(revocation.Authority):
    entry = NAME

    def nothing_left(self):
        last = self.lab.server_log().rsplit("TLS TLSv1", 1)[1]
        return "CALL_CONNECT_REQUEST" not in last

    def note(self, group, feature):
        """The lab's own server is no stranger."""

    def staple(self, name):
        """Writes what the authority says of the server's certificate now."""
        subprocess.run(["openssl", "ocsp", "-index", self.pki / "ca.index", "-CA", self.pki / "ca.crt", "-rsigner", self.pki / "responder.crt",
                        "-rkey", self.pki / "responder.key", "-issuer", self.pki / "ca.crt", "-cert", self.pki / "server.crt", "-respout",
                        self.pki / name, "-ndays", "1", "-no_nonce", "-VAfile", self.pki / "responder.crt"], check=True, capture_output=True)


def stapled(session, authority, the_plan):
    authority.answers()  # nobody else
    revocation.forget(session)
    authority.staple("good.der")
    sstp.load(the_plan, staple="good.der")
    revocation.change(session, authority, "revocation=strict")
    tried = revocation.Tried(session, authority)
    tried.connected("good", "stapled by the server, strict")
    check(not tried.asked and tried.leaf["revocation-source"] == "server", f"nobody else was asked: {tried.leaf['revocation-source']}")
    revocation.forget(session)
    (authority.pki / "broken.der").write_bytes((authority.pki / "good.der").read_bytes()[:-20] + bytes(20))
    sstp.load(the_plan, staple="broken.der")
    revocation.Tried(session, authority).refused("tern.crypto.cert.unchecked", "a stapled response with a wrong signature, strict")
    sstp.load(the_plan)
    revocation.change(session, authority, "revocation=soft")


def stapled_revoked(session, authority, the_plan):
    """After revoked(): what nobody else says, the server says itself."""
    authority.answers()
    revocation.forget(session)
    authority.staple("revoked.der")
    sstp.load(the_plan, staple="revoked.der")
    revocation.change(session, authority, "revocation=soft")
    revocation.Tried(session, authority).refused("tern.crypto.cert.revoked", "revoked, and the server staples it")
    check(authority.nothing_left(), "nothing but TLS was said before")
    sstp.load(the_plan)
    revocation.change(session, authority, "revocation=off")


def own_certificate(session, authority, the_plan):
    def shown(name):
        target = session.folder / f"{name}.pem"
        target.write_bytes(b"".join((authority.pki / f"{name}.{kind}").read_bytes() for kind in ("crt", "key")))
        target.chmod(0o644)
        return target

    for newest in ("TLSv1_2", ""):
        sstp.load(the_plan, **{"tls-client-certificate": True, "tls-largest": newest})
        tried = revocation.Tried(session, authority)
        check(tried.error.get("code") == "tern.sstp.tls.certificate-needed",
              f"{newest or 'TLSv1_3'}, no certificate: {tried.error.get('code')}: {tried.error.get('sentence')}")
    revocation.change(session, authority, f"certificate={shown('alice')}", "certificate-first=on")
    revocation.Tried(session, authority).connected("off", "TLS with a certificate of the client")
    check(f"certificate of {plan.EAP_TLS_USER}" in authority.lab.server_log(), "which the server has seen")
    pki.Authority(authority.pki, "strangers", "/O=Somebody else/CN=Stranger clients").client("stranger", "ecdsa", plan.EAP_TLS_USER)
    revocation.change(session, authority, f"certificate={shown('stranger')}")
    tried = revocation.Tried(session, authority)
    check(tried.error.get("code") == "tern.sstp.tls.certificate-refused", f"one of a stranger: {tried.error.get('code')}: {tried.error.get('sentence')}")
    sstp.load(the_plan, **{"tls-client-certificate": True, "tls-largest": "TLSv1_2"})
    revocation.change(session, authority, f"certificate={shown('alice')}")
    revocation.Tried(session, authority).connected("off", "and by TLS 1.2")
    revocation.change(session, authority, "certificate=", "certificate-first=off")
    sstp.load(the_plan)


def case():
    with harness.Lab("sstp-revocation") as lab, Session(lab) as session:
        the_plan = plan.Plan()
        try:
            session.import_phonebook()
            authority = Authority(lab)
            revocation.revocation(session, authority)
            stapled(session, authority, the_plan)
            pin = revocation.revoked(session, authority)
            stapled_revoked(session, authority, the_plan)
            own_certificate(session, authority, the_plan)
            revocation.pins(session, authority, pin)
            revocation.authorities(session, authority, session.folder)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
