"""PPP frames: the address and control octets, HDLC as a serial line has it (RFC 1662), and who has signed in with what."""

import binascii
import re

from . import mschap

LCP, PAP, CHAP, EAP, IPCP, IPV6CP, CCP, IP4, IP6 = 0xC021, 0xC023, 0xC223, 0xC227, 0x8021, 0x8057, 0x80FD, 0x0021, 0x0057
_MIRRORED = bytes(int(f"{octet:08b}"[::-1], 2) for octet in range(256))
_ESCAPED = re.compile(rb"}(.)", re.DOTALL)
_PLAIN = {bytes((octet,)): bytes((octet ^ 0x20,)) for octet in range(256)}
_EAP_METHODS = {4: "EAP-MD5", 6: "EAP-GTC", 13: "EAP-TLS", 21: "TTLS", 25: "PEAP", 26: "EAP-MSCHAPv2"}
_KEYED = (13, 21, 25, 26)
_CONTROL = re.compile(rb"[\x00-\x1f]")


def pack(protocol, body):
    return b"\xff\x03" + protocol.to_bytes(2, "big") + body


def unpack(frame):
    """(protocol, body) of a frame with or without its address, control and first protocol octets; None if it is none."""
    if frame[:2] == b"\xff\x03":
        frame = frame[2:]
    if frame and frame[0] & 1:
        return frame[0], frame[1:]
    return (int.from_bytes(frame[:2], "big"), frame[2:]) if len(frame) >= 2 and frame[1] & 1 else None


def _checksum(octets):
    """The FCS is CRC-16 with its bits mirrored, which binascii does not have; it has the plain one."""
    turned = binascii.crc_hqx(octets.translate(_MIRRORED), 0xFFFF) ^ 0xFFFF
    return int(f"{turned:016b}"[::-1], 2).to_bytes(2, "little")


def to_line(frame):
    """All control octets are escaped in LCP; otherwise the line is told to take them (pppd's receive-all)."""
    octets = frame + _checksum(frame)
    octets = octets.replace(b"}", b"}]").replace(b"~", b"}^")
    if frame[2:4] == b"\xc0\x21":
        octets = _CONTROL.sub(lambda found: b"}" + _PLAIN[found[0]], octets)
    return b"~" + octets + b"~"


class FromLine:
    """Takes what a serial line says, gives frames."""

    def __init__(self):
        self._rest = b""

    def feed(self, octets):
        *whole, self._rest = (self._rest + octets).split(b"~")
        for piece in whole:
            octets = _ESCAPED.sub(lambda found: _PLAIN[found[1]], piece)
            if len(octets) >= 4 and _checksum(octets[:-2]) == octets[-2:]:
                yield octets[:-2]


class AuthWatch:
    """Reads the authentication that goes by, and knows the HLAK it yields ([MS-SSTP] 3.2.5.2)."""

    def __init__(self, users, say, exported=lambda: None):
        self._users, self._say, self._exported = users, say, exported
        self._challenge = self._name = self._peer = self._response = b""
        self._eap_type, self._eap_accepted = 0, False
        self.method = self.hlak = None  # known when the peer has signed in

    def _signed_in(self, method, hlak=bytes(32)):
        self.method, self.hlak = method, hlak
        self._say(f"signed in with {method}" + (f" as {self._name.decode('utf-8', 'replace')}" if self._name else ""))

    def _keys(self):
        name = self._name.decode("utf-8", "replace")
        password = self._users.get(name, self._users.get(mschap.bare(name), ""))
        return b"".join(mschap.client_keys(password, self._response))

    def from_server(self, protocol, body):
        if self.method:
            return
        if protocol == PAP and body[0] == 2:
            self._signed_in("PAP")
        elif protocol == CHAP and body[0] == 1:
            self._challenge = body[5:5 + body[4]]
        elif protocol == CHAP and body[0] == 3:
            self._signed_in("MS-CHAPv2", self._keys()) if self._response else self._signed_in("CHAP-MD5")
        elif protocol == EAP and body[0] == 3:
            self._eap_success()
        elif protocol == EAP and body[0] == 1 and body[4:6] == b"\x1a\x01":
            self._challenge = body[10:26]
        elif protocol == EAP and body[0] == 1 and body[4:6] == b"\x1a\x03":
            self._eap_accepted = True
        elif protocol in (IPCP, IPV6CP):
            # pppd 2.4.9 lets in without an EAP-Success after EAP-MSCHAPv2.
            self._eap_success() if self._eap_accepted else self._signed_in("nothing")

    def _eap_success(self):
        """The keys of who did the method, where it tells them; a sign-in server's may be none."""
        method, keys = _EAP_METHODS.get(self._eap_type, f"EAP {self._eap_type}"), self._exported()
        if keys is not None:
            self._signed_in(method, keys[:32].ljust(32, b"\0"))
        elif self._response:
            self._signed_in(method, self._keys())
        elif self._eap_type in _KEYED:
            self._say(f"{method}, and no keys of it")
        else:
            self._signed_in(method)

    def from_client(self, protocol, body):
        if self.method:
            return
        if protocol == PAP and body[0] == 1:
            self._name = body[5:5 + body[4]]
        elif protocol == CHAP and body[0] == 2:
            value, self._name = body[5:5 + body[4]], body[5 + body[4]:int.from_bytes(body[2:4], "big")]
            self._response = value[24:48] if len(value) == 49 else b""
        elif protocol == CHAP and body[0] == 7:  # a change of the password
            self._response = body[560:584]
        elif protocol == EAP and body[0] == 2 and body[4:5] == b"\x01":
            self._name = body[5:int.from_bytes(body[2:4], "big")]
        elif protocol == EAP and body[0] == 2 and body[4:5] != b"\x03":
            self._eap_type = body[4]
            if body[4:6] == b"\x1a\x02":
                self._response, self._name = body[34:58], body[59:int.from_bytes(body[2:4], "big")]
