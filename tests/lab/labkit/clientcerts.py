"""Certificates for clients, in every form a person may have them in, and strongSwan's wish for them."""

import subprocess

from . import netns, pki, plan, strongswan

PASS_PHRASE = "Canary-pass-phrase-3"
PIN = "482913"
TOKEN = "Tern lab token"
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"

# name: arguments of openssl for the key
KEYS = {
    "rsa": ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "p256": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "p384": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
    "p521": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
    "ed25519": ["genpkey", "-algorithm", "ED25519"],
}

_EXTENSIONS = ("basicConstraints=CA:FALSE\nsubjectAltName=email:alice@example.test\nextendedKeyUsage=clientAuth\n"
               "keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid")

_SERVER = """
connections {{
  lab {{
    version = 2
    proposals = {ike}
    encap = yes
    send_cert = always
    unique = never
    pools = pool4
    local {{
      auth = pubkey
      certs = server.crt
      id = {name}
    }}
    {remotes}
    children {{
      lab {{
        local_ts = 0.0.0.0/0
        esp_proposals = {esp}
      }}
    }}
  }}
}}
pools {{
  pool4 {{
    addrs = {pool4}
    dns = {dns4}
  }}
}}
secrets {{
  eap-alice {{
    id = {user}
    secret = "{password}"
  }}
}}
"""


class Clients:
    """An authority for clients whose certificates the lab's server takes, and a folder of key files."""

    def __init__(self, the_plan, folder):
        self.plan, self.folder = the_plan, folder
        self.authority = pki.Authority(folder, "clients", "/O=Tern lab/CN=Tern lab clients")
        self.stranger = pki.Authority(folder, "strangers", "/O=Somebody else/CN=Stranger clients")
        x509ca = the_plan.state / "swanctl/x509ca/clients.crt"
        x509ca.write_bytes(self.authority.certificate.read_bytes())
        for name in KEYS:
            self.issue(name, name)

    def issue(self, name, key, authority=None, first_day=-1, last_day=365):
        pki._KEYS.setdefault(f"client-{key}", KEYS[key])
        (authority or self.authority).sign(name, f"client-{key}", f"/O=Tern lab/CN=alice {name}", _EXTENSIONS, first_day, last_day)

    def pem(self, name):
        """Certificate and key in one file, the key in clear."""
        target = self.folder / f"{name}.pem"
        target.write_bytes((self.folder / f"{name}.crt").read_bytes() + (self.folder / f"{name}.key").read_bytes())
        return target

    def encrypted_pem(self, name):
        key = netns.run("openssl", "pkcs8", "-topk8", "-in", self.folder / f"{name}.key", "-v2", "aes-256-cbc",
                        "-passout", f"pass:{PASS_PHRASE}")
        target = self.folder / f"{name}-encrypted.pem"
        target.write_text((self.folder / f"{name}.crt").read_text() + key)
        return target

    def pkcs12(self, name, *options):
        target = self.folder / f"{name}{''.join(options)}.p12"
        netns.run("openssl", "pkcs12", "-export", *options, "-inkey", self.folder / f"{name}.key",
                  "-in", self.folder / f"{name}.crt", "-certfile", self.authority.certificate, "-out", target,
                  "-passout", f"pass:{PASS_PHRASE}")
        return target

    def token(self, name):
        """A SoftHSM token with this key and certificate; answers (its configuration file, its URI)."""
        store = self.folder / "tokens"
        store.mkdir()
        configuration = self.folder / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {store}\nobjectstore.backend = file\nlog.level = ERROR\n")
        environment = {"SOFTHSM2_CONF": str(configuration), "PATH": "/usr/bin:/bin"}

        def run(*command):
            subprocess.run([str(part) for part in command], env=environment, check=True, capture_output=True)

        run("softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", "87654321", "--pin", PIN)
        uri = "pkcs11:token=" + TOKEN.replace(" ", "%20")
        for option, file in (("--load-privkey", f"{name}.key"), ("--load-certificate", f"{name}.crt")):
            more = [] if "key" in option else ["--no-mark-private"]
            run("p11tool", f"--provider={SOFTHSM}", "--batch", "--login", f"--set-pin={PIN}", "--write", option,
                self.folder / file, "--label", "alice", "--id", "01", *more, uri)
        return configuration, uri + ";object=alice"

    def demand(self, scenario, *auths, signatures=True):
        """Has the server want these, one round after the other; signatures: by RFC 7427."""
        remotes = "\n    ".join(
            f"remote-{number} {{\n      id = %any\n      auth = {auth}\n      "
            + ("eap_id = %any\n    }" if auth.startswith("eap") else "cacerts = clients.crt\n    }")
            for number, auth in enumerate(auths, 1))
        (self.plan.state / "swanctl/swanctl.conf").write_text(_SERVER.format(
            ike=scenario.ike, esp=scenario.esp, name=plan.SERVER_NAME, remotes=remotes, pool4=plan.POOL4, dns4=plan.INNER4,
            user=plan.USER, password=plan.PASSWORD), encoding="ascii")
        settings = "" if signatures else "signature_authentication = no"
        (self.plan.state / "strongswan.conf").write_text(strongswan.daemon_conf(settings), encoding="ascii")
        strongswan.swanctl(self.plan, "--reload-settings")
        said = strongswan.swanctl(self.plan, "--load-all", "--noprompt")
        if "successfully loaded 1 connections" not in said:
            raise netns.LabError(f"swanctl --load-all: {said}")
