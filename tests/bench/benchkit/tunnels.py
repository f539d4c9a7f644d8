"""The tunnels that are compared, each between the two hosts of a Pair: ours, the bound, and the peers."""

import json
import os
import shutil
import subprocess
from pathlib import Path

from .pair import ENDS, INNER, OUTER, Pair, Unavailable
from labkit import harness, netns, strongswan, trixie

BUILT = harness.BUILD / "tests/bench"
SHARED = Path(os.environ.get("TERN_SHARED") or harness.ROOT.parent / "shared")
PORT = 4500


def other(end):
    return "b" if end == "a" else "a"


def needs(*programs):
    for program in programs:
        if not shutil.which(program):
            raise Unavailable(f"{program} is not installed")


class Tunnel:
    """A tunnel, up for the length of a with block. `daemons`: the process at each end, where it is one."""

    mtu = 1400

    def __init__(self):
        self.daemons = {}

    def __enter__(self):
        self.pair = Pair()
        self.pair.__enter__()
        try:
            self.start()
            self.pair.await_path()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.daemons.values():
            process.terminate()
        for process in self.daemons.values():
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.pair.__exit__()

    def pids(self):
        return [process.pid for process in self.daemons.values()]

    def spawn(self, end, *command, **options):
        self.daemons[end] = self.pair.start(end, *command, **options)

    def start(self):
        raise NotImplementedError


class Ours(Tunnel):
    """ESP in UDP by the product's data path at both ends, with fixed keys."""

    def __init__(self, cipher="aes256gcm16", without=()):
        super().__init__()
        self.cipher, self.without = cipher, without

    def start(self):
        for number, end in enumerate(ENDS):
            self.spawn(end, BUILT / "dp_tuntun", "-i", "tern0", "-e", number, "-c", self.cipher, "-m", self.mtu,
                       "-l", f"{OUTER[end]}:{PORT}", "-r", f"{OUTER[other(end)]}:{PORT}",
                       *(part for name in self.without for part in ("-x", name)))
            self.pair.address(end, "tern0", self.mtu)


class OursSstp(Tunnel):
    """SSTP by the product's data path at both ends; the server's TLS is OpenSSL's."""

    def start(self):
        for end, role in (("b", "-l"), ("a", "-r")):
            self.spawn(end, BUILT / "dp_sstp", "-i", "tern0", "-m", self.mtu, role, f"{OUTER['b']}:443")
            self.pair.address(end, "tern0", self.mtu)


class Bound(Tunnel):
    """The offloads without a cipher: what no tunnel on this machine can be faster than."""

    source = SHARED / "bench/tuntun.c"

    def start(self):
        if not self.source.exists():
            raise Unavailable("the meter of the bound is not at hand (TERN_SHARED)")
        needs("cc")
        meter = self.pair.folder / "tuntun"
        made = subprocess.run(["cc", "-O2", "-w", "-o", meter, self.source, "-lcrypto", "-lpthread"], capture_output=True,
                              text=True, check=False)
        if made.returncode:
            raise Unavailable("the meter of the bound does not compile: " + made.stderr[-200:])
        for end in ENDS:
            self.spawn(end, meter, "-i", "bare0", "-o", "-t", 2, "-c", "none", "-l", PORT, "-r", f"{OUTER[other(end)]}:{PORT}")
            self.pair.address(end, "bare0", self.mtu)


_SWANCTL = """
connections {{
  bench {{
    version = 2
    local_addrs = {here}
    remote_addrs = {there}
    encap = yes
    proposals = aes256gcm16-prfsha256-x25519
    local {{
      auth = psk
      id = {end}.bench
    }}
    remote {{
      auth = psk
      id = {other}.bench
    }}
    children {{
      bench {{
        local_ts = {inner}/32
        remote_ts = {far}/32
        esp_proposals = aes256gcm16
      }}
    }}
  }}
}}
secrets {{
  ike-bench {{
    secret = "everybody knows this one"
  }}
}}
"""


