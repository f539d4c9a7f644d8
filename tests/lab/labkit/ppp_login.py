"""How the lab's own PPP side has a client sign in: PAP, CHAP-MD5, MS-CHAPv2 with a change of password, EAP-MSCHAPv2, EAP-GTC
with a code after the password."""

import asyncio
import hashlib
import os

from . import mschap
from .ppp_frames import CHAP, EAP, PAP
from .ppp_negotiation import packet


def _rc4(key, octets):
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for octet in octets:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(octet ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


class Login:
    """`done(True or False)` is called once. The names of the methods are those of AuthWatch."""

    keys = None  # whose AuthWatch can compute from the password

    def __init__(self, method, settings, users, send, done, say):
        self.method, self._settings, self._users = method, settings, users
        self._send, self._done, self._say = send, done, say
        self._number, self._challenge, self._failures = 0, b"", 0
        self._cards = []  # EAP-GTC's questions that are still to be answered, [(text, answer)]

    def start(self):
        if self.method in ("chap-md5", "mschapv2"):
            self._ask()
        elif self.method.startswith("eap"):
            self._send(EAP, packet(1, 1, b"\x01"))

    def _ask(self):
        self._number = self._number % 255 + 1
        self._challenge = os.urandom(16)
        self._send(CHAP, packet(1, self._number, b"\x10" + self._challenge + b"lab"))

    def _password(self, name):
        return self._users.get(name, self._users.get(mschap.bare(name)))

    def _after(self, action, *arguments):
        """The answer, as late as the settings want it: a second factor on somebody's telephone."""
        asyncio.get_running_loop().call_later(self._settings["login-delay"], action, *arguments)

    def receive(self, protocol, code, number, body):
        if (protocol, self.method) == (PAP, "pap") and code == 1:
            name, secret = body[1:1 + body[0]], body[2 + body[0]:2 + body[0] + body[1 + body[0]]]
            self._after(self._pap, number, self._users.get(name.decode()) == secret.decode())
        elif protocol == CHAP and code == 2 and number == self._number:
            (self._md5 if self.method == "chap-md5" else self._mschap)(number, body)
        elif protocol == CHAP and code == 7 and self.method == "mschapv2":
            self._change(number, body)
        elif protocol == EAP and code == 2:
            self._eap(number, body)
        else:
            self._say(f"login: {protocol:04x} code {code} is not expected")

    def _pap(self, number, right):
        words = b"" if self._settings["pap-message"] == "none" else b"Login ok" if right else b"Login incorrect"
        answer = packet(2 if right else 3, number, bytes((len(words),)) + words)
        if self._settings["pap-message"] == "uncounted":  # MikroTik: the length is that of a packet without a message
            answer = answer[:2] + b"\0\5" + answer[4:]
        self._send(PAP, answer)
        self._done(right)

    def _md5(self, number, body):
        value, name = body[1:1 + body[0]], body[1 + body[0]:].decode()
        right = hashlib.md5(bytes((number,)) + (self._password(name) or "?").encode() + self._challenge).digest() == value
        self._after(lambda: (self._send(CHAP, packet(3 if right else 4, number, b"hello")), self._done(right)))

    def _judged(self, value, name):
        """(S=… or E=…, whether right) for an MS-CHAPv2 response of 49 octets."""
        password = self._password(name)
        if self._settings["login-error"] and not (self._settings["login-error"] == 648 and self._settings.get("changed")):
            return self._error(self._settings["login-error"]), False
        if len(value) == 49 and password and mschap.nt_response(self._challenge, value[:16], name, password) == value[24:48]:
            return mschap.authenticator_response(self._challenge, value[:16], name, password, value[24:48]) + " M=Welcome", True
        return self._error(691), False

    def _error(self, number):
        self._challenge = os.urandom(16)
        retry = int(self._settings["retries"] > self._failures and number == 691)
        self._failures += 1
        return f"E={number} R={retry} C={self._challenge.hex().upper()} V=3 M=no"

    def _mschap(self, number, body):
        words, right = self._judged(body[1:1 + body[0]], body[1 + body[0]:].decode())
        self._after(self._mschap_answer, number, words, right)

    def _mschap_answer(self, number, words, right):
        self._send(CHAP, packet(3 if right else 4, number, words.encode()))
        if right:
            self._done(True)
        elif words.startswith("E=648 ") or " R=1 " in words:
            self._number = number % 255 + 1  # the client's next packet has a number of its own choice: the next
        else:
            self._done(False)

    def _change(self, number, body):
        """A Change-Password packet (RFC 2759 7), for the one user there is; right when all of its parts are."""
        name, old = next(iter(self._users.items()))
        key = mschap.password_hash(old)
        clear = _rc4(key, body[:516])
        size = int.from_bytes(clear[512:], "little")
        new = clear[512 - size:512].decode("utf-16-le", "replace") if size <= 512 else ""
        proof, peer, response = body[516:532], body[532:548], body[556:580]
        hashed = mschap.password_hash(new)
        right = (len(body) == 582 and mschap.hash_encrypted(key, hashed) == proof and
                 mschap.nt_response(self._challenge, peer, name, new) == response)
        self._say(f"change of the password: {'right' if right else 'wrong'}")
        if not right:
            self._send(CHAP, packet(4, number, self._error(709).encode()))
            return self._done(False)
        self._users[name], self._settings["changed"] = new, True
        self._send(CHAP, packet(3, number, mschap.authenticator_response(self._challenge, peer, name, new, response).encode()))
        return self._done(True)

    def _show_card(self, number):
        self._send(EAP, packet(1, number, b"\x06" + self._cards[0][0].encode()))

    def _card(self, number, answer):
        """EAP-GTC: the password, and then what is asked for as a second factor."""
        right = bool(self._cards) and answer == self._cards.pop(0)[1].encode()
        if right and self._cards:
            return self._show_card(number + 1)
        self._send(EAP, packet(3 if right else 4, number))
        return self._done(right)

    def _eap(self, number, body):
        if body[0] == 1 and self.method == "eap-gtc":
            self._cards = [("Password: ", self._password(body[1:].decode()) or "?")]
            if self._settings["second-factor"]:
                self._cards.append(("Enter the code that your token shows", self._settings["second-factor"]))
            self._show_card(number + 1)
        elif body[0] == 6 and self.method == "eap-gtc":
            self._after(self._card, number, body[1:])
        elif body[0] == 1:
            self._challenge = os.urandom(16)
            inner = b"\x01\x07" + (5 + 16 + 3).to_bytes(2, "big") + b"\x10" + self._challenge + b"lab"
            self._send(EAP, packet(1, number + 1, b"\x1a" + inner))
        elif body[0] == 3:
            self._say(f"the client wants EAP type {body[1:].hex()}")
            self._send(EAP, packet(4, number))
            self._done(False)
        elif body[:2] == b"\x1a\x02":
            words, right = self._judged(body[6:55], body[55:].decode())
            inner = bytes((3 if right else 4, body[2])) + (4 + len(words)).to_bytes(2, "big") + words.encode()
            self._after(self._send, EAP, packet(1, number + 1, b"\x1a" + inner))
        elif body[:2] in (b"\x1a\x03", b"\x1a\x04"):
            self._send(EAP, packet(3 if body[1] == 3 else 4, number))
            self._done(body[1] == 3)
