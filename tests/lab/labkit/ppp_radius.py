"""EAP of the lab's own PPP side as a gateway has it: relayed to a RADIUS server (RFC 2865, RFC 3579), whose keys for the
call come back with its consent (RFC 2548 2.4)."""

import asyncio
import hashlib
import hmac
import os
import struct

from . import radius
from .ppp_frames import EAP
from .ppp_negotiation import packet

_REQUEST, _ACCEPT, _REJECT, _CHALLENGE = 1, 2, 3, 11
_USER_NAME, _STATE, _VENDOR, _NAS, _EAP_MESSAGE, _AUTHENTICATOR = 1, 24, 26, 32, 79, 80
_MICROSOFT, _SEND_KEY, _RECEIVE_KEY = 311, 16, 17


def _attributes(octets):
    found, at = [], 0
    while at < len(octets):
        size = octets[at + 1]
        if size < 2 or at + size > len(octets):
            raise ValueError("attributes")
        found.append((octets[at], octets[at + 2:at + size]))
        at += size
    return found


def _attribute(kind, value):
    return bytes((kind, 2 + len(value))) + value


def _clear(secret, authenticator, value):
    """The key in an MS-MPPE-Send-Key or MS-MPPE-Recv-Key."""
    before, clear = authenticator + value[:2], b""
    for at in range(2, len(value), 16):
        mask = hashlib.md5(secret + before).digest()
        before = value[at:at + 16]
        clear += bytes(a ^ b for a, b in zip(before, mask))
    return clear[1:1 + clear[0]]


class _Socket(asyncio.DatagramProtocol):
    def __init__(self, received):
        self._received = received

    def datagram_received(self, data, _address):
        self._received(data)


class RadiusLogin:
    """As ppp_login.Login. `keys`, once it is accepted: the server's for receiving, then the one for sending."""

    def __init__(self, method, _settings, _users, send, done, say):
        self.method, self.keys = method, None
        self._send, self._done, self._say = send, done, say
        self._secret, self._number, self._name, self._state = radius.SECRET.encode(), 0, b"", b""
        self._authenticator, self._transport, self._asking = b"", None, None

    def start(self):
        self._send(EAP, packet(1, 1, b"\x01"))

    def receive(self, protocol, code, number, body):
        if protocol != EAP or code != 2 or not body:
            return self._say(f"login: {protocol:04x} code {code} is not expected")
        if body[0] == 1:
            self._name = body[1:]
        self._asking = asyncio.ensure_future(self._relay(packet(code, number, body)))
        return None

    async def _relay(self, eap):
        if not self._transport:
            self._transport, _protocol = await asyncio.get_running_loop().create_datagram_endpoint(
                lambda: _Socket(self._answered), remote_addr=("127.0.0.1", radius.PORT))
        self._number, self._authenticator = (self._number + 1) % 256, os.urandom(16)
        body = _attribute(_USER_NAME, self._name) + _attribute(_NAS, b"tern-lab")
        body += b"".join(_attribute(_EAP_MESSAGE, eap[at:at + 253]) for at in range(0, len(eap), 253))
        if self._state:
            body += _attribute(_STATE, self._state)
        head = struct.pack("!BBH", _REQUEST, self._number, 20 + len(body) + 18) + self._authenticator
        unsigned = head + body + _attribute(_AUTHENTICATOR, bytes(16))
        self._transport.sendto(unsigned[:-16] + hmac.new(self._secret, unsigned, "md5").digest())

    def _answered(self, octets):
        code, number, size = struct.unpack_from("!BBH", octets)
        proof = hashlib.md5(octets[:4] + self._authenticator + octets[20:size] + self._secret).digest()
        if number != self._number or not hmac.compare_digest(proof, octets[4:20]):
            return self._say("RADIUS: an answer that is none")
        found = _attributes(octets[20:size])
        self._state = b"".join(value for kind, value in found if kind == _STATE)
        eap = b"".join(value for kind, value in found if kind == _EAP_MESSAGE)
        if code == _ACCEPT:
            self.keys = self._keys_of(found)
            self._say(f"RADIUS: accepted, with keys of {len(self.keys)} octets")
        if eap:
            self._send(EAP, eap)
        if code != _CHALLENGE:
            self._transport.close()
            self._done(code == _ACCEPT)
        return None

    def _keys_of(self, found):
        keys = {}
        for kind, value in found:
            if kind == _VENDOR and int.from_bytes(value[:4], "big") == _MICROSOFT:
                for inner, data in _attributes(value[4:]):
                    if inner in (_SEND_KEY, _RECEIVE_KEY):
                        keys[inner] = _clear(self._secret, self._authenticator, data)
        return keys.get(_RECEIVE_KEY, b"") + keys.get(_SEND_KEY, b"")
