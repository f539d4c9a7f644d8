#!/usr/bin/python3
"""The real tern-helper against a real kernel: netns_helper.py PATH-OF-TERN-HELPER [unittest arguments]"""
import errno
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import unittest

if os.geteuid() != 0:
    print("skipped: needs root for its network namespace")
    sys.exit(77)

from helper_bench import MARK, NAME, TABLE, Bench, Caller, enter_namespaces, run

enter_namespaces()
import dbus  # after the namespaces, so that its threads, if any, are in them

HELPER = sys.argv.pop(1)
OTHER_USER = 65534

# A caller in a process of its own, so that it can be killed: opens a session, configures, says "up", waits.
CALLER = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
os.setuid(int(sys.argv[2]))
import helper_bench
class B:
    def connect(self):
        import dbus.bus
        return dbus.bus.BusConnection(os.environ["DBUS_SYSTEM_BUS_ADDRESS"])
c = helper_bench.Caller(B())
c.open()
c.socket()
fd, name = c.configure(dns=["10.8.0.1"], block=["ipv6"])
print("up", flush=True)
time.sleep(60)
"""


def error_of(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except dbus.DBusException as error:
        return error.get_dbus_name().rsplit(".", 1)[1], error.get_dbus_message()
    return None, None


class HelperCase(unittest.TestCase):
    answers = ("*=yes",)
    maxDiff = None

    def setUp(self):
        self.bench = Bench(HELPER)
        self.addCleanup(self.bench.close)
        self.polkit = self.bench.start_polkit(*self.answers) if self.answers else None
        # The kernel adds and settles IPv6 link-local addresses on its own time.
        Bench.until(lambda: "tentative" not in run("ip", "address"))
        self.before = self.bench.snapshot()
        self.helper = self.bench.start_helper()

    def assert_as_before(self, seconds=2.0):
        end = time.monotonic() + seconds
        while self.bench.snapshot() != self.before and time.monotonic() < end:
            time.sleep(0.02)
        self.assertEqual(self.bench.snapshot(), self.before)

    def echo_server(self, address, port):
        """A UDP server in the world that answers with what it gets. `ip netns exec` keeps the file it listens on."""
        code = ("import socket,sys;s=socket.socket(socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET,socket.SOCK_DGRAM);"
                "s.bind((sys.argv[1],int(sys.argv[2])));print('ready',flush=True)\n"
                "while True:\n d,a=s.recvfrom(2048);s.sendto(d,a)")
        process = self.bench.world_process(sys.executable, "-c", code, address, str(port), stdout=subprocess.PIPE, text=True)
        self.assertEqual(process.stdout.readline(), "ready\n")
        self.addCleanup(process.stdout.close)
        return process


class Applying(HelperCase):
    def test_full_tunnel(self):
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.socket())
        fd, name = caller.configure(addresses=[("10.8.0.2", 24)], excluded=[("192.168.0.0", 16)], dns=["10.8.0.1"],
                                    block=["ipv6"])
        self.assertEqual(name, "tern0")
        self.assertEqual(run("ip", "rule"), f"""0:	from all lookup local
