#!/usr/bin/python3
"""certificates.py: signs in with certificates of every kind, from files and from a token, and with EAP after one; what does
not work says why. One lab and one desk; the server is told anew for each row what to want."""

import shutil
import tempfile
from pathlib import Path

from session import Session, check, harness, main, phonebook, show_logs
from labkit import clientcerts, plan
from labkit.scenarios import SCENARIOS
from labkit.seen import seen

SCENARIO = "eap-rsa"
NAME = phonebook.MAIN_ENTRY


def edit(session, **changes):
    """Sets what the profile says."""
    words = [f"{key.replace('_', '-')}={'on' if value is True else 'off' if value is False else value}"
             for key, value in changes.items()]
    return session.user("ternctl", "set", NAME, *words)


def connect(session, key_secret=None, password=None, user=None):
    command = ["ternctl", "connect", NAME, "--wait"]
    lines = ""
    if key_secret is not None:
        command.append("--key-secret-stdin")
        lines += key_secret + "\n"
    if password is not None:
        command += ["--password-stdin", "--username", user]
        lines += password + "\n"
    return session.user(*command, input=lines, timeout=60)


def works(session, lab, what, **secrets):
    before = len(lab.server_log())
    said = connect(session, **secrets)
    check(said.returncode == 0, f"{what}: connected {said.stdout[-300:] + said.stderr if said.returncode else ''}")
    inner = session.fetch(f"http://{lab.state['inner-address']}/whoami", "--max-time", 10)
    check(inner.stdout.startswith("10.30.0."), f"{what}: the inner host answers {inner.stdout.strip() or inner.stderr}")
    check(session.disconnect().returncode == 0, f"{what}: disconnected")
    return lab.server_log()[before:]


def refused(session, what, code, **secrets):
    said = connect(session, **secrets)
    check(said.returncode != 0, f"{what}: refused")
    error = session.status().get("error", {})
    check(error.get("code") == code, f"{what}: {error.get('code')}: {error.get('sentence')}")
    check(len(error["sentence"]) > 10 and len(error["remedy"]) > 10, f"{what}, what to do: {error['remedy']}")
    check(error["sentence"] in said.stderr, "ternctl says the sentence")
    session.user("ternctl", "disconnect")  # forget the failure
    return error


def setting_refused(session, what, code, **changes):
    said = edit(session, **changes)
    check(said.returncode != 0 and code in said.stderr, f"{what}: not taken: {said.stderr.strip()}")


def signatures(session, lab, clients, scenario, shown):
    clients.demand(scenario, "pubkey")
    for name, words in (("rsa", "RSA-2048"), ("p256", "ECDSA P-256"), ("p384", "ECDSA P-384"), ("p521", "ECDSA P-521"),
                        ("ed25519", "Ed25519")):
        check(edit(session, certificate=shown(clients.pem(name))).returncode == 0, f"{words}: set")
        log = works(session, lab, words)
        check("with ED25519 successful" in log if name == "ed25519" else "_WITH_SHA2" in log or "EMSA_PKCS1_SHA2" in log or "ECDSA" in log,
              f"{words}: the server checked a digital signature: {[line for line in log.splitlines() if 'authentication of' in line]}")
        seen("Authentication", f"Client certificate: {words} (RFC 7427)")
    clients.demand(scenario, "ike:rsa/pss-sha256")
    edit(session, certificate=shown(clients.pem("rsa")), rsa_signature="pss")
    works(session, lab, "RSA-PSS")
    seen("Authentication", "Client certificate: RSA-PSS (RFC 7427)")
    edit(session, rsa_signature="pss-trailer")
    works(session, lab, "RSA-PSS with an explicit trailer")
    edit(session, rsa_signature="")
    clients.demand(scenario, "pubkey", signatures=False)
    log = works(session, lab, "RSA with SHA-1")
    check("with RSA signature successful" in log or "EMSA_PKCS1_SHA1" in log, "the server had no RFC 7427")
    seen("Authentication", "Client certificate: RSA with SHA-1 (RFC 7296)")
    for name, words in (("p256", "P-256"), ("p384", "P-384"), ("p521", "P-521")):
        edit(session, certificate=shown(clients.pem(name)))
        works(session, lab, f"{words} by RFC 4754")
    seen("Authentication", "Client certificate: ECDSA by RFC 4754")
    edit(session, certificate=shown(clients.pem("ed25519")))
    refused(session, "Ed25519 at an old server", "tern.crypto.key.no-method")


