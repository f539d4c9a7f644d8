#!/usr/bin/python3
"""An SSTP server for the lab: TLS, HTTP and SSTP here, PPP by Debian's pppd in the lab's guest or by ppp_server.py.

sstp_server.py SETTINGS-FILE READY-FILE. It is strict with the compound MAC. What it sees and decides goes to standard
output, a line each. A socket takes commands, a line each, for the calls that are up; it answers with a line:
  calls | abort | disconnect | close | reset | mute | unmute | echo | garbage | hang-up
"""

import asyncio
import json
import os
import random
import socket
import ssl
import struct
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from labkit import sstp_http, sstp_tls, sstp_wire as wire  # noqa: E402
from labkit.ppp_frames import AuthWatch, unpack  # noqa: E402
from labkit.ppp_server import OwnPpp, Tunnel  # noqa: E402
from labkit.pppd import Pool, Pppd  # noqa: E402

_STARTED = time.monotonic()
NEGOTIATION_SECONDS = 60


class Call:
    """One client, from the first octet of its request to the end of its stream."""

    def __init__(self, server, number, reader, writer):
        self.server, self.number, self.settings = server, number, server.settings
        self.reader, self.writer = reader, writer
        self.state, self.offered, self.naks = "http", 0, 0
        self.nonce = b""
        self.ppp = self.watch = None
        self.muted = False
        self.heard = time.monotonic()
        self.echoed = asyncio.Event()
        self.binding = ""
        self.certificate = ""  # whose the client's is
        self._deadline = None

    def say(self, text):
        print(f"{time.monotonic() - _STARTED:8.3f} call {self.number}: {text}", flush=True)

    # --- what goes out

    def write(self, octets):
        if self.muted or self.writer.is_closing():
            return
        if not self.settings["drip"]:
            self.writer.write(octets)
            return
        while octets:  # a TLS record each
            size = random.randint(1, 200) if self.state == "connected" else 1
            self.writer.write(octets[:size])
            octets = octets[size:]

    def send_control(self, kind, *attributes):
        if kind not in (wire.ECHO_REQUEST, wire.ECHO_RESPONSE):
            self.say(f"> {wire.NAMES[kind]}")
        self.write(wire.control(kind, *attributes))

    def send_frames(self, frames):
        for frame in frames:
            found = unpack(frame)
            if found and self.watch:
                self.watch.from_server(*found)
        self.write(b"".join(wire.data(frame) for frame in frames))

    def abort(self, about, status, why):
        if self.muted:
            return
        self.say(f"ends: {why}")
        self.send_control(wire.ABORT, wire.status_info(about, status))
        self.close()

    def close(self):
        self.state = "closed"
        if self.ppp:
            self.ppp.close()
            self.ppp = None
        if self._deadline:
            self._deadline.cancel()
        if not self.writer.is_closing():
            self.writer.close()

    def reset(self):
        self.say("resets the connection")
        handle = self.writer.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
        self.close()

    # --- what comes in

    async def run(self):
        encrypted = self.writer.get_extra_info("ssl_object")
        self.certificate = sstp_tls.common_name(encrypted)
        self.say(f"TLS {encrypted.version()} {encrypted.cipher()[0]} from {self.writer.get_extra_info('peername')[0]}"
                 f", SNI {self.server.names.pop(id(encrypted), None) or 'none'}"
                 + (f", certificate of {self.certificate}" if self.certificate else ""))
        if not await sstp_http.answered(self):
            return self.close()
        self._stage("request")
        self._arm(NEGOTIATION_SECONDS, wire.STATUS_TIMEOUT, "no CALL_CONNECT_REQUEST")
        hello = asyncio.ensure_future(self._hello())
        buffer = bytearray()
        try:
            while self.state != "closed":
                octets = await self.reader.read(65536)
                if not octets:
                    self.say("the client has closed")
                    break
                if self.muted:
                    continue
                self.heard = time.monotonic()
                buffer += octets
                self._packets(buffer)
                await self.writer.drain()
        except (ConnectionError, ssl.SSLError, OSError) as error:
            if self.state != "closed":
                self.say(f"the stream ends: {type(error).__name__}")
        finally:
            hello.cancel()
            self.close()

    def _packets(self, buffer):
        try:
            while self.state != "closed":
                taken = wire.take(buffer)
                if not taken:
                    return
                if taken[0]:
                    self._control(wire.parse_control(taken[1]))
                else:
                    self._data(taken[1][4:])
        except wire.Malformed as error:
            self.abort(0, wire.STATUS_INVALID_FRAME, f"malformed: {error}")

    def _control(self, message):
        if message.kind == wire.ECHO_REQUEST:
            if self.settings["answers-echo"]:
                self.send_control(wire.ECHO_RESPONSE)
            return self.server.count("echo-requests")
        if message.kind == wire.ECHO_RESPONSE:
            return self.echoed.set()
        self.say(f"< {wire.NAMES[message.kind]}")
        if message.kind == wire.CONNECT_REQUEST and self.state in ("request", "nakked"):
            self._connect(message)
        elif message.kind == wire.CONNECTED and self.state == "acked":
            self._connected(message)
        elif message.kind == wire.DISCONNECT:
            self.send_control(wire.DISCONNECT_ACK)
            self.close()
        elif message.kind == wire.DISCONNECT_ACK and self.state == "leaving":
            self.close()
        elif message.kind == wire.ABORT:
            if self.state != "closed":
                self.say("the client aborts: " + ", ".join(value.hex() for _number, value in message.attributes))
            self.close()
        else:
            self.abort(0, wire.STATUS_UNACCEPTED, f"{wire.NAMES[message.kind]} in state {self.state}")

    def _connect(self, message):
        if message.only(wire.PROTOCOL_ID) != b"\0\1":
            return self.abort(wire.PROTOCOL_ID, wire.STATUS_NOT_SUPPORTED, "not PPP")
        if self.naks < self.settings["naks"]:
            self.naks += 1
            self.state = "nakked"
            return self.send_control(wire.CONNECT_NAK, wire.status_info(wire.PROTOCOL_ID, wire.STATUS_NOT_SUPPORTED))
        if self.settings["abort"] == "request":
            return self.abort(0, int(self.settings["abort-status"]), "as its settings want")
        self.nonce, self.offered = os.urandom(32), self.settings["hashes"]
        self.send_control(wire.CONNECT_ACK, wire.binding_request(self.offered, self.nonce))
        self._stage("acked")
        self._arm(self.settings["login-seconds"], wire.STATUS_TIMEOUT, "no CALL_CONNECTED")
        self.watch = AuthWatch(self.server.users, self.say, self._exported)
        if self.settings["ppp"] == "none":
            return
        self.ppp = (OwnPpp if self.settings["ppp"] == "own" else Pppd)(self)
        self.ppp.open()

    def _exported(self):
        return self.ppp.exported() if self.ppp else None

    def _connected(self, message):
        if not self.watch.method:
            return self.abort(wire.BINDING, wire.STATUS_UNACCEPTED, "CALL_CONNECTED before the client has signed in")
        hlak = self.watch.hlak or bytes(32)
        wrong, method = wire.binding_faults(message, self.offered, self.nonce, self.server.bound_certificate, hlak)
        self.binding = f"{method}: " + (", ".join(f"{part} wrong" for part in wrong) or "ok")
        self.say(f"crypto binding {self.binding}")
        if wrong and self.settings["binding-refused"] == "close":
            self.say("closes without a word")
            return self.close()
        if wrong:
            return self.abort(wire.BINDING, wire.STATUS_NOT_SUPPORTED, "the binding is not accepted")
        self._deadline.cancel()
        self._stage("connected")
        if self.settings["abort"] == "connected":
            self.abort(0, int(self.settings["abort-status"]), "as its settings want")

    def _data(self, frame):
        if self.state not in ("acked", "connected"):
            return self.say(f"a frame in state {self.state} is dropped")
        found = unpack(frame)
        if found:
            self.watch.from_client(*found)
            if found[0] in (0x8021, 0x8057) and self.state == "acked" and not self.settings["early-ncp"]:
                self.say(f"a frame of {found[0]:04x} before CALL_CONNECTED is dropped")
                return self.server.count("early-ncp")
        if self.ppp:
            self.ppp.receive(frame)

    # --- time

    def _stage(self, state):
        self.state = state
        self.say(f"is {state}")
        if self.settings["mute"] == state:
            self.say("says nothing any more")
            self.muted = True

    def _arm(self, seconds, status, why):
        if self._deadline:
            self._deadline.cancel()
        self._deadline = asyncio.get_running_loop().call_later(seconds, lambda: self.abort(0, status, why))

    async def _hello(self):
        """The hello timer (3.2.2.3): an echo request after silence, and the end after more of it; or one each so often."""
        every, interval, asked = self.settings["echo-every"], self.settings["hello-seconds"], False
        while True:
            await asyncio.sleep(every or 1)
            if self.state != "connected" or self.muted:
                continue
            silence = time.monotonic() - self.heard
            if every:
                self.send_control(wire.ECHO_REQUEST)
            elif silence > 2 * interval:
                self.say("the client is silent")
                self.close()
            elif silence > interval and not asked:
                self.send_control(wire.ECHO_REQUEST)
            asked = not every and silence > interval

    async def obey(self, command):
        """A command of the control socket; answers what came of it."""
        if command in ("mute", "unmute"):
            self.muted = command == "mute"
        elif command == "abort":
            self.abort(0, int(self.settings["abort-status"]), "as it is told")
        elif command == "disconnect":
            self.state = "leaving"
            self.send_control(wire.DISCONNECT, wire.status_info(0, 0))
        elif command in ("close", "reset"):
            getattr(self, command)()
        elif command == "hang-up":
            self.ppp.hang_up()
        elif command == "garbage":
            self.write(b"\x20\x00\x00\x08abcd")
        elif command == "echo":
            self.echoed.clear()
            self.send_control(wire.ECHO_REQUEST)
            await asyncio.wait_for(self.echoed.wait(), 10)
        else:
            raise ValueError(command)


