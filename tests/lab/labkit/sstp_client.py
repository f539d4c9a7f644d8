#!/usr/bin/python3
"""A client of a few lines, to try the lab's SSTP server with: PAP, and a CALL_CONNECTED that may be wrong on purpose.

sstp_client.py ADDRESS NAME AUTHORITY USER PASSWORD FAULT: fault "none", "mac", "nonce", "hash", "sha1", "key", "early".
Says what the server answers to CALL_CONNECTED: "accepted", or the name of the message.
"""

import socket
import ssl
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from labkit import sstp_wire as wire  # noqa: E402
from labkit.ppp_frames import IPCP, LCP, PAP, pack, unpack  # noqa: E402
from labkit.ppp_negotiation import ACK, REJECT, REQUEST, packet  # noqa: E402

CORRELATION = "SSTPCORRELATIONID: {00000000-0000-4000-8000-000000000001}"


class Client:
    def __init__(self, address, name, authority):
        context = ssl.create_default_context(cafile=authority)
        self._stream = context.wrap_socket(socket.create_connection((address, 443), 10), server_hostname=name)
        self.certificate = self._stream.getpeercert(binary_form=True)
        self._buffer = bytearray()
        self._stream.sendall(f"SSTP_DUPLEX_POST {wire.URI} HTTP/1.1\r\nHost: {name}\r\nContent-Length: 18446744073709551615\r\n"
                             f"{CORRELATION}\r\n\r\n".encode())
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, rest = bytes(self._buffer).partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise wire.Malformed(head.decode("latin-1"))
        self._buffer = bytearray(rest)

    def _more(self):
        octets = self._stream.recv(65536)
        if not octets:
            raise EOFError
        self._buffer += octets

    def next(self):
        """The next packet: a Control, or (protocol, body)."""
        while not (taken := wire.take(self._buffer)):
            self._more()
        return wire.parse_control(taken[1]) if taken[0] else unpack(taken[1][4:])

    def control(self, kind, *attributes):
        self._stream.sendall(wire.control(kind, *attributes))

    def call(self):
        """The nonce and the hashes that the server offers."""
        self.control(wire.CONNECT_REQUEST, wire.attribute(wire.PROTOCOL_ID, b"\0\1"))
        value = self.next().only(wire.BINDING_REQUEST)
        return value[4:36], value[3]

    def ppp(self, protocol, octets):
        self._stream.sendall(wire.data(pack(protocol, octets)))

    def sign_in(self, user, password):
        """LCP without any option, and PAP. False where the server does not want it."""
        self.ppp(LCP, packet(REQUEST, 1))
        done = 0
        while done < 2:
            protocol, body = self.next()
            if protocol == LCP and body[0] == REQUEST:
                self.ppp(LCP, bytes((ACK,)) + body[1:])
                done += 1
            elif protocol == LCP and body[0] == ACK:
                done += 1
        secret = bytes((len(user),)) + user.encode() + bytes((len(password),)) + password.encode()
        self.ppp(PAP, packet(1, 1, secret))
        while True:
            protocol, body = self.next()
            if protocol == PAP:
                return body[0] == 2

    def connected(self, octets):
        self._stream.sendall(octets)
        self.ppp(IPCP, packet(REQUEST, 1))  # something that an accepted client is answered
        try:
            while True:
                got = self.next()
                if isinstance(got, wire.Control):
                    return wire.NAMES[got.kind]
                if got[0] == IPCP and got[1][0] in (ACK, REJECT):
                    return "accepted"
        except EOFError:
            return "closed"


def main(address, name, authority, user, password, fault):
    client = Client(address, name, authority)
    nonce, offered = client.call()
    method = wire.SHA1 if fault == "sha1" or not offered & wire.SHA256 else wire.SHA256
    certificate = client.certificate[:-1] + b"\0" if fault == "hash" else client.certificate
    if fault == "nonce":
        nonce = bytes(32)
    octets = wire.connected(bytes(32), method, nonce, certificate)
    if fault == "mac":
        octets = octets[:80] + bytes((octets[80] ^ 1,)) + octets[81:]
    if fault == "key":
        octets = wire.connected(b"\x01" + bytes(31), method, nonce, certificate)
    if fault != "early" and not client.sign_in(user, password):
        sys.exit("the server does not take the password")
    print(client.connected(octets))


if __name__ == "__main__":
    main(*sys.argv[1:])
