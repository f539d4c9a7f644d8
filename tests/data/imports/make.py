#!/usr/bin/env python3
"""Makes the binary samples beside it: make.py. Needs openssl. Text samples are written by hand.

office.mobileconfig           XML: IKEv2, L2TP, an authority, our certificate (pass phrase "Tor-4711"), a Wi-Fi network
office-binary.mobileconfig    the same as a binary property list
office-signed.mobileconfig    the XML, signed by vpn-admin.example.com, whose authority is signer-ca.pem
office-changed.mobileconfig   the same, changed after it was signed
azure.zip                     VpnSettings.xml with VpnServerRoot.cer, and azurevpnconfig.xml
bomb.zip                      a VpnSettings.xml that unpacks to 64 MiB
"""
import io
import pathlib
import plistlib
import subprocess
import tempfile
import zipfile

here = pathlib.Path(__file__).resolve().parent
work = pathlib.Path(tempfile.mkdtemp())


def openssl(*arguments, **more):
    subprocess.run(["openssl", *arguments], cwd=work, check=True, stderr=subprocess.DEVNULL, **more)


def certificate(name, subject, extensions, issuer=None):
    openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")
    (work / f"{name}.ext").write_text("[x]\n" + extensions)
    signer = ["-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key"] if issuer else []
    openssl("req", "-new", "-x509", "-key", f"{name}.key", "-out", f"{name}.pem", "-days", "36500", "-subj", subject,
            "-config", f"{name}.ext", "-extensions", "x", *signer)


AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n[req]\ndistinguished_name=d\n[d]\n"
LEAF = "keyUsage=critical,digitalSignature\nbasicConstraints=CA:FALSE\n[req]\ndistinguished_name=d\n[d]\n"
certificate("ca", "/O=Example/CN=Example VPN authority", AUTHORITY)
certificate("anna", "/O=Example/CN=anna", LEAF, "ca")
certificate("signer-ca", "/O=Example/CN=Example signing authority", AUTHORITY)
certificate("signer", "/O=Example/CN=vpn-admin.example.com", LEAF, "signer-ca")
openssl("pkcs12", "-export", "-in", "anna.pem", "-inkey", "anna.key", "-out", "anna.p12", "-passout", "pass:Tor-4711")
openssl("x509", "-in", "ca.pem", "-outform", "DER", "-out", "ca.cer")

common = {"PayloadVersion": 1, "PayloadIdentifier": "com.example.vpn"}
profile = {
    **common, "PayloadType": "Configuration", "PayloadUUID": "8B0E-0", "PayloadDisplayName": "Example",
    "PayloadContent": [
        {**common, "PayloadType": "com.apple.security.root", "PayloadUUID": "8B0E-1",
         "PayloadContent": (work / "ca.cer").read_bytes()},
        {**common, "PayloadType": "com.apple.security.pkcs12", "PayloadUUID": "8B0E-2", "Password": "Tor-4711",
         "PayloadContent": (work / "anna.p12").read_bytes()},
        {**common, "PayloadType": "com.apple.wifi.managed", "PayloadUUID": "8B0E-3", "SSID_STR": "Office"},
        {**common, "PayloadType": "com.apple.vpn.managed", "PayloadUUID": "8B0E-4", "UserDefinedName": "深圳 IKEv2",
         "VPNType": "IKEv2", "OnDemandEnabled": 1,
         "DNS": {"ServerAddresses": ["10.0.0.53"], "SupplementalMatchDomains": ["example.com"]},
         "IKEv2": {"RemoteAddress": "vpn.example.com", "RemoteIdentifier": "gw.example.com",
                   "LocalIdentifier": "anna@example.com", "AuthenticationMethod": "Certificate",
                   "PayloadCertificateUUID": "8B0E-2", "ExtendedAuthEnabled": 0, "DisableMOBIKE": 1, "EnablePFS": 1,
                   "DeadPeerDetectionRate": "Medium",
                   "IKESecurityAssociationParameters": {"EncryptionAlgorithm": "AES-256-GCM",
                                                        "IntegrityAlgorithm": "SHA2-384", "DiffieHellmanGroup": 20},
                   "ChildSecurityAssociationParameters": {"EncryptionAlgorithm": "AES-256-GCM",
                                                          "IntegrityAlgorithm": "SHA2-384", "DiffieHellmanGroup": 20}}},
        {**common, "PayloadType": "com.apple.vpn.managed", "PayloadUUID": "8B0E-5", "UserDefinedName": "Old L2TP",
         "VPNType": "L2TP", "IPv4": {"OverridePrimary": 0},
         "PPP": {"CommRemoteAddress": "192.0.2.20", "AuthName": "anna", "AuthPassword": "Licht-9"},
         "IPSec": {"AuthenticationMethod": "SharedSecret", "SharedSecret": b"Sommer-2019"}},
    ],
}
xml = plistlib.dumps(profile, fmt=plistlib.FMT_XML, sort_keys=False)
(here / "office.mobileconfig").write_bytes(xml)
(here / "office-binary.mobileconfig").write_bytes(plistlib.dumps(profile, fmt=plistlib.FMT_BINARY, sort_keys=False))
(work / "plain").write_bytes(xml)
openssl("cms", "-sign", "-in", "plain", "-binary", "-nodetach", "-outform", "DER", "-signer", "signer.pem", "-inkey",
        "signer.key", "-out", "signed")
signed = (work / "signed").read_bytes()
(here / "office-signed.mobileconfig").write_bytes(signed)
(here / "office-changed.mobileconfig").write_bytes(signed.replace(b"vpn.example.com", b"evil.example.ne", 1))
(here / "signer-ca.pem").write_bytes((work / "signer-ca.pem").read_bytes())

settings = """<?xml version="1.0" encoding="utf-8"?>
<VpnProfile><VpnServer>azuregateway-1.example.net</VpnServer><VpnType>IkeV2</VpnType><CaCert />
<Routes>10.1.0.0/16</Routes><Auth>EAPTLS</Auth></VpnProfile>
"""
entra = """<?xml version="1.0"?><AzVpnProfile><name>vnet-1</name><serverlist><ServerEntry>
<fqdn>azuregateway-1.example.net</fqdn></ServerEntry></serverlist><serversecret>a1b2c3d4e5</serversecret></AzVpnProfile>
"""


def archive(name, files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for path, content in files:
            out.writestr(zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    (here / name).write_bytes(buffer.getvalue())


archive("azure.zip", [("Generic/VpnSettings.xml", settings), ("Generic/VpnServerRoot.cer", (work / "ca.cer").read_bytes()),
                      ("AzureVPN/azurevpnconfig.xml", entra), ("WindowsAmd64/VpnClientSetupAmd64.exe", b"MZ")])
archive("bomb.zip", [("Generic/VpnSettings.xml", b" " * (64 << 20))])
