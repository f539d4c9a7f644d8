#!/usr/bin/python3
"""Takes IKE and ESP out of TCP (RFC 9329) and hands them to a UDP server beside it, as a gateway with that feature would.

tcprelay.py ADDRESS SOURCE READY-FILE PORT…: listens on ADDRESS at these ports and talks from SOURCE to UDP port 4500 of
ADDRESS. SIGUSR1 resets every stream.
"""

import selectors
import signal
import socket
import struct
import sys
from pathlib import Path

_PREFIX = b"IKETCP"


class Stream:
    def __init__(self, tcp, server, source):
        self.tcp, self.received, self.greeted = tcp, b"", False
        self.unsent = bytearray()
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.udp.bind((source, 0))
        self.udp.connect((server, 4500))
        self.udp.setblocking(False)
        tcp.setblocking(False)
        tcp.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def from_client(self):
        """False when the stream is over or is none."""
        octets = self.tcp.recv(1 << 18)
        if not octets:
            return False
        self.received += octets
        if not self.greeted:
            if len(self.received) < len(_PREFIX):
                return _PREFIX.startswith(self.received)
            if not self.received.startswith(_PREFIX):
                return False
            self.received, self.greeted = self.received[len(_PREFIX):], True
        at = 0
        while len(self.received) - at >= 2:
            size, = struct.unpack_from("!H", self.received, at)
            if size < 2:
                return False
            if len(self.received) - at < size:
                break
            if size > 2:
                self.udp.send(self.received[at + 2:at + size])
            at += size
        self.received = self.received[at:]
        return True

    def from_server(self):
        for _ in range(64):
            try:
                datagram = self.udp.recv(65536)
            except (BlockingIOError, ConnectionRefusedError):
                break
            if len(self.unsent) < 1 << 20:  # else the packet is lost, as on any full link
                self.unsent += struct.pack("!H", len(datagram) + 2) + datagram
        self.flush()

    def flush(self):
        while self.unsent:
            try:
                sent = self.tcp.send(self.unsent)
            except BlockingIOError:
                return
            del self.unsent[:sent]

    def reset(self):
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self):
        self.tcp.close()
        self.udp.close()


class Relay:
    def __init__(self, address, source, ports):
        self.address, self.source, self.streams = address, source, set()
        self.selector = selectors.DefaultSelector()
        for port in ports:
            listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, port))
            listener.listen()
            self.selector.register(listener, selectors.EVENT_READ, None)

    def end(self, stream, how):
        if stream in self.streams:
            self.streams.remove(stream)
            self.selector.unregister(stream.tcp)
            self.selector.unregister(stream.udp)
            how()

    def reset_all(self, *_):
        for stream in list(self.streams):
            self.end(stream, stream.reset)

    def accept(self, listener):
        tcp, _peer = listener.accept()
        stream = Stream(tcp, self.address, self.source)
        self.streams.add(stream)
        self.selector.register(tcp, selectors.EVENT_READ, stream)
        self.selector.register(stream.udp, selectors.EVENT_READ, stream)

    def run(self):
        while True:
            for key, events in self.selector.select():
                stream = key.data
                if stream is None:
                    self.accept(key.fileobj)
                    continue
                if stream not in self.streams:
                    continue
                try:
                    alive = True
                    if key.fileobj is stream.udp:
                        stream.from_server()
                    elif events & selectors.EVENT_READ:
                        alive = stream.from_client()
                    else:
                        stream.flush()
                except OSError:
                    alive = False
                if not alive:
                    self.end(stream, stream.close)
                    continue
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if stream.unsent else 0)
                self.selector.modify(stream.tcp, wanted, stream)


def main():
    address, source, ready = sys.argv[1:4]
    relay = Relay(address, source, map(int, sys.argv[4:]))
    signal.signal(signal.SIGUSR1, relay.reset_all)
    Path(ready).touch()
    relay.run()


if __name__ == "__main__":
    main()
