"""Option negotiation as LCP, IPCP and IPV6CP share it (RFC 1661 4), for the lab's own PPP side. Small: what a server needs."""

import asyncio

REQUEST, ACK, NAK, REJECT, TERMINATE, TERMINATE_ACK, CODE_REJECT, PROTOCOL_REJECT, ECHO, ECHO_REPLY, DISCARD = range(1, 12)


def options(octets):
    """[(type, value)] of a list of options; ValueError where it is none."""
    found, at = [], 0
    while at < len(octets):
        if len(octets) - at < 2 or octets[at + 1] < 2 or at + octets[at + 1] > len(octets):
            raise ValueError("options")
        found.append((octets[at], octets[at + 2:at + octets[at + 1]]))
        at += octets[at + 1]
    return found


def octets_of(found):
    return b"".join(bytes((kind, 2 + len(value))) + value for kind, value in found)


def packet(code, number, body=b""):
    return bytes((code, number)) + (4 + len(body)).to_bytes(2, "big") + body


class Negotiation:
    """One protocol's: `wanted` is what we ask for; judge(type, value) says what of the peer's we take: None for yes, REJECT,
    or the value to answer in a Nak. refused(type, value or None) is told of a Nak (with its value) or a Reject of ours and
    answers the value to try next, or None to leave the option out."""

    def __init__(self, name, wanted, send, opened, ended):
        self.name, self.wanted, self._send, self._opened, self._ended = name, list(wanted), send, opened, ended
        self.taken = {}
        self._number = self._tries = 0
        self._acked = self._acknowledged = False
        self._timer = None
        self.is_open = False

    def judge(self, kind, value):
        raise NotImplementedError

    def refused(self, _kind, _value):
        return None

    def request(self):
        self._number = self._number % 255 + 1
        self._send(packet(REQUEST, self._number, octets_of(self.wanted)))
        self._arm()

    def _arm(self):
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(1.0, self._again)

    def _again(self):
        self._tries += 1
        if self._tries > 10:
            return self._ended(f"{self.name}: no agreement")
        self._send(packet(REQUEST, self._number, octets_of(self.wanted)))
        self._arm()

    def stop(self):
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def receive(self, code, number, body):
        """Whether the code is one of the seven that every such protocol has."""
        if code == REQUEST:
            self._requested(number, options(body))
        elif code == ACK and number == self._number and not self.is_open:
            self._acked = True
            self.stop()
        elif code in (NAK, REJECT) and number == self._number and not self.is_open:
            self._changed(code, options(body))
        elif code == TERMINATE:
            self._send(packet(TERMINATE_ACK, number))
            self._ended(f"{self.name}: the peer terminates: {body.decode('utf-8', 'replace')}")
        elif code not in (ACK, NAK, REJECT, TERMINATE_ACK, CODE_REJECT):
            return False
        if self._acked and self._acknowledged and not self.is_open:
            self.is_open = True
            self._opened()
        return True

    def _requested(self, number, asked):
        if self.is_open:  # anew: we ask again too (Opened, RCR+)
            self.is_open = self._acked = False
            self.request()
        verdicts = [(kind, value, self.judge(kind, value)) for kind, value in asked]
        rejected = [(kind, value) for kind, value, verdict in verdicts if verdict == REJECT]
        better = [(kind, verdict) for kind, _value, verdict in verdicts if isinstance(verdict, bytes)]
        self._acknowledged = not rejected and not better
        if rejected:
            self._send(packet(REJECT, number, octets_of(rejected)))
        elif better:
            self._send(packet(NAK, number, octets_of(better)))
        else:
            self.taken = dict(asked)
            self._send(packet(ACK, number, octets_of(asked)))

    def _changed(self, code, answered):
        for kind, value in answered:
            following = self.refused(kind, value if code == NAK else None)
            at = next((i for i, (own, _value) in enumerate(self.wanted) if own == kind), None)
            if at is None:
                continue
            if following is None:
                del self.wanted[at]
            else:
                self.wanted[at] = (kind, following)
        self.request()

    def terminate(self, why=b""):
        self._number = self._number % 255 + 1
        self._send(packet(TERMINATE, self._number, why))
