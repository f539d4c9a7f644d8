#!/usr/bin/python3
"""strongswan6.py [SCENARIO…]: connects.py for the scenarios against the strongSwan of Debian 13."""

import os
import subprocess
import sys
from pathlib import Path

from session import check, harness
from labkit import trixie

_SCENARIOS = ("eap-rsa", "psk", "eap-ecdsa", "cookie", "invalid-ke", "ipv6", "big-chain", "nat")


def main(scenarios):
    harness.require_lab()
    reason = trixie.why_not()
    if reason:
        harness.skip(reason)
    failed = []
    for scenario in scenarios or _SCENARIOS:
        print(f"--- {scenario}", flush=True)
        done = subprocess.run([Path(__file__).with_name("connects.py"), scenario], check=False, timeout=240,
                              env=os.environ | {"TERN_LAB_PEER": "strongswan6"})
        if done.returncode == harness.SKIPPED:
            sys.exit(harness.SKIPPED)
        if done.returncode:
            failed.append(scenario)
    check(not failed, f"all of them connect {failed or ''}")
    print("passed")


if __name__ == "__main__":
    main(sys.argv[1:])
