"""Servers that offer different things, all in the lab's one server host: an address and a name for each.

`lab up offers`; then NAME.offers.example.test, as OFFERS has it. IKE is one strongSwan that decides by the address, SSTP
the lab's one SSTP server, and what an address does not offer is refused or dropped in front of them.
"""

from dataclasses import dataclass
from pathlib import Path

from . import netns, plan

DOMAIN = "offers.example.test"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Offer:
    address: str
    summary: str
    ike: str = ""  # "strong", "weak" or "v1"
    sstp: bool = False
    retired: str = ""  # of retired.py
    silent: bool = False
    in_certificate: bool = True


OFFERS = {
    "both": Offer(plan.SERVER4, "IKEv2 and SSTP", ike="strong", sstp=True),
    "sstp": Offer("203.0.113.11", "SSTP only", sstp=True),
    "ikev2": Offer("203.0.113.12", "IKEv2 only", ike="strong"),
    "neither": Offer("203.0.113.13", "nothing, and says so"),
    "silent": Offer("203.0.113.14", "nothing, without a word", silent=True),
    "weak": Offer("203.0.113.15", "IKEv2 with the weak suite of Windows only", ike="weak"),
    "pptp": Offer("203.0.113.16", "PPTP only", retired="pptp"),
    "l2tp": Offer("203.0.113.17", "IKEv1 with the proposals of L2TP, and L2TP", ike="v1", retired="l2tp"),
    "stranger": Offer("203.0.113.18", "SSTP with a certificate for other names", sstp=True, in_certificate=False),
}
WEAK_SUITE = "3des-sha1-modp1024"

_CONNECTIONS = """
  weak {{
    version = 2
    local_addrs = {weak}
    proposals = {suite}
    encap = yes
    send_cert = always
    unique = never
    pools = pool4
    local {{
      auth = pubkey
      certs = server.crt
    }}
    remote {{
      auth = eap-mschapv2
      eap_id = %any
    }}
    children {{
      weak {{
        local_ts = 0.0.0.0/0
        esp_proposals = aes256-sha1
      }}
    }}
  }}
  old {{
    version = 1
    local_addrs = {v1}
    proposals = {suite}
    local {{
      auth = psk
    }}
    remote {{
      auth = psk
    }}
    children {{
      old {{
        mode = transport
      }}
    }}
  }}
"""

_RULES = """
table inet lab_offers {{
  chain in {{
    type filter hook input priority 0;
    ip daddr {{ {silent} }} meta l4proto != icmp drop
    ip daddr {{ {no_ike} }} udp dport {{ 500, 4500 }} reject
  }}
}}
table ip lab_offers_nat {{
  chain in {{
    type nat hook prerouting priority -100;
    ip daddr {{ {sstp} }} tcp dport 443 dnat to {server}
  }}
}}
"""


def name_of(key):
    return f"{key}.{DOMAIN}"


def records():
    """What the outer DNS is to know."""
    return [f"{name_of(key)}={offer.address}" for key, offer in OFFERS.items()]


def certificate_names():
    return [name_of(key) for key, offer in OFFERS.items() if offer.in_certificate]


def _addresses(fits):
    return ", ".join(offer.address for offer in OFFERS.values() if fits(offer))


def main_connection():
    """The strong connection is for these addresses only."""
    return f"local_addrs = {_addresses(lambda offer: offer.ike == 'strong')}"


def connections():
    return _CONNECTIONS.format(weak=_addresses(lambda offer: offer.ike == "weak"), v1=_addresses(lambda offer: offer.ike == "v1"),
                               suite=WEAK_SUITE)


def addresses(the_plan):
    """Before the servers start."""
    server = the_plan.netns("server")
    for offer in OFFERS.values():
        if offer.address != plan.SERVER4:
            netns.ip(server, f"addr add {offer.address}/24 dev eth0")
    netns.sysctl(server, ipv4__icmp_ratelimit=0)  # many probes at once from one address


def start(the_plan):
    """When the servers have started."""
    server = the_plan.netns("server")
    netns.nft(server, _RULES.format(
        silent=_addresses(lambda offer: offer.silent), no_ike=_addresses(lambda offer: not offer.ike and not offer.silent),
        sstp=_addresses(lambda offer: offer.sstp and offer.address != plan.SERVER4), server=plan.SERVER4))
    ready = the_plan.state / "retired.ready"
    netns.start(server, the_plan.state / "retired.log", _HERE / "retired.py", ready,
                *(f"{offer.retired}={offer.address}" for offer in OFFERS.values() if offer.retired))
    netns.wait_until("PPTP and L2TP", ready.exists)
