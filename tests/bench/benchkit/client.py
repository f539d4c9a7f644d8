"""Figures of the whole client in the lab: connects, changes of address, memory, and what it costs to run."""

import json
import statistics
import subprocess
import time
from pathlib import Path

from .pair import processor_seconds, resident_kb
from labkit import harness, phonebook, plan
from labkit.capture import IKE_AUTH, IKE_SA_INIT, Capture
from labkit.roaming import Pings, Roaming
from faults import pid_of
from session import Session

SSTP_SERVER = "sstp-softether"  # the lab's own server, MS-CHAPv2: it needs no guest
CONNECT_BOUND_MS = 150
CONNECT_NEAR_PEER = 3.0
MEMORY_BOUND_KB = 500  # per 1,000 cycles, when the rings are full: half a kilobyte a cycle
CYCLES_TO_FILL = 1000  # with fewer, memory is not judged: the log's ring is still filling

MOVE_BOUND_MS = 100

IDLE_BOUND_KB = 20480
IDLE_BOUND_WAKEUPS = 0.5
QUIET = 12  # ternd gives back what its start and the connect needed ten seconds after
OTHER_ADDRESS = "198.51.100.77"

# Runs on the desk, so that entering it is not in the figure.
_TIMER = """
import subprocess, sys, time
secret = sys.stdin.buffer.read()
started = time.monotonic()
said = subprocess.run(sys.argv[1:], input=secret, capture_output=True)
print((time.monotonic() - started) * 1000)
sys.stderr.buffer.write(said.stdout + said.stderr)
sys.exit(said.returncode)
"""


def tern(session, lab, stay=False, name=phonebook.MAIN_ENTRY):
    said = session.user("/usr/bin/python3", "-c", _TIMER, "ternctl", "connect", name, "--wait", "--username",
                        lab.state["user"], "--password-stdin", input=lab.state["password"] + "\n")
    if said.returncode:
        raise SystemExit(f"bench: ternctl did not connect: {said.stderr}")
    state = session.status().get("state")
    if state != "connected":
        raise SystemExit(f"bench: ternctl said connected, and the status is {state}")
    if not stay:
        session.disconnect()
    return float(said.stdout)