7465:	from all fwmark {MARK:#x} lookup main
7466:	from all fwmark {MARK:#x} lookup default
7467:	from all fwmark {MARK:#x} unreachable
7468:	from all lookup {TABLE}
32766:	from all lookup main
32767:	from all lookup default
""")
        self.assertEqual({line.strip() for line in run("ip", "route", "show", "table", TABLE).splitlines()},
                         {"default dev tern0 proto kernel scope link", "10.8.0.1 dev tern0 proto kernel scope link",
                          "throw 192.168.0.0/16 proto kernel", "unreachable default proto kernel metric 4278198272"})
        self.assertIn("unreachable default dev lo proto kernel metric 4278198272",
                      run("ip", "-6", "route", "show", "table", TABLE))
        link = run("ip", "address", "show", "tern0")
        self.assertIn("inet 10.8.0.2/32", link)
        self.assertNotIn("inet6", link)
        self.assertIn("mtu 1400", link)
        self.assertIn("UP,LOWER_UP", link)
        # What goes where: everything into the tunnel, the marked to the network, the excluded as before.
        self.assertIn("dev tern0", run("ip", "route", "get", "198.51.100.1"))
        self.assertIn("dev tern0", run("ip", "route", "get", "10.99.0.1"))
        self.assertIn("dev uplink", run("ip", "route", "get", "198.51.100.1", "mark", str(MARK)))
        self.assertIn("dev uplink", run("ip", "route", "get", "192.168.7.7"))
        self.assertIn("No route to host", run("ip", "-6", "route", "get", "2001:db8::1", check=False))
        self.assertEqual(run("cat", "/proc/sys/net/ipv4/conf/all/src_valid_mark"), "1\n")
        # The descriptor is the device: a packet written comes in, one routed in comes out behind a virtio header.
        probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        probe.sendto(b"into the tunnel", ("198.51.100.1", 9))
        packet = self.read_packet(fd, b"into the tunnel")
        self.assertEqual(packet[10 + 12:10 + 16], socket.inet_aton("10.8.0.2"))
        probe.close()
        caller.close()
        self.assert_as_before()
        with self.assertRaises(OSError):
            os.write(fd, packet)
        os.close(fd)

    def read_packet(self, fd, containing):
        end = time.monotonic() + 2
        while time.monotonic() < end:
            try:
                packet = os.read(fd, 4096)
                if containing in packet:
                    return packet
            except BlockingIOError:
                time.sleep(0.01)
        self.fail("no such packet came out of the tunnel")

    def test_reconfigure_replaces_and_keeps_the_device(self):
        caller = Caller(self.bench)
        caller.open()
        first, _ = caller.configure()
        os.close(first)
        index = socket.if_nametoindex("tern0")
        fd, name = caller.configure(mtu=1300, addresses=[("10.9.0.2", 32), ("fd09::2", 128)],
                                    routes=[("10.20.0.0", 16), ("fd20::", 16)], excluded=[("10.20.1.0", 24)])
        self.assertEqual(name, "tern0")
        self.assertEqual(index, socket.if_nametoindex("tern0"))
        link = run("ip", "address", "show", "tern0")
        self.assertIn("mtu 1300", link)
        self.assertNotIn("10.8.0.2", link)
        self.assertIn("fd09::2/128", link)
        self.assertEqual({line.strip() for line in run("ip", "route", "show", "table", TABLE).splitlines()},
                         {"10.20.0.0/16 dev tern0 proto kernel scope link", "throw 10.20.1.0/24 proto kernel"})
        self.assertIn("dev uplink", run("ip", "route", "get", "198.51.100.1"))
        # A route that turns from tunnelled to excluded and back has the same destination and metric.
        for excluded in ([("10.20.0.0", 16)], []):
            os.close(caller.configure(addresses=[("10.9.0.2", 32)], routes=[("10.20.0.0", 16), ("10.21.0.0", 16)], excluded=excluded)[0])
            self.assertIn("dev uplink" if excluded else "dev tern0", run("ip", "route", "get", "10.20.3.4"))
        os.close(fd)
        caller.close()
        self.assert_as_before()

    def test_many_routes(self):
        caller = Caller(self.bench)
        caller.open()
        routes = [(f"10.{100 + i // 256}.{i % 256}.0", 24) for i in range(1024)]
        excluded = [(f"10.{100 + i // 256}.{i % 256}.128", 25) for i in range(1024)]
        fd, _ = caller.configure(routes=routes, excluded=excluded, block=["ipv4"])
        self.assertEqual(len(run("ip", "route", "show", "table", TABLE).splitlines()), 2049)
        os.close(fd)
        caller.close()
        self.assert_as_before()

    def test_as_root_it_becomes_its_user(self):
        self.bench.stop(self.helper)
        self.helper = self.bench.start_helper(by_setpriv=False)
        with open(f"/proc/{self.helper.pid}/status", encoding="utf-8") as file:
            status = dict(line.split(":", 1) for line in file.read().splitlines())
        self.assertEqual(set(status["Uid"].split()), {"64893"})
        self.assertEqual(int(status["CapEff"], 16), 1 << 12)
        self.assertEqual(int(status["CapPrm"], 16), 1 << 12)
        self.assertEqual(status["NoNewPrivs"].strip(), "1")
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.configure()[0])
        caller.close()
        self.assert_as_before()

    def test_latency(self):
        times = []
        for _ in range(10):
            caller = Caller(self.bench)
            start = time.perf_counter()
            caller.open()
            outer = caller.socket()
            fd, _ = caller.configure(dns=["10.8.0.1"], block=["ipv6"])
            times.append((time.perf_counter() - start) * 1000)
            caller.close()
            os.close(fd)
            os.close(outer)
        print(f"open, socket and configure together: median {statistics.median(times):.1f} ms, most {max(times):.1f} ms")
        self.assertLess(statistics.median(times), 25)


class Failing(HelperCase):
    def test_a_failing_step_leaves_nothing(self):
        # Somebody else's rule in the place of one of ours: the fourth of the steps fails, after link, firewall, routes.
        run("ip", "rule", "add", "priority", "7468", "lookup", TABLE, "protocol", "kernel")
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.socket())
        before = self.bench.snapshot()
        name, text = error_of(caller.configure, dns=["10.8.0.1"], block=["ipv6"])
        self.assertEqual(name, "Failed")
        self.assertTrue(text.startswith("tern.helper.rules: IPv4 rule 7468"), text)
        self.assertEqual(self.bench.snapshot(), before)
        run("ip", "rule", "delete", "priority", "7468")
        os.close(caller.configure()[0])  # the session is still good
        caller.close()
        self.assert_as_before()

    def test_a_failing_change_keeps_the_former_tunnel(self):
        log = self.bench.dir / "calls"
        resolved = self.bench.start_resolved(log, "SetLinkDomains=org.freedesktop.resolve1.Odd")
        caller = Caller(self.bench)
        caller.open()
        fd, _ = caller.configure(routes=[("10.20.0.0", 16)])
        before = self.bench.snapshot()
        name, text = error_of(caller.configure, mtu=1280, addresses=[("10.8.0.3", 32), ("fd08::3", 128)],
                              routes=[("0.0.0.0", 0), ("::", 0)], excluded=[("10.0.0.0", 8)], dns=["10.8.0.1"])
        self.assertEqual(name, "Failed")
        self.assertTrue(text.startswith("tern.helper.dns: SetLinkDomains"), text)
        self.assertEqual(self.bench.snapshot(), before)
        self.assertIn("RevertLink", log.read_text())
        self.bench.stop(resolved)
        os.close(fd)
        caller.close()
        self.assert_as_before()

    def test_a_failing_firewall(self):
        # A table that belongs to another program ("owner" flag) cannot be replaced.
        holder = self.bench.start("nft", "-i", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.stdin.write("add table inet tern { flags owner; }\n")
        holder.stdin.flush()
        Bench.until(lambda: "table inet tern" in run("nft", "list", "tables"))
        before = self.bench.snapshot()
        caller = Caller(self.bench)
        caller.open()
        for call in (caller.socket, caller.configure):
            name, text = error_of(call)
            self.assertEqual(name, "Failed")
            self.assertTrue(text.startswith("tern.helper.firewall: "), text)
            self.assertEqual(self.bench.snapshot(), before)
        self.bench.stop(holder)

    def test_bad_requests_change_nothing(self):
        caller = Caller(self.bench)
        caller.open()
        bad = [(caller.socket, {"address": "127.0.0.1"}), (caller.socket, {"address": "10.99.0.2"}),
               (caller.socket, {"address": "fd99::2"}), (caller.socket, {"address": "10.99.0.255"}),
               (caller.socket, {"address": "224.0.0.1"}), (caller.socket, {"ports": ()}), (caller.socket, {"transport": "raw"}),
               (caller.configure, {"mtu": 100}), (caller.configure, {"routes": [("10.0.0.1", 8)]}),
               (caller.configure, {"domains": [("a b", True)]}), (caller.configure, {"block": ["all"]})]
        for call, arguments in bad:
            with self.subTest(**arguments):
                name, text = error_of(call, **arguments)
                self.assertEqual(name, "Invalid")
                code = "bad-server" if "address" in arguments else "bad-request"
                self.assertTrue(text.startswith(f"tern.helper.{code}: "), text)
        self.assertEqual(self.bench.snapshot(), self.before)


class Ending(HelperCase):
    def killable_caller(self, user=0):
        process = self.bench.start(sys.executable, "-c", CALLER, os.path.dirname(os.path.abspath(__file__)), str(user),
                                   stdout=subprocess.PIPE, text=True)
        self.assertEqual(process.stdout.readline(), "up\n")
        return process

    def test_caller_killed(self):
        process = self.killable_caller(OTHER_USER)
        self.assertNotEqual(self.bench.snapshot(), self.before)
        start = time.monotonic()
        self.bench.stop(process, signal.SIGKILL)
        self.assert_as_before()
        print(f"caller killed: restored after {time.monotonic() - start:.2f} s")
        self.assertLess(time.monotonic() - start, 2)
        caller = Caller(self.bench)
        caller.open()

    def test_helper_killed_and_started_again(self):
        process = self.killable_caller()
        self.bench.stop(self.helper, signal.SIGKILL)
        self.assertIn("tern0", self.bench.snapshot())  # the tunnel is still there, also its blocks
        self.helper = self.bench.start_helper()
        self.assert_as_before()  # although the caller still holds the device
        self.bench.stop(process)

    def test_helper_terminated(self):
        process = self.killable_caller()
        self.bench.stop(self.helper)
        self.assert_as_before()
        self.bench.stop(process)

    def test_second_instance_does_no_harm(self):
        process = self.killable_caller()
        up = self.bench.snapshot()
        second = self.bench.start_helper(stderr=subprocess.DEVNULL)
        self.assertEqual(second.wait(10), 1)
        self.assertEqual(self.bench.snapshot(), up)
        self.bench.stop(process)
        self.assert_as_before()

    def test_persistent_device_is_deleted_all_the_same(self):
        import fcntl
        caller = Caller(self.bench)
        caller.open()
        fd, _ = caller.configure()
        fcntl.ioctl(fd, 0x400454CB, 1)  # TUNSETPERSIST
        caller.close()
        self.assert_as_before()
        os.close(fd)
        self.assert_as_before()

    def test_sysctl_that_was_set_stays_set(self):
        run("sysctl", "-q", "-w", "net.ipv4.conf.all.src_valid_mark=1")
        self.before = self.bench.snapshot()
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.configure()[0])
        self.bench.stop(self.helper, signal.SIGKILL)
        self.helper = self.bench.start_helper()
        self.assert_as_before()


class Meddling(HelperCase):
    """Other programs change the network while the tunnel is up."""

    def setUp(self):
        super().setUp()
        self.caller = Caller(self.bench)
        self.caller.open()
        self.fd, _ = self.caller.configure(dns=["10.8.0.1"], block=["ipv6"])
        self.addCleanup(os.close, self.fd)
        self.up = self.bench.snapshot()

    def assert_put_back(self):
        Bench.until(lambda: self.bench.snapshot() == self.up, 2)
        time.sleep(0.3)  # and stays so
        self.assertEqual(self.bench.snapshot(), self.up)
        self.caller.close()
        self.assert_as_before()

    def test_rules_are_put_back(self):
        run("ip", "rule", "delete", "priority", "7468")
        run("ip", "-6", "rule", "delete", "priority", "7466")
        self.assert_put_back()

    def test_routes_are_put_back(self):
        run("ip", "route", "flush", "table", TABLE)
        run("ip", "-6", "route", "flush", "table", TABLE)
        self.assert_put_back()

    def test_firewall_is_put_back(self):
        run("nft", "flush", "ruleset")
        self.assert_put_back()

    def test_deleted_device_ends_the_session(self):
        run("ip", "link", "delete", "tern0")
        self.assert_as_before()
        self.assertEqual(int(self.caller.helper.Status()["sessions"]), 0)

    def test_device_set_down_ends_the_session(self):
        run("ip", "link", "set", "tern0", "down")
        self.assert_as_before()
        self.assertEqual(int(self.caller.helper.Status()["sessions"]), 0)


class Callers(HelperCase):
    def test_another_caller_cannot_use_the_session(self):
        owner, other = Caller(self.bench), Caller(self.bench)
        other.session = owner.open()
        for call in (other.socket, other.configure, other.close):
            name, text = error_of(call)
            self.assertEqual(name, "Invalid")
            self.assertTrue(text.startswith("tern.helper.no-session: "), text)
        self.assertEqual(error_of(other.open)[0], "Busy")
        self.assertEqual(int(other.helper.Status()["sessions"]), 1)
        owner.close()
        owner.session = 1
        self.assertEqual(error_of(owner.socket)[0], "Invalid")
        other.open()

    def test_name_is_protected(self):
        intruder = self.bench.start(sys.executable, "-c", "import os\nos.setuid(65534)\nimport dbus.bus\n"
                                    f"dbus.bus.BusConnection(os.environ['DBUS_SYSTEM_BUS_ADDRESS']).request_name('{NAME}')",
                                    stderr=subprocess.PIPE, text=True)
        self.assertIn("AccessDenied", intruder.communicate()[1])


class Refused(HelperCase):
    answers = ("0=yes", "65534=no")
    why = "tern.helper.not-authorized: polkit says no"

    def open_as(self, user, prompt="no"):
        return run("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "busctl",
                   f"--address={self.bench.address}", f"--allow-interactive-authorization={prompt}", "call", NAME,
                   "/org/ternvpn/Helper1", NAME, "OpenSession", check=False)

    def test_polkit_says_no(self):
        self.assertIn(self.why, self.open_as(OTHER_USER))
        self.assertIn(self.why, self.open_as(OTHER_USER, prompt="yes"))
        self.assertRegex(self.open_as(0), r"^t \d")
        self.assert_as_before()

    def test_status_needs_no_authorisation(self):
        self.assertEqual(int(Caller(self.bench).helper.Status()["sessions"]), 0)


class Challenged(Refused):
    answers = ("0=yes", "65534=challenge")

    def test_polkit_says_no(self):
        self.assertIn("polkit wants a password", self.open_as(OTHER_USER))
        self.assertRegex(self.open_as(OTHER_USER, prompt="yes"), r"^t \d")  # the stand-in's prompt ends well


class WithoutPolkit(Refused):
    answers = ()
    why = "tern.helper.not-authorized: polkit did not answer"


class RealPolkit(Refused):
    """With polkitd and the shipped action. Nobody sits at this desk, so the shipped defaults refuse all but root."""
    answers = ()

    def setUp(self):
        super().setUp()
        self.bench.start_real_polkit()

    def test_a_local_rule_may_allow(self):
        self.assertIn(self.why, self.open_as(OTHER_USER))
        self.bench.add_polkit_rule('polkit.addRule(function(action, subject) { if (action.id == "org.ternvpn.helper.connect" '
                                   '&& subject.user == "nobody") return "yes"; });')
        Bench.until(lambda: self.open_as(OTHER_USER).startswith("t "))


class Leaking(HelperCase):
    def test_marked_socket_reaches_its_server_only(self):
        for address, port in (("10.99.0.1", 4500), ("10.99.0.1", 4501), ("10.99.0.9", 4500), ("fd99::1", 4500)):
            self.echo_server(address, port)
        run("sysctl", "-q", "-w", "net.ipv4.conf.uplink.rp_filter=1")
        caller = Caller(self.bench)
        caller.open()
        for tunnel in (False, True):
            with self.subTest(tunnel=tunnel):
                outer = socket.socket(fileno=caller.socket(ports=(4500,)))
                outer6 = socket.socket(fileno=caller.socket(address="fd99::1", ports=(4500,)))
                fd = caller.configure(dns=["10.8.0.1"], block=["ipv6"])[0] if tunnel else None
                self.assertTrue(self.echoes(outer, ("10.99.0.1", 4500)))
                self.assertTrue(self.echoes(outer6, ("fd99::1", 4500)))
                self.assertFalse(self.echoes(outer, ("10.99.0.1", 4501)))
                self.assertFalse(self.echoes(outer, ("10.99.0.9", 4500)))
                plain = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                self.assertEqual(self.echoes(plain, ("10.99.0.1", 4500)), not tunnel)
                plain6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
                self.assertEqual(self.echoes(plain6, ("fd99::1", 4500)), not tunnel)
                for used in (outer, outer6, plain, plain6):
                    used.close()
                if fd:
                    os.close(fd)

    @staticmethod
    def echoes(sock, to):
        sock.settimeout(0.3)
        try:
            sock.sendto(b"ping", to)
            return sock.recvfrom(100)[0] == b"ping"
        except OSError:
            return False

    def test_tcp_marked_socket(self):
        server = self.bench.world_process(sys.executable, "-c",
                                          "import socket;s=socket.create_server(('10.99.0.1',443));print('ready',flush=True)\n"
                                          "while True: c,_=s.accept();c.sendall(b'hello');c.close()", stdout=subprocess.PIPE, text=True)
        self.assertEqual(server.stdout.readline(), "ready\n")
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.configure()[0])
        outer = socket.socket(fileno=caller.socket(ports=(443,), transport="tcp"))
        outer.settimeout(2)
        outer.setblocking(True)
        outer.connect(("10.99.0.1", 443))
        self.assertEqual(outer.recv(100), b"hello")
        outer.close()
        wrong = socket.socket(fileno=caller.socket(ports=(443,), transport="tcp"))
        wrong.settimeout(2)
        start = time.monotonic()
        with self.assertRaises(OSError):
            wrong.connect(("10.99.0.1", 80))
        self.assertLess(time.monotonic() - start, 0.5)  # refused, not left to time out
        wrong.close()

    def test_holder_cannot_change_the_mark(self):
        caller = Caller(self.bench)
        caller.open()
        outer = socket.socket(fileno=caller.socket())
        self.assertEqual(outer.getsockopt(socket.SOL_SOCKET, socket.SO_MARK), MARK)
        child = os.fork()
        if child == 0:
            os.setuid(OTHER_USER)
            try:
                outer.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 0)
                os._exit(0)
            except OSError as error:
                os._exit(error.errno)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), errno.EPERM)
        outer.close()

    def test_dns_outside_is_refused_and_redirected(self):
        """Without resolved: a query to any server comes out of the tunnel, addressed to the VPN's; none leaves."""
        sniffer = self.bench.world_process("tcpdump", "-l", "-n", "-i", "far", "port", "53", stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL, text=True)
        seen = []
        reader = threading.Thread(target=lambda: [seen.append(line) for line in sniffer.stdout], daemon=True)
        reader.start()
        plain = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        Bench.until(lambda: plain.sendto(b"visible before", ("10.99.0.1", 53)) and seen, 5)  # the sniffer sees
        caller = Caller(self.bench)
        caller.open()
        os.close(caller.socket(address="10.99.0.9"))
        fd, _ = caller.configure(excluded=[("10.99.0.0", 24)], dns=["10.8.0.1"])
        time.sleep(0.2)
        seen.clear()
        query = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        query.settimeout(2)
        query.sendto(b"secret name", ("10.99.0.1", 53))
        packet = Applying.read_packet(self, fd, b"secret name")[10:]
        self.assertEqual(packet[12:20], socket.inet_aton("10.8.0.2") + socket.inet_aton("10.8.0.1"))
        # The VPN's server answers; the program sees the answer of the server it asked.
        answer = self.answer_to(packet, b"the answer")
        os.write(fd, bytes(10) + answer)
        self.assertEqual(query.recvfrom(100), (b"the answer", ("10.99.0.1", 53)))
        for port in (853,):
            with self.assertRaises(OSError):
                refused = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                refused.settimeout(1)
                refused.connect(("10.99.0.1", port))
        query6 = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        with self.assertRaises(OSError):
            query6.sendto(b"secret name", ("fd99::1", 53))
            query6.settimeout(0.3)
            query6.recv(100)
        time.sleep(0.2)
        self.assertEqual(seen, [])
        self.assertEqual(str(caller.helper.Status()["dns"]), "redirect")
        caller.close()
        self.assert_as_before()
        for used in (plain, query, query6, refused):
            used.close()
        os.close(fd)

    @staticmethod
    def answer_to(packet, text):
        def checksum(data):
            total = sum(int.from_bytes(data[i:i + 2].ljust(2, b"\0"), "big") for i in range(0, len(data), 2))
            while total >> 16:
                total = (total & 0xFFFF) + (total >> 16)
            return (~total & 0xFFFF).to_bytes(2, "big")
        udp = packet[22:24] + packet[20:22] + (8 + len(text)).to_bytes(2, "big") + bytes(2) + text
        header = bytearray(packet[:20])
        header[2:4] = (20 + len(udp)).to_bytes(2, "big")
        header[10:12] = bytes(2)
        header[12:20] = packet[16:20] + packet[12:16]
        header[10:12] = checksum(bytes(header))
        return bytes(header) + udp

    def test_neighbour_cannot_probe_the_tunnel_address(self):
        """CVE-2019-14899: a packet to the tunnel's address from outside the tunnel gets no answer."""
        self.bench.in_world("ip", "route", "add", "10.8.0.2/32", "via", "10.99.0.2")
        caller = Caller(self.bench)
        caller.open()
        fd, _ = caller.configure(excluded=[("10.99.0.0", 24)])
        ping = ("ip", "netns", "exec", self.bench.world, "ping", "-c1", "-W1")
        self.assertEqual(subprocess.run([*ping, "10.99.0.2"], stdout=subprocess.DEVNULL, check=False).returncode, 0)
        self.assertNotEqual(subprocess.run([*ping, "10.8.0.2"], stdout=subprocess.DEVNULL, check=False).returncode, 0)
        os.close(fd)


class WithResolved(HelperCase):
    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def setUp(self):
        super().setUp()
        self.log = self.bench.dir / "calls"
        self.resolved = self.bench.start_resolved(self.log)
        self.caller = Caller(self.bench)
        Bench.until(lambda: self.caller.helper.Status()["dns-backend"] == "resolved")
        self.caller.open()

    def link(self):
        return socket.if_nametoindex("tern0")

    def test_all_names(self):
        os.close(self.caller.configure(dns=["10.8.0.1", "10.8.0.9"], domains=[("corp.example", False), (".", True)])[0])
        link = self.link()
        Bench.until(lambda: len(self.calls()) >= 8, 2)
        self.assertEqual(self.calls(), [
            f"SetLinkDNS [{link} [[2 [10 8 0 1]] [2 [10 8 0 9]]]]",
            f"SetLinkDomains [{link} [[corp.example false] [. true]]]", f"SetLinkDefaultRoute [{link} true]",
            f"SetLinkLLMNR [{link} no]", f"SetLinkMulticastDNS [{link} no]", f"SetLinkDNSSEC [{link} no]",
            f"SetLinkDNSOverTLS [{link} no]", "FlushCaches []"])
        self.assertNotIn("dnat", run("nft", "list", "ruleset"))
        self.assertEqual(str(self.caller.helper.Status()["dns"]), "resolved")

    def test_split_names(self):
        os.close(self.caller.configure(routes=[("10.20.0.0", 16)], dns=["10.8.0.1"], domains=[("corp.example", True)])[0])
        self.assertIn(f"SetLinkDomains [{self.link()} [[corp.example true]]]", self.calls())
        self.assertIn(f"SetLinkDefaultRoute [{self.link()} false]", self.calls())

    def test_restart_of_resolved(self):
        os.close(self.caller.configure(dns=["10.8.0.1"])[0])
        self.bench.stop(self.resolved, signal.SIGKILL)
        Bench.until(lambda: "dnat" in run("nft", "list", "ruleset"), 2)  # meanwhile the firewall sees to it
        before = len(self.calls())
        self.resolved = self.bench.start_resolved(self.log)
        Bench.until(lambda: "dnat" not in run("nft", "list", "ruleset"), 2)
        self.assertIn(f"SetLinkDNS [{self.link()} [[2 [10 8 0 1]]]]", self.calls()[before:])

    def test_resolved_may_refuse(self):
        self.bench.stop(self.resolved)
        Bench.until(lambda: self.caller.helper.Status()["dns-backend"] == "redirect")
        self.resolved = self.bench.start_resolved(self.log, "SetLinkDNS=org.freedesktop.DBus.Error.AccessDenied")
        Bench.until(lambda: self.caller.helper.Status()["dns-backend"] == "resolved")
        os.close(self.caller.configure(dns=["10.8.0.1"])[0])
        self.assertIn("dnat", run("nft", "list", "ruleset"))
        self.assertEqual(str(self.caller.helper.Status()["dns"]), "redirect")


if __name__ == "__main__":
    unittest.main(verbosity=2)
