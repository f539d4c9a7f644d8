"""SSTP on the wire, [MS-SSTP] 2.2 and 3.2.5.2: packets and the crypto binding, with Python's own hashes only."""

import hashlib
import hmac
import struct
from dataclasses import dataclass

URI = "/sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/"
CONNECT_REQUEST, CONNECT_ACK, CONNECT_NAK, CONNECTED, ABORT, DISCONNECT, DISCONNECT_ACK, ECHO_REQUEST, ECHO_RESPONSE = range(1, 10)
NAMES = ("", "CALL_CONNECT_REQUEST", "CALL_CONNECT_ACK", "CALL_CONNECT_NAK", "CALL_CONNECTED", "CALL_ABORT", "CALL_DISCONNECT",
         "CALL_DISCONNECT_ACK", "ECHO_REQUEST", "ECHO_RESPONSE")
PROTOCOL_ID, STATUS_INFO, BINDING, BINDING_REQUEST = range(1, 5)
STATUS_NOT_SUPPORTED, STATUS_UNACCEPTED, STATUS_RETRIES, STATUS_INVALID_FRAME, STATUS_TIMEOUT = 4, 5, 6, 7, 8
SHA1, SHA256 = 1, 2
HASHES = {SHA1: hashlib.sha1, SHA256: hashlib.sha256}
HASH_NAMES = {SHA1: "SHA-1", SHA256: "SHA-256"}
LARGEST = 4095
_SEED = b"SSTP inner method derived CMK"


class Malformed(Exception):
    pass


def data(frame):
    return struct.pack("!BBH", 0x10, 0, 4 + len(frame)) + frame


def attribute(number, value):
    return struct.pack("!BBH", 0, number, 4 + len(value)) + value


def status_info(about, status):
    return attribute(STATUS_INFO, bytes(3) + bytes((about,)) + struct.pack("!I", status))


def control(kind, *attributes):
    body = b"".join(attributes)
    return struct.pack("!BBHHH", 0x10, 1, 8 + len(body), kind, len(attributes)) + body


def binding_request(hashes, nonce):
    return attribute(BINDING_REQUEST, bytes(3) + bytes((hashes,)) + nonce)


@dataclass
class Control:
    kind: int
    attributes: list  # (number, value)
    octets: bytes

    def only(self, number):
        """The value of the attribute that must be there exactly once."""
        values = [value for found, value in self.attributes if found == number]
        if len(values) != 1:
            raise Malformed(f"{len(values)} attributes {number} in {NAMES[self.kind]}")
        return values[0]


def take(buffer):
    """The first packet of the buffer: (is control, octets), or nothing yet. Takes it out of the buffer."""
    if len(buffer) < 4:
        return None
    version, kind, length = struct.unpack_from("!BBH", buffer)
    length &= 0x0FFF
    if version != 0x10 or kind & 0xFE or length < (8 if kind else 4):
        raise Malformed(f"no SSTP header: {bytes(buffer[:8]).hex()}")
    if len(buffer) < length:
        return None
    packet = bytes(buffer[:length])
    del buffer[:length]
    return bool(kind), packet


def parse_control(packet):
    kind, count = struct.unpack_from("!HH", packet, 4)
    if not CONNECT_REQUEST <= kind <= ECHO_RESPONSE:
        raise Malformed(f"message type {kind}")
    attributes, at = [], 8
    while at < len(packet):
        if len(packet) - at < 4:
            raise Malformed("octets after the attributes")
        reserved, number, length = struct.unpack_from("!BBH", packet, at)
        length &= 0x0FFF
        if length < 4 or at + length > len(packet):
            raise Malformed(f"attribute {number} of {length} octets")
        if reserved:
            raise Malformed("a reserved octet is set")
        attributes.append((number, packet[at + 4:at + length]))
        at += length
    if len(attributes) != count:
        raise Malformed(f"{len(attributes)} attributes where {count} are announced")
    return Control(kind, attributes, packet)


def certificate_hash(certificate, method):
    return HASHES[method](certificate).digest().ljust(32, b"\0")


def compound_mac(hlak, method, packet):
    """Of a CALL_CONNECTED of 112 octets; its MAC field and the padding behind count as zeros."""
    digest = HASHES[method]
    size = digest().digest_size
    key = hmac.new(hlak, _SEED + struct.pack("<H", size) + b"\x01", digest).digest()
    return hmac.new(key, packet[:80] + bytes(32), digest).digest().ljust(32, b"\0")


def connected(hlak, method, nonce, certificate):
    """A client's CALL_CONNECTED."""
    value = bytes(3) + bytes((method,)) + nonce + certificate_hash(certificate, method) + bytes(32)
    packet = control(CONNECTED, attribute(BINDING, value))
    return packet[:80] + compound_mac(hlak, method, packet)


def binding_faults(message, offered, nonce, certificate, hlak):
    """What is wrong with a CALL_CONNECTED, as words; and the hash it uses, as a word."""
    if len(message.octets) != 112:
        return ["length"], "?"
    value = message.only(BINDING)
    method = value[3]
    if method not in HASHES or not method & offered:
        return ["hash not offered"], str(method)
    if method == SHA1 and offered & SHA256:
        return ["SHA-1 although SHA-256 was offered"], HASH_NAMES[method]
    wrong = []
    if value[:3] != bytes(3):
        wrong.append("reserved octets")
    if not hmac.compare_digest(value[4:36], nonce):
        wrong.append("nonce")
    if not hmac.compare_digest(value[36:68], certificate_hash(certificate, method)):
        wrong.append("certificate hash")
    if not hmac.compare_digest(value[68:100], compound_mac(hlak, method, message.octets)):
        wrong.append("compound MAC")
    return wrong, HASH_NAMES[method]
