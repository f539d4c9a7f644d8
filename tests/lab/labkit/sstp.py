"""The lab's SSTP server as a scenario has it: settings, certificates, the guest with pppd, and a word to the server."""

import json
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from . import guest, netns, plan, strongswan

_HERE = Path(__file__).parent

# What a scenario may change, with its peer_options.
DEFAULTS = {
    "ppp": "pppd",  # "pppd" in the guest, "own" (ppp_server.py), "any": pppd where it can run, else our own, or "none"
    "pppd": ["require-mschap-v2"],  # options of pppd; {number} and {address} are the call's
    "hashes": 3,  # of the crypto binding: 1 SHA-1, 2 SHA-256, 3 either
    "certificate-hash": "own",  # "other": the server knows another certificate than the client sees
    "binding-refused": "abort",  # or "close", without a word
    "http": "ok",  # or a name of sstp_http.py
    "tls": "ok",  # "silent": takes the connection and says nothing; "refused": takes none
    "tls-delay": 0,  # seconds between the client's first word and the answer
    "tls-largest": "",  # a name of ssl.TLSVersion
    "tls-client-certificate": False,
    "staple": "",  # the name of a file in pki/ with an OCSP response for whoever asks
    "sni": "any",  # or "refused", with the alert unrecognized_name
    "port": 443,
    "naks": 0,  # CALL_CONNECT_NAKs before the ACK
    "abort": "",  # "request" or "connected": CALL_ABORT there
    "abort-status": 0,
    "mute": "",  # a state in which the server falls silent: "request", "acked", "connected"
    "drip": False,  # one octet a TLS record until the call is up, then up to 200
    "answers-echo": True,
    "echo-every": 0,  # seconds between the server's ECHO_REQUESTs; 0: by the hello timer
    "hello-seconds": 60,
    "login-seconds": 60,  # the negotiation timer after the ACK
    "early-ncp": True,  # takes IPCP before CALL_CONNECTED
    "ipv6": False,  # pppd: IPV6CP, router advertisements; "dhcp": DHCPv6
    # the lab's own PPP side
    "auth": ["mschapv2"],  # offered in turn; "eap-radius": EAP, relayed to FreeRADIUS
    "ignores-hint": False,  # the next of these is offered, whatever the client's Nak asks for
    "mru": 1400,
    "peer-mru": 0,  # the largest MRU the client may ask for
    "mtu": 1400,
    "magic": True,
    "lcp-extras": {},  # {type: value in hex}
    "lcp-rejects": [],
    "ipcp-rejects": [130, 132],
    "ipv6cp": False,
    "network": "ipcp",  # or "silent", "refused" after the sign-in
    "ccp": False,
    "odd-protocols": [],
    "starts-late": False,  # PPP starts with the client's first frame
    "early-echo": False,
    "answers-lcp-echo": True,
    "own-address": "10.30.0.1",
    "routes": [],  # by DHCPINFORM
    "pap-message": "counted",  # "none", "uncounted"
    "login-delay": 0,
    "second-factor": "",  # eap-gtc: the code that is asked for after the password
    "login-error": 0,  # E= of MS-CHAPv2
    "retries": 0,
}
_PPPD = ("nodetach local auth name lab 10.30.0.1:{address} ms-dns " + plan.INNER4 + " mtu 1400 mru 1400 asyncmap 0 receive-all "
         "nodefaultroute noproxyarp debug logfile /mnt/lab/pppd.{number}.log").split()
_SETUP = """
module drivers/net/slip/slhc lib/crc-ccitt drivers/net/ppp/ppp_generic drivers/net/ppp/ppp_async net/ipv6/ipv6
mount -t tmpfs -o mode=755 tmpfs /etc/ppp
cp /mnt/lab/ppp/* /etc/ppp
chmod 600 /etc/ppp/*-secrets /etc/ppp/eaptls-*
chmod 755 /etc/ppp/ip*-up
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
ip addr add {guest6}/64 dev vec0
ip route add default via {link4}
ip -6 route add default via {link6}
"""
# pppd calls it with interface, line, speed, own and peer's link-local address; linkname is in $LINKNAME.
_IPV6_UP = """#!/bin/sh
number=${LINKNAME#call}
ip -6 addr add 2001:db8:30:$number::1/64 dev "$1"
"""
_DNSMASQ = """
[ ! -e /run/dnsmasq.pid ] || kill $(cat /run/dnsmasq.pid);
dnsmasq --conf-file=/dev/null --pid-file=/run/dnsmasq.pid --port=0 --bind-dynamic --interface='ppp*' --enable-ra \
--dhcp-leasefile=/run/leases --ra-param='ppp*',mtu:1400,10,600 --dhcp-option=option6:dns-server,[{inner6}] {ranges} \
--log-dhcp --log-facility=/mnt/lab/dnsmasq.log
"""


