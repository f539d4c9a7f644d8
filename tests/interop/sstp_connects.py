#!/usr/bin/python3
"""sstp_connects.py [SCENARIO…]: SSTP with the whole product against the lab's server: import, connect, traffic, nothing
outside the tunnel, disconnect, all restored; and each way to fail ends in time, with its own code."""

import sys
import time

from session import CLIENT, Session, check, harness, main, phonebook, show_logs
from labkit import plan
from labkit.seen import seen

_PPPD = "pppd 2.4.9"
# Scenario: what it shows, of Debian's pppd. Those with an empty list have the lab's own PPP, which is no stranger.
_WORKS = {
    "sstp": ["MS-CHAPv2", "Crypto binding with SHA-256", "100 MB over TLS 1.3"],
    "sstp-chap": ["CHAP-MD5"],
    "sstp-sha1": ["Crypto binding with SHA-1"],
    "sstp-ipv6": ["IPV6CP, router advertisement, DHCPv6"],
    "sstp-softether": [],
    "sstp-rras": [],
}
_BULK = ("sstp", "sstp-softether", "sstp-rras")
# Scenario: the code, and in how many seconds at most.
_FAILS = {
    "sstp-wrong-binding": ("tern.sstp.certificate-changed", 15),
    "sstp-dropped-binding": ("tern.sstp.certificate-changed", 15),
    "sstp-wrong-name": ("tern.crypto.cert.name", 15),
    "sstp-expired-cert": ("tern.crypto.cert.expired", 15),
    "sstp-captive": ("tern.sstp.http.web-page", 15),
    "sstp-404": ("tern.sstp.http.not-sstp", 15),
    "sstp-half-open": ("tern.sstp.tls.timeout", 30),
    "sstp-abort": ("tern.sstp.aborted", 15),
}


def bulk(session, lab):
    started = time.monotonic()
    sums = session.user("sh", "-c", f"curl -sS --max-time 90 {lab.state['download']} | sha256sum", timeout=120)
    check(sums.stdout.split()[0] == lab.state["download-sha256"],
          f"100 MB arrive unharmed, in {time.monotonic() - started:.2f} s")


def works(scenario):
    with harness.Lab(scenario) as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            before = session.network()
            code, seconds, said = session.connect(phonebook.SSTP_ENTRY)
            check(code == 0, f"{scenario}: connected within {seconds * 1000:.0f} ms {said if code else ''}")
            status = session.status()
            check(status["state"] == "connected", "status says connected")
            check(status["protocol"] == "sstp" and status["transport"] == "tcp", "and that it is SSTP over TCP")
            check(status["cipher"].startswith("TLS 1."), f"the cipher is TLS's: {status['cipher']}")
            check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"]).returncode == 0,
                  "ping of the inner host")
            if scenario in _BULK:
                bulk(session, lab)
            if lab.state["full-tunnel"]:
                check(session.fetch(lab.state["outside"]).stdout.strip() == plan.SERVER4,
                      "the outside is reached through the tunnel")
            check(session.disconnect().returncode == 0, "disconnected")
            differ = harness.differences(before, session.network())
            check(not differ, "rules, routes, DNS and firewall are byte for byte as before" + "\n".join(["", *differ]))
            check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "after: the outside in clear")
            check(lab.state["password"] not in session.everything_written(), "the secret is written nowhere")
            for feature in _WORKS.get(scenario, ()):
                seen("SSTP and PPP", feature, _PPPD)
        except BaseException:
            show_logs(session, lab)
            raise


def fails(scenario):
    wanted, most = _FAILS[scenario]
    with harness.Lab(scenario) as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            before = session.network()
            code, seconds, said = session.connect(phonebook.SSTP_ENTRY, timeout=most + 30)
            check(code != 0 and wanted in said, f"{scenario}: {wanted} ({said.strip()})")
            check(seconds < most, f"within {most} s ({seconds:.1f} s)")
            check(not harness.differences(before, session.network()), "the network is as it was")
        except BaseException:
            show_logs(session, lab)
            raise


def case(*scenarios):
    for scenario in scenarios or (*_WORKS, *_FAILS):
        (fails if scenario in _FAILS else works)(scenario)


if __name__ == "__main__":
    main(case, *sys.argv[1:])
