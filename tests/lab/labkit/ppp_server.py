"""A small PPP side of the lab's own, for what pppd cannot show: the oddities of the servers in the field.

Addresses of a call: 10.30.0.(9 + its number); packets go through one TUN interface of the server's host.
"""

import asyncio
import fcntl
import ipaddress
import os
import struct
import subprocess

from . import dhcp, plan
from .ppp_frames import CCP, CHAP, EAP, IP4, IPCP, IPV6CP, LCP, PAP, pack, unpack
from .ppp_login import Login
from .ppp_radius import RadiusLogin
from .ppp_negotiation import (CODE_REJECT, ECHO, ECHO_REPLY, PROTOCOL_REJECT, REJECT, REQUEST, Negotiation, octets_of, packet)

_OFFERS = {"pap": b"\xc0\x23", "chap-md5": b"\xc2\x23\x05", "mschapv2": b"\xc2\x23\x81", "eap": b"\xc2\x27", "eap-mschapv2": b"\xc2\x27",
           "eap-gtc": b"\xc2\x27", "eap-radius": b"\xc2\x27"}
_INTERFACE = "sstp0"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


class Tunnel:
    """The host's end of every call."""

    def __init__(self, address, mtu):
        self.calls = {}
        self._fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(self._fd, _TUNSETIFF, struct.pack("16sH", _INTERFACE.encode(), _IFF_TUN | _IFF_NO_PI))
        for words in (f"link set {_INTERFACE} up mtu {mtu}", f"addr add {address}/32 dev {_INTERFACE}", f"route add {plan.POOL4} dev {_INTERFACE}"):
            subprocess.run(["ip", *words.split()], check=True)
        asyncio.get_running_loop().add_reader(self._fd, self._readable)

    def _readable(self):
        batches = {}
        for _ in range(64):
            try:
                octets = os.read(self._fd, 65536)
            except BlockingIOError:
                break
            if octets[0] >> 4 == 4 and (call := self.calls.get(octets[16:20])):
                batches.setdefault(call, []).append(pack(IP4, octets))
        for call, frames in batches.items():
            call.send_frames(frames)

    def write(self, octets):
        try:
            os.write(self._fd, octets)
        except OSError:  # not a packet, or no room
            pass


class _Lcp(Negotiation):
    def __init__(self, ppp, *arguments):
        self._ppp, settings = ppp, ppp.settings
        self.methods = list(settings["auth"])
        wanted = [(1, settings["mru"].to_bytes(2, "big"))] if settings["mru"] else []
        if self.methods:
            wanted.append((3, _OFFERS[self.methods[0]]))
        if settings["magic"]:
            wanted.append((5, os.urandom(4)))
        wanted += [(int(kind), bytes.fromhex(value)) for kind, value in settings["lcp-extras"].items()]
        super().__init__("LCP", wanted, *arguments)

    def judge(self, kind, value):
        if kind in self._ppp.settings["lcp-rejects"] or kind not in (1, 2, 5, 7, 8) or (kind == 5 and len(value) != 4):
            return REJECT
        largest = self._ppp.settings["peer-mru"]
        if kind == 1 and largest and int.from_bytes(value, "big") > largest:
            return largest.to_bytes(2, "big")
        return None

    def refused(self, kind, value):
        if kind != 3:
            return None  # what a client does not want it need not have
        previous, *others = self.methods
        hinted = [method for method in others if _OFFERS[method] == value]
        self.methods = others if self._ppp.settings["ignores-hint"] or not hinted else hinted + [m for m in others if m not in hinted]
        self._ppp.call.say(f"the client does not want {previous}")
        if not self.methods:
            self._ppp.ended("LCP: no authentication in common")
            return _OFFERS[previous]
        return _OFFERS[self.methods[0]]


class _Ipcp(Negotiation):
    def __init__(self, ppp, *arguments):
        self._ppp, self._address = ppp, ppp.address.packed
        super().__init__("IPCP", [(3, ipaddress.ip_address(ppp.settings["own-address"]).packed)], *arguments)

    def judge(self, kind, value):
        known = {3: self._address, 129: ipaddress.ip_address(plan.INNER4).packed, 130: ipaddress.ip_address(plan.INNER4).packed,
                 131: ipaddress.ip_address(plan.SERVER_LAN4).packed, 132: ipaddress.ip_address(plan.SERVER_LAN4).packed}
        if kind not in known or kind in self._ppp.settings["ipcp-rejects"]:
            return REJECT
        return None if value == known[kind] else known[kind]


class _Ipv6cp(Negotiation):
    def judge(self, kind, value):
        return REJECT if kind != 1 or len(value) != 8 else os.urandom(8) if value == bytes(8) else None


