#!/usr/bin/python3
"""numbered.py LOCAL PEER PORT RATE SECONDS: sends numbered UDP packets at a steady rate and counts the peer's.

Both ends run it at the same time. Prints {"sent": N, "got": [[first, last], …], "twice": N} when the time is over and
nothing has come for two seconds.
"""

import json
import socket
import sys
import time


HELLO = 2**64 - 1


def await_peer(ends, peer, port):
    """Until the peer's socket is there: what it would not have heard is no loss."""
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        ends.sendto(HELLO.to_bytes(8, "big"), (peer, port))
        time.sleep(0.05)
        try:
            ends.recv(2048, socket.MSG_PEEK)
            ends.sendto(HELLO.to_bytes(8, "big"), (peer, port))
            return
        except BlockingIOError:
            pass


def main():
    local, peer, port, rate, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5])
    ends = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    ends.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    ends.bind((local, port))
    ends.setblocking(False)
    await_peer(ends, peer, port)
    begun = last = time.monotonic()
    sent, got, twice = 0, set(), 0
    while (now := time.monotonic()) < begun + seconds or now < last + 2:
        # A machine that is late must not send a burst: a full queue is no loss at a rekey.
        if now < begun + seconds and now >= begun + sent / rate:
            ends.sendto(sent.to_bytes(8, "big") + bytes(192), (peer, port))
            sent += 1
            begun = max(begun, now - sent / rate - 0.05)
        try:
            while True:
                number = int.from_bytes(ends.recv(2048)[:8], "big")
                if number == HELLO:
                    continue
                twice += number in got
                got.add(number)
                last = now
        except BlockingIOError:
            pass
        time.sleep(0.002)
    ranges = []
    for number in sorted(got):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    print(json.dumps({"sent": sent, "got": ranges, "twice": twice}))


if __name__ == "__main__":
    main()