class Server:
    def __init__(self, settings):
        self.settings = settings
        self.users = settings["users"]
        self.calls, self.names, self.counts = {}, {}, {}
        self._numbers = 0
        self.tunnel = self.pool = None
        self._accepting = set()
        folder = Path(settings["pki"])
        bound = "server.crt" if settings["certificate-hash"] == "own" else "other.crt"
        self.bound_certificate = ssl.PEM_cert_to_DER_cert((folder / bound).read_text(encoding="ascii"))
        self.context = sstp_tls.context(settings, folder)
        self.context.sni_callback = self._named

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def _named(self, encrypted, name, _context):
        if name is not None and self.settings["sni"] == "refused":
            print(f"refuses SNI {name}: unrecognized_name", flush=True)
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        self.names[id(encrypted)] = name
        return None

    async def call(self, reader, writer):
        self._numbers += 1
        call = self.calls[self._numbers] = Call(self, self._numbers, reader, writer)
        try:
            await call.run()
        finally:
            call.say("is over")
            del self.calls[call.number]

    async def listen(self, address):
        loop = asyncio.get_running_loop()
        with socket.create_server((address, self.settings["port"]), family=socket.AF_INET6 if ":" in address else socket.AF_INET) as listener:
            listener.setblocking(False)
            while True:
                taken, _peer = await loop.sock_accept(listener)
                task = asyncio.ensure_future(self._accepted(taken))
                self._accepting.add(task)
                task.add_done_callback(self._accepting.discard)

    async def _accepted(self, taken):
        loop = asyncio.get_running_loop()
        if self.settings["tls"] == "silent":
            print("takes a connection and says nothing", flush=True)
            await asyncio.sleep(3600)
        if self.settings["tls-delay"]:
            await self._heard(taken)
            await asyncio.sleep(self.settings["tls-delay"])
        reader = asyncio.StreamReader()
        try:
            await loop.connect_accepted_socket(lambda: asyncio.StreamReaderProtocol(reader, self.call), taken, ssl=self.context)
        except (OSError, ssl.SSLError) as error:
            print(f"no TLS: {error}", flush=True)

    @staticmethod
    async def _heard(taken):
        """Until the client has said something."""
        loop, there = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(taken, there.set)
        await there.wait()
        loop.remove_reader(taken)

    async def control(self, reader, writer):
        command = (await reader.readline()).decode().strip()
        if command == "calls":
            said = {"counts": self.counts, "calls": [
                {"number": c.number, "state": c.state, "binding": c.binding, "certificate": c.certificate,
                 "method": c.watch.method if c.watch else None} for c in self.calls.values()]}
            writer.write(json.dumps(said).encode() + b"\n")
        else:
            try:
                for call in list(self.calls.values()):
                    await call.obey(command)
                writer.write(b"done\n")
            except (ValueError, AttributeError, asyncio.TimeoutError) as error:
                writer.write(f"failed: {type(error).__name__} {error}\n".encode())
        await writer.drain()
        writer.close()

    async def serve(self, ready):
        if self.settings["ppp"] == "own":
            self.tunnel = Tunnel(self.settings["own-address"], self.settings["mtu"])
        if self.settings["ppp"] == "pppd":
            self.pool = Pool(self.settings)
            await self.pool.prepare()
        await asyncio.start_unix_server(self.control, self.settings["control"])
        addresses = self.settings["listen"] if self.settings["tls"] != "refused" else []
        listening = [asyncio.ensure_future(self.listen(address)) for address in addresses]
        await asyncio.sleep(0)  # they bind
        ready.touch()
        await asyncio.gather(*listening, asyncio.Event().wait())


if __name__ == "__main__":
    asyncio.run(Server(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).serve(Path(sys.argv[2])))
