"""A user-mode Linux guest in place of a host of the lab: a Linux kernel with ESP and PPP, as an ordinary process.

The guest takes over the host's cables: each is bridged to a tap that is the guest's own interface, vec0, vec1 … with the
addresses the host had. A cable with an empty name leads to the host itself: the bridge alone. What the guest runs stands
in setup.sh, a shell script that guest/init.sh sources.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

from . import netns

_HERE = Path(__file__).parent
_FILES = _HERE.parent / "guest"
KERNEL = "linux.uml"
MEMORY = "192M"


def is_possible():
    return bool(shutil.which(KERNEL) and shutil.which("insmod") and shutil.which("gcc"))


def folder(the_plan, host="server"):
    return the_plan.state / ("guest" if host == "server" else f"guest-{host}")


def start(the_plan, host, cables, setup):
    """Boots the guest in `host`'s namespace and waits until setup.sh has run. cables: {interface: [addresses]}."""
    own = folder(the_plan, host)
    own.mkdir(parents=True, exist_ok=True)
    netns.run("gcc", "-O2", "-shared", "-fPIC", "-o", own / "xstate.so", _FILES / "xstate.c")
    name = the_plan.netns(host)
    vectors, lines = [], []
    for number, (interface, addresses) in enumerate(cables.items()):
        netns.ip(name, f"link add bridge{number} type bridge")
        netns.ip(name, f"tuntap add tap{number} mode tap")
        for port in filter(None, (interface, f"tap{number}")):
            netns.ip(name, f"link set {port} master bridge{number} up")
        netns.ip(name, f"link set bridge{number} up")
        vectors.append(f"vec{number}:transport=tap,ifname=tap{number},depth=64,gro=1")
        lines += [f"ip addr add {address} dev vec{number}" for address in addresses] + [f"ip link set vec{number} up"]
    (own / "setup.sh").write_text("\n".join(["set -e", *lines, setup, "set +e", ""]), encoding="ascii")
    os.mkfifo(own / "console")
    console = os.open(own / "console", os.O_RDWR)  # both ends, so that it never ends
    with open(own / "console.log", "ab") as out:
        guest = subprocess.Popen(
            netns.inside(name, "env", f"LD_PRELOAD={own / 'xstate.so'}", KERNEL, f"mem={MEMORY}", f"uml_dir={own}/", "umid=uml",
                         "root=/dev/root", "rootfstype=hostfs", "ro", f"init={_FILES / 'init.sh'}", f"lab={own}",
                         *vectors, "con=null", "con0=fd:0,fd:1", "quiet"),
            stdin=console, stdout=out, stderr=out, start_new_session=True)
    os.close(console)

    def ready():
        if guest.poll() is not None:
            raise netns.LabError("the guest ended at once: " + (own / "console.log").read_text(errors="replace")[-1500:])
        return (own / "ready").exists() and (own / "ready").read_text().strip()

    netns.wait_until("the guest", ready, 60)
    if (own / "ready").read_text().strip() != "0":
        raise netns.LabError("the guest's setup failed: " + (own / "setup.log").read_text(errors="replace")[-1500:])


def run(the_plan, command, seconds=30, host="server"):
    """Runs a shell command line in the guest; answers (exit code, output)."""
    own = folder(the_plan, host)
    number = f"{os.getpid()}-{time.monotonic_ns()}"
    with open(own / "console", "wb", buffering=0) as console:
        console.write(f"{number} {command}\n".encode())
    done = own / f"{number}.done"
    netns.wait_until(f"the guest's {command.split()[0]}", done.exists, seconds)
    said = done.read_text(encoding="utf-8", errors="replace")
    done.unlink()
    *lines, code = said.rstrip("\n").split("\n")
    return int(code), "\n".join(lines)