def peer(lab):
    state = lab.state
    said = subprocess.run(lab.command("client", harness.LAB_FOLDER / "labkit/peer.py", state["server-name"], state["user"],
                                      state["password"], state["authority"], 0),
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
    if said.returncode:
        raise SystemExit(f"bench: charon-cmd did not connect: {said.stderr[-600:]}")
    return json.loads(said.stdout)["connected-ms"]


def figures(values):
    return {"median": round(statistics.median(values), 1), "least": round(min(values), 1), "most": round(max(values), 1),
            "all": [round(v, 1) for v in values]}


def handshakes(packets, windows):
    """Milliseconds from the first IKE_SA_INIT request to the last IKE_AUTH response on the client's link, a window each."""
    took = []
    for start, end in windows:
        ike = [p for p in packets if p.kind == "ike" and len(p.payload) >= 28 and start <= p.time <= end]
        first = min(p.time for p in ike if p.exchange == IKE_SA_INIT and not p.is_response)
        took.append((max(p.time for p in ike if p.exchange == IKE_AUTH and p.is_response) - first) * 1000)
    return figures(took)


def connect(rounds):
    ours, theirs, windows = [], [], {"tern": [], "charon-cmd": []}
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        session.import_phonebook()
        cold = tern(session, lab)
        with Capture(lab) as capture:
            for _ in range(rounds):
                for who, once, into in (("tern", lambda: tern(session, lab), ours), ("charon-cmd", lambda: peer(lab), theirs)):
                    started = time.time()
                    into.append(once())
                    windows[who].append((started, time.time()))
        wire = {who: handshakes(capture.packets, found) for who, found in windows.items()}
    with harness.Lab(SSTP_SERVER) as lab, Session(lab) as session:
        session.import_phonebook()
        tern(session, lab, name=phonebook.SSTP_ENTRY)
        sstp = figures([tern(session, lab, name=phonebook.SSTP_ENTRY) for _ in range(rounds)])
    mine, other = figures(ours), figures(theirs)
    return {"unit": "ms", "server": "strongSwan, RSA-2048, EAP-MSCHAPv2", "rounds": rounds, "tern": mine, "charon-cmd": other,
            "tern-cold": round(cold, 1), "ratio": round(mine["median"] / other["median"], 2), "bound": CONNECT_BOUND_MS,
            "tern-sstp": sstp, "sstp-ratio": round(sstp["median"] / other["median"], 2),
            "handshake": wire, "handshake-ratio": round(wire["tern"]["median"] / wire["charon-cmd"]["median"], 2),
            "within": mine["median"] < CONNECT_BOUND_MS}


# On the desk: cycles of connect and disconnect.
_CYCLES = """
import subprocess, sys
cycles, secret, connect = int(sys.argv[1]), sys.stdin.buffer.read(), sys.argv[2:]
for number in range(cycles):
    for command, text in ((connect, secret), (["ternctl", "disconnect", "--wait"], b"")):
        said = subprocess.run(command, input=text, capture_output=True)
        if said.returncode:
            sys.exit(f"cycle {number}: {command[1]}: {(said.stdout + said.stderr).decode()}")
"""


def held(session, cycles):
    """What ternd holds now."""
    pid = pid_of(session, "ternd")
    status, _, descriptors = session.root("sh", "-c", f"cat /proc/{pid}/status; echo; ls /proc/{pid}/fd | wc -l").stdout.partition("\n\n")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return {"cycles": cycles, "pid": pid, "kb": int(fields["VmRSS"].split()[0]), "threads": int(fields["Threads"]),
            "descriptors": int(descriptors)}


def memory(cycles):
    step = max(1, cycles // 20)
    samples = []
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        session.import_phonebook()
        for done in range(step, cycles + 1, step):
            said = session.user("/usr/bin/python3", "-c", _CYCLES, step, "ternctl", "connect", phonebook.MAIN_ENTRY, "--wait",
                                "--username", lab.state["user"], "--password-stdin", input=lab.state["password"] + "\n",
                                timeout=60 + 2 * step)
            if said.returncode:
                raise SystemExit(f"bench: {said.stderr or said.stdout}")
            samples.append(held(session, done))
    warm = [s for s in samples if s["cycles"] > cycles / 2]
    slope = statistics.linear_regression([s["cycles"] for s in warm], [s["kb"] for s in warm]).slope
    # Threads of a pool come and go; none of these may become more.
    steady = all(max(s[what] for s in warm) <= max(s[what] for s in samples if s not in warm)
                 for what in ("pid", "threads", "descriptors"))
    return {"unit": "kB", "cycles": cycles, "resident": samples[-1]["kb"], "growth-per-1000-cycles": round(slope * 1000),
            "same-process-and-no-more-threads-or-descriptors": steady, "samples": samples, "bound": MEMORY_BOUND_KB,
            "within": steady and (cycles < CYCLES_TO_FILL or slope * 1000 < MEMORY_BOUND_KB)}


def moved(host, target, roam, rounds):
    """Milliseconds of each change of address; nothing when the pings are not answered at all."""
    took, here, there = [], plan.CLIENT4, OTHER_ADDRESS
    with Pings(host, target) as pings:
        if pings.first_after(time.time(), 10) is None:
            return None
        for _ in range(rounds):
            time.sleep(0.5)
            first = pings.first_after(roam.readdress(here, there), 20)
            if first is None:
                raise SystemExit("bench: no answer within 20 s of a change of address")
            took.append(first)
            here, there = there, here
        if here != plan.CLIENT4:
            roam.readdress(here, there)
    return figures(took)


def move(rounds):
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        roam, state = Roaming(), lab.state
        link = moved(session, plan.WWW4, roam, rounds)
        session.import_phonebook()
        tern(session, lab, stay=True)
        mine = moved(session, plan.INNER4, roam, rounds)
        session.disconnect()
        other = subprocess.Popen(lab.command("client", harness.LAB_FOLDER / "labkit/peer.py", state["server-name"], state["user"],
                                             state["password"], state["authority"], 10 + 2 * rounds),
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            theirs = moved(lab, plan.INNER4, roam, rounds) if other.stdout.readline() else None
        finally:
            other.terminate()
            other.wait()
    return {"unit": "ms", "server": "strongSwan", "rounds": rounds, "tern": mine, "link": link, "charon-cmd": theirs,
            "ratio": round(mine["median"] / theirs["median"], 2) if theirs else None,
            "over-link": round(mine["median"] - link["median"], 1), "bound": MOVE_BOUND_MS,
            "within": mine["median"] < MOVE_BOUND_MS}


# ---- what it costs to run ----

def real_pid(session, program):
    """The desk's process as this host numbers it."""
    inner = pid_of(session, program)
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "status").read_text(encoding="ascii", errors="replace")
            same = (entry / "ns/pid").readlink() == Path(f"/proc/{session.pid}/ns/pid").readlink()
        except OSError:
            continue
        numbers = next((line.split()[1:] for line in status.splitlines() if line.startswith("NSpid:")), [])
        if same and numbers[-1:] == [str(inner)]:
            return int(entry.name)
    raise SystemExit(f"bench: {program} does not run")


def charon_cmd_pid(lab):
    said = subprocess.run(["ip", "netns", "pids", lab.client], capture_output=True, text=True, check=True).stdout.split()
    return next(int(pid) for pid in said if Path(f"/proc/{pid}/comm").read_text(encoding="ascii").startswith("charon-cmd"))


def carried(lab, run, target, pids, seconds):
    """Processor seconds a gigabyte and Gbit/s, each way: `run` runs a command on the client's side."""
    found = {}
    for way, option in (("up", []), ("down", ["-R"])):
        sink = subprocess.Popen(lab.command("inner", "iperf3", "-s", "-1"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            before = processor_seconds(pids)
            said = run("iperf3", "-c", target, "-J", "-t", seconds, *option, timeout=seconds + 40)
            used = processor_seconds(pids) - before
        finally:
            sink.kill()
            sink.wait()
        end = json.loads(said.stdout or "{}").get("end", {}).get("sum_received")
        if not end:
            raise SystemExit(f"bench: iperf3 {way}: {said.stdout[-300:]}{said.stderr}")
        found[way] = {"gbit": round(end["bits_per_second"] / 1e9, 3), "cpu-s-per-gb": round(used / (end["bytes"] / 1e9), 2)}
    return found


def cost(found, ways):
    """CPU seconds of a gigabyte each of these ways, of what carried() found."""
    return sum(found[way]["cpu-s-per-gb"] for way in ways)


def cpu(rounds, seconds):
    """Of the client alone, at the lab's strongSwan, against strongSwan's own client at the same server."""
    ours, theirs = [], []
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        session.import_phonebook()
        state = lab.state
        for _ in range(rounds):
            tern(session, lab, stay=True)
            ours.append(carried(lab, session.user, plan.INNER4, [real_pid(session, p) for p in ("ternd", "tern-helper")], seconds))
            session.disconnect()
            other = subprocess.Popen(lab.command("client", harness.LAB_FOLDER / "labkit/peer.py", state["server-name"],
                                                 state["user"], state["password"], state["authority"], 4 * seconds + 60),
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                if not other.stdout.readline():
                    raise SystemExit("bench: charon-cmd did not connect")
                client = lambda *command, **more: lab.exec("client", *command, **more)  # noqa: E731
                theirs.append(carried(lab, client, plan.INNER4, [charon_cmd_pid(lab)], seconds))
            finally:
                other.terminate()
                other.wait()
    ratios = {name: round(statistics.median(cost(mine, ways) / cost(other, ways) for mine, other in zip(ours, theirs)), 3)
              for name, ways in (("up", ["up"]), ("down", ["down"]), ("a gigabyte each way", ["up", "down"]))}
    return {"unit": "CPU seconds a gigabyte", "server": "strongSwan", "tern": ours, "charon-cmd": theirs, "ratios": ratios,
            "ratio": max(ratios["up"], ratios["down"])}


def wakeups(pids):
    """How often their threads went to sleep so far, and so were woken."""
    return sum(int(line.split()[1]) for pid in pids for task in Path(f"/proc/{pid}/task").iterdir()
               for line in (task / "status").read_text(encoding="ascii").splitlines() if line.startswith("voluntary_ctxt_switches"))


def proportional_kb(pid):
    return next(int(line.split()[1]) for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
                if line.startswith("Pss:"))


def idle(seconds):
    """The programs connected and left alone; and their memory right after a flood of UDP."""
    result = {"seconds": seconds}
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        session.import_phonebook()
        tern(session, lab, stay=True)
        pids = {program: real_pid(session, program) for program in ("ternd", "tern-helper")}
        time.sleep(QUIET)
        before = {program: wakeups([pid]) for program, pid in pids.items()}
        time.sleep(seconds)
        for program, pid in pids.items():
            result[program] = {"wakeups-per-s": round((wakeups([pid]) - before[program]) / seconds, 2), "resident-kb": resident_kb(pid),
                               "anonymous-kb": resident_kb(pid, "RssAnon"), "proportional-kb": proportional_kb(pid)}
        sink = subprocess.Popen(lab.command("inner", "iperf3", "-s", "-1"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(0.5)
        session.user("iperf3", "-c", plan.INNER4, "-u", "-b", 0, "-l", 1200, "-t", 3)
        sink.kill()
        sink.wait()
        ternd = result["ternd"]
        ternd["resident-kb-after-a-flood"] = resident_kb(pids["ternd"])
    return result | {"bound-kb": IDLE_BOUND_KB, "bound-wakeups-per-s": IDLE_BOUND_WAKEUPS,
                     "within": ternd["resident-kb"] <= IDLE_BOUND_KB and ternd["wakeups-per-s"] <= IDLE_BOUND_WAKEUPS}
