#!/usr/bin/python3
"""handouts.py PART: what the server hands out and how the tunnel gets there.

configuration  addresses, DNS, WINS, domains in both forms, Windows' attributes, routes by DHCP inside the tunnel
subnets        a server with a CHILD_SA for each subnet
mtu            links of 1400 and 1280 octets, with and without word of it
tcp            UDP is dead: IKE and ESP over TCP 4500, then 443 (RFC 9329); resets and half-open streams
"""

import contextlib
import hashlib
import signal
import subprocess
import time

from session import Session, check, harness, main, show_logs
from labkit import netns, plan, services
from labkit.seen import seen

TCP = "TCP encapsulation"
HANDED = "Configuration"


@contextlib.contextmanager
def service(lab, host, program, *arguments):
    """A program of the lab's on a host, for the length of a with block."""
    ready = netns_state(lab) / f"{program}.{time.monotonic_ns()}"
    process = subprocess.Popen(lab.command(host, harness.LAB_FOLDER / "labkit" / f"{program}.py", *(
        ready if argument == "READY" else argument for argument in arguments)), stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 20
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{program} did not start")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(10)


def netns_state(lab):
    return plan.STATE_ROOT / lab.state["id"]


def ip(lab, host, words):
    done = lab.exec(host, "ip", *words.split())
    check(done.returncode == 0, f"{host}: ip {words} {done.stderr.strip()}")


def rules(lab, text=""):
    """The router's own filter; nothing takes it away."""
    lab.exec("router", "nft", "delete", "table", "inet", "lab_path")
    if text:
        netns.nft(lab.state["namespaces"]["router"],
                  "table inet lab_path {\n chain pass {\n  type filter hook forward priority 0;\n  " + text + "\n }\n}\n")


def until(what, condition, seconds=30):
    end = time.monotonic() + seconds
    while not (result := condition()) and time.monotonic() < end:
        time.sleep(0.2)
    check(result, what)
    return result


def connect(session):
    code, seconds, said = session.connect()
    check(code == 0, f"connected within {seconds:.1f} s {said if code else ''}")
    return session.status()


def disconnect(session):
    check(session.disconnect().returncode == 0, "disconnected")


def ping(session, address):
    return session.user("ping", "-c", 1, "-W", 1, address).returncode == 0


def some_megabytes(session, lab, size=3_000_000):
    expected = hashlib.sha256()
    left = size
    for block in services.download():
        expected.update(block[:left])
        left -= len(block[:left])
        if not left:
            break
    said = session.user("sh", "-c", f"curl -sS --max-time 60 {lab.state['download']} 2>/dev/null | head -c {size} | sha256sum",
                        timeout=90)
    check(said.stdout.split()[0] == expected.hexdigest(), f"{size} octets arrive unharmed")


def configuration(lab, session):
    behind = "172.29.9.2"
    ip(lab, "inner", f"addr add {behind}/32 dev lo")
    ip(lab, "server", f"route add {behind}/32 via {plan.INNER4}")
    with service(lab, "inner", "dhcp", plan.INNER4, "READY", "172.29.9.0/24", "0.0.0.0/0", f"{plan.SERVER4}/32"):
        status = connect(session)
        for key, value, feature in (("nbns", "10.20.0.5", "NBNS"), ("dns", plan.INNER4, "DNS"),
                                    ("domains", "corp.example.test", "INTERNAL_DNS_DOMAIN (RFC 8598)"),
                                    ("domains", "branch.example.test", "comma-separated attribute 25"),
                                    ("domains", "unity.example.test", "Unity split DNS"),
                                    ("routes", "10.40.0.0/16", "INTERNAL_IP4_SUBNET")):
            check(value in status[key], f"{feature}: {key} {status[key]}")
            seen(HANDED, feature)
        status = until("DHCP's route is set", lambda: (s := session.status()) and "172.29.9.0/24" in s["routes"] and s)
        check("dhcp.example.test" in status["domains"], "and its domain")
        check("0.0.0.0/0" not in status["routes"] and f"{plan.SERVER4}/32" not in status["routes"],
              "but neither its default route nor the one to the server itself")
        until("a host behind DHCP's route answers", lambda: ping(session, behind))
        seen(HANDED, "DHCPINFORM routes, asked at INTERNAL_IP4_SERVER")
        check(session.fetch(lab.state["outside"]).stdout.strip() == plan.CLIENT4, "the tunnel stays a split one")
        shown = session.user("ternctl", "status").stdout
        for word in ("172.29.9.0/24", "10.20.0.5", "branch.example.test", "mtu:"):
            check(word in shown, f"ternctl status shows {word}")
        disconnect(session)


def subnets(lab, session):
    for host in ("10.21.0.2", "10.22.0.2"):
        ip(lab, "inner", f"addr add {host}/32 dev lo")
        ip(lab, "server", f"route add {host}/32 via {plan.INNER4}")
        # strongSwan's user-space ESP wants an address of its own in each subnet.
        ip(lab, "server", f"addr add {host.removesuffix('2')}1/32 dev lan0")
    status = connect(session)
    check("10.20.0.0/24" in status["routes"], f"routes {status['routes']}")
    until("further CHILD_SAs bring their routes", lambda: "10.22.0.0/24" in session.status()["routes"])
    for host in (plan.INNER4, "10.21.0.2", "10.22.0.2"):
        until(f"{host} answers", lambda h=host: ping(session, h))
    seen(HANDED, "several CHILD_SAs, a subnet each")
    seen(HANDED, "narrowed traffic selectors")
    log = lab.server_log()
    check(log.count("CHILD_SA lab") >= 3, "the server has three")
    # A subnet that the server has no CHILD_SA for is a note, not the end.
    notes = session.user("ternctl", "log").stdout
    check("10.23.0.0-10.23.0.255" in notes, "the refused subnet is in the log")
    check(session.status()["state"] == "connected", "and the connection stands")
    until("the server replaces them", lambda: lab.server_log().count("rekeyed") >= 2 or
          "CREATE_CHILD_SA" in lab.server_log(), 5)
    disconnect(session)
    until("all are gone at the server", lambda: "received DELETE" in lab.server_log(), 10)


def mtu(lab, session):
    ip(lab, "client", "link set eth0 mtu 1400")
    status = connect(session)
    check(int(status["mtu"]) == 1338, f"the interface's 1400 less 62 for AES-GCM: {status['mtu']}")
    some_megabytes(session, lab)
    seen(HANDED, "MTU of the path")
    disconnect(session)
    ip(lab, "client", "link set eth0 mtu 1500")
    for size, expected in ((1400, range(1300, 1339)), (1280, range(1200, 1219))):
        # IPv4 packets that are too large vanish without a word, either way.
        rules(lab, f"ip length > {size} drop")
        connect(session)
        until(f"a black hole above {size} is found", lambda e=expected: int(session.status()["mtu"]) in e, 60)
        some_megabytes(session, lab)
        disconnect(session)
        rules(lab)
    seen(HANDED, "MTU black hole found by probing")


def tcp(lab, session):
    rules(lab, "iifname client0 meta l4proto udp udp dport { 500, 4500 } drop")
    with service(lab, "server", "tcprelay", plan.SERVER4, plan.SERVER_LAN4, "READY", 4500) as relay:
        status = connect(session)
        check((status["transport"], int(status["port"])) == ("tcp", 4500), f"over TCP: {status['transport']} {status['port']}")
        check("over TCP port 4500" in session.user("ternctl", "status").stdout, "ternctl status says so")
        some_megabytes(session, lab)
        seen(TCP, "fall-back to port 4500 when UDP is dead", "our relay to strongSwan")

        relay.send_signal(signal.SIGUSR1)
        until("a reset stream is made again", lambda: "stands again" in session.user("ternctl", "log").stdout)
        until("and carries traffic", lambda: ping(session, plan.INNER4))
        check(session.status()["state"] == "connected", "the connection stood all the while")
        seen(TCP, "a reset stream is resumed", "our relay to strongSwan")

        ports = session.root("ss", "-Htn", "state", "established", f"dst {plan.SERVER4}").stdout.split()
        local = next(word for word in ports if word.startswith(f"{plan.CLIENT4}:")).rsplit(":", 1)[1]
        rules(lab, "iifname client0 meta l4proto udp udp dport { 500, 4500 } drop\n"
                   f"  tcp sport {local} drop\n  tcp dport {local} drop")
        until("a half-open stream is noticed and replaced",
              lambda: not ping(session, plan.INNER4) and
              session.user("ternctl", "log").stdout.count("stands again") >= 2, 60)
        until("and carries traffic", lambda: ping(session, plan.INNER4))
        seen(TCP, "a half-open stream is replaced", "our relay to strongSwan")
        disconnect(session)
    rules(lab, "iifname client0 meta l4proto udp udp dport { 500, 4500 } drop")
    with service(lab, "server", "tcprelay", plan.SERVER4, plan.SERVER_LAN4, "READY", 443):
        status = connect(session)
        check((status["transport"], int(status["port"])) == ("tcp", 443), "port 443 when 4500 is refused")
        some_megabytes(session, lab, 1_000_000)
        seen(TCP, "port 443 without TLS", "our relay to strongSwan")
        disconnect(session)
    rules(lab)


def case(part):
    with harness.Lab("subnets" if part == "subnets" else "handouts") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            {"configuration": configuration, "subnets": subnets, "mtu": mtu, "tcp": tcp}[part](lab, session)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    import sys
    main(case, *sys.argv[1:])
