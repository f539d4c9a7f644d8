"""Brings a lab up: hosts, cables, services, server."""

import json
import shutil
import subprocess
import time
from pathlib import Path

from . import libreswan, netns, offers, phonebook, plan, radius, services, sstp, strongswan

_HERE = Path(__file__).parent
_PEERS = {"strongswan": strongswan, "strongswan6": strongswan, "libreswan": libreswan, "sstp": sstp}
_LOGS = {"strongswan": "run/charon.log", "strongswan6": "run/charon.log", "libreswan": "guest/pluto.log",
         "sstp": "sstp.log"}

_SERVER_RULES = """
table ip lab {{
  chain out {{
    type nat hook postrouting priority 100;
    ip saddr {pool} oifname "eth0" masquerade
  }}
}}
"""
_SILENT_RULES = """
table inet lab_silent {
  chain in {
    type filter hook input priority 0;
    iifname "eth0" meta l4proto != icmpv6 drop
  }
}
"""
_NAT_RULES = """
table ip lab_nat {
  chain out {
    type nat hook postrouting priority 100;
    oifname "server0" masquerade random
  }
}
"""


def _hosts_and_cables(the_plan, scenario):
    in_guest = scenario.peer == "libreswan"
    client, router, server, inner = (the_plan.netns(host) for host in plan.HOSTS)
    for name in (client, router, server, inner):
        netns.create(name)
    netns.join(client, "eth0", [f"{plan.CLIENT4}/24", f"{plan.CLIENT6}/64"],
               router, "client0", [f"{plan.ROUTER_CLIENT4}/24", f"{plan.ROUTER_CLIENT6}/64"])
    netns.join(router, "server0", [f"{plan.ROUTER_SERVER4}/24", f"{plan.ROUTER_SERVER6}/64"],
               server, "eth0", [] if in_guest else [f"{plan.SERVER4}/24", f"{plan.SERVER6}/64"])
    netns.join(server, "lan0", [] if in_guest else [f"{plan.SERVER_LAN4}/24", f"{plan.SERVER_LAN6}/64"],
               inner, "eth0", [f"{plan.INNER4}/24", f"{plan.INNER6}/64"])
    for name, gateway4, gateway6 in ((client, plan.ROUTER_CLIENT4, plan.ROUTER_CLIENT6),
                                     (server, plan.ROUTER_SERVER4, plan.ROUTER_SERVER6),
                                     (inner, plan.SERVER_LAN4, plan.SERVER_LAN6)):
        if in_guest and name == server:
            continue  # the guest has the addresses
        netns.ip(name, f"route add default via {gateway4}")
        netns.ip(name, f"-6 route add default via {gateway6}")
    for name in (router, server):
        netns.sysctl(name, ipv4__ip_forward=1, ipv6__conf__all__forwarding=1)
    for address in (plan.OUTER_DNS, plan.WWW4):
        netns.ip(router, f"addr add {address}/32 dev lo")


def _files(the_plan, authority):
    """The client's resolver and trusted certificates, as its administrator would have set them."""
    for host in plan.HOSTS:
        folder = the_plan.host_files(host)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "hosts").write_text(f"127.0.0.1 localhost {the_plan.netns(host)}\n::1 localhost\n", encoding="ascii")
        server = plan.INNER4 if host == "inner" else plan.OUTER_DNS
        (folder / "resolv.conf").write_text(f"nameserver {server}\n", encoding="ascii")
    ssl = the_plan.host_files("client") / "ssl"
    shutil.copytree("/etc/ssl", ssl, symlinks=True, ignore=shutil.ignore_patterns("private"))
    certificate = authority.read_text(encoding="ascii")
    bundle = ssl / "certs/ca-certificates.crt"
    bundle.parent.mkdir(exist_ok=True)
    with open(bundle, "a", encoding="ascii") as out:
        out.write(certificate)
    subject = netns.run("openssl", "x509", "-noout", "-subject_hash", "-in", authority).strip()
    (ssl / "certs" / f"{subject}.0").write_text(certificate, encoding="ascii")


