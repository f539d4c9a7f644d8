#!/usr/bin/python3
"""ocsp_in_ike.py: strongSwan 6 brings word of its own certificate along (RFC 4806): Tern asks nobody, and believes the
authority's signature alone."""

from revocation import Authority, Tried, change, forget
from session import Session, check, harness, main, show_logs
from labkit import plan, strongswan
from labkit.seen import seen

SENDS = "sending OCSP status for certificate"


def case():
    with harness.Lab("revocation") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            authority = Authority(lab)
            change(session, "revocation=strict")
            Tried(session, authority).connected("good", "the first time, for which the server asks its authority")
            check(SENDS in lab.server_log(), "the server sends what it was told")
            # From here on it is the server's cache or nothing.
            authority.answers()
            forget(session)
            tried = Tried(session, authority)
            tried.connected("good", "strict, and nobody else to ask")
            check(tried.leaf["revocation-source"] == "server" and not tried.asked, "it was the server who told, and nobody was asked")
            seen("Server certificate", "OCSP in IKE (RFC 4806)")
            authority.openssl_ca("-revoke", authority.pki / "server.crt", "-crl_reason", "keyCompromise")
            authority.answers("ocsp")
            strongswan.swanctl(plan.Plan(), "--flush-certs")
            forget(session)
            before = len(lab.server_log())
            tried = Tried(session, authority)
            tried.refused("tern.crypto.cert.revoked", "revoked")
            check(tried.leaf["revocation-source"] == "server" and SENDS in lab.server_log()[before:], "by what the server itself brought along")
            seen("Refused in words", "Revoked certificate, by OCSP in IKE")
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