def key_files(session, lab, clients, scenario, shown):
    clients.demand(scenario, "pubkey")
    phrase = clientcerts.PASS_PHRASE
    for words, file in (("PKCS#12", clients.pkcs12("rsa")), ("PKCS#12 with RC2 and 3DES", clients.pkcs12("rsa", "-legacy")),
                        ("Encrypted PEM", clients.encrypted_pem("p256"))):
        check(edit(session, certificate=shown(file)).returncode == 0, f"{words}: set")
        works(session, lab, words, key_secret=phrase)
        seen("Authentication", f"Client key: {words}")
        refused(session, f"{words}, wrong pass phrase", "tern.crypto.key.passphrase-wrong", key_secret="wrong")
    edit(session, certificate=shown(clients.folder / "p256.crt"), certificate_key=shown(clients.folder / "p256.key"))
    works(session, lab, "certificate and key in two files")
    edit(session, certificate_key="")
    broken = clients.folder / "broken.p12"
    broken.write_bytes(clients.pkcs12("rsa").read_bytes()[:700])
    setting_refused(session, "a damaged file", "tern.crypto.key.unreadable", certificate=shown(broken))
    setting_refused(session, "a file that is not there", "tern.engine.file-unreadable", certificate="/nowhere/alice.p12")
    setting_refused(session, "a PIN in the address", "tern.crypto.token.uri-pin", certificate="pkcs11:token=x?pin-value=1234")


def token(session, lab, uri):
    check(edit(session, certificate=uri).returncode == 0, "a token: set")
    works(session, lab, "PKCS#11 token", key_secret=clientcerts.PIN)
    seen("Authentication", "Client key: PKCS#11 token")
    refused(session, "a wrong PIN", "tern.crypto.token.pin-wrong", key_secret="000000")
    refused(session, "no PIN", "tern.crypto.token.pin-needed")
    edit(session, certificate="pkcs11:token=Another")
    refused(session, "a token that is not there", "tern.crypto.token.missing", key_secret=clientcerts.PIN)


def multiple(session, lab, clients, scenario, shown):
    clients.demand(scenario, "pubkey", "eap-mschapv2")
    edit(session, certificate=shown(clients.pem("p256")), auth="eap-mschapv2", certificate_first=True)
    works(session, lab, "certificate, then EAP-MSCHAPv2", user=plan.USER, password=plan.PASSWORD)
    seen("Authentication", "Certificate, then EAP-MSCHAPv2 (RFC 4739)")
    error = refused(session, "right certificate, wrong password", "tern.eap.password", user=plan.USER, password="Canary-wr0ng-1")
    check("password" in error["sentence"].lower(), "the password is what was wrong")
    edit(session, auth="machine-certificate", certificate_first=False)


def refusals(session, lab, clients, scenario, shown):
    clients.demand(scenario, "pubkey")
    clients.issue("stranger", "p256", clients.stranger)
    edit(session, certificate=shown(clients.pem("stranger")))
    refused(session, "a certificate the server does not know", "tern.ike.auth.certificate")
    seen("Refused in words", "Client certificate of an unknown authority")
    clients.issue("old", "p256", first_day=-30, last_day=-1)
    edit(session, certificate=shown(clients.pem("old")))
    before = len(lab.server_log())
    refused(session, "an expired certificate", "tern.crypto.key.expired")
    check("received packet" not in lab.server_log()[before:], "the server heard nothing of it")
    edit(session, certificate="")
    said = connect(session)
    check(said.returncode != 0 and "certificate" in said.stderr, f"no certificate: {said.stderr.strip()}")


def case():
    for program in ("softhsm2-util", "p11tool"):
        if not shutil.which(program):
            harness.skip(f"{program} is not installed (packaging/packages-test.txt)")
    # The desk has a /run of its own, where the lab's folder is not.
    with harness.Lab(SCENARIO) as lab, tempfile.TemporaryDirectory(prefix="tern-certificates.") as folder:
        the_plan = plan.Plan()
        scenario = SCENARIOS[SCENARIO]
        Path(folder).chmod(0o755)
        clients = clientcerts.Clients(the_plan, Path(folder))
        configuration, uri = clients.token("rsa")
        with Session(lab, environment={"SOFTHSM2_CONF": str(configuration)}) as session:

            def shown(path):
                """The file where the desk's user can read it."""
                target = session.folder / path.name
                target.write_bytes(path.read_bytes())
                target.chmod(0o644)
                return target

            try:
                store = clients.folder / "tokens"
                for each in (store, *store.rglob("*")):
                    shutil.chown(each, session.state["uid"])
                session.import_phonebook()
                edit(session, auth="machine-certificate")
                signatures(session, lab, clients, scenario, shown)
                key_files(session, lab, clients, scenario, shown)
                token(session, lab, uri)
                multiple(session, lab, clients, scenario, shown)
                refusals(session, lab, clients, scenario, shown)
                written = session.everything_written()
                for secret in (clientcerts.PASS_PHRASE, clientcerts.PIN, plan.PASSWORD, "BEGIN PRIVATE"):
                    check(secret not in written, "a secret is written nowhere")
            except BaseException:
                show_logs(session, lab)
                raise


if __name__ == "__main__":
    main(case)
