"""A lab's client that changes networks: what a test needs to move it about, and to measure what was lost meanwhile."""

import re
import subprocess
import threading
import time

from . import netns, plan, strongswan

SECOND_CLIENT, SECOND_ROUTER = "192.0.2.194", "192.0.2.193"
SECOND_SERVER = "203.0.113.11"

_TRANSLATE = """
table ip lab_roam {
  chain out {
    type nat hook postrouting priority 100;
    oifname "server0" ip saddr { 198.51.100.0/24, 192.0.2.192/26 } masquerade random
  }
}
"""
# Forgets every translation: IPCTNL_MSG_CT_DELETE without a tuple.
_FORGET = """
import socket, struct
s = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)
s.bind((0, 0))
s.send(struct.pack("=IHHII", 20, (1 << 8) | 2, 5, 1, 0) + bytes(4))
code, = struct.unpack_from("=i", s.recv(4096), 16)
raise SystemExit(code)
"""
_SILENCE = """
table inet lab_hush {{
  chain forward {{
    type filter hook forward priority 0;
    {protocol} dport {{ {ports} }} drop
    {protocol} sport {{ {ports} }} drop
  }}
}}
"""


class Roaming:
    """The client and the router of a lab, and what can be done to the way between them."""

    def __init__(self):
        self.plan = plan.Plan()
        self.client, self.router, self.server = (self.plan.netns(host) for host in ("client", "router", "server"))

    def second_network(self):
        netns.join(self.client, "eth1", [f"{SECOND_CLIENT}/26"], self.router, "client1", [f"{SECOND_ROUTER}/26"])

    def second_server_address(self):
        netns.ip(self.server, f"addr add {SECOND_SERVER}/24 dev eth0")

    def route(self, gateway, link):
        """Answers the moment from which that way can be used."""
        netns.ip(self.client, f"route replace default via {gateway} dev {link}")
        return time.time()

    def readdress(self, old, new):
        """Another address on the first link, as after a new lease: the old one goes first."""
        netns.ip(self.client, f"addr del {old}/24 dev eth0")
        netns.ip(self.client, f"addr add {new}/24 dev eth0")
        return self.route(plan.ROUTER_CLIENT4, "eth0")

    def link(self, name, state):
        netns.ip(self.client, f"link set {name} {state}")

    def restore_ipv6(self):
        """A link that was down has lost its addresses of that family."""
        netns.run("ip", "-n", self.client, "addr", "replace", f"{plan.CLIENT6}/64", "dev", "eth0", "nodad")
        netns.run("ip", "-n", self.client, "-6", "route", "replace", "default", "via", plan.ROUTER_CLIENT6)

    def no_ipv4(self):
        netns.ip(self.client, "route del default")
        return time.time()

    def translate(self):
        netns.nft(self.router, _TRANSLATE)

    def no_translation(self):
        netns.nft(self.router, "delete table ip lab_roam")
        self.forget_translations()

    def forget_translations(self):
        netns.run("nsenter", f"--net=/run/netns/{self.router}", "/usr/bin/python3", "-c", _FORGET)

    def hush(self, protocol="udp", ports="500, 4500"):
        netns.nft(self.router, _SILENCE.format(protocol=protocol, ports=ports))

    def unhush(self):
        netns.nft(self.router, "delete table inet lab_hush")

    def charon(self, *arguments):
        return strongswan.swanctl(self.plan, *arguments)

    def sas(self):
        """(unique id, the client's address and port, the server's address) of each IKE SA that is established."""
        said = self.charon("--list-sas")
        found = []
        for block in re.split(r"(?m)^(?=lab: #)", said):
            if "ESTABLISHED" not in block:
                continue
            number = re.match(r"lab: #(\d+)", block).group(1)
            local = re.search(r"local .* @ (\S+)\[", block).group(1)
            remote = re.search(r"remote .* @ (\S+)\[(\d+)\]", block)
            found.append((int(number), (remote.group(1), int(remote.group(2))), local))
        return found


class Pings:
    """Numbered pings to the inner host, a hundred a second, for the length of a with block."""

    INTERVAL = 0.01
    _REPLY = re.compile(r"\[(\d+\.\d+)\].*icmp_seq=(\d+)")

    def __init__(self, host, address):
        """host: a desk, or a lab whose client pings."""
        ping = ("ping", "-n", "-D", "-i", self.INTERVAL, address)
        self.command = host.user_command(*ping) if hasattr(host, "user_command") else host.command("client", *ping)
        self.replies = []  # (moment, number)

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        return self

    def _read(self):
        for line in self.process.stdout:
            if reply := self._REPLY.search(line):
                self.replies.append((float(reply.group(1)), int(reply.group(2))))

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.reader.join(5)

    def first_after(self, moment, seconds=20.0):
        """Milliseconds from then to the first reply; nothing when none came."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            later = [when for when, _number in self.replies[-400:] if when > moment]
            if later:
                return (min(later) - moment) * 1000
            time.sleep(0.005)
        return None
