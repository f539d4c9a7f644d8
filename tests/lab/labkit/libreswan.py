"""Debian's libreswan in a guest: an IKEv2 daemon that is not strongSwan, and ESP by a Linux kernel.

Its package conflicts with strongSwan's, so it is unpacked into a cache and not installed; what it needs beside and this
machine lacks is unpacked with it.
"""

import os
import re
import subprocess
import tempfile
from pathlib import Path

from . import guest, netns, pki, plan

CACHE = Path(os.environ.get("TERN_LAB_CACHE") or "/var/cache/tern-lab")
_EXEC = "/mnt/libreswan/usr/libexec/ipsec"
_POOL = "10.30.0.10-10.30.0.200"

_CONFIG = """
config setup
    logfile=/mnt/lab/pluto.log
    nssdir=/mnt/lab/nss
    listen-tcp=yes
    {setup}
"""
_CONNECTION = """
conn {conn}
    ikev2=insist
    left={server}
    leftid=@{name}
    leftsubnet={networks}
    right=%any
    rightaddresspool={pool}
    modecfgdns={dns}
    narrowing=yes
    mobike=yes
    leftupdown=%disabled
    {options}
    auto=add
"""
_SETUP = """
mkdir -p /run/pluto /mnt/libreswan
mount -t hostfs -o {root} libreswan /mnt/libreswan
mount -t tmpfs tmpfs /usr/libexec
ln -s {executables} /usr/libexec/ipsec
export LD_LIBRARY_PATH=/mnt/libreswan/usr/lib/x86_64-linux-gnu:/mnt/libreswan/lib/x86_64-linux-gnu
module net/xfrm/xfrm_algo net/xfrm/xfrm_user net/ipv4/esp4 net/ipv4/tunnel4 net/ipv4/xfrm4_tunnel
module crypto/hmac crypto/gf128mul crypto/ghash-generic crypto/ctr crypto/gcm crypto/seqiv crypto/echainiv crypto/cbc
module crypto/sha512_generic crypto/jitterentropy_rng crypto/drbg crypto/authenc crypto/authencesn crypto/cmac crypto/xcbc lib/crypto/libdes crypto/des_generic
module lib/crypto/libchacha lib/crypto/libpoly1305 crypto/chacha_generic crypto/poly1305_generic crypto/chacha20poly1305
ip route add default via {gateway}
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
{executables}/pluto --config /mnt/lab/ipsec.conf --secretsfile /mnt/lab/ipsec.secrets
"""


def version():
    root = next(iter(sorted(CACHE.glob("libreswan-*"))), None)
    return "libreswan " + ".".join(re.split(r"[-.~+]", root.name.removeprefix("libreswan-"))[:2]) if root else "libreswan"


def _installed(package):
    said = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True, check=False)
    return said.stdout == "installed"


def _unpack(package, root, seen):
    """The package and the libraries it depends on that are not installed; its programs for scripts are not needed."""
    if package in seen or len(seen) > 60:
        return
    seen.add(package)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)  # apt drops its privileges to download
        subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, capture_output=True, timeout=120)
        deb = next(Path(folder).glob("*.deb"))
        netns.run("dpkg-deb", "-x", deb, root)
        depends = netns.run("dpkg-deb", "-f", deb, "Depends")
    for alternatives in filter(None, depends.split(",")):
        name = re.split(r"[ (|:]", alternatives.strip())[0]
        if name.startswith("lib") and not _installed(name):
            _unpack(name, root, seen)


def unpacked():
    """The folder libreswan is unpacked in; fetched when it is not there. LabError where it cannot be had."""
    policy = netns.run("apt-cache", "policy", "libreswan")
    found = re.search(r"Candidate: (?:\d+:)?(\S+)", policy)
    if not found or found[1] == "(none)":
        raise netns.LabError("no package archive offers libreswan")
    root = CACHE / f"libreswan-{found[1]}"
    if not root.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                _unpack("libreswan", Path(folder) / "root", set())
                (Path(folder) / "root").rename(root)
        except (subprocess.SubprocessError, OSError) as error:
            raise netns.LabError(f"libreswan cannot be fetched: {error}") from None
    return root


