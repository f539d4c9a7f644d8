"""What the stand-in for ternd says that servers offer, as Probe of org.ternvpn.Engine1 answers: one of each advice."""

import time

import dbus

_PORTS = {"ikev2": (("udp", 500), ("udp", 4500), ("tcp", 4500)), "sstp": (("tcp", 443),), "pptp": (("tcp", 1723),),
          "l2tp": (("udp", 500), ("udp", 1701))}
_SUITE = "AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256"
_WEAK = "3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024"

# Name: advice, then verdict and the last part of its code for IKEv2, SSTP, PPTP and L2TP.
OFFERS = {
    "both": ("both", "open", "open", "open", "open", "closed", "closed", "silent", "silent"),
    "retired": ("only-retired", "closed", "closed", "closed", "web-server", "open", "open", "open", "open"),
    "weak": ("only-weak-ikev2", "weak", "weak", "silent", "silent", "closed", "closed", "unusable", "speaks"),
    "repair": ("needs-repair", "closed", "closed", "unusable", "certificate", "closed", "closed", "closed", "closed"),
    "nothing": ("nothing", "silent", "silent", "silent", "silent", "silent", "silent", "silent", "silent"),
}


def _list(items):
    return dbus.Array([dbus.Dictionary(each, signature="sv") for each in items], signature="v", variant_level=1)


def _strings(items):
    return dbus.Array(items, signature="s", variant_level=1)


def _error(code, *args):
    return {"code": code, "sentence": f"({code})", "remedy": "", "detail": "", "args": _strings(args)}


def _finding(code, severity, sentence, remedy):
    return {"code": code, "severity": severity, "sentence": sentence, "remedy": remedy}


def _road(protocol, verdict, word):
    findings = []
    if protocol == "pptp" and verdict == "open":
        findings = [_finding("tern.legacy.pptp", "broken", "PPTP: passwords captured on the way can be cracked.", "Ask for IKEv2 or SSTP.")]
    elif verdict == "weak":
        findings = [_finding("tern.probe.ikev2.outdated", "weak", "The server agrees to outdated encryption only: 3DES, SHA-1, MODP-1024.",
                             "Ask the administrator for AES-256 with SHA-256 and group 14 or 19.")]
    args = {"open": [_SUITE], "weak": [_WEAK]}.get(verdict, [])
    doors = [{"transport": transport, "address": "198.51.100.20", "port": dbus.UInt32(port), "verdict": verdict}
             for transport, port in _PORTS[protocol]]
    return _error(f"tern.probe.{protocol}.{word}", *args) | {
        "protocol": protocol, "verdict": verdict, "doors": _list(doors), "findings": _list(findings)}


def offers(host, name):
    advice, *rest = OFFERS[name]
    roads = [_road(protocol, *rest[2 * place:2 * place + 2]) for place, protocol in enumerate(_PORTS)]
    now = int(time.time() * 1000)
    leaf = {"names": _strings(["other.contoso.example"] if name == "repair" else [host]), "issuer": "CN=Contoso Issuing CA 3",
            "not-after": dbus.Int64(now + 86400_000 * 200)}
    some = verdict_of(roads, "sstp") in ("open", "unusable")
    problems = [_error("tern.crypto.cert.name", host, "other.contoso.example")] if name == "repair" else []
    ikev2 = {"suite": _SUITE if advice == "both" else "", "weak-suite": _WEAK if name == "weak" else "", "ml-kem": "",
             "vendors": _strings(["Windows"] if name in ("both", "weak") else [])}
    sstp = {"answer": "sstp" if some else "none", "cipher": "TLS 1.3, TLS_AES_256_GCM_SHA384" if some else "",
            "tls": dbus.Dictionary({"1.2": "yes", "1.3": "yes"} if some else {}, signature="sv", variant_level=1),
            "chain": _list([leaf] if some else []), "certificate-problems": _list(problems)}
    old = name == "retired"
    return _error(f"tern.probe.advice.{advice}", host) | {
        "format": dbus.UInt32(1), "host": host, "sstp-port": dbus.UInt32(443), "addresses": _strings(["198.51.100.20"]),
        "took": dbus.Int64(412), "through-vpn": name == "both", "advice": advice, "roads": _list(roads),
        "ikev2": dbus.Dictionary(ikev2, signature="sv"), "sstp": dbus.Dictionary(sstp, signature="sv"),
        "pptp": dbus.Dictionary({"host": "RRAS01" if old else "", "vendor": "Microsoft" if old else ""}, signature="sv"),
        "l2tp": dbus.Dictionary({"suite": "3DES / SHA-1 / MODP-1024" if old else ""}, signature="sv")}


def verdict_of(roads, protocol):
    return next(road["verdict"] for road in roads if road["protocol"] == protocol)
