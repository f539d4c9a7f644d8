#!/usr/bin/python3
"""Leaves one IKE_SA half open on the server, so that it asks everybody else for a cookie (RFC 7296 2.6).

halfopen.py SERVER SOURCE
"""

import os
import socket
import struct
import sys


def payload(following, body):
    return struct.pack("!BBH", following, 0, 4 + len(body)) + body


def transform(last, kind, number, key_length=None):
    attribute = struct.pack("!HH", 0x800E, key_length) if key_length else b""
    return struct.pack("!BBHBBH", 0 if last else 3, 0, 8 + len(attribute), kind, 0, number) + attribute


def ike_sa_init():
    """AES-256-GCM, PRF-HMAC-SHA-256, MODP-2048; any number below the modulus passes for a public value."""
    transforms = transform(False, 1, 20, 256) + transform(False, 2, 5) + transform(True, 4, 14)
    proposal = struct.pack("!BBHBBBB", 0, 0, 8 + len(transforms), 1, 1, 0, 3) + transforms
    public = b"\x7f" + os.urandom(255)
    body = (payload(34, proposal) + payload(40, struct.pack("!HH", 14, 0) + public) + payload(0, os.urandom(32)))
    return os.urandom(8) + bytes(8) + struct.pack("!BBBBII", 33, 0x20, 34, 0x08, 0, 28 + len(body)) + body


def main():
    server, source = sys.argv[1:3]
    channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    channel.bind((source, 0))
    channel.settimeout(3)
    channel.sendto(ike_sa_init(), (server, 500))
    reply = channel.recv(4096)
    if len(reply) < 28 or reply[18] != 34 or reply[16] != 33:
        sys.exit("halfopen: the server did not take the request")


if __name__ == "__main__":
    main()
