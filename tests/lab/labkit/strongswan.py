"""Debian's strongSwan in the lab's server host: its files, its start."""

import subprocess

from . import netns, offers, pki, plan, radius, trixie

# md4 and des, which EAP-MSCHAPv2 needs, come from openssl's legacy provider.
_PLUGINS = ("random nonce openssl aes sha1 sha2 hmac kdf xcbc cmac ctr gcm ccm chapoly curve25519 gmp mgf1 pem pkcs1 pkcs8 x509 pubkey "
            "constraints eap-identity eap-mschapv2 kernel-libipsec kernel-netlink socket-default vici updown")

# All that Debian's packages switch on, with kernel-libipsec, but not what would write the host's /etc/resolv.conf.
PACKAGED_PLUGINS = """load_modular = yes
  plugins {
    include /etc/strongswan.d/charon/*.conf
    kernel-libipsec {
      load = yes
    }
    resolve {
      load = no
    }
  }"""

_DAEMON = """
charon-systemd {{
  {plugins}
  install_virtual_ip = no
  filelog {{
    log {{
      path = /run/charon.log
      default = 1
      append = no
      flush_line = yes
      time_format = %H:%M:%S
    }}
  }}
  journal {{
    default = -1
  }}
  {settings}
}}
swanctl {{
  load = pem pkcs1 pkcs8 x509 pubkey openssl random nonce
}}
"""

_CONNECTION = """
connections {{
  lab {{
    version = 2
    proposals = {ike}
    encap = yes
    send_cert = always
    unique = never
    pools = {pools}
    dpd_delay = 30s
    {ppk}
    {connection}
    local {{
      {local}
    }}
    remote {{
      {remote}
    }}
    children {{
      lab {{
        local_ts = {networks}
        esp_proposals = {esp}
        {child}
      }}
      {more_children}
    }}
  }}
  {more_connections}
}}
pools {{
  pool4 {{
    addrs = {pool4}
    dns = {dns4}
    {pool}
  }}
  pool6 {{
    addrs = {pool6}
    dns = {dns6}
  }}
}}
secrets {{
  eap-alice {{
    id = {user}
    secret = "{password}"
  }}
  eap-bob {{
    id = "{domain_user}"
    secret = "{domain_password}"
  }}
  {ppk_secret}
  {psk}
}}
"""

_PPK_SECRET = f'ppk-lab {{\n    id = {plan.PPK_ID}\n    secret = "{plan.PPK}"\n  }}'
# Without a name of its own the server looks for the one that the client names, and does without if it has none.
_PPK = {"": "", "optional": "", "required": f"ppk_id = {plan.PPK_ID}\n    ppk_required = yes"}

_RADIUS = f"""
  plugins {{
    eap-radius {{
      servers {{
        lab {{
          address = 127.0.0.1
          auth_port = {radius.PORT}
          secret = {radius.SECRET}
        }}
      }}
    }}
  }}
"""

_FOLDERS = ("x509", "x509ca", "x509aa", "x509ac", "x509crl", "x509ocsp", "private", "pubkey", "rsa", "ecdsa", "pkcs8", "pkcs12")


def _responder(authority):
    """A certificate that the authority lends its OCSP responder."""
    authority.sign("responder", "rsa", "/O=Tern lab/CN=Tern lab OCSP", "basicConstraints=CA:FALSE\nextendedKeyUsage=OCSPSigning\n"
                   "keyUsage=critical,digitalSignature\nnoCheck=ignored\n", -1, 365)


def certificates(the_plan, scenario, folder):
    """Makes the lab's authority and the server's certificate; answers (file of the trusted CA, chain, identity)."""
    trusted = pki.Authority(folder, "ca", "/O=Tern lab/CN=Tern lab root")
    issuer, chain, name, options = trusted, [trusted.certificate], plan.SERVER_NAME, {}
    if scenario.certificate == "wrong-name":
        name = plan.WRONG_NAME
    elif scenario.certificate == "expired":
        options = {"first_day": -30, "last_day": -1}
    elif scenario.certificate == "no-usage":
        options = {"usage": "clientAuth"}
    elif scenario.certificate == "revocable":
        options = {"more": f"authorityInfoAccess=OCSP;URI:{plan.OCSP_URL}\ncrlDistributionPoints=URI:{plan.CRL_URL}\n"}
        _responder(trusted)
    elif scenario.certificate == "offers":
        options = {"more_names": offers.certificate_names()}
    elif scenario.certificate == "untrusted":
        issuer = pki.Authority(folder, "stranger", "/O=Somebody else/CN=Stranger root")
        chain = [issuer.certificate]
    elif scenario.certificate == "chain":
        for level in ("one", "two"):
            issuer = pki.Authority(folder, level, f"/O=Tern lab/CN=Tern lab issuing authority {level}", issuer)
            chain.append(issuer.certificate)
        options = {"more_names": [f"branch-office-{n:03}.vpn.example.test" for n in range(80)]}
    issuer.server("server", scenario.key, name, **options)
    if scenario.radius:
        radius.prepare(the_plan, trusted)
    return trusted.certificate, chain, name