def _services(the_plan, scenario):
    program = _HERE / "services.py"
    waits = []
    more = [word for record in (offers.records() if scenario.offers else ()) for word in ("--record", record)]
    for host, arguments in (
        ("router", ["--dns", plan.OUTER_DNS, "--http", plan.WWW4,
                    "--record", f"{plan.SERVER_NAME}={plan.SERVER4}", "--record", f"{plan.WRONG_NAME}={plan.SERVER4}",
                    "--record", f"{plan.WWW_NAME}={plan.WWW4}", *more]),
        ("inner", ["--dns", plan.INNER4, "--dns", plan.INNER6, "--http", plan.INNER4, "--http", plan.INNER6,
                   "--record", f"{plan.INNER_NAME}={plan.INNER4}", "--record", f"{plan.INNER_NAME}={plan.INNER6}",
                   "--record", f"{plan.WWW_NAME}={plan.WWW4}"]),
    ):
        ready = the_plan.state / f"{host}.ready"
        netns.start(the_plan.netns(host), the_plan.state / f"{host}.log", program, "--ready", ready, *arguments)
        waits.append((host, ready))
    for host, ready in waits:
        netns.wait_until(f"{host}'s services", ready.exists)


def describe(the_plan, scenario):
    """All a test or a person needs to know, as it stands in state.json."""
    return {
        "id": the_plan.id,
        "scenario": scenario.name,
        "summary": scenario.summary,
        "connects": scenario.connects,
        "namespaces": {host: the_plan.netns(host) for host in plan.HOSTS},
        "server-name": plan.SERVER_NAME,
        "server-address": plan.SERVER4,
        "auth": scenario.auth,
        "user": plan.USER if scenario.auth not in ("psk", "eap-tls") else "",
        "password": plan.PSK if scenario.auth == "psk" else scenario.password,
        "authority": str(the_plan.state / "ca.crt"),
        "phonebook": str(the_plan.state / "rasphone.pbk"),
        "entry": phonebook.SSTP_ENTRY if scenario.peer == "sstp" else phonebook.MAIN_ENTRY,
        "sstp-log": str(the_plan.state / _LOGS["sstp"]) if scenario.sstp else "",
        "sstp-ppp": sstp.ppp_of(scenario) if scenario.sstp else "",  # whose PPP that server has
        "capture": {"host": "router", "interface": "client0"},
        "inner-address": plan.INNER4,
        "inner-address6": plan.INNER6 if scenario.ipv6 else "",
        "inner-name": plan.INNER_NAME,
        "download": f"http://{plan.INNER4}/100MB",
        "download-sha256": services.download_sha256(),
        "small-download": f"http://{plan.INNER4}/5MB",
        "small-download-sha256": services.download_sha256(services.SMALL),
        "outside": f"http://{plan.WWW4}/whoami",
        "networks": list(scenario.networks),
        "full-tunnel": scenario.full_tunnel,
        "server-log": str(the_plan.state / _LOGS[scenario.peer]),
    }


def up(the_plan, scenario):
    """Brings the lab up, or leaves nothing behind."""
    for needed in ("/usr/sbin/charon-systemd", "/usr/sbin/swanctl", "/usr/sbin/nft"):
        if not Path(needed).exists():
            raise netns.LabError(f"{needed} is missing: install packaging/packages-test.txt")
    netns.destroy(the_plan)
    started = time.monotonic()
    try:
        the_plan.state.mkdir(parents=True)
        _hosts_and_cables(the_plan, scenario)
        authority = _PEERS[scenario.peer].prepare(the_plan, scenario)
        (the_plan.state / "ca.crt").write_bytes(authority.read_bytes())
        _files(the_plan, authority)
        server = the_plan.netns("server")
        if scenario.peer == "libreswan":  # the outside sees the pool's own addresses
            netns.ip(the_plan.netns("router"), f"route add {plan.POOL4} via {plan.SERVER4}")
        else:
            netns.nft(server, _SERVER_RULES.format(pool=plan.POOL4))
        if scenario.nat:
            netns.nft(the_plan.netns("router"), _NAT_RULES)
        _services(the_plan, scenario)
        if scenario.radius:
            radius.start(the_plan)
        if scenario.offers:
            offers.addresses(the_plan)
        _PEERS[scenario.peer].start(the_plan, scenario)
        if scenario.sstp:
            sstp.add(the_plan, scenario)
        if scenario.offers:
            offers.start(the_plan)
        if scenario.half_open:
            subprocess.run(netns.inside(the_plan.netns("router"), _HERE / "halfopen.py", plan.SERVER4, plan.ROUTER_SERVER4),
                           check=True, stdin=subprocess.DEVNULL, timeout=20)
        if scenario.silent:
            netns.nft(server, _SILENT_RULES)
        (the_plan.state / "rasphone.pbk").write_bytes(phonebook.make(scenario).encode())
        state = describe(the_plan, scenario) | {"up-seconds": round(time.monotonic() - started, 2)}
        (the_plan.state / "state.json").write_text(json.dumps(state), encoding="utf-8")
    except BaseException:
        log = the_plan.state / _LOGS[scenario.peer]
        if log.exists():
            print(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        netns.destroy(the_plan)
        raise
