"""What the lab can be: one row a scenario."""

from dataclasses import dataclass, field

from . import offers, plan, sstp_scenarios

_AEAD = "aes256gcm16-aes128gcm16-prfsha384-prfsha256-curve25519-ecp256-ecp384-modp2048-modp3072"
_CBC = "aes256-aes128-sha256-sha384-prfsha256-prfsha384-curve25519-ecp256-ecp384-modp2048-modp3072"


@dataclass(frozen=True)
class Scenario:
    name: str
    summary: str
    auth: str = "eap"  # how the client proves itself: "eap" (EAP-MSCHAPv2) or "psk"
    key: str = "rsa"  # the server's key: "rsa" (2048 bits) or "ecdsa" (P-256)
    certificate: str = "good"  # "good", "wrong-name", "expired", "untrusted", "no-usage", "chain"
    ike: str = f"{_AEAD},{_CBC}"
    esp: str = "aes256gcm16-aes128gcm16,aes256-aes128-sha256-sha384"
    networks: tuple = ("0.0.0.0/0",)
    ipv6: bool = False
    silent: bool = False
    nat: bool = False
    password: str = plan.PASSWORD  # what the user types
    settings: str = ""  # more of strongswan.conf
    half_open: bool = False  # keep one IKE_SA half open
    pool: str = ""  # more of the address pool
    more_networks: tuple = ()  # each in a CHILD_SA of its own, beside the one for `networks`
    full_tunnel: bool = True  # as the phonebook has it
    connects: bool = True
    connection: str = ""  # more of strongSwan's connection
    child: str = ""  # more of its child
    radius: bool = False  # FreeRADIUS beside strongSwan checks who signs in, by any EAP method
    ppk: str = ""  # a post-quantum pre-shared key: "optional" or "required" by the server
    peer: str = "strongswan"  # or "libreswan", in a guest with a kernel of its own, or "sstp"
    peer_options: dict = field(default_factory=dict)  # of libreswan's connection; of the SSTP server (sstp.py)
    offers: bool = False  # more servers on more addresses (offers.py)
    sstp: dict = field(default_factory=dict)  # settings of an SSTP server beside strongSwan; empty: none