def prepare(the_plan, scenario):
    """Writes what pluto reads; answers the authority the client is to trust."""
    root = unpacked()
    own = guest.folder(the_plan)
    own.mkdir(parents=True, exist_ok=True)
    folder = the_plan.state / "pki"
    folder.mkdir(mode=0o700)
    authority = pki.Authority(folder, "ca", "/O=Tern lab/CN=Tern lab root")
    nss = f"sql:{own / 'nss'}"
    (own / "nss").mkdir()
    netns.run("certutil", "-N", "-d", nss, "--empty-password")
    netns.run("certutil", "-A", "-d", nss, "-n", "root", "-t", "CT,,", "-i", authority.certificate)
    # One key only: with two, libreswan 4 takes the one of the wrong kind.
    authority.server("server-rsa", "rsa", plan.SERVER_NAME)
    bundle = folder / "server-rsa.p12"
    netns.run("openssl", "pkcs12", "-export", "-name", "server-rsa", "-passout", "pass:lab", "-out", bundle,
              "-inkey", folder / "server-rsa.key", "-in", folder / "server-rsa.crt")
    netns.run("pk12util", "-i", bundle, "-d", nss, "-W", "lab")
    authority.client("client-rsa", "rsa", "alice@example.test")
    (own / "ipsec.conf").write_text(_CONFIG.format(setup=scenario.settings), encoding="ascii")
    (own / "ipsec.secrets").write_text(f': PSK "{plan.PSK}"\n: PPKS "{plan.PPK_ID}" "{plan.PPK}"\n', encoding="ascii")
    (own / "root").write_text(str(root), encoding="ascii")
    return authority.certificate


def start(the_plan, scenario):
    """Boots the guest with pluto in it and loads the connection."""
    root = (guest.folder(the_plan) / "root").read_text(encoding="ascii")
    guest.start(the_plan, "server", {"eth0": [f"{plan.SERVER4}/24"], "lan0": [f"{plan.SERVER_LAN4}/24"]},
                _SETUP.format(root=root, executables=_EXEC, gateway=plan.ROUTER_SERVER4))
    load(the_plan, networks=scenario.networks[0], **scenario.peer_options)


def client_pem(the_plan):
    """A client's certificate and its RSA key, as text."""
    folder = the_plan.state / "pki"
    return "".join((folder / f"client-rsa.{part}").read_text(encoding="ascii") for part in ("crt", "key"))


def load(the_plan, networks="0.0.0.0/0", conn="lab", server=plan.SERVER4, **options):
    """Replaces the connection: options as ipsec.conf(5) has them, - written _."""
    lines = "\n    ".join(f"{key.replace('_', '-')}={value}" for key, value in ({"authby": "secret", "encapsulation": "yes"} | options).items())
    file = guest.folder(the_plan) / "ipsec.conf"
    others = [each for each in file.read_text(encoding="ascii").split("\nconn ") if not each.startswith(f"{conn}\n")]
    file.write_text("\nconn ".join(others) + _CONNECTION.format(conn=conn, server=server, name=plan.SERVER_NAME, networks=networks,
                                                               pool=_POOL, dns=plan.INNER4, options=lines), encoding="ascii")
    whack(the_plan, f"--name {conn} --delete")
    code, said = guest.run(the_plan, f"{_EXEC}/addconn --config /mnt/lab/ipsec.conf --ctlsocket /run/pluto/pluto.ctl {conn} && "
                                     f"{_EXEC}/whack --rereadsecrets && {_EXEC}/whack --status")
    if code or f'"{conn}":   policy: IKEv2' not in said:
        raise netns.LabError(f"libreswan does not take the connection: {said}")


def whack(the_plan, arguments):
    return guest.run(the_plan, f"{_EXEC}/whack {arguments}")
