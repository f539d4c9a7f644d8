#!/usr/bin/python3
"""sstp_connects.py [SCENARIO…]: SSTP with the whole product against the lab's server: import, connect, traffic, nothing
outside the tunnel, disconnect, all restored; and each way to fail ends in time, with its own code.

Scenarios whose server has the same certificate share a lab and a desk: the server becomes the next one."""

import itertools
import sys
import time
from contextlib import nullcontext

from session import CLIENT, Session, check, harness, main, phonebook, show_logs
from labkit import plan, sstp
from labkit.scenarios import SCENARIOS
from labkit.seen import seen
from sstp_proxy import Proxy

NAME = phonebook.SSTP_ENTRY
_PPPD = "pppd 2.4.9"
# Scenario: what it shows, of Debian's pppd. Those with an empty list have the lab's own PPP, which is no stranger.
_WORKS = {
    "sstp": ["MS-CHAPv2", "Crypto binding with SHA-256", "100 MB over TLS 1.3"],
    "sstp-chap": ["CHAP-MD5"],
    "sstp-sha1": ["Crypto binding with SHA-1"],
    "sstp-eap-mschapv2": ["EAP-MSCHAPv2"],
    "sstp-eap-tls": ["EAP-TLS"],
    "sstp-ipv6": ["IPV6CP, router advertisement, DHCPv6"],
    "sstp-dhcpv6": ["IPV6CP, an address by DHCPv6"],
    "sstp-softether": [],
    "sstp-rras": [],
    "sstp-drip": [],
    "sstp-mikrotik": [],
    "sstp-accel-ppp": [],
    "sstp-slow-http": [],
    "sstp-keenetic": [],
    "sstp-client-certificate": [],
}
_BULK = ("sstp", "sstp-softether", "sstp-rras", "sstp-drip")
_SMALL = ("sstp-drip",)  # a server in Python that makes a record of some 100 octets is slow
_NO_LOGIN = "The server did not accept the user name or the password."
_HOTEL = "A web page answered instead of a VPN server."
_INSPECTED = "Somebody on the way seems to have put another certificate in place of the server's."
# Scenario: the code, in how many seconds at most, and what the sentence says.
_FAILS = {
    "sstp-wrong-password": ("tern.eap.password", 15, _NO_LOGIN),
    "sstp-wrong-binding": ("tern.sstp.certificate-changed", 15, _INSPECTED),
    "sstp-dropped-binding": ("tern.sstp.certificate-changed", 15, _INSPECTED),
    "sstp-wrong-name": ("tern.crypto.cert.name", 15, f", not for {plan.SERVER_NAME}."),
    "sstp-keenetic-wrong-name": ("tern.crypto.cert.name", 15, f", not for {plan.SERVER_NAME}."),
    "sstp-expired-cert": ("tern.crypto.cert.expired", 15, "The server's certificate ran out on "),
    "sstp-captive": ("tern.sstp.http.web-page", 15, _HOTEL),
    "sstp-redirect": ("tern.sstp.http.redirect", 15, "The server sends us on to https://portal.example.test/"),
    "sstp-401": ("tern.sstp.http.refused", 15, "The server does not let this computer call it (HTTP 401)."),
    "sstp-404": ("tern.sstp.http.not-sstp", 15, "A web server answered that knows nothing of SSTP (HTTP 404)."),
    "sstp-503": ("tern.sstp.http.unavailable", 15, "The server cannot take the call now (HTTP 503)."),
    "sstp-garbage": ("tern.sstp.http.malformed", 15, "What answered is no SSTP server: it does not speak HTTP."),
    "sstp-long": ("tern.sstp.http.too-long", 15, "The server's answer has no end."),
    "sstp-no-free-ports": ("tern.sstp.connect.refused", 15, f"{plan.SERVER_NAME} does not take calls on port 443."),
    "sstp-proxy-refuses": ("tern.proxy.refused", 15, "refuses to connect to the VPN server"),
    "sstp-abort": ("tern.sstp.aborted", 15, "The server broke the connection off (value not supported"),
    "sstp-always-nak": ("tern.sstp.refused", 15, "The server refused the call (value not supported"),
    "sstp-no-auth-in-common": ("tern.ppp.auth.no-common-method", 15, "The server wants a sign-in by PAP"),
    "sstp-no-dial-in": ("tern.eap.no-dial-in", 15, "Your account has no right to use the VPN."),
    "sstp-hours": ("tern.eap.logon-hours", 15, "Your account may not be used at this time of day."),
    "sstp-disabled": ("tern.eap.account-disabled", 15, "Your account is disabled."),
    "sstp-no-network": ("tern.ppp.no-network", 15, "The server let you in, but connects you to no network."),
    "sstp-half-open": ("tern.sstp.tls.timeout", 30, "The server took the connection, but does not speak TLS with us."),
    "sstp-silent-http": ("tern.sstp.http.timeout", 30, "The server took the connection, but does not answer."),
    "sstp-silent-sstp": ("tern.sstp.timeout", 30, "The server stopped answering while the connection was being set up."),
    "sstp-silent-ppp": ("tern.ppp.no-answer", 45, "The server took the connection, but then said nothing more."),
    "sstp-silent-network": ("tern.ppp.no-network", 45, "The server let you in, but connects you to no network."),
}
_SLOW = ("sstp-slow-http", "sstp-silent-ppp", "sstp-silent-network", "sstp-silent-sstp")  # by name only


