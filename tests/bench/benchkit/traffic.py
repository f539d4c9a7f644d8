"""What is sent through a tunnel, and what is read off while it runs."""

import json
import statistics
import subprocess
import time

from .pair import INNER, processor_seconds, resident_kb
from labkit import netns

UDP_PAYLOAD = 1200


class Sink:
    """iperf3's server at an end of the pair, for one test."""

    def __init__(self, pair, end):
        self.pair, self.end = pair, end

    def __enter__(self):
        self.process = self.pair.start(self.end, "iperf3", "-s", "-1", "-B", INNER[self.end], stdout=subprocess.DEVNULL)

        def listens():
            return ":5201" in self.pair.run(self.end, "ss", "-ltnH").stdout
        netns.wait_until("iperf3", listens)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def _iperf(pair, sender, *options, seconds):
    receiver = "b" if sender == "a" else "a"
    with Sink(pair, receiver):
        said = pair.run(sender, "iperf3", "-c", INNER[receiver], "-J", "-t", seconds, *options, timeout=seconds + 30)
    answer = json.loads(said.stdout or "{}")
    if "error" in answer or "end" not in answer:
        raise netns.LabError(f"iperf3: {answer.get('error', said.stderr)}\n{pair.said()}")
    return answer["end"]


def stream(tunnel, sender, seconds):
    """One TCP stream: Gbit/s received, and the tunnel's processor seconds for each gigabyte, both ends together."""
    before = processor_seconds(tunnel.pids())
    end = _iperf(tunnel.pair, sender, seconds=seconds)["sum_received"]
    used = processor_seconds(tunnel.pids()) - before
    return end["bits_per_second"] / 1e9, used / (end["bytes"] / 1e9)


def flood(tunnel, sender, seconds):
    """UDP as fast as the sender can: thousands of packets a second that arrive, and the memory of each end afterwards."""
    end = _iperf(tunnel.pair, sender, "-u", "-b", 0, "-l", UDP_PAYLOAD, seconds=seconds)["sum"]
    arrived = end["packets"] - end["lost_packets"]
    return arrived / end["seconds"] / 1e3, {at: resident_kb(process.pid) for at, process in tunnel.daemons.items()}


def latency(tunnel, seconds):
    """Milliseconds of the pings beside a bulk stream from a to b: median and the worst of twenty."""
    with Sink(tunnel.pair, "b"):
        bulk = tunnel.pair.start("a", "iperf3", "-c", INNER["b"], "-t", seconds + 1, stdout=subprocess.DEVNULL)
        try:
            time.sleep(0.7)
            said = tunnel.pair.run("a", "ping", "-i", "0.05", "-w", seconds, INNER["b"], timeout=seconds + 20).stdout
        finally:
            bulk.kill()
            bulk.wait()
    took = sorted(float(line.partition("time=")[2].split()[0]) for line in said.splitlines() if "time=" in line)
    if not took:
        raise netns.LabError(f"no ping was answered\n{tunnel.pair.said()}")
    return {"median": round(statistics.median(took), 2), "95th": round(took[int(len(took) * 0.95)], 2)}