class StrongSwan(Tunnel):
    """charon with kernel-libipsec at both ends: with the plug-ins its packages switch on, or with those a VPN needs."""

    def __init__(self, conf=strongswan.packaged_conf):
        super().__init__()
        self.conf = conf

    def start(self):
        needs("charon-systemd", "swanctl")
        for end in ENDS:
            netns.ip(self.pair.names[end], f"addr add {INNER[end]}/32 dev lo")
            folder = self.pair.folder / end
            (folder / "run").mkdir(parents=True)
            (folder / "swanctl").mkdir()
            (folder / "swanctl/swanctl.conf").write_text(
                _SWANCTL.format(here=OUTER[end], there=OUTER[other(end)], inner=INNER[end], far=INNER[other(end)], end=end,
                                other=other(end)), encoding="ascii")
            (folder / "strongswan.conf").write_text(self.conf(), encoding="ascii")
            self.spawn(end, "unshare", "--mount", *strongswan.private(folder), "/usr/sbin/charon-systemd")
            netns.wait_until("charon", (folder / "run/charon.vici").exists)
            self.ask(end, "--load-all", "--noprompt", until="successfully loaded 1 connections")
        self.ask("a", "--initiate", "--child", "bench", until="initiate completed successfully")

    def ask(self, end, *what, until):
        """The socket is there a moment before charon listens on it."""
        def said():
            result = subprocess.run(["nsenter", f"--target={self.daemons[end].pid}", "--mount", "--net", "swanctl", *what],
                                    stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30)
            return until in result.stdout + result.stderr
        netns.wait_until(f"swanctl {what[0]}", said)


class WireGuardGo(Tunnel):
    """wireguard-go at both ends: Debian 13's where a root of it is there, else this system's."""

    mtu = 1420

    def start(self):
        needs("wg", "wireguard-go")
        program = trixie.ROOT / "usr/bin/wireguard-go"
        program = program if program.exists() else shutil.which("wireguard-go")
        keys = {end: subprocess.run(["wg", "genkey"], capture_output=True, text=True, check=True).stdout.strip() for end in ENDS}
        for end in ENDS:
            device = f"bench{end}"  # the control sockets of both lie in one folder
            self.spawn(end, program, "-f", device, env=os.environ | {"LOG_LEVEL": "error"})
            self.pair.address(end, device, self.mtu)
        for end in ENDS:
            key = self.pair.folder / f"{end}.key"
            key.write_text(keys[end], encoding="ascii")
            public = subprocess.run(["wg", "pubkey"], input=keys[other(end)], capture_output=True, text=True, check=True).stdout.strip()
            done = self.pair.run(end, "wg", "set", f"bench{end}", "private-key", key, "listen-port", 51820, "peer", public,
                                 "endpoint", f"{OUTER[other(end)]}:51820", "allowed-ips", f"{INNER[other(end)]}/32")
            if done.returncode:
                raise netns.LabError(f"wg: {done.stderr}")


class OpenVpn(Tunnel):
    """OpenVPN at both ends, AES-256-GCM, over "udp" or "tcp"."""

    def __init__(self, protocol):
        super().__init__()
        self.protocol = protocol

    def start(self):
        needs("openvpn", "openssl")
        prints = {}
        for end in ENDS:
            base = self.pair.folder / end
            netns.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                      "-subj", f"/CN={end}", "-keyout", f"{base}.key", "-out", f"{base}.crt")
            prints[end] = netns.run("openssl", "x509", "-in", f"{base}.crt", "-noout", "-fingerprint", "-sha256").partition("=")[2].strip()
        stream = {"a": "tcp-client", "b": "tcp-server"}
        for end in ("b", "a"):
            base = self.pair.folder / end
            self.spawn(end, "openvpn", "--dev", "bench0", "--dev-type", "tun", "--proto", stream[end] if self.protocol == "tcp" else "udp",
                       "--local", OUTER[end], "--lport", 1194, "--remote", OUTER[other(end)], 1194,
                       "--tls-client" if end == "a" else "--tls-server", "--dh", "none", "--cert", f"{base}.crt",
                       "--key", f"{base}.key", "--peer-fingerprint", prints[other(end)], "--data-ciphers", "AES-256-GCM",
                       "--ifconfig", INNER[end], INNER[other(end)], "--ping", 10, "--verb", 2)


class TlsStream:
    """One TLS stream and nothing else: SSTP's bound. measure() answers Gbit/s from one end to the other."""

    def measure(self, sender, seconds):
        with Pair() as pair:
            taker = pair.start(other(sender), BUILT / "tls_stream", "-l", f"{OUTER[other(sender)]}:443", stdout=subprocess.PIPE)
            sent = pair.run(sender, BUILT / "tls_stream", "-r", f"{OUTER[other(sender)]}:443", "-t", seconds)
            text, _ = taker.communicate(timeout=30)
            if sent.returncode or taker.returncode:
                raise netns.LabError(f"tls_stream: {sent.stderr}\n{pair.said()}")
            came = json.loads(text)
            return came["octets"] * 8 / came["seconds"] / 1e9
