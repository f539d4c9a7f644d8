#!/usr/bin/python3
"""A DHCP server that knows DHCPINFORM only (RFC 2131 3.4), as a Windows VPN server relays it.

dhcp.py ADDRESS READY-FILE ROUTE…: answers on ADDRESS with the routes in option 121 (RFC 3442) and again in 249.
"""

import ipaddress
import socket
import struct
import sys
from pathlib import Path

_COOKIE = b"\x63\x82\x53\x63"


def _option(code, value):
    return bytes((code, len(value))) + value


def _routes(networks, router):
    octets = b""
    for network in networks:
        octets += bytes((network.prefixlen,)) + network.network_address.packed[:(network.prefixlen + 7) // 8] + router
    return octets


def _search_list(names):
    """RFC 3397, without compression."""
    return b"".join(b"".join(bytes((len(part),)) + part.encode() for part in name.split(".")) + b"\0" for name in names)


def answer(request, address, networks, search=()):
    """The DHCPACK, or nothing for anything but a DHCPINFORM."""
    if len(request) < 240 or request[0] != 1 or request[236:240] != _COOKIE or b"\x35\x01\x08" not in request[240:]:
        return None
    own = address.packed
    head = bytes((2,)) + request[1:12] + request[12:16] + bytes(4) + own + bytes(4) + request[28:236] + _COOKIE
    options = (_option(53, b"\x05") + _option(54, own) + _option(121, _routes(networks, own)) +
               _option(249, _routes(networks, own)) + _option(15, b"dhcp.example.test") +
               (_option(119, _search_list(search)) if search else b"") + b"\xff")
    return head + options


def main():
    address, networks = ipaddress.ip_address(sys.argv[1]), [ipaddress.ip_network(a) for a in sys.argv[3:]]
    channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    channel.bind((str(address), 67))
    Path(sys.argv[2]).touch()
    while True:
        request, _sender = channel.recvfrom(4096)
        reply = answer(request, address, networks)
        if reply:
            client = socket.inet_ntoa(struct.pack("!4s", request[12:16]))
            channel.sendto(reply, (client, 68))


if __name__ == "__main__":
    main()
