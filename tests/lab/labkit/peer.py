#!/usr/bin/python3
"""strongSwan's own client, charon-cmd, with the plug-ins Debian's packages switch on, for comparison. Runs in the lab's client
host, in a mount namespace of its own.

peer.py SERVER USER PASSWORD AUTHORITY SECONDS: connects, prints {"connected-ms": …} and stays up that long.
The time runs from the start of the process to the line that says the CHILD_SA is established. SIGTERM ends both.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from labkit.strongswan import PACKAGED_PLUGINS  # noqa: E402

_CONFIG = "charon-cmd {\n  retransmit_tries = 1\n  " + PACKAGED_PLUGINS + "\n}\n"


def end(client):
    client.terminate()
    try:
        client.communicate(timeout=1.0)
    except subprocess.TimeoutExpired:  # it sometimes ignores SIGTERM
        os.kill(client.pid, signal.SIGKILL)
        client.communicate()


def main():
    server, user, password, authority, seconds = sys.argv[1:6]
    with tempfile.TemporaryDirectory(prefix="tern-peer.") as folder:
        config = Path(folder) / "strongswan.conf"
        config.write_text(_CONFIG, encoding="ascii")
        subprocess.run(["mount", "--bind", str(config), "/etc/strongswan.conf"], check=True)
        started = time.monotonic()
        client = subprocess.Popen(["stdbuf", "-oL", "charon-cmd", "--host", server, "--identity", user, "--profile", "ikev2-eap", "--cert",
                                   authority], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, start_new_session=True)  # without a terminal it reads the password from stdin
        # Left alone, it would keep its device, and with it the traffic of whoever connects next.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        said, code = [], 1
        try:
            client.stdin.write(password + "\n")
            client.stdin.flush()
            for line in client.stdout:
                said.append(line)
                if "CHILD_SA" in line and "established" in line:
                    print(json.dumps({"connected-ms": round((time.monotonic() - started) * 1000, 2)}), flush=True)
                    code = 0
                    time.sleep(float(seconds))
                    break
                if "establishing IKE_SA failed" in line or "AUTH_FAILED" in line:
                    break
        finally:
            end(client)
        if code:
            print("".join(said), file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    main()
