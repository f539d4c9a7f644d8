#!/usr/bin/python3
"""connects.py SCENARIO [DESK OPTIONS]: import, connect, traffic, nothing outside the tunnel, disconnect, all restored."""

import sys
import time

from session import CLIENT, Session, check, harness, main, phonebook, show_logs
from labkit import capture, plan, strongswan
from labkit.seen import seen

_SHOWS = {
    "eap-rsa": [("Authentication", "EAP-MSCHAPv2"), ("Server certificate", "RSA 2048"), ("Life of an SA", "DELETE by us"),
                ("Configuration", "IPv4 address and name server")],
    "psk": [("Authentication", "Pre-shared key")],
    "eap-ecdsa": [("Server certificate", "ECDSA P-256")],
    "cookie": [("Messages", "COOKIE")],
    "invalid-ke": [("Messages", "INVALID_KE_PAYLOAD")],
    "aes-cbc": [("Encryption", "AES-CBC 256"), ("Integrity", "HMAC-SHA2-256")],
    "ipv6": [("Configuration", "IPv6 address and name server")],
    "split": [("Configuration", "Split tunnel with the server's domain")],
    "narrowed": [("Configuration", "Narrowed traffic selectors")],
    "big-chain": [("Messages", "Fragmentation (RFC 7383)"), ("Server certificate", "Two intermediate authorities")],
    "ml-kem-768": [("Key exchange", "ML-KEM-768 with the whole product")],
    "nat": [("Mobility", "Behind address translation")],
}


def imported(session):
    report = session.import_phonebook()
    check(report["added"] == 5, f"five VPN entries imported ({report['added']})")
    check(report["skipped"] == 1, "the PPPoE entry is skipped with a reason")
    names = {p["name"]: p for p in session.json("ternctl", "list", "--json")}
    check(phonebook.MAIN_ENTRY in names and "上海办公室" in names, "names of every language")
    for name in (phonebook.PPTP_ENTRY, phonebook.L2TP_ENTRY):
        check(not names[name]["can-connect"] and names[name]["grade"] in ("retired", "broken"), f"{name} is shown as retired")
        said = session.user("ternctl", "connect", name, "--wait")
        check(said.returncode == 4, f"{name} is refused: {said.stderr.strip()}")


def traffic(session, lab):
    state = lab.state
    check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, state["inner-address"]).returncode == 0, "ping of the inner host")
    started = time.monotonic()
    sums = session.user("sh", "-c", f"curl -sS --max-time 60 {state['download']} | sha256sum", timeout=90)
    seconds = time.monotonic() - started
    check(sums.stdout.split()[0] == state["download-sha256"], f"100 MB arrive unharmed, in {seconds:.2f} s")
    by_name = session.fetch(f"http://{state['inner-name']}/whoami", "-4")
    check(by_name.stdout.startswith("10.30.0."), f"the inner name resolves: {by_name.stdout.strip() or by_name.stderr}")
    if state["inner-address6"]:
        six = session.fetch(f"http://[{state['inner-address6']}]/whoami")
        check(six.stdout.startswith("2001:db8:30:"), f"IPv6 inside: {six.stdout.strip() or six.stderr}")
    if state["networks"] == ["10.20.0.0/24"] and state["full-tunnel"]:
        blocked = session.fetch(state["outside"], "--max-time", 3)
        check(blocked.returncode != 0, "the outside is not reached, for the server does not take it")
    elif state["full-tunnel"]:
        check(session.fetch(state["outside"]).stdout.strip() == plan.SERVER4, "the outside is reached through the tunnel")
        # What would leave in clear if it could: the server's own address, another resolver, IPv6.
        session.user("ping", "-c", 2, "-i", "0.2", "-W", 1, plan.SERVER4)
        session.user("ping", "-6", "-c", 1, "-W", 1, plan.SERVER6)
        session.user("curl", "-sS", "--max-time", 1, f"http://[{plan.ROUTER_CLIENT6}]/")
        session.user("sh", "-c", f"echo x | timeout 1 curl -sS --max-time 1 telnet://{plan.OUTER_DNS}:53")
        session.user("bash", "-c", f"exec 3<>/dev/udp/{plan.OUTER_DNS}/53; echo clear >&3")
        session.user("bash", "-c", f"exec 3<>/dev/udp/{plan.SERVER4}/4500; echo clear >&3")
    else:
        check(session.fetch(state["outside"]).stdout.strip() == CLIENT, "the outside is reached directly")