def is_possible(settings=None):
    """Whether this machine can run the scenario; the words of what is missing, or nothing."""
    if (settings or DEFAULTS)["ppp"] != "pppd":
        return ""
    if not guest.is_possible():
        return "there is no user-mode Linux here"
    missing = [program for program in ("pppd", "dnsmasq") if not shutil.which(program)]
    return f"{missing[0]} is not installed" if missing else ""


def settings_of(scenario):
    options = scenario.peer_options if scenario.peer == "sstp" else scenario.sstp
    unknown = set(options) - set(DEFAULTS)
    if unknown:
        raise netns.LabError(f"{scenario.name}: no such settings: {', '.join(sorted(unknown))}")
    settings = DEFAULTS | options
    if settings["ppp"] == "any":
        settings["ppp"] = "own" if is_possible() else "pppd"
    return settings


def _guest_files(own, folder):
    ppp = own / "ppp"
    ppp.mkdir(parents=True)
    domain_user = plan.DOMAIN_USER.replace("\\", "\\\\")
    secrets = f'{plan.USER} * "{plan.PASSWORD}" *\n"{domain_user}" * "{plan.DOMAIN_PASSWORD}" *\n'
    for name in ("chap-secrets", "pap-secrets"):
        (ppp / name).write_text(secrets, encoding="ascii")
    for name in ("server.crt", "server.key", "clients.crt"):
        shutil.copy(folder / name, own / name)
    (ppp / "eaptls-client").write_text("", encoding="ascii")
    (ppp / "eaptls-server").write_text(
        f"{plan.EAP_TLS_USER} lab - /mnt/lab/server.crt /mnt/lab/clients.crt /mnt/lab/server.key *\n", encoding="ascii")
    (ppp / "ipv6-up").write_text(_IPV6_UP, encoding="ascii")
    (ppp / "options").write_text("", encoding="ascii")


def prepare(the_plan, scenario):
    """Makes certificates and writes what the server reads; answers the authority the client is to trust."""
    folder = the_plan.state / "pki"
    folder.mkdir(mode=0o700)
    authority, chain, _name = strongswan.certificates(the_plan, scenario, folder)
    _write(the_plan, settings_of(scenario), folder, chain)
    return authority


def add(the_plan, scenario):
    """A second server on the host of the first, whose certificate it shows too."""
    _write(the_plan, settings_of(scenario), the_plan.state / "pki", [])
    start(the_plan, scenario)


def ppp_of(scenario):
    return {"pppd": "Debian's pppd, in a user-mode Linux guest", "own": "the lab's own"}[settings_of(scenario)["ppp"]]


def _write(the_plan, settings, folder, chain):
    (folder / "chain.pem").write_text("".join(
        file.read_text(encoding="ascii") for file in (folder / "server.crt", *reversed(chain[1:]))), encoding="ascii")
    clients = strongswan.pki.Authority(folder, "clients", "/O=Tern lab/CN=Tern lab clients")
    clients.client("alice", "ecdsa", plan.EAP_TLS_USER)
    # What the client would see of a server in the way; load() may want it at any time.
    clients.server("other", "rsa", plan.SERVER_NAME)
    own = guest.folder(the_plan)
    settings |= {"users": {plan.USER: plan.PASSWORD, plan.DOMAIN_USER: plan.DOMAIN_PASSWORD}, "pki": str(folder), "guest": str(own),
                 "control": str(the_plan.state / "sstp.control"), "listen": [plan.SERVER4, plan.SERVER6]}
    if settings["ppp"] == "pppd":
        _guest_files(own, folder)
    (the_plan.state / "sstp.json").write_text(json.dumps(_with_pppd(settings)), encoding="utf-8")


def _announce(the_plan, settings):
    """Routers' and DHCPv6's answers in the guest, of either kind."""
    kind = "2001:db8:30:{n}::100,2001:db8:30:{n}::1ff,64" if settings["ipv6"] == "dhcp" else "2001:db8:30:{n}::,ra-stateless,64"
    ranges = " ".join("--dhcp-range=" + kind.format(n=number) for number in range(1, 33))
    code, said = guest.run(the_plan, " ".join(_DNSMASQ.format(inner6=plan.INNER6, ranges=ranges).split()))
    if code:
        raise netns.LabError(f"dnsmasq in the guest: {said}")


