#!/usr/bin/python3
"""Answers as servers of PPTP and L2TP do to the first message, strictly, and says what it saw.

retired.py READY-FILE pptp=ADDRESS… l2tp=ADDRESS…: PPTP's control connection on TCP port 1723 (RFC 2637), L2TP without
IPsec on UDP port 1701 (RFC 2661). No call can be made with either.
"""

import socket
import socketserver
import struct
import sys
import threading
from pathlib import Path

_MAGIC = 0x1A2B3C4D


def say(text):
    print(text, flush=True)


class Pptp(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.settimeout(10)
        while True:
            head = self._exactly(12)
            if not head:
                return say("pptp: the connection ends")
            size, kind, magic, message, reserved = struct.unpack("!HHIHH", head)
            rest = self._exactly(size - len(head))
            if kind != 1 or magic != _MAGIC or reserved or rest is None:
                return say("pptp: not what RFC 2637 says")
            if message == 1 and size == 156:
                version, _, _, _, channels, firmware, host, vendor = struct.unpack("!HHIIHH64s64s", rest)
                say(f"pptp: start, version {version:#x}, channels {channels}, firmware {firmware}, "
                    f"host {host.rstrip(bytes(1))!r}, vendor {vendor.rstrip(bytes(1))!r}")
                reply = struct.pack("!HBBIIHH64s64s", 0x100, 1, 0, 3, 3, 1, 3306, b"RRAS01", b"Microsoft")
                self.request.sendall(struct.pack("!HHIHH", 156, 1, _MAGIC, 2, 0) + reply)
            elif message == 3 and size == 16:
                say(f"pptp: stop, reason {rest[0]}")
                self.request.sendall(struct.pack("!HHIHHBBH", 16, 1, _MAGIC, 4, 0, 1, 0, 0))
            else:
                return say(f"pptp: message {message} of {size} octets")

    def _exactly(self, count):
        octets = b""
        while len(octets) < count:
            try:
                more = self.request.recv(count - len(octets))
            except OSError:
                return None
            if not more:
                return None
            octets += more
        return octets


def _avp(kind, value):
    return struct.pack("!HHH", 0x8000 | (6 + len(value)), 0, kind) + value


def _avps(octets):
    found = {}
    while octets:
        about, vendor, kind = struct.unpack("!HHH", octets[:6])
        found.setdefault(kind if not vendor else (vendor, kind), octets[6:about & 0x3FF])
        octets = octets[about & 0x3FF:]
    return found


def l2tp(channel):
    own = 4711
    while True:
        octets, client = channel.recvfrom(2048)
        flags, size, tunnel, session, sent, expected = struct.unpack("!HHHHHH", octets[:12])
        if flags != 0xC802 or size != len(octets) or session:
            say("l2tp: not what RFC 2661 says")
            continue
        found = _avps(octets[12:])
        kind = struct.unpack("!H", found[0])[0]
        if kind == 1 and tunnel == 0:
            say(f"l2tp: start, host {found[7]!r}, tunnel {'good' if found[9] != bytes(2) else 'zero'}")
            avps = (_avp(0, struct.pack("!H", 2)) + _avp(2, b"\x01\x00") + _avp(3, struct.pack("!I", 3)) + _avp(7, b"RRAS01")
                    + _avp(8, b"Microsoft") + _avp(9, struct.pack("!H", own)) + _avp(10, struct.pack("!H", 4)))
            head = struct.pack("!HHHHHH", 0xC802, 12 + len(avps), *struct.unpack("!H", found[9]), 0, 0, sent + 1)
            channel.sendto(head + avps, client)
        elif kind == 4 and tunnel == own:
            say(f"l2tp: stop, result {struct.unpack('!H', found[1][:2])[0]}, sequence {sent} {expected}")


def main():
    ready, *places = sys.argv[1:]
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    for place in places:
        kind, address = place.split("=")
        if kind == "pptp":
            server = socketserver.ThreadingTCPServer((address, 1723), Pptp)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        else:
            channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            channel.bind((address, 1701))
            threading.Thread(target=l2tp, args=(channel,), daemon=True).start()
    Path(ready).touch()
    threading.Event().wait()


if __name__ == "__main__":
    main()
