"""Debian's pppd in the lab's guest as the PPP side of a call: a serial line over TCP, with a kernel's PPP behind it.

Starting a process takes the guest a while, so one pppd always waits for the next call; it is told to be silent until a
client speaks.
"""

import asyncio
import time
from pathlib import Path

from . import plan
from .ppp_frames import FromLine, to_line

FIRST_PORT = 7000
_NEXT_AFTER = 2.0  # seconds: not while the guest is busy with a client that signs in


class Pool:
    """The pppd that waits. Its number, from 1, is part of the address it hands out and of its files' names."""

    def __init__(self, settings):
        self._settings, self._guest = settings, Path(settings["guest"])
        self._numbers = 0
        self._next = None

    def run(self, command):
        with open(self._guest / "console", "wb", buffering=0) as console:
            console.write(f"pppd-{time.monotonic_ns()} {command}\n".encode())

    def prepare(self):
        self._next = self._next or asyncio.ensure_future(self._start())
        return self._next

    async def take(self):
        """(number, reader, writer) of a pppd for one call."""
        taken = await self.prepare()
        self._next = None
        asyncio.get_running_loop().call_later(_NEXT_AFTER, self.prepare)
        return taken

    async def _start(self):
        self._numbers += 1
        number, there = self._numbers, asyncio.get_running_loop().create_future()
        server = await asyncio.start_server(lambda *ends: there.set_result(ends), plan.GUEST_LINK4, FIRST_PORT + number)
        for file in self._guest.glob(f"msk.{number}"):
            file.unlink()
        options = [word.format(number=number, address=f"10.30.0.{9 + number}") for word in self._settings["pppd"]]
        self.run(f"LAB_MSK=/mnt/lab/msk.{number} LD_PRELOAD=/mnt/lab/msk.so pppd socket {plan.GUEST_LINK4}:{FIRST_PORT + number} "
                 f"linkname call{number} silent {' '.join(options)} >/mnt/lab/pppd.{number}.out 2>&1 &")
        reader, writer = await there
        server.close()
        return number, reader, writer

    def exported(self, number):
        file = self._guest / f"msk.{number}"
        return file.read_bytes() if file.exists() else None

    def hang_up(self, number):
        self.run(f"kill -TERM $(head -n 1 /run/ppp-call{number}.pid)")


class Pppd:
    def __init__(self, call):
        self._call, self._pool = call, call.server.pool
        self._line, self._writer, self._number = FromLine(), None, 0
        self._waiting, self._closed = [], False

    def open(self):
        asyncio.ensure_future(self._relay())

    async def _relay(self):
        started = time.monotonic()
        self._number, reader, self._writer = await self._pool.take()
        self._call.say(f"has pppd {self._number} after {(time.monotonic() - started) * 1000:.0f} ms")
        if self._closed:
            return self.close()
        for frame in self._waiting:
            self._writer.write(to_line(frame))
        self._waiting.clear()
        try:
            while octets := await reader.read(65536):
                frames = list(self._line.feed(octets))
                if frames and not self._closed:
                    self._call.send_frames(frames)
                    await self._call.writer.drain()
        except (ConnectionError, OSError):
            pass
        if not self._closed:
            self._call.say("pppd has hung up")
            await self._call.obey("disconnect")

    def receive(self, frame):
        if self._writer:
            self._writer.write(to_line(frame))
        else:
            self._waiting.append(frame)

    def exported(self):
        return self._pool.exported(self._number)

    def hang_up(self):
        self._pool.hang_up(self._number)

    def close(self):
        self._closed = True
        if self._writer:
            self._writer.close()