def prepare(the_plan, scenario):
    """Writes everything charon reads; answers the authority the client is to trust."""
    etc = the_plan.state / "swanctl"
    pki_folder = the_plan.state / "pki"
    for private in (etc, pki_folder):
        private.mkdir(mode=0o700)
    (the_plan.state / "run").mkdir()
    for folder in _FOLDERS:
        (etc / folder).mkdir(parents=True, exist_ok=True)
    authority, chain, name = certificates(the_plan, scenario, pki_folder)
    for certificate in chain:
        (etc / "x509ca" / certificate.name).write_bytes(certificate.read_bytes())
    (etc / "x509/server.crt").write_bytes((pki_folder / "server.crt").read_bytes())
    (etc / "private/server.key").write_bytes((pki_folder / "server.key").read_bytes())
    if scenario.auth == "psk":
        local, remote = f"auth = psk\n      id = {plan.SERVER_NAME}", "auth = psk"
        psk = f'ike-lab {{\n    secret = "{plan.PSK}"\n  }}'
    else:
        local = f"auth = pubkey\n      certs = server.crt\n      id = {name}"
        remote, psk = f"auth = {'eap-radius' if scenario.radius else 'eap-mschapv2'}\n      eap_id = %any", ""
    if scenario.offers:
        psk = f'ike-old {{\n    secret = "{plan.PSK}"\n  }}'
    (etc / "swanctl.conf").write_text(_CONNECTION.format(
        more_connections=offers.connections() if scenario.offers else "",
        more_children="\n      ".join(
            f"lab{number} {{\n        local_ts = {network}\n        esp_proposals = {scenario.esp}\n      }}"
            for number, network in enumerate(scenario.more_networks, 2)),
        ike=scenario.ike, esp=scenario.esp, connection=scenario.connection, child=scenario.child, local=local, remote=remote, psk=psk, pool=scenario.pool,
        ppk=_PPK[scenario.ppk], ppk_secret=_PPK_SECRET if scenario.ppk else "",
        pools="pool4, pool6" if scenario.ipv6 else "pool4", networks=", ".join(scenario.networks),
        pool4=plan.POOL4, pool6=plan.POOL6, dns4=plan.INNER4, dns6=plan.INNER6, user=plan.USER, password=plan.PASSWORD,
        domain_user=plan.DOMAIN_USER.replace("\\", "\\\\"), domain_password=plan.DOMAIN_PASSWORD), encoding="ascii")
    settings = scenario.settings + (_RADIUS if scenario.radius else "")
    more = ["lab-mlkem"] * _needs_ml_kem(scenario) + ["eap-radius"] * scenario.radius
    if scenario.peer == "strongswan6":
        more += ["revocation", "curl"]  # for OCSP in IKE, which 5.9 does not have
    (the_plan.state / "strongswan.conf").write_text(daemon_conf(settings, *more), encoding="ascii")
    return authority


def _needs_ml_kem(scenario):
    return "mlkem" in scenario.ike


def daemon_conf(settings, *more_plugins):
    return _DAEMON.format(plugins="load = " + " ".join([_PLUGINS, *more_plugins]), settings=settings)


def packaged_conf():
    """A daemon as Debian's packages configure it, for comparisons."""
    return _DAEMON.format(plugins=PACKAGED_PLUGINS, settings="")


# A private mount namespace gives this charon its own fixed paths; /run comes last, for the state folder is below it.
# With a root of its own (Debian 13's) everything is laid over that one's paths.
_PRIVATE = """
set -eu
state=$1
shift
mount --bind "$state/swanctl" /etc/swanctl
mount --bind "$state/strongswan.conf" /etc/strongswan.conf
mount --bind "$state/run" /run
exec "$@"
"""
_PRIVATE_ROOT = """
set -eu
state=$1 root=$2
shift 2
mount --bind "$state/swanctl" "$root/etc/swanctl"
mount --bind "$state/strongswan.conf" "$root/etc/strongswan.conf"
mount --bind "$state/run" "$root/run"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
exec chroot "$root" "$@"
"""


def private(folder):
    """What to put before a charon that is to have the files of `folder`; it needs a mount namespace of its own."""
    return ["sh", "-c", _PRIVATE, "private", folder]


def _charon(the_plan, scenario):
    if scenario.peer == "strongswan6":
        try:
            root = trixie.make() if _needs_ml_kem(scenario) else trixie.peer()
        except trixie.Unavailable as reason:
            raise netns.LabError(str(reason)) from reason
        return ["sh", "-c", _PRIVATE_ROOT, "private", the_plan.state, root, "/usr/sbin/charon-systemd"]
    return [*private(the_plan.state), "/usr/sbin/charon-systemd"]


def start(the_plan, scenario):
    """Starts charon and loads the connection."""
    host = the_plan.netns("server")
    charon = netns.start(host, the_plan.state / "charon.out", *_charon(the_plan, scenario))
    (the_plan.state / "charon.pid").write_text(f"{charon.pid}\n", encoding="ascii")
    socket = the_plan.state / "run/charon.vici"

    def ready():
        if charon.poll() is not None:
            raise netns.LabError("charon ended at once: " + (the_plan.state / "charon.out").read_text(errors="replace")[-800:])
        return socket.exists()

    # The socket is there a moment before charon listens on it.
    netns.wait_until("charon", lambda: ready() and "connecting to" not in swanctl(the_plan, "--stats"))
    said = swanctl(the_plan, "--load-all", "--noprompt")
    if f"successfully loaded {3 if scenario.offers else 1} connections" not in said:
        raise netns.LabError(f"swanctl --load-all: {said}")


def swanctl(the_plan, *arguments):
    """Runs swanctl beside the lab's charon."""
    pid = (the_plan.state / "charon.pid").read_text(encoding="ascii").strip()
    result = subprocess.run(["nsenter", f"--target={pid}", "--mount", "--net", "--root", "swanctl", *arguments],
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr
