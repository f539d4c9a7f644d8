#!/usr/bin/python3
"""rekey.py [MINUTES]: the keys of IKE and child change every few seconds from both sides, for a minute, under load; no packet is lost.

With MINUTES, and every 20 s instead: the soak. Numbered UDP goes both ways at a steady rate and is counted at both ends,
and a large download runs beside it.
"""

import json
import re
import signal
import subprocess
import sys
import time

from session import check, harness
from labkit import plan
from labkit.seen import seen

PORT, RATE = 7000, 100
PROBE = harness.BUILD / "tests/interop/tunnel_probe"
NUMBERED = harness.LAB_FOLDER.parent / "interop/numbered.py"


class Tunnel:
    """tunnel_probe in the lab's client host, with its address and routes."""

    def __init__(self, lab, *options, program=PROBE):
        self.lab, self.lines = lab, []
        self.process = subprocess.Popen(
            lab.command("client", program, plan.SERVER4, plan.SERVER_NAME, "--psk", plan.PSK, *options),
            stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
        self.address = self._await("address ").split("/")[0]
        self._await("tunnel ")
        for command in (f"addr add {self.address}/32 dev tun0", "link set tun0 up mtu 1400", f"route add 10.20.0.0/24 dev tun0 src {self.address}"):
            self.lab.exec("client", "ip", *command.split(), check=True)

    def _await(self, word):
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith(word):
                return line[len(word):].strip()
        raise AssertionError("the tunnel did not come up: " + "".join(self.lines))

    def close(self):
        """Ends it; answers all that it said."""
        # The lab's command enters the namespace by exec, so that this is the probe itself.
        self.process.send_signal(signal.SIGTERM)
        try:
            self.lines.append(self.process.communicate(timeout=30)[0])
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        return "".join(self.lines)


def lost(ends, of, at):
    """The numbers that `of` sent and `at` did not get."""
    got = {number for first, last in ends[at]["got"] for number in range(first, last + 1)}
    return sorted(set(range(ends[of]["sent"])) - got)


def drops(lab, host):
    """What the kernel of `host` has thrown away: {where: how many}, to tell a full queue from a loss at a rekey."""
    found = {}
    names, values = [line.split()[1:] for line in lab.exec(host, "cat", "/proc/net/snmp").stdout.splitlines() if line.startswith("Udp:")]
    for name, value in zip(names, values):
        if name.endswith("Errors") and value != "0":
            found[name] = int(value)
    for link in json.loads(lab.exec(host, "ip", "-j", "-s", "link").stdout):
        for way, counts in link.get("stats64", {}).items():
            if counts.get("dropped") or counts.get("errors"):
                found[f"{link['ifname']} {way}"] = counts["dropped"] + counts["errors"]
    return found


def exchange(lab, tunnel, seconds):
    ends = {"client": (tunnel.address, plan.INNER4), "inner": (plan.INNER4, tunnel.address)}
    running = {host: subprocess.Popen(lab.command(host, sys.executable, NUMBERED, *addresses, PORT, RATE, seconds),
                                      stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
               for host, addresses in ends.items()}
    downloads, end = 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        said = lab.exec("client", "curl", "-sS", "-o", "/dev/null", "--limit-rate", "2M", "--max-time", max(1, int(left)), f"http://{plan.INNER4}/100MB",
                        "-w", "%{size_download}", timeout=left + 60)
        downloads += int(said.stdout.strip() or 0)
    results = {host: json.loads(process.communicate(timeout=60)[0]) for host, process in running.items()}
    return results, downloads


def case(minutes=None):
    # The server replaces a child at the earlier of two random moments (3 to 8 s): with 4 s of ours each side is often the first.
    seconds, child_every, every = (float(minutes) * 60, 20, 20) if minutes else (60, 4, 5)
    with harness.Lab("rekey" if minutes else "rekey-fast") as lab:
        tunnel = Tunnel(lab, "--rekey-child", child_every, "--rekey-ike", every)
        # The download would fill the server's own queue of 500 packets, and what falls out there is no loss of a rekey.
        lab.exec("server", "ip", "link", "set", "ipsec0", "txqueuelen", "20000", check=True)
        try:
            results, octets = exchange(lab, tunnel, seconds)
        finally:
            said = tunnel.close()
        log = lab.server_log()
        print("    " + said.strip().splitlines()[-1])
        counts = {"CHILD_SA rekeyed by us": said.count("child-up rekeyed ours"), "CHILD_SA rekeyed by the server": said.count("child-up rekeyed theirs"),
                  "IKE SA rekeyed by us": len(re.findall(r"parsed CREATE_CHILD_SA request \d+ \[ SA No KE \]", log)),
                  "IKE SA rekeyed by the server": len(re.findall(r"generating CREATE_CHILD_SA request \d+ \[ SA No KE \]", log))}
        print(f"    rekeys in {seconds:.0f} s: {counts}; {octets / 1e6:.0f} MB downloaded beside")
        for host in ("client", "server", "inner"):
            print(f"    dropped by the kernel of {host}: {drops(lab, host)}")
        for line in [line for line in log.splitlines() if "could not" in line or "dropping" in line][:20]:
            print("    " + line)
        for of, at in (("client", "inner"), ("inner", "client")):
            missing = lost(results, of, at)
            check(not missing, f"{results[of]['sent']} packets from {of}, lost {len(missing)} {missing[:10]}")
        for what, count in counts.items():
            check(count > 0, f"{what}: {count} times")
        check(sum(counts.values()) >= seconds / every, "again and again")
        check(octets > 0, "the download went on")
        check("closed" in said, "and the end was orderly")
        if not minutes:
            for feature in (*counts, "No packet lost at a rekey"):
                seen("Life of an SA", feature)


if __name__ == "__main__":
    harness.require_lab()
    if not PROBE.exists():
        harness.skip("tunnel_probe is not built")
    case(*sys.argv[1:])
    print("passed")