def _with_pppd(settings):
    """The whole of pppd's command line from what the scenario says of it."""
    return settings | {"pppd": _PPPD + settings["pppd"] + (["+ipv6", "ipv6", "::1,::2"] if settings["ipv6"] else ["noipv6"])}


def _boot(the_plan):
    own = guest.folder(the_plan)
    netns.run("gcc", "-O2", "-shared", "-fPIC", "-o", own / "msk.so", _HERE / "msk.c")
    guest.start(the_plan, "server", {"": [f"{plan.GUEST4}/30"]},
                _SETUP.format(guest6=plan.GUEST6, link4=plan.GUEST_LINK4, link6=plan.GUEST_LINK6))


def start(the_plan, _scenario):
    server = the_plan.netns("server")
    settings = json.loads((the_plan.state / "sstp.json").read_text(encoding="utf-8"))
    if settings["ppp"] == "pppd":
        missing = is_possible(settings)
        if missing:
            raise netns.LabError(f"{missing} (packaging/packages-test.txt)")
        _boot(the_plan)
        netns.ip(server, f"addr add {plan.GUEST_LINK4}/30 dev bridge0")
        netns.ip(server, f"-6 addr add {plan.GUEST_LINK6}/64 dev bridge0 nodad")
        netns.ip(server, f"-6 route add 2001:db8:30::/48 via {plan.GUEST6}")
    _serve(the_plan, settings)


def _serve(the_plan, settings):
    server, ready = the_plan.netns("server"), the_plan.state / "sstp.ready"
    if settings["ppp"] == "pppd":
        netns.ip(server, f"route replace {plan.POOL4} via {plan.GUEST4}")
        if settings["ipv6"]:
            _announce(the_plan, settings)
    ready.unlink(missing_ok=True)
    process = netns.start(server, the_plan.state / "sstp.log", _HERE / "sstp_server.py", the_plan.state / "sstp.json", ready)
    (the_plan.state / "sstp.pid").write_text(str(process.pid), encoding="ascii")

    def is_ready():
        if process.poll() is not None:
            raise netns.LabError("the SSTP server has ended: " + (the_plan.state / "sstp.log").read_text(errors="replace")[-1500:])
        return ready.exists()

    netns.wait_until("the SSTP server", is_ready, 30)


def _is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def become(the_plan, scenario):
    """The server as another scenario has it, where that needs no other certificates; its guest stays up."""
    load(the_plan, **(DEFAULTS | scenario.peer_options))


def stop(the_plan):
    pid = int((the_plan.state / "sstp.pid").read_text(encoding="ascii"))
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    netns.wait_until("the end of the SSTP server", lambda: not _is_running(pid))
    (the_plan.state / "sstp.control").unlink(missing_ok=True)


def load(the_plan, **changes):
    """The server anew with other settings than the scenario's; its calls end, its guest stays up."""
    stop(the_plan)
    first = the_plan.state / "sstp.first.json"
    if not first.exists():
        shutil.copy(the_plan.state / "sstp.json", first)
    known = json.loads(first.read_text(encoding="utf-8"))
    unknown = set(changes) - set(DEFAULTS)
    if unknown:
        raise netns.LabError(f"no such settings: {', '.join(sorted(unknown))}")
    settings = known | changes
    if "pppd" in changes:
        settings = _with_pppd(settings)
    (the_plan.state / "sstp.json").write_text(json.dumps(settings), encoding="utf-8")
    if settings["ppp"] != "pppd":
        subprocess.run(["ip", "-n", the_plan.netns("server"), "route", "del", plan.POOL4], capture_output=True, check=False)
    _serve(the_plan, settings)


def command(the_plan, words):
    """Says one of the server's commands to it; answers what it says, "done" or JSON."""
    with socket.socket(socket.AF_UNIX) as channel:
        channel.settimeout(20)
        channel.connect(str(the_plan.state / "sstp.control"))
        channel.sendall(words.encode() + b"\n")
        return channel.makefile().readline().strip()


def calls(the_plan):
    """({what was counted}, [the calls that are up])."""
    said = json.loads(command(the_plan, "calls"))
    return said["counts"], said["calls"]