class OwnPpp:
    def __init__(self, call):
        self.call, self.settings, self.closed = call, call.settings, False
        self.address = ipaddress.ip_address("10.30.0.9") + call.number
        self.lcp = _Lcp(self, lambda octets: self.send(LCP, octets), self._lcp_open, self.ended)
        self.ipcp = _Ipcp(self, lambda octets: self.send(IPCP, octets), self._ipcp_open, self.ended)
        self.ipv6cp = _Ipv6cp("IPV6CP", [(1, os.urandom(8))], lambda octets: self.send(IPV6CP, octets), lambda: None, self.ended)
        self.login, self.signed_in = None, False

    # --- the call's

    def open(self):
        if not self.settings["starts-late"]:
            self.lcp.request()
        if self.settings["early-echo"]:
            self.send(LCP, packet(ECHO, 77, bytes(4)))

    def receive(self, frame):
        found = unpack(frame)
        if self.closed or not found:
            return
        protocol, body = found
        if protocol == IP4:
            return self._packet(body)
        if len(body) < 4 or not 4 <= int.from_bytes(body[2:4], "big") <= len(body):
            return self.call.say(f"a bad packet of {protocol:04x} is dropped")
        code, number, body = body[0], body[1], body[4:int.from_bytes(body[2:4], "big")]
        try:
            self._control(protocol, code, number, body)
        except (ValueError, IndexError, UnicodeDecodeError) as error:
            self.call.say(f"a malformed packet of {protocol:04x}: {error}")

    def exported(self):
        return self.login.keys if self.login else None

    def hang_up(self):
        self.lcp.terminate(b"Administrator reset")

    def close(self):
        self.closed = True
        for protocol in (self.lcp, self.ipcp, self.ipv6cp):
            protocol.stop()
        self.call.server.tunnel.calls.pop(self.address.packed, None)

    # --- what is inside

    def send(self, protocol, octets):
        if not self.closed:
            self.call.send_frames([pack(protocol, octets)])

    def ended(self, why):
        self.call.say(why)
        if not self.closed:
            asyncio.get_running_loop().call_soon(lambda: asyncio.ensure_future(self.call.obey("disconnect")))

    def _control(self, protocol, code, number, body):
        if protocol == LCP:
            if self.settings["starts-late"] and not self.lcp._timer and not self.lcp.is_open:
                self.lcp.request()
            if not self.lcp.receive(code, number, body):
                self._lcp_other(code, number, body)
        elif protocol in (PAP, CHAP, EAP) and self.login:
            self.login.receive(protocol, code, number, body)
        elif protocol in (IPCP, IPV6CP) and self.settings["network"] == "silent":
            self.call.server.count("unanswered")
        elif protocol in (IPCP, IPV6CP) and self.settings["network"] == "ipcp" and self.signed_in and (protocol == IPCP or self.settings["ipv6cp"]):
            own = self.ipcp if protocol == IPCP else self.ipv6cp
            if not own.receive(code, number, body):
                self.send(protocol, packet(CODE_REJECT, number, packet(code, number, body)))
        else:
            self.send(LCP, packet(PROTOCOL_REJECT, 1, protocol.to_bytes(2, "big") + packet(code, number, body)))

    def _lcp_other(self, code, number, body):
        if code == ECHO:
            if self.settings["answers-lcp-echo"]:
                self.send(LCP, packet(ECHO_REPLY, number, bytes(4) + body[4:]))
        elif code == ECHO_REPLY:
            self.call.server.count("lcp-echo-replies")
        elif code == PROTOCOL_REJECT:
            self.call.say(f"the client rejects protocol {body[:2].hex()}")
            self.call.server.count(f"rejected-{body[:2].hex()}")
        elif code != 11:  # Discard-Request
            self.send(LCP, packet(CODE_REJECT, number, packet(code, number, body)))

    def _lcp_open(self):
        self.call.say("LCP is open: " + (octets_of(self.lcp.taken.items()).hex() or "nothing asked for"))
        if not self.lcp.methods:
            return self._signed_in(True)
        kind = RadiusLogin if self.lcp.methods[0] == "eap-radius" else Login
        self.login = kind(self.lcp.methods[0], self.settings, self.call.server.users, self.send, self._signed_in, self.call.say)
        self.login.start()

    def _signed_in(self, right):
        if not right:
            return self.lcp.terminate(b"Authentication failed")
        self.signed_in = True
        if self.settings["network"] != "ipcp":
            return
        if self.settings["ccp"]:
            self.send(CCP, packet(REQUEST, 1, b"\x12\x06\x01\x00\x00\x40"))  # MPPE, 128 bits
        for protocol in self.settings["odd-protocols"]:
            self.send(int(protocol, 16), packet(REQUEST, 1))
        self.ipcp.request()
        if self.settings["ipv6cp"]:
            self.ipv6cp.request()

    def _ipcp_open(self):
        self.call.say(f"IPCP is open: {self.address}, options {sorted(self.ipcp.taken)}")
        self.call.server.tunnel.calls[self.address.packed] = self.call

    def _packet(self, octets):
        if not self.ipcp.is_open or len(octets) < 20:
            return
        if octets[9] == 17 and self.settings["routes"] and octets[22:24] == b"\0\x43":
            return self._dhcp(octets)
        if octets[12:16] != self.address.packed:
            self.call.server.count("foreign-sources")
        self.call.server.tunnel.write(octets)

    def _dhcp(self, octets):
        """The DHCP server of a Windows network, as RRAS relays to it."""
        networks = [ipaddress.ip_network(network) for network in self.settings["routes"]]
        own = ipaddress.ip_address(plan.INNER4)
        reply = dhcp.answer(octets[28:], own, networks, ["branch.example.test"])
        self.call.say(f"DHCPINFORM: {'answered' if reply else 'not understood'}")
        if reply:
            self.call.server.count("dhcp-informs")
            udp = struct.pack("!HHHH", 67, 68, 8 + len(reply), 0) + reply
            head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, own.packed, self.address.packed)
            total = sum(struct.unpack("!10H", head))
            total = (total & 0xFFFF) + (total >> 16)
            total = (total + (total >> 16)) & 0xFFFF
            self.send(IP4, head[:10] + struct.pack("!H", total ^ 0xFFFF) + head[12:] + udp)
