#!/usr/bin/python3
"""sstp_settings.py: what an administrator may have set about an SSTP server: another port, another name in TLS or none, the
server's address apart from its name, IPv6 outside, a tenant, TLS 1.2 at most; and the routes and domains that a Windows server
hands out by DHCP in a split tunnel."""

import time

from session import Session, check, harness, main, phonebook, show_logs
from labkit import plan, sstp
from labkit.scenarios import SCENARIOS

NAME = phonebook.SSTP_ENTRY
# Whatever a case has set, as it was.
_PLAIN = (f"server={plan.SERVER_NAME}", "port=443", "sni=", "sstp-host=", "tenant-id=")


class Case:
    def __init__(self, session, lab):
        self.session, self.lab, self.plan = session, lab, plan.Plan()

    def set(self, *words):
        said = self.session.user("ternctl", "set", NAME, *words)
        check(said.returncode == 0, f"set {' '.join(words)} {said.stderr}")

    def works(self, what, *settings, heard=(), **status):
        """Connects with these settings; what the server heard, and what the status says."""
        if settings:
            self.set(*settings)
        start = len(self.lab.server_log())
        code, seconds, said = self.session.connect(NAME)
        check(code == 0, f"{what}: connected within {seconds * 1000:.0f} ms {said if code else ''}")
        log, now = self.lab.server_log()[start:], self.session.status()
        for words in heard:
            check(words in log, f"{what}: the server heard “{words}” {'' if words in log else log[-600:]}")
        for key, wanted in status.items():
            check(now[key] == wanted, f"{what}: {key} {now[key]}")
        self.carries(what)
        check(self.session.disconnect().returncode == 0, "disconnected")
        self.set(*_PLAIN)

    def carries(self, what):
        inner = self.session.fetch(f"http://{plan.INNER4}/whoami", "--max-time", 10)
        check(inner.stdout.startswith("10.30.0."), f"{what}: the inner host answers {inner.stdout.strip() or inner.stderr}")


def names(case):
    host = f"(Host: {plan.SERVER_NAME})"
    case.works("as imported", heard=(f"SNI {plan.SERVER_NAME}", host), port=443)
    case.works("another name in TLS", "sni=front.example.test", heard=("SNI front.example.test", host))
    case.works("no name in TLS", "sni=off", heard=("SNI none", host))
    apart = "sstp-host=" + plan.SERVER_NAME
    case.works("an address for the server", f"server={plan.SERVER4}", apart, heard=(f"SNI {plan.SERVER_NAME}", host), server=plan.SERVER4)
    case.works("IPv6 outside", f"server={plan.SERVER6}", apart, heard=(f"from {plan.CLIENT6}", host), server=plan.SERVER6)
    case.works("a tenant", "tenant-id=4711", heard=("?tenantid=4711 ",))


def transport(case):
    sstp.load(case.plan, port=8443)
    case.works("another port", "port=8443", port=8443)
    sstp.load(case.plan, **{"port": 443, "tls-largest": "TLSv1_2"})
    case.works("a server without TLS 1.3", "port=443", heard=("TLS TLSv1.2",))


def windows(case):
    """RRAS, in a split tunnel: the relay of its DHCP answers a DHCPINFORM that was sent inside."""
    sstp.become(case.plan, SCENARIOS["sstp-rras"])
    case.set("full-tunnel=off")
    code, _seconds, said = case.session.connect(NAME)
    check(code == 0, f"a split tunnel to Windows: connected {said if code else ''}")
    end = time.monotonic() + 15
    while "10.40.0.0/16" not in (now := case.session.status())["routes"] and time.monotonic() < end:
        time.sleep(0.2)
    check("10.20.0.0/24" in now["routes"] and "10.40.0.0/16" in now["routes"], f"routes by DHCP: {now['routes']}")
    check("0.0.0.0/0" not in now["routes"], "and no default route")
    check({"dhcp.example.test", "branch.example.test"} <= set(now["domains"]), f"domain and search list by DHCP: {now['domains']}")
    check(sstp.calls(case.plan)[0].get("dhcp-informs", 0) > 0, "the server has answered a DHCPINFORM")
    case.carries("a split tunnel to Windows")
    check(case.session.fetch(case.lab.state["outside"]).stdout.strip() == plan.CLIENT4, "the outside is reached in clear")
    check(case.session.disconnect().returncode == 0, "disconnected")
    case.set("full-tunnel=on")


def case():
    with harness.Lab("sstp-tls12") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            sstp.load(plan.Plan(), **{"tls-largest": ""})
            before = session.network()
            for part in (names, transport, windows):
                part(Case(session, lab))
            differ = harness.differences(before, session.network())
            check(not differ, "rules, routes, DNS and firewall are byte for byte as before" + "\n".join(["", *differ]))
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
