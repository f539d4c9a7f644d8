"""Names and addresses of one lab.

    client ---- router ---- server ---- inner
    198.51.100.0/24   203.0.113.0/24   10.20.0.0/24

Every address is of a documentation or private range and exists in the lab's namespaces only. The router is the
"internet": it answers DNS for the outer names and has a small web page, both in clear. The inner host is known to
the server alone. TERN_LAB_ID keeps several labs apart: it is the first part of every namespace's name.
"""

import os
import re
from pathlib import Path

HOSTS = ("client", "router", "server", "inner")

CLIENT4, CLIENT6 = "198.51.100.2", "2001:db8:1::2"
ROUTER_CLIENT4, ROUTER_CLIENT6 = "198.51.100.1", "2001:db8:1::1"
ROUTER_SERVER4, ROUTER_SERVER6 = "203.0.113.1", "2001:db8:2::1"
SERVER4, SERVER6 = "203.0.113.10", "2001:db8:2::10"
OUTER_DNS, WWW4 = "192.0.2.53", "192.0.2.80"
SERVER_LAN4, SERVER_LAN6 = "10.20.0.1", "2001:db8:20::1"
INNER4, INNER6 = "10.20.0.2", "2001:db8:20::2"
GUEST_LINK4, GUEST_LINK6, GUEST4, GUEST6 = "10.31.0.1", "2001:db8:31::1", "10.31.0.2", "2001:db8:31::2"  # server and its guest
POOL4, POOL6 = "10.30.0.0/24", "2001:db8:30::/112"

SERVER_NAME = "vpn.example.test"
WRONG_NAME = "other.example.test"
WWW_NAME = "www.example.test"
INNER_NAME = "files.corp.example.test"
OCSP_URL, CRL_URL = f"http://{WWW4}:8080/ocsp", f"http://{WWW4}:8080/lab.crl"

USER, PASSWORD = "alice", "Canary-Tr3e-7"
DOMAIN_USER, DOMAIN_PASSWORD = "EXAMPLE\\bob", "Canary-L0ch-9"
EAP_TLS_USER = "alice@example.test"
PPK_ID, PPK = "lab-ppk", "Canary-post-quantum-key-of-the-lab-2026"
PSK = "Canary-shared-key-of-the-lab-2026"

STATE_ROOT = Path("/run/tern-lab")


class Plan:
    """One lab: its namespaces and its state folder."""

    def __init__(self, lab_id=None):
        self.id = lab_id or os.environ.get("TERN_LAB_ID") or "tern"
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", self.id):
            raise SystemExit("lab: TERN_LAB_ID may hold lower-case letters, digits and hyphens only")
        self.state = STATE_ROOT / self.id

    def netns(self, host):
        return f"{self.id}-{host}"

    def host_files(self, host):
        """What `ip netns exec` lays over /etc for this host."""
        return Path("/etc/netns") / self.netns(host)


def other_labs():
    if not STATE_ROOT.is_dir():
        return []
    return sorted(entry.name for entry in STATE_ROOT.iterdir() if (entry / "state.json").exists())
