"""Throw-away certificates, made by openssl each time a lab comes up."""

from datetime import datetime, timedelta, timezone

from .netns import run

_CONFIG = """
[ca]
default_ca = lab
[lab]
new_certs_dir = {folder}
database = {folder}/{issuer}.index
serial = {folder}/{issuer}.serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
organizationalUnitName = optional
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[ext]
{extensions}
"""

_KEYS = {
    "rsa": ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "rsa4096": ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"],
    "ecdsa": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
}


def _stamp(days):
    return (datetime.now(timezone.utc) + timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")


class Authority:
    """A certificate authority in `folder`: NAME.crt and NAME.key; issuer None = it signs itself."""

    def __init__(self, folder, name, subject, issuer=None):
        self.folder, self.name = folder, name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.index").touch()
        (folder / f"{name}.serial").write_text("1000\n", encoding="ascii")
        extensions = ("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"
                      "subjectKeyIdentifier=hash\n")
        if issuer:
            issuer.sign(name, "rsa", subject, extensions + "authorityKeyIdentifier=keyid", -2, 3650)
            return
        run("openssl", *_KEYS["rsa"], "-out", folder / f"{name}.key")
        config = self._config(extensions)
        run("openssl", "req", "-new", "-x509", "-config", config, "-extensions", "ext", "-subj", subject, "-days", "3650",
            "-key", folder / f"{name}.key", "-out", folder / f"{name}.crt")

    @property
    def certificate(self):
        return self.folder / f"{self.name}.crt"

    def _config(self, extensions):
        path = self.folder / f"{self.name}.cnf"
        path.write_text(_CONFIG.format(folder=self.folder, issuer=self.name, extensions=extensions), encoding="ascii")
        return path

    def sign(self, name, kind, subject, extensions, first_day, last_day):
        """A key and a certificate for it: NAME.key, NAME.crt; days count from now."""
        run("openssl", *_KEYS[kind], "-out", self.folder / f"{name}.key")
        config = self._config(extensions)
        run("openssl", "req", "-new", "-config", config, "-subj", subject, "-key", self.folder / f"{name}.key",
            "-out", self.folder / f"{name}.csr")
        run("openssl", "ca", "-batch", "-notext", "-config", config, "-extensions", "ext", "-cert", self.certificate,
            "-keyfile", self.folder / f"{self.name}.key", "-startdate", _stamp(first_day), "-enddate", _stamp(last_day),
            "-in", self.folder / f"{name}.csr", "-out", self.folder / f"{name}.crt")

    def server(self, name, kind, host, first_day=-1, last_day=365, usage="serverAuth", more_names=(), more=""):
        names = ",".join(f"DNS:{n}" for n in (host, *more_names))
        extensions = (f"basicConstraints=CA:FALSE\nsubjectAltName={names}\nextendedKeyUsage={usage}\n"
                      f"keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n{more}")
        self.sign(name, kind, f"/O=Tern lab/CN={host}", extensions, first_day, last_day)
        return name

    def client(self, name, kind, who, first_day=-1, last_day=365):
        extensions = (f"basicConstraints=CA:FALSE\nsubjectAltName=email:{who}\nextendedKeyUsage=clientAuth\n"
                      "keyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid")
        self.sign(name, kind, f"/O=Tern lab/CN={who}", extensions, first_day, last_day)
        return name
