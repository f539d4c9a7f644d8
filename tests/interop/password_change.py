#!/usr/bin/python3
"""password_change.py: an expired password is changed on the way in, at Debian 13's FreeRADIUS, which reads the new one out
of what was sealed with the old (RFC 2759 section 9): by EAP-MSCHAPv2, and inside PEAP. The keys of both ends must be the same."""

import os
import sys
import tempfile
from pathlib import Path

import eap_keys
from eap_keys import FAILED, check, probe, radius, refused, works
from labkit import pki, trixie

NEW = "Canary-n3w-пароль-密码"
NAME = "FreeRADIUS 3.2"


def changed(server, folder, feature, **given):
    before = server.said().count("password change succeeded")
    works(server, folder, NAME, feature, user="expired", new=NEW, **given)
    kept = [line.rpartition("password change succeeded: ")[2] for line in server.said().splitlines() if "password change succeeded" in line]
    check(kept[before:] == [f"kept: {NEW}"], f"{feature}: the server has the new password: {kept[before:]}")


def main():
    if not eap_keys.PROBE.exists():
        print(f"skipped: {eap_keys.PROBE} is not built")
        return 77
    try:
        root = trixie.peer()
    except trixie.Unavailable as reason:
        print(f"skipped: {reason}")
        return 77
    with tempfile.TemporaryDirectory(prefix="tern-eap-", dir=root / "tmp") as scratch:
        os.chmod(scratch, 0o755)
        folder = Path(scratch)
        (folder / "pki").mkdir()
        radius.certificates(folder, pki.Authority(folder / "pki", "main", "/O=Tern lab/CN=Lab root"))
        with radius.NewerFreeRadius(root, folder) as server:
            changed(server, folder, "EAP-MSCHAPv2: an expired password is changed", method="mschapv2")
            changed(server, folder, "PEAP with MSCHAPv2: an expired password is changed", method="peap", inner="eap-mschapv2")
            asked = probe(server, folder, method="mschapv2", user="expired")
            check(asked["outcome"] == "asked" and asked["detail"] == "new", f"without a new one, it is asked for: {asked}")
            refused(server, folder, NAME, "tern.eap.password", "an expired password that is wrong", method="mschapv2", user="expired",
                    password="Canary-wr0ng", new=NEW)
            if FAILED:
                print(server.said()[-8000:])
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
