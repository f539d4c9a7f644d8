"""Sniffs a link of the lab and reads what passed."""

import ipaddress
import signal
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

IKE_SA_INIT, IKE_AUTH, CREATE_CHILD_SA, INFORMATIONAL = 34, 35, 36, 37


@dataclass(frozen=True)
class Packet:
    time: float
    kind: str  # "ike" "esp" "keepalive" "arp" "nd" "udp" "tcp" "icmp" "other"
    source: str
    target: str
    source_port: int
    target_port: int
    payload: bytes  # of UDP and TCP; for IKE without the non-ESP marker

    # IKE header, RFC 7296 3.1: in clear on every message.
    @property
    def exchange(self):
        return self.payload[18]

    @property
    def is_response(self):
        return bool(self.payload[19] & 0x20)

    @property
    def message_id(self):
        return int.from_bytes(self.payload[20:24], "big")


def _classify(when, frame):
    kind, = struct.unpack_from("!H", frame, 12)
    if kind == 0x0806:
        return Packet(when, "arp", "", "", 0, 0, b"")
    if kind == 0x0800:
        header = (frame[14] & 15) * 4
        protocol, body = frame[23], frame[14 + header:14 + struct.unpack_from("!H", frame, 16)[0]]
        source, target = frame[26:30], frame[30:34]
    elif kind == 0x86DD:
        protocol, body, source, target = frame[20], frame[54:54 + struct.unpack_from("!H", frame, 18)[0]], frame[22:38], frame[38:54]
    else:
        return Packet(when, "other", "", "", 0, 0, frame[14:])
    source, target = str(ipaddress.ip_address(source)), str(ipaddress.ip_address(target))
    if kind == 0x0800 and struct.unpack_from("!H", frame, 20)[0] & 0x1FFF:
        return Packet(when, "fragment", source, target, 0, 0, body)
    if protocol in (1, 58):
        # Neighbour discovery and multicast listener reports belong to the link.
        return Packet(when, "nd" if protocol == 58 and body[0] in (130, 131, 132, 133, 134, 135, 136, 143) else "icmp",
                      source, target, 0, 0, body)
    if protocol == 0 and kind == 0x86DD:
        return Packet(when, "nd", source, target, 0, 0, body)
    if protocol not in (6, 17) or len(body) < 8:
        return Packet(when, "other", source, target, 0, 0, body)
    source_port, target_port = struct.unpack_from("!HH", body)
    if protocol == 6:
        return Packet(when, "tcp", source, target, source_port, target_port, body[(body[12] >> 4) * 4:])
    payload, ports = body[8:], {source_port, target_port}
    if 4500 in ports and payload == b"\xff":
        name = "keepalive"
    elif 4500 in ports and payload[:4] == bytes(4):
        name, payload = "ike", payload[4:]
    elif 4500 in ports:
        name = "esp"
    elif 500 in ports:
        name = "ike"
    else:
        name = "udp"
    return Packet(when, name, source, target, source_port, target_port, payload)


def read(path):
    """The packets of a pcap file as tcpdump writes it here: microseconds, this machine's byte order, Ethernet."""
    data, at, packets = Path(path).read_bytes(), 24, []
    while at + 16 <= len(data):
        seconds, micros, kept, _whole = struct.unpack_from("=IIII", data, at)
        frame = data[at + 16:at + 16 + kept]
        at += 16 + kept
        if len(frame) >= 34:
            packets.append(_classify(seconds + micros / 1e6, frame))
    return packets


class Capture:
    """Sniffs the client's link on the router for the length of a with block; then `packets` holds what passed."""

    def __init__(self, lab):
        self.lab = lab

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="tern-capture.")
        self.file = Path(self.folder.name) / "link.pcap"
        place = self.lab.state["capture"]
        self.process = subprocess.Popen(
            self.lab.command(place["host"], "tcpdump", "--immediate-mode", "-U", "-Z", "root", "-i", place["interface"], "-w",
                             self.file), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while b"listening on" not in (line := self.process.stderr.readline()):
            if not line:
                raise RuntimeError("tcpdump did not start")
        return self

    def so_far(self):
        time.sleep(0.05)
        return read(self.file)

    def __exit__(self, *_):
        time.sleep(0.1)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=20)
        self.packets = read(self.file)
        self.folder.cleanup()


def requests_after_first_auth_answer(packets, client):
    """IKE_AUTH requests the client still sent after the server's first IKE_AUTH response was on the wire."""
    answered, late = False, []
    for packet in packets:
        if packet.kind != "ike" or len(packet.payload) < 28:
            continue
        if packet.source == client:
            if answered and packet.exchange == IKE_AUTH and packet.message_id > 1:
                late.append(packet)
        elif packet.exchange == IKE_AUTH and packet.is_response:
            answered = True
    return late


def outside_tunnel(packets, sstp_server=""):
    """What is neither IKE, ESP nor the link's own business; with an SSTP server's address: nor TCP port 443 of that."""
    if sstp_server:
        return [p for p in packets if p.kind not in ("arp", "nd")
                and not (p.kind == "tcp" and (sstp_server, 443) in ((p.source, p.source_port), (p.target, p.target_port)))]
    return [p for p in packets if p.kind not in ("ike", "esp", "keepalive", "arp", "nd")]