def bulk(session, lab, scenario):
    url, wanted, words = lab.state["download"], lab.state["download-sha256"], "100 MB"
    if scenario in _SMALL:
        url, wanted, words = lab.state["small-download"], lab.state["small-download-sha256"], "5 MB"
    started = time.monotonic()
    sums = session.user("sh", "-c", f"curl -sS --max-time 90 {url} | sha256sum", timeout=120)
    check(sums.stdout.split()[0] == wanted, f"{words} arrive unharmed, in {time.monotonic() - started:.2f} s")


def sign_in_by(session, lab, scenario):
    """The client's certificate where the server wants one, in a file that the desk's user can read; or none."""
    lab.state["user"] = "" if scenario.auth == "eap-tls" else plan.USER  # who it is stands in the certificate
    wanted = scenario.auth == "eap-tls" or scenario.peer_options.get("tls-client-certificate")
    target = ""
    if wanted:
        folder, target = plan.Plan().state / "pki", session.folder / "alice.pem"
        target.write_bytes((folder / "alice.crt").read_bytes() + (folder / "alice.key").read_bytes())
        target.chmod(0o644)
    said = session.user("ternctl", "set", NAME, f"auth={scenario.auth}", f"certificate={target}",
                        f"certificate-first={'on' if wanted and scenario.auth != 'eap-tls' else 'off'}")
    check(said.returncode == 0, f"set auth={scenario.auth}{', a certificate' if wanted else ''} {said.stderr}")


def works(session, lab, scenario):
    before = session.network()
    code, seconds, said = session.connect(NAME)
    check(code == 0, f"{scenario.name}: connected within {seconds * 1000:.0f} ms {said if code else ''}")
    status = session.status()
    check(status["state"] == "connected", "status says connected")
    check(status["protocol"] == "sstp" and status["transport"] == "tcp", "and that it is SSTP over TCP")
    check(status["cipher"].startswith("TLS 1."), f"the cipher is TLS's: {status['cipher']}")
    call = sstp.calls(plan.Plan())[1][0]
    check(call["binding"].endswith(": ok"), f"the server has checked the binding: {call['method']}, {call['binding']}")
    if scenario.peer_options.get("tls-client-certificate"):
        check(call["certificate"] == plan.EAP_TLS_USER, f"the server has seen the certificate of {call['certificate']}")
    check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"]).returncode == 0, "ping of the inner host")
    if scenario.ipv6:
        inner(session, scenario, status)
    if scenario.name in _BULK:
        bulk(session, lab, scenario.name)
    if scenario.full_tunnel:
        check(session.fetch(lab.state["outside"]).stdout.strip() == plan.SERVER4, "the outside is reached through the tunnel")
    check(session.disconnect().returncode == 0, "disconnected")
    differ = harness.differences(before, session.network())
    check(not differ, "rules, routes, DNS and firewall are byte for byte as before" + "\n".join(["", *differ]))
    check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "after: the outside in clear")
    for feature in _WORKS[scenario.name]:
        seen("SSTP and PPP", feature, _PPPD)