_ALL = (
    Scenario("eap-rsa", "EAP-MSCHAPv2, server with an RSA-2048 certificate"),
    Scenario("psk", "pre-shared key", auth="psk"),
    Scenario("eap-ecdsa", "EAP-MSCHAPv2, server with an ECDSA P-256 certificate", key="ecdsa"),
    Scenario("name-mismatch", "the certificate is for another name", certificate="wrong-name", connects=False),
    Scenario("expired-cert", "the certificate expired yesterday", certificate="expired", connects=False),
    Scenario("untrusted-ca", "the certificate is of an unknown authority", certificate="untrusted", connects=False),
    Scenario("wrong-usage", "the certificate is not for servers", certificate="no-usage", connects=False),
    Scenario("wrong-password", "eap-rsa, and the user types a wrong password", password="Canary-wr0ng-1", connects=False),
    Scenario("rekey-fast", "the server replaces IKE keys every 2 to 7 s, child keys every 3 to 8 s", auth="psk", connection="rekey_time = 7s\n    rand_time = 5s\n    over_time = 120s",
             child="rekey_time = 8s\n        rand_time = 5s\n        life_time = 120s"),
    Scenario("rekey", "the server replaces IKE and child keys every 16 to 24 s", auth="psk", connection="rekey_time = 24s\n    rand_time = 8s\n    over_time = 120s",
             child="rekey_time = 24s\n        rand_time = 8s\n        life_time = 120s"),
    Scenario("reauth", "the server ends a login after 40 s (RFC 4478)", auth="psk", connection="reauth_time = 40s\n    rand_time = 0s\n    over_time = 60s"),
    Scenario("childless", "the server makes no CHILD_SA in IKE_AUTH (RFC 6023)", auth="psk", connection="childless = force"),
    Scenario("silent", "the server's address answers nothing", silent=True, connects=False),
    Scenario("cookie", "the server asks for a cookie first (RFC 7296 2.6)", half_open=True,
             settings="cookie_threshold = 1\n  half_open_timeout = 36000"),
    Scenario("invalid-ke", "the server takes MODP-3072 only: INVALID_KE_PAYLOAD first",
             ike="aes256gcm16-prfsha256-modp3072,aes256-sha256-modp3072"),
    Scenario("aes-cbc", "AES-CBC with HMAC-SHA-256 only", ike="aes256-sha256-ecp256-modp2048", esp="aes256-sha256"),
    Scenario("ipv6", "IPv4 and IPv6 inside", ipv6=True, networks=("0.0.0.0/0", "::/0")),
    Scenario("split", "a split tunnel: the server narrows to the inner network, the phonebook says the same", networks=("10.20.0.0/24",), full_tunnel=False,
             pool="25 = corp.example.test"),
    Scenario("handouts", "a split tunnel with everything a server can hand out", full_tunnel=False,
             pool="nbns = 10.20.0.5\n    server = 10.20.0.2\n    subnet = 10.40.0.0/16\n    25 = corp.example.test\n"
                  "    28675 = \"unity.example.test,branch.example.test\"", settings="fragment_size = 1200"),
    Scenario("subnets", "a CHILD_SA for each of three subnets", full_tunnel=False, networks=("10.20.0.0/24",),
             more_networks=("10.21.0.0/24", "10.22.0.0/24"),
             pool="subnet = 10.20.0.0/24, 10.21.0.0/24, 10.22.0.0/24, 10.23.0.0/24"),
    Scenario("narrowed", "the phonebook wants all traffic in the tunnel, the server takes the inner network only",
             networks=("10.20.0.0/24",)),
    Scenario("big-chain", "two intermediate authorities and a large certificate: fragments", certificate="chain"),
    Scenario("nat", "the client sits behind address translation", nat=True),
    Scenario("no-proposal", "no algorithm in common", ike="3des-sha1-modp1024", connects=False),
    Scenario("ppk", "a pre-shared key and a post-quantum one beside it (RFC 8784)", auth="psk", ppk="optional"),
    Scenario("ppk-required", "EAP-MSCHAPv2, and no client without the post-quantum pre-shared key", ppk="required"),
    Scenario("ml-kem-768", "ECP-256 and then ML-KEM-768, for the IKE SA and for rekeyed children (RFC 9370)",
             peer="strongswan6", ike="aes256gcm16-prfsha256-ecp256-ke1_mlkem768", esp="aes256gcm16-ecp256-ke1_mlkem768"),
    Scenario("ml-kem-1024", "Curve25519 and then ML-KEM-1024, pre-shared key", auth="psk", peer="strongswan6",
             ike="aes256gcm16-prfsha384-curve25519-ke1_mlkem1024", esp="aes256gcm16-curve25519-ke1_mlkem1024"),
    Scenario("ml-kem-ppk", "EAP-MSCHAPv2, Curve25519, ML-KEM-768, and a post-quantum pre-shared key", ppk="required", peer="strongswan6",
             ike="aes256gcm16-prfsha256-curve25519-ke1_mlkem768", esp="aes256gcm16-curve25519-ke1_mlkem768"),
    Scenario("two-more", "three key exchanges, all classical: Curve25519 and ECP-384 after ECP-256 (RFC 9370)", auth="psk",
             peer="strongswan6", ike="aes256-sha256-prfsha256-ecp256-ke1_curve25519-ke2_ecp384",
             esp="aes256gcm16-ecp256-ke1_curve25519-ke2_ecp384"),
    # strongSwan answers nobody of whom five half-open IKE SAs are left, and keeps one for 30 s although the client's
    # AUTHENTICATION_FAILED (RFC 7296 2.21.2) has come: five refusals in a row, and the next call is not heard.
    Scenario("revocation", "the certificate says where to ask whether it was revoked", certificate="revocable", settings="block_threshold = 50"),
    Scenario("radius", "FreeRADIUS behind the server checks who signs in, by every EAP method", radius=True),
    # strongSwan's pool begins with the address that the lab's own PPP side has elsewhere.
    Scenario("office", "IKEv2 by strongSwan and SSTP, on one host: what the demo clicks", sstp={"ppp": "any", "own-address": "10.31.1.1"}),
    Scenario("offers", "nine servers that offer different things (offers.py)", certificate="offers", offers=True, connection=offers.main_connection(),
             settings="block_threshold = 100\n  cookie_threshold = 100", sstp={"ppp": "own", "own-address": "10.31.1.1"}),
    Scenario("libreswan", "libreswan with kernel ESP and a pre-shared key", auth="psk", peer="libreswan"),
)
SCENARIOS = {s.name: s for s in _ALL + sstp_scenarios.all_of(Scenario)}
