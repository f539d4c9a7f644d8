"""Debian's sstpc with its pppd in a guest in the client's place: an SSTP client that is not ours."""

import shutil
import subprocess
import time

from . import guest, netns, plan

_SETUP = f"""
module drivers/net/slip/slhc lib/crc-ccitt drivers/net/ppp/ppp_generic drivers/net/ppp/ppp_async
mount -t tmpfs -o mode=755 tmpfs /etc/ppp
touch /etc/ppp/options
cp /etc/hosts /mnt/hosts
echo {plan.SERVER4} {plan.SERVER_NAME} >>/mnt/hosts
mount --bind /mnt/hosts /etc/hosts
ip route add default via {plan.ROUTER_CLIENT4}
"""
_CALL = ("sstpc --log-level 4 --log-stderr --tls-ext --ca-cert /mnt/lab/ca.crt --user '{user}' --password '{password}' {name} noauth "
         "nodefaultroute noipv6 linkname lab {options} >/mnt/lab/sstpc.log 2>&1 &")
# sstpc 1.0.18 waits for HTTP's answer only when its TLS handshake has not ended within the first call of SSL_write; a
# server that answers as fast as the lab's has it end with "The event loop terminated unsuccessfully". So the server
# takes a moment, as every server does that is not on the same machine.
SERVER = {"tls-delay": 0.1}


def version():
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "sstp-client"], capture_output=True, text=True, check=False)
    return "sstp-client " + said.stdout.split("-")[0]


def missing():
    """What is needed and not here, in words, or nothing."""
    return "" if shutil.which("sstpc") and shutil.which("pppd") else "sstp-client is not installed"


class Sstpc:
    """The guest takes the address of the client's host; it boots once and calls often."""

    def __init__(self, the_plan):
        self.plan = the_plan
        name = the_plan.netns("client")
        netns.run("ip", "-n", name, "addr", "flush", "dev", "eth0")
        guest.start(the_plan, "client", {"eth0": [f"{plan.CLIENT4}/24"]}, _SETUP)
        self.folder = guest.folder(the_plan, "client")
        shutil.copy(the_plan.state / "ca.crt", self.folder / "ca.crt")

    def run(self, command, seconds=60):
        return guest.run(self.plan, command, seconds, host="client")

    def log(self):
        file = self.folder / "sstpc.log"
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def call(self, user=plan.USER, password=plan.PASSWORD, options="", seconds=40):
        """Whether the guest got an address from a server with the settings SERVER."""
        self.run("rm -f /mnt/lab/sstpc.log; " + _CALL.format(user=user, password=password, name=plan.SERVER_NAME, options=options))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if "10.30.0." in self.run("ip -o -4 addr show dev ppp0 2>/dev/null")[1]:
                return self.run("ip route add 10.20.0.0/24 dev ppp0")[0] == 0
            if not self.is_running():
                return False
            time.sleep(0.2)
        return False

    def is_running(self):
        return self.run("pidof sstpc")[0] == 0

    def hang_up(self, seconds=20):
        """Whether sstpc ended when it was asked to."""
        self.run("kill -TERM $(pidof sstpc)")
        return self.ended(seconds)

    def ended(self, seconds=20):
        end = time.monotonic() + seconds
        while self.is_running() or self.run("pidof pppd")[0] == 0:
            if time.monotonic() > end:
                self.run("kill -KILL $(pidof sstpc pppd)")
                return False
            time.sleep(0.2)
        return True