def inner(session, scenario, status):
    """IPv6 that came after IPV6CP may be late."""
    end = time.monotonic() + 10
    while not any(":" in address for address in status["addresses"]) and time.monotonic() < end:
        time.sleep(0.2)
        status = session.status()
    ours = [address for address in status["addresses"] if ":" in address]
    check(ours, f"an IPv6 address: {status['addresses']}")
    if scenario.peer_options["ipv6"] == "dhcp":
        check(ours[0].rsplit("::", 1)[-1].startswith("1"), "of DHCPv6's range")
    check(plan.INNER6 in status["dns"], f"and the name server: {status['dns']}")
    check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, plan.INNER6).returncode == 0, "ping of the inner host by IPv6")


def nameless(session, lab, scenario):
    """A server that takes no name in TLS: called again without one, and the next time at once so, in a split tunnel, which
    has the classful network of our address in it."""
    start = len(lab.server_log())
    for click, tunnel in (("first", "on"), ("second", "off")):
        check(session.user("ternctl", "set", NAME, f"full-tunnel={tunnel}").returncode == 0, f"full-tunnel={tunnel}")
        code, seconds, said = session.connect(NAME)
        check(code == 0, f"{scenario.name}, {click} call: connected within {seconds * 1000:.0f} ms {said if code else ''}")
        check(session.user("ping", "-c", 1, "-W", 2, lab.state["inner-address"]).returncode == 0, "ping of the inner host")
        check(lab.server_log()[start:].count("refuses SNI") == 1, "it was called by its name once in all")
        routes = session.status()["routes"]
        check(routes == ["0.0.0.0/0"] if tunnel == "on" else "10.0.0.0/8" in routes, f"routed: {routes}")
        check(session.disconnect().returncode == 0, "disconnected")
    check(session.json("ternctl", "show", NAME, "--json")["sni-refused"] is True, "the profile remembers")
    check(session.user("ternctl", "set", NAME, "sni=", "full-tunnel=on").returncode == 0, "and forgets when it is told to")


def refusing_proxy(session):
    """tinyproxy where the internet is, that lets nobody out to port 443, set for the connection."""
    proxy = Proxy(plan.Plan(), 3130, "ConnectPort 8443")
    check(session.user("ternctl", "set", NAME, f"proxy={proxy.text}").returncode == 0, f"proxy={proxy.text}")
    return proxy


def fails(session, scenario):
    wanted, most, words = _FAILS[scenario.name]
    before = session.network()
    with refusing_proxy(session) if scenario.name == "sstp-proxy-refuses" else nullcontext():
        code, seconds, said = session.connect(NAME, scenario.password, timeout=most + 30)
    error = session.status().get("error", {})
    check(code != 0 and error.get("code") == wanted, f"{scenario.name}: {wanted} ({said.strip()})")
    check(words in error["sentence"] and error["sentence"] in said and len(error["remedy"]) > 10, f"in words: {error['sentence']}")
    check(seconds < most, f"within {most} s ({seconds:.1f} s)")
    check(not harness.differences(before, session.network()), "the network is as it was")
    session.user("ternctl", "disconnect")  # forget the failure
    if scenario.name == "sstp-proxy-refuses":
        check(session.user("ternctl", "set", NAME, "proxy=").returncode == 0, "no proxy any more")


def needs(scenario):
    """What a server cannot change while it is up."""
    return scenario.certificate, scenario.key


def has_guest(scenario):
    return sstp.settings_of(scenario)["ppp"] == "pppd"


def together(scenarios):
    with harness.Lab(scenarios[0].name) as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            for scenario in scenarios:
                print(f"-- {scenario.name}", flush=True)
                if scenario is not scenarios[0]:
                    sstp.become(plan.Plan(), scenario)
                sign_in_by(session, lab, scenario)
                if scenario.name in _FAILS:
                    fails(session, scenario)
                else:
                    (nameless if scenario.name == "sstp-keenetic" else works)(session, lab, scenario)
            written = session.everything_written()
            check(lab.state["password"] not in written and "BEGIN PRIVATE" not in written, "the secrets are written nowhere")
        except BaseException:
            show_logs(session, lab)
            raise


def case(*names):
    wanted = [SCENARIOS[name] for name in names or (name for name in (*_WORKS, *_FAILS) if name not in _SLOW)]
    for _needs, group in itertools.groupby(sorted(wanted, key=lambda one: (needs(one), not has_guest(one))), needs):
        together(list(group))


if __name__ == "__main__":
    main(case, *sys.argv[1:])
