"""Network namespaces and the processes in them."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from . import plan

ENTER = Path(__file__).with_name("enter.sh")


class LabError(Exception):
    pass


def run(*command, **options):
    """Runs to the end; a failure raises LabError with what the program said."""
    options.setdefault("stdin", subprocess.DEVNULL)
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode:
        said = (result.stderr or result.stdout).strip()
        raise LabError(f"{' '.join(map(str, command))}: {said or result.returncode}")
    return result.stdout


def exists(name):
    return Path("/run/netns", name).exists()


def inside(name, *command):
    """The command line that runs `command` in the namespace, with the host's own files over /etc."""
    return [str(ENTER), name, *map(str, command)]


def ip(name, text):
    run("ip", "-n", name, *text.split())


def sysctl(name, **values):
    run("nsenter", f"--net=/run/netns/{name}", "sysctl", "-q", *(f"net.{k.replace('__', '.')}={v}" for k, v in values.items()))


def nft(name, rules):
    run("nsenter", f"--net=/run/netns/{name}", "nft", "-f", "-", stdin=None, input=rules)


def create(name):
    run("ip", "netns", "add", name)
    ip(name, "link set lo up")
    sysctl(name, ipv6__conf__all__accept_dad=0, ipv6__conf__default__accept_dad=0,
           ipv6__conf__all__accept_ra=0, ipv6__conf__default__accept_ra=0, ipv6__conf__default__router_solicitations=0)


def join(left, left_name, left_addresses, right, right_name, right_addresses):
    """A cable between two namespaces: a veth pair, addressed and up."""
    run("ip", "link", "add", "name", left_name, "netns", left, "type", "veth", "peer", "name", right_name, "netns", right)
    for name, link, addresses in ((left, left_name, left_addresses), (right, right_name, right_addresses)):
        for address in addresses:
            ip(name, f"addr add {address} dev {link}" + (" nodad" if ":" in address else ""))
        ip(name, f"link set {link} up")


def start(name, log, *command):
    """Starts a daemon in the namespace; it lives until the lab goes down."""
    with open(log, "ab") as out:
        return subprocess.Popen(inside(name, *command), stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                start_new_session=True)


def wait_until(what, ready, seconds=10.0):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise LabError(f"{what} was not ready within {seconds:.0f} s")
        time.sleep(0.01)


def pids(name):
    result = subprocess.run(["ip", "netns", "pids", name], capture_output=True, text=True, check=False)
    return [int(pid) for pid in result.stdout.split() if int(pid) != os.getpid()]


def empty(name):
    """Ends every process in the namespace: first asked, after a second made to."""
    for wait, number in ((1.0, signal.SIGTERM), (2.0, signal.SIGKILL)):
        for pid in pids(name):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass
        end = time.monotonic() + wait
        while pids(name) and time.monotonic() < end:
            time.sleep(0.02)


def destroy(the_plan):
    """Takes a lab down, whatever is left of it; nothing to do is no error."""
    for host in plan.HOSTS:
        name = the_plan.netns(host)
        if exists(name):
            empty(name)
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
        shutil.rmtree(the_plan.host_files(host), ignore_errors=True)
    shutil.rmtree(the_plan.state, ignore_errors=True)
    for folder in (plan.STATE_ROOT, Path("/etc/netns")):
        try:
            folder.rmdir()
        except OSError:
            pass
