#!/usr/bin/python3
"""A small DNS server and web server on one host of the lab.

services.py --ready FILE --dns ADDRESS --http ADDRESS --record NAME=ADDRESS…
The web server has /100MB and /5MB (deterministic, never stored) and /whoami (the caller's address).
"""

import argparse
import hashlib
import http.server
import ipaddress
import socket
import socketserver
import struct
import threading
from pathlib import Path

TOTAL = 100_000_000
SMALL = 5_000_000  # for those who cross two guests
_BLOCK = 1 << 20


def download(total=TOTAL):
    """A file as blocks; each differs from every other, so that a lost or doubled one shows."""
    noise = hashlib.shake_256(b"the lab's download").digest(_BLOCK)
    left, number = total, 0
    while left:
        block = (number.to_bytes(8, "big") + noise[8:])[:left]
        yield block
        left -= len(block)
        number += 1


def download_sha256(total=TOTAL):
    digest = hashlib.sha256()
    for block in download(total):
        digest.update(block)
    return digest.hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path in ("/100MB", "/5MB"):
            total = TOTAL if self.path == "/100MB" else SMALL
            self._head(total, "application/octet-stream")
            for block in download(total):
                self.wfile.write(block)
            return
        if self.path == "/whoami":
            text = f"{self.client_address[0]}\n".encode()
            self._head(len(text), "text/plain")
            self.wfile.write(text)
            return
        self.send_error(404)

    def _head(self, size, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.end_headers()


class Web(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address):
        self.address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        super().__init__((address, 80), Handler)

    def server_bind(self):  # without the look-up of our own name that http.server makes
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]


def answer(query, records):
    """The reply to one DNS query (RFC 1035 4.1): A and AAAA of the names we have, else NXDOMAIN or nothing."""
    if len(query) < 17 or query[2] & 0x80:
        return None
    labels, at = [], 12
    while query[at]:
        length = query[at]
        labels.append(query[at + 1:at + 1 + length].decode("ascii", "replace").lower())
        at += 1 + length
    kind, = struct.unpack_from("!H", query, at + 1)
    question = query[12:at + 5]
    known = records.get(".".join(labels))
    found = [a for a in known or () if (a.version, kind) in ((4, 1), (6, 28))]
    flags = 0x8580 if known else 0x8583
    extended = len(query) > at + 5 and query[10:12] != b"\0\0"  # EDNS (RFC 6891): answered in kind
    reply = query[:2] + struct.pack("!HHHHH", flags, 1, len(found), 0, int(extended)) + question
    for address in found:
        reply += struct.pack("!HHHIH", 0xC00C, kind, 1, 60, len(address.packed)) + address.packed
    if extended:
        reply += struct.pack("!BHHIH", 0, 41, 1232, 0, 0)
    return reply


def serve_udp(address, records):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family, socket.SOCK_DGRAM)
    server.bind((address, 53))

    def loop():
        while True:
            query, sender = server.recvfrom(4096)
            try:
                reply = answer(query, records)
            except (IndexError, struct.error):
                continue
            if reply:
                server.sendto(reply, sender)

    threading.Thread(target=loop, daemon=True).start()


class TcpDns(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def serve_tcp(address, records):
    class Conversation(socketserver.StreamRequestHandler):
        def handle(self):
            while len(head := self.rfile.read(2)) == 2:
                reply = answer(self.rfile.read(struct.unpack("!H", head)[0]), records)
                self.wfile.write(struct.pack("!H", len(reply)) + reply)

    kind = type("Dns6", (TcpDns,), {"address_family": socket.AF_INET6}) if ":" in address else TcpDns
    threading.Thread(target=kind((address, 53), Conversation).serve_forever, daemon=True).start()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ready", type=Path, required=True)
    parser.add_argument("--dns", action="append", default=[])
    parser.add_argument("--http", action="append", default=[])
    parser.add_argument("--record", action="append", default=[])
    arguments = parser.parse_args()
    records = {}
    for record in arguments.record:
        name, address = record.split("=")
        records.setdefault(name, []).append(ipaddress.ip_address(address))
    for address in arguments.dns:
        serve_udp(address, records)
        serve_tcp(address, records)
    for address in arguments.http:
        threading.Thread(target=Web(address).serve_forever, daemon=True).start()
    arguments.ready.touch()
    threading.Event().wait()


if __name__ == "__main__":
    main()
