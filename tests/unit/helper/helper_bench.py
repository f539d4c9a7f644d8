"""A private corner of the machine with a real tern-helper in it: own network and mount namespaces (both vanish with
the process), a user "tern" that need not exist outside, a bus with the shipped policy, and a stand-in for polkit.

    tests run here:  desk 10.99.0.2, fd99::2  --veth--  world 10.99.0.1 + 10.99.0.9, fd99::1
"""
import ctypes
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import dbus
import dbus.bus

ROOT = pathlib.Path(__file__).resolve().parents[3]
TERN_UID = 64893  # only inside the mount namespace
NAME, PATH = "org.ternvpn.Helper1", "/org/ternvpn/Helper1"
MARK = 0x7465726E
TABLE = "7465"


def run(*command, check=True):
    return subprocess.run(command, check=check, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout


def enter_namespaces():
    """Ends this process's share of the machine's network and mounts."""
    if not os.environ.get("TERN_BENCH"):
        os.execvpe("unshare", ["unshare", "--net", "--mount", "--propagation", "private", sys.executable] + sys.argv,
                   dict(os.environ, TERN_BENCH="1"))
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: do not outlive ctest


class Bench:
    def __init__(self, helper):
        self.helper_path = helper
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tern-helper-"))
        self.dir.chmod(0o755)
        self.processes = []
        self.mounts = []
        try:
            self._user()
            self._network()
            self._bus()
        except BaseException:
            self.close()
            raise

    # -- making ------------------------------------------------------------------------------------------------
    def _user(self):
        for name, line in (("passwd", f"tern:x:{TERN_UID}:{TERN_UID}::/:/usr/sbin/nologin"), ("group", f"tern:x:{TERN_UID}:")):
            text = [old for old in pathlib.Path("/etc", name).read_text().splitlines() if not old.startswith("tern:")]
            (self.dir / name).write_text("\n".join(text + [line]) + "\n")
            self._bind(self.dir / name, f"/etc/{name}")

    def _bind(self, source, target):
        run("mount", "--bind", str(source), target)
        self.mounts.append(target)

    def _network(self):
        run("mount", "-t", "tmpfs", "tmpfs", "/run/netns") if os.path.isdir("/run/netns") else os.makedirs("/run/netns")
        self.world = f"helper-world-{os.getpid()}"
        run("ip", "netns", "add", self.world)
        # Addresses are settled at once.
        run("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.all.accept_dad=0")
        self.in_world("sysctl", "-qw", "net.ipv6.conf.default.accept_dad=0", "net.ipv6.conf.all.accept_dad=0")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "uplink", "type", "veth", "peer", "name", "far", "netns", self.world)
        for address in ("10.99.0.2/24", "fd99::2/64"):
            run("ip", "address", "add", address, "dev", "uplink", *(["nodad"] if ":" in address else []))
        run("ip", "link", "set", "uplink", "up")
        for address in ("10.99.0.1/24", "10.99.0.9/24", "fd99::1/64"):
            self.in_world("ip", "address", "add", address, "dev", "far", *(["nodad"] if ":" in address else []))
        self.in_world("ip", "link", "set", "lo", "up")
        self.in_world("ip", "link", "set", "far", "up")
        run("ip", "route", "add", "default", "via", "10.99.0.1")
        run("ip", "-6", "route", "add", "default", "via", "fd99::1")

    def in_world(self, *command):
        return run("ip", "netns", "exec", self.world, *command)

    def world_process(self, *command, **options):
        return self.start("ip", "netns", "exec", self.world, *command, **options)

    def _bus(self):
        policy = ROOT / "packaging/dbus/org.ternvpn.Helper1.conf"
        (self.dir / "bus.conf").write_text(f"""<busconfig>
          <type>system</type><listen>unix:path={self.dir}/bus</listen><auth>EXTERNAL</auth>
          <policy context="default"><allow user="*"/><deny own="*"/><deny send_type="method_call"/>
            <allow send_type="signal"/><allow send_requested_reply="true" send_type="method_return"/>
            <allow send_requested_reply="true" send_type="error"/><allow receive_type="method_call"/>
            <allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
            <allow send_destination="org.freedesktop.DBus"/>
            <allow send_destination="org.freedesktop.PolicyKit1"/>
            <allow send_destination="org.freedesktop.resolve1"/></policy>
          <policy user="root"><allow own="*"/></policy>
          <policy user="polkitd"><allow own="org.freedesktop.PolicyKit1"/><allow send_destination="*"/></policy>
          <include>{policy}</include></busconfig>""")
        self.address = f"unix:path={self.dir}/bus"
        self.start("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self.dir}/bus.conf")
        self.probe = None
        self.until(self._connected)
        (self.dir / "bus").chmod(0o777)
        os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = self.address

    # -- processes ---------------------------------------------------------------------------------------------
    def start(self, *command, **options):
        process = subprocess.Popen(command, **options)
        self.processes.append(process)
        return process

    def stop(self, process, with_signal=signal.SIGTERM):
        if process.poll() is None:
            process.send_signal(with_signal)
        process.wait(10)
        self.processes.remove(process)
        for pipe in (process.stdout, process.stdin, process.stderr):
            if pipe:
                pipe.close()

    def start_polkit(self, *answers):
        """A stand-in whose answers are "yes", "no" or "challenge" for a user id or "*": see fake_services.py."""
        process = self.start(sys.executable, str(ROOT / "tests/unit/helper/fake_services.py"), "polkit", *answers)
        self.until(lambda: self.probe.name_has_owner("org.freedesktop.PolicyKit1"))
        return process

    def start_real_polkit(self):
        """polkitd with the system's actions and ours, and with our rules only."""
        for name, target in (("actions", "/usr/share/polkit-1/actions"), ("rules", "/usr/share/polkit-1/rules.d"),
                             ("local", "/etc/polkit-1/rules.d")):
            (self.dir / name).mkdir()
            if name == "actions":
                run("cp", "-a", target + "/.", str(self.dir / name))
            self._bind(self.dir / name, target)
        run("cp", str(ROOT / "packaging/polkit/org.ternvpn.policy"), str(self.dir / "actions"))
        run("cp", str(ROOT / "packaging/polkit/org.ternvpn.rules"), str(self.dir / "rules"))
        run("chown", "-R", "polkitd", str(self.dir / "rules"), str(self.dir / "local"))
        process = self.start("/usr/lib/polkit-1/polkitd", "--no-debug", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.until(lambda: self.probe.name_has_owner("org.freedesktop.PolicyKit1"))
        return process

    def add_polkit_rule(self, text):
        (self.dir / "local/10-test.rules").write_text(text)

    def start_resolved(self, log, *refused):
        process = self.start(sys.executable, str(ROOT / "tests/unit/helper/fake_services.py"), "resolved", str(log), *refused)
        self.until(lambda: self.probe.name_has_owner("org.freedesktop.resolve1"))
        return process

    def start_helper(self, by_setpriv=True, **options):
        """As the systemd unit runs it (a user with one capability), or as root, as a bus without systemd would."""
        prefix = ["setpriv", f"--reuid={TERN_UID}", f"--regid={TERN_UID}", "--clear-groups", "--inh-caps=-all,+net_admin",
                  "--ambient-caps=-all,+net_admin", "--bounding-set=-all,+net_admin", "--no-new-privs"]
        process = self.start(*(prefix if by_setpriv else []), self.helper_path, **options)
        self.until(lambda: self.probe.name_has_owner(NAME) or process.poll() is not None)
        return process

    def _connected(self):
        try:
            self.probe = self.connect()
        except dbus.DBusException:
            pass  # the socket is there before anybody listens
        return self.probe

    def connect(self):
        """A connection of its own, hence a caller of its own."""
        return dbus.bus.BusConnection(self.address)

    def close(self):
        for process in reversed(list(self.processes)):
            self.stop(process)
        # The namespace goes when the kernel finds time; the link in ours has to be gone for the next bench.
        run("ip", "link", "delete", "uplink", check=False)
        run("ip", "netns", "delete", self.world, check=False)
        for target in reversed(self.mounts):
            run("umount", target, check=False)
        run("rm", "-rf", str(self.dir))

    @staticmethod
    def until(condition, seconds=10.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return True
            time.sleep(0.005)
        raise AssertionError("waited in vain")

    # -- looking -----------------------------------------------------------------------------------------------
    @staticmethod
    def snapshot():
        """Everything the helper might change, as text."""
        looks = [("ip", "rule"), ("ip", "-6", "rule"), ("ip", "route", "show", "table", "all"),
                 ("ip", "-6", "route", "show", "table", "all"), ("nft", "list", "ruleset"), ("ip", "link"),
                 ("ip", "address"), ("cat", "/proc/sys/net/ipv4/conf/all/src_valid_mark")]
        return "".join(run(*look) for look in looks)


class Caller:
    def __init__(self, bench):
        self.bus = bench.connect()
        self.helper = dbus.Interface(self.bus.get_object(NAME, PATH, introspect=False), NAME)
        self.session = None

    def open(self):
        self.session = self.helper.OpenSession()
        return self.session

    def socket(self, address="10.99.0.1", ports=(500, 4500), transport="udp"):
        fd = self.helper.OpenSocket(dbus.UInt64(self.session), transport, address, dbus.Array(ports, "q"))
        return fd.take()

    def configure(self, mtu=1400, addresses=(("10.8.0.2", 32),), routes=(("0.0.0.0", 0),), excluded=(), dns=(),
                  domains=(), block=()):
        prefixes = lambda list_: dbus.Array([dbus.Struct((a, dbus.Byte(n)), signature="sy") for a, n in list_], "(sy)")
        fd, name = self.helper.Configure(
            dbus.UInt64(self.session), dbus.UInt32(mtu), prefixes(addresses), prefixes(routes), prefixes(excluded),
            dbus.Array(dns, "s"), dbus.Array([dbus.Struct(d, signature="sb") for d in domains], "(sb)"), dbus.Array(block, "s"))
        return fd.take(), str(name)

    def close(self):
        self.helper.CloseSession(dbus.UInt64(self.session))
        self.session = None