def connected(session, lab):
    code, seconds, said = session.connect()
    check(code == 0, f"connected within {seconds * 1000:.0f} ms {said if code else ''}")
    check(seconds < 5, "within its bound")
    status = session.status()
    check(status["state"] == "connected", "status says connected")
    check(any(a.startswith("10.30.0.") for a in status["addresses"]), f"addresses {status['addresses']}")
    check(plan.INNER4 in status["dns"], f"name servers {status['dns']}")
    print(f"    {status['ike-cipher']} | {status['cipher']}")


def post_quantum(session, lab):
    """What is said of it in words: of the connection that stands, and of what this computer's OpenSSL has."""
    said, shown = session.user("ternctl", "status").stdout, session.user("ternctl", "show", phonebook.MAIN_ENTRY).stdout
    available = session.json("ternctl", "show", phonebook.MAIN_ENTRY, "--json")["post-quantum-available"]
    words = next(line for line in shown.splitlines() if "post-quantum protection" in line)
    check(("it needs OpenSSL 3.5" in words) != available, words)
    if lab.scenario == "ml-kem-768":
        check(available, "this OpenSSL has ML-KEM")
        check("+ ML-KEM-768" in session.status()["ike-cipher"], "the status names the additional key exchange")
        check("post-quantum: yes, ML-KEM-768\n" in said, "and says in words what it is good for")
        check(session.status()["cipher"] == "AES-256-GCM", "the CHILD_SA's keys come from the IKE SA's alone at first")
        strongswan.swanctl(plan.Plan(), "--rekey", "--child", "lab")
        end = time.monotonic() + 5
        while (cipher := session.status()["cipher"]) == "AES-256-GCM" and time.monotonic() < end:
            time.sleep(0.1)
        check(cipher == "AES-256-GCM / ECP-256 + ML-KEM-768", f"and from an ML-KEM of their own once replaced: {cipher}")
    else:
        check("post-quantum: no\n" in said, "ternctl status says that the keys are classical")


def counted(session):
    """ternd reads the counters once a second."""
    end = time.monotonic() + 3
    while (status := session.status()) and int(status["received"]) < 100_000_000 and time.monotonic() < end:
        time.sleep(0.1)
    check(int(status["received"]) > 100_000_000 and int(status["sent"]) > 0, "octets are counted")


def case(scenario, *options):
    with harness.Lab(scenario) as lab, Session(lab, *options) as session:
        try:
            imported(session)
            before = session.network()
            with capture.Capture(lab) as sniffed:
                check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "before: the outside in clear")
                check(capture.outside_tunnel(sniffed.so_far()), "the sniffer sees clear traffic")
                connected(session, lab)
                post_quantum(session, lab)
                first = time.time()
                traffic(session, lab)
                last = time.time()
                counted(session)
                check(session.disconnect().returncode == 0, "disconnected")
            while_up = [p for p in sniffed.packets if first < p.time < last]
            clear = capture.outside_tunnel(while_up)
            if lab.state["full-tunnel"]:
                check(not clear, f"nothing but ESP and IKE on the link while connected ({len(while_up)} packets) {clear[:3]}")
            check(any(p.kind == "esp" for p in while_up), "and ESP was there")
            check("received DELETE" in lab.server_log(), "the server was told goodbye")
            check(session.status().get("state", "disconnected") == "disconnected", "status says disconnected")
            differ = harness.differences(before, session.network())
            check(not differ, "rules, routes, DNS and firewall are byte for byte as before" + "\n".join(["", *differ]))
            check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "after: the outside in clear")
            check(lab.state["password"] not in session.everything_written(), "the secret is written nowhere")
            for row in _SHOWS.get(scenario, ()):
                seen(*row)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case, *sys.argv[1:])
