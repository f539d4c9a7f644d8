"""Every tunnel in turn, several rounds: the figures of each, and how they stand to one another."""

import statistics
import sys

from . import traffic
from .pair import Unavailable
from .tunnels import Bound, OpenVpn, Ours, OursSstp, StrongSwan, TlsStream, WireGuardGo
from labkit import strongswan

# In every round, next to one another: these are compared.
COMPARED = {
    "bound": Bound,
    "esp-ipsecmb": Ours,
    "esp-openssl": lambda: Ours(without=("ipsec-mb",)),
    "strongswan": StrongSwan,
    "strongswan-few-plugins": lambda: StrongSwan(lambda: strongswan.daemon_conf("")),
    "wireguard-go": WireGuardGo,
    "sstp": OursSstp,
    "openvpn-udp": lambda: OpenVpn("udp"),
    "openvpn-tcp": lambda: OpenVpn("tcp"),
}
# Once: the other ciphers, and each short cut left out.
ONCE = {
    "esp-aes128gcm16-ipsecmb": lambda: Ours("aes128gcm16"),
    "esp-chacha20poly1305": lambda: Ours("chacha20poly1305"),
    "esp-aes256-sha256": lambda: Ours("aes256-sha256"),
    "esp-aes256ctr-sha256": lambda: Ours("aes256ctr-sha256"),
    "esp-ipsecmb-without-tun-tcp": lambda: Ours(without=("tun-tcp",)),
    "esp-ipsecmb-without-udp-segment": lambda: Ours(without=("udp-segment",)),
    "esp-ipsecmb-without-udp-gather": lambda: Ours(without=("udp-gather",)),
    "esp-ipsecmb-without-any": lambda: Ours(without=("tun-tcp", "tun-udp", "udp-segment", "udp-gather")),
}
NAMES = {*COMPARED, *ONCE, "tls-stream"}
WAYS = {"a-to-b": "a", "b-to-a": "b"}
# ratio: (ours, against what, of which figure)
RATIOS = {
    "esp_ipsecmb_vs_bound": ("esp-ipsecmb", "bound", "stream"),
    "esp_openssl_vs_bound": ("esp-openssl", "bound", "stream"),
    "esp_ipsecmb_vs_strongswan": ("esp-ipsecmb", "strongswan", "stream"),
    "esp_openssl_vs_strongswan": ("esp-openssl", "strongswan", "stream"),
    "esp_ipsecmb_vs_wireguard_go": ("esp-ipsecmb", "wireguard-go", "stream"),
    "udp_vs_bound": ("esp-ipsecmb", "bound", "udp"),
    "udp_vs_wireguard_go": ("esp-ipsecmb", "wireguard-go", "udp"),
    "sstp_vs_tls": ("sstp", "tls-stream", "stream"),
    "sstp_vs_openvpn_tcp": ("sstp", "openvpn-tcp", "stream"),
}


def once(make, seconds):
    found = {"stream": {}, "cpu-s-per-gb": {}}
    with make() as tunnel:
        for way, sender in WAYS.items():
            found["stream"][way], found["cpu-s-per-gb"][way] = traffic.stream(tunnel, sender, seconds)
        found["ping-ms-beside-a-stream"] = traffic.latency(tunnel, seconds)
        found["udp"], found["resident-kb-after-a-flood"] = traffic.flood(tunnel, "a", seconds)
    return found


def tls_once(seconds):
    return {"stream": {way: TlsStream().measure(sender, seconds) for way, sender in WAYS.items()}}


def _round(value):
    if isinstance(value, dict):
        return {key: _round(inner) for key, inner in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def ratio(rounds, mine, other, figure):
    """The median over the rounds; of a stream, that of the slower way. None when either was not measured."""
    if figure == "udp":
        pairs = [r[mine]["udp"] / r[other]["udp"] for r in rounds if mine in r and other in r]
        return round(statistics.median(pairs), 3) if pairs else None
    ways = [[r[mine]["stream"][way] / r[other]["stream"][way] for r in rounds if mine in r and other in r] for way in WAYS]
    return round(min(statistics.median(way) for way in ways), 3) if all(ways) else None


def tunnels(rounds, seconds, only=None):
    """(figures, ratios); of all tunnels, or of those named."""
    done, left_out = [], {}

    def measure(name, into, how):
        if name in left_out or (only and name not in only):
            return
        try:
            into[name] = how()
            print(f"bench: {name} {_round(into[name]['stream'])}", file=sys.stderr, flush=True)
        except Unavailable as reason:
            left_out[name] = str(reason)

    for _ in range(rounds):
        found = {}
        for name, make in COMPARED.items():
            measure(name, found, lambda make=make: once(make, seconds))
        measure("tls-stream", found, lambda: tls_once(seconds))
        done.append(found)
    single = {}
    for name, make in ONCE.items():
        measure(name, single, lambda make=make: once(make, seconds))
    figures = {"units": {"stream": "Gbit/s", "udp": "1,000 packets of 1,200 octets a second, arrived"}, "rounds": _round(done),
               "once": _round(single), "left-out": left_out}
    return figures, {name: ratio(done, *what) for name, what in RATIOS.items()}
