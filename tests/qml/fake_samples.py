"""The fixed phonebook of the stand-in for ternd, and the certificates that its servers show."""
import time

import dbus

FINDINGS = {
    "pptp": [("tern.legacy.pptp-password", "broken", "PPTP can be read by anyone on the way.",
              "Ask your administrator for IKEv2 or SSTP."),
             ("tern.legacy.pptp-encryption", "broken", "Its encryption is broken.", "There is nothing better."),
             ("tern.legacy.pptp", "retired", "PPTP is refused by current servers.",
              "Ask your administrator for IKEv2 or SSTP.")],
    "l2tp": [("tern.legacy.l2tp", "retired", "L2TP is refused by current servers.",
              "Ask your administrator for IKEv2 or SSTP.")],
    "automatic": [("tern.legacy.fallback", "can-fall-back",
                   "Windows may silently use PPTP or L2TP with this entry.",
                   "Tern uses IKEv2 only. On Windows, choose IKEv2 in the entry's properties.")],
}
SOURCES = {"tern.legacy.pptp-password": "Marlinspike, Hulton, Ray: MS-CHAPv2, DEF CON 20, 2012"}
GRADES = {"pptp": "broken", "l2tp": "retired", "automatic": "can-fall-back"}
SAMPLES = [
    ("Head office", "ikev2", "vpn.contoso.example", "alice"),
    ("Branch Lyon", "ikev2", "lyon.contoso.example", "alice"),
    ("Old head office", "pptp", "pptp.contoso.example", "CONTOSO\\alice"),
    ("Warehouse", "l2tp", "203.0.113.17", "alice"),
    ("Accounting & payroll", "automatic", "pay.contoso.example", "alice.martin@contoso.example"),
    ("Supplier", "l2tp", "l2tp.supplier.example", ""),
    ("A remarkably long connection name that somebody typed in one afternoon with time on their hands", "ikev2",
     "a-very-long-host-name.in-a-very-long.domain.contoso.example", "a.very.long.user.name@contoso.example"),
]


CHAIN = [("vpn.contoso.example", "O=Contoso,CN=vpn.contoso.example", "O=Contoso,CN=Contoso Issuing CA 3", False),
         ("Contoso Issuing CA 3", "O=Contoso,CN=Contoso Issuing CA 3", "O=Contoso,CN=Contoso Root", True),
         ("Contoso Root of a department with a long name, Trust Services Division", "O=Contoso,CN=Contoso Root",
          "O=Contoso,CN=Contoso Root", True)]


def certificate(place, revocation):
    title, subject, issuer, authority = CHAIN[place]
    now = int(time.time() * 1000)
    found = {"title": title, "subject": subject, "issuer": issuer, "serial": f"10{place}f", "authority": authority,
             "names": dbus.Array([] if authority else ["vpn.contoso.example", "198.51.100.20"], signature="s"),
             "not-before": dbus.Int64(now - 86400_000 * 90), "not-after": dbus.Int64(now + 86400_000 * 275 * (place + 1)),
             "key": "RSA 2048", "signature": "sha256WithRSAEncryption", "sha256": f"{place + 10:02x}" * 32,
             "pin": "sha256:" + f"{place + 20:02x}" * 32, "self-signed": place == 2, "trusted": place == 2, "pinned": False,
             "revocation-source": "ocsp", "pem": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"}
    if place < 2 and revocation:
        found["revocation"] = revocation
    return found


def variant_list(items):
    return dbus.Array([dbus.Dictionary(each, signature="sv") for each in items], signature="v", variant_level=1)
