"""Debian's pppd in the lab's guest as the PPP side of a call: a serial line over TCP, with a kernel's PPP behind it."""

import asyncio
import time
from pathlib import Path

from . import plan
from .ppp_frames import FromLine, to_line

FIRST_PORT = 7000


class Pppd:
    def __init__(self, call):
        self._call, self._settings = call, call.settings
        self._line, self._writer, self._server = FromLine(), None, None
        self._waiting, self._closed = [], False
        self._guest = Path(self._settings["guest"])
        self._started = time.monotonic()

    def _run(self, command):
        with open(self._guest / "console", "wb", buffering=0) as console:
            console.write(f"call-{self._call.number}-{time.monotonic_ns()} {command}\n".encode())

    def open(self):
        asyncio.ensure_future(self._start())

    async def _start(self):
        number = self._call.number
        self._server = await asyncio.start_server(self._connected, plan.GUEST_LINK4, FIRST_PORT + number)
        options = [word.format(number=number, address=f"10.30.0.{9 + number}") for word in self._settings["pppd"]]
        self._run(f"LAB_MSK=/mnt/lab/msk.{number} LD_PRELOAD=/mnt/lab/msk.so pppd socket {plan.GUEST_LINK4}:{FIRST_PORT + number} "
                  f"linkname call{number} {' '.join(options)} >/mnt/lab/pppd.{number}.out 2>&1 &")

    async def _connected(self, reader, writer):
        self._call.say(f"pppd is there after {(time.monotonic() - self._started) * 1000:.0f} ms")
        self._writer = writer
        if self._closed:
            return self.close()
        for frame in self._waiting:
            writer.write(to_line(frame))
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
        file = self._guest / f"msk.{self._call.number}"
        return file.read_bytes() if file.exists() else None

    def hang_up(self):
        self._run(f"kill -TERM $(head -n 1 /run/ppp-call{self._call.number}.pid)")

    def close(self):
        self._closed = True
        if self._writer:
            self._writer.close()
        if self._server:
            self._server.close()
