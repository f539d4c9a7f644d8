"""MS-CHAPv2 (RFC 2759) and the keys that come of it (RFC 3079), from the specifications; DES is openssl's."""

import hashlib
import struct
import subprocess


def _md4(octets):
    """RFC 1320; OpenSSL 3 has it in its legacy provider only."""
    mask = 0xFFFFFFFF
    state = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    padded = octets + b"\x80" + bytes((55 - len(octets)) % 64) + struct.pack("<Q", 8 * len(octets))
    rounds = (
        (lambda x, y, z: (x & y) | (~x & z), 0, list(range(16)), (3, 7, 11, 19)),
        (lambda x, y, z: (x & y) | (x & z) | (y & z), 0x5A827999, [4 * (i % 4) + i // 4 for i in range(16)], (3, 5, 9, 13)),
        (lambda x, y, z: x ^ y ^ z, 0x6ED9EBA1, [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], (3, 9, 11, 15)),
    )
    for start in range(0, len(padded), 64):
        words = struct.unpack_from("<16I", padded, start)
        a, b, c, d = state
        for mix, constant, order, shifts in rounds:
            for step, index in enumerate(order):
                total = (a + (mix(b, c, d) & mask) + words[index] + constant) & mask
                turned = ((total << shifts[step % 4]) | (total >> (32 - shifts[step % 4]))) & mask
                a, b, c, d = d, turned, b, c
        state = [(old + new) & mask for old, new in zip(state, (a, b, c, d))]
    return struct.pack("<4I", *state)


def _des(key7, block):
    bits = int.from_bytes(key7, "big")
    key8 = bytes(((bits >> (49 - 7 * i)) & 0x7F) << 1 for i in range(8))
    return subprocess.run(["openssl", "enc", "-des-ede3", "-nopad", "-K", (3 * key8).hex()], input=block, capture_output=True,
                          check=True).stdout


def password_hash(password):
    return _md4(password.encode("utf-16-le"))


def bare(name):
    """The user's name as it is hashed: without a domain."""
    return name.rsplit("\\", 1)[-1]


def _challenge_hash(peer, own, name):
    return hashlib.sha1(peer + own + bare(name).encode()).digest()[:8]


def nt_response(own, peer, name, password):
    """`own` is the authenticator's challenge."""
    key = password_hash(password).ljust(21, b"\0")
    block = _challenge_hash(peer, own, name)
    return b"".join(_des(key[at:at + 7], block) for at in (0, 7, 14))


def authenticator_response(own, peer, name, password, response):
    """S=… of the success message."""
    magic1, magic2 = b"Magic server to client signing constant", b"Pad to make it do more than one iteration"
    digest = hashlib.sha1(_md4(password_hash(password)) + response + magic1).digest()
    return "S=" + hashlib.sha1(digest + _challenge_hash(peer, own, name) + magic2).hexdigest().upper()


def hash_encrypted(old, new):
    """The hash of the old password encrypted with that of the new one (RFC 2759 8.13)."""
    return _des(new[:7], old[:8]) + _des(new[7:14], old[8:])


def client_keys(password, response):
    """(the client's send key, its receive key), 16 octets each."""
    master = hashlib.sha1(_md4(password_hash(password)) + response + b"This is the MPPE Master Key").digest()[:16]
    send = (b"On the client side, this is the send key; on the server side, it is the receive key.")
    receive = (b"On the client side, this is the receive key; on the server side, it is the send key.")
    return tuple(hashlib.sha1(master + bytes(40) + magic + b"\xf2" * 40).digest()[:16] for magic in (send, receive))
