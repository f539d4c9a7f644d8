#!/usr/bin/python3
"""proxies.py: connections through Debian's squid and tinyproxy (CONNECT with no authentication, Basic, Digest, NTLM and
Negotiate with a real Kerberos ticket) and through a SOCKS5 proxy; what a proxy refuses has its own words; the
environment's and the desktop's settings. All on loopback."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lab"))
from labkit import harness  # noqa: E402
from labkit.seen import seen  # noqa: E402

PROBE = harness.BUILD / "tests/interop/proxy_probe"
USER, PASSWORD, REALM = "alice", "Canary-pr0xy-1", "Tern lab"
GREETING = "220 the server behind the proxy"

_SQUID = """
http_port 127.0.0.1:{port}
pid_filename {folder}/squid.pid
access_log stdio:{folder}/access.log
cache_log {folder}/cache.log
coredump_dir {folder}
cache deny all
cache_effective_user proxy
shutdown_lifetime 0 seconds
visible_hostname localhost
pinger_enable off
{authentication}
acl closed port 9
http_access deny closed
{access}
http_access deny all
"""
_TINYPROXY = """
Port {port}
Listen 127.0.0.1
Timeout 60
LogFile "{folder}/tinyproxy.log"
PidFile "{folder}/tinyproxy.pid"
{authentication}
"""
_KRB5 = """
[libdefaults]
default_realm = TERN.TEST
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 0
[realms]
TERN.TEST = {{
  kdc = 127.0.0.1:{port}
}}
[domain_realm]
localhost = TERN.TEST
"""
_KDC = """
[kdcdefaults]
kdc_listen = 127.0.0.1:{port}
kdc_tcp_listen = 127.0.0.1:{port}
[realms]
TERN.TEST = {{
  database_name = {folder}/principal
  key_stash_file = {folder}/stash
  acl_file = {folder}/acl
}}
[logging]
kdc = FILE:{folder}/kdc.log
"""


def check(condition, what):
    if not condition:
        raise AssertionError(what)
    print(f"ok: {what}", flush=True)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def await_port(port, process, log):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with socket.socket() as one:
            one.settimeout(1)
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("it does not listen: " + (log.read_text(errors="replace")[-2000:] if log.exists() else "no log"))


def run(*command, env=None, **options):
    done = subprocess.run(list(map(str, command)), stdin=subprocess.DEVNULL if "input" not in options else None,
                          capture_output=True, text=True, env=env, check=False, **options)
    if done.returncode:
        raise AssertionError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout


class Greeter(threading.Thread):
    """The server behind the proxy: says one line to everybody."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                one, _ = self.socket.accept()
            except OSError:
                return
            with one:
                one.sendall(GREETING.encode() + b"\n")


class Socks(threading.Thread):
    """A SOCKS5 proxy by the letter of RFC 1928 and 1929; mode "password", "open", "refuse"."""

    def __init__(self, mode):
        super().__init__(daemon=True)
        self.mode, self.names = mode, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            try:
                one, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(one,), daemon=True).start()

    def _serve(self, one):
        with one, one.makefile("rb") as said:
            version, count = said.read(2)
            methods = said.read(count)
            wanted = 0 if self.mode == "open" else 2
            if version != 5 or wanted not in methods:
                one.sendall(b"\x05\xff")
                return
            one.sendall(bytes([5, wanted]))
            if wanted == 2:
                _, length = said.read(2)
                user = said.read(length)
                password = said.read(said.read(1)[0])
                good = (user, password) == (USER.encode(), PASSWORD.encode())
                one.sendall(bytes([1, 0 if good else 1]))
                if not good:
                    return
            _, command, _, kind = said.read(4)
            host = said.read(said.read(1)[0]).decode() if kind == 3 else socket.inet_ntoa(said.read(4))
            port = int.from_bytes(said.read(2), "big")
            self.names.append((command, host))
            if self.mode == "refuse":
                one.sendall(b"\x05\x02\x00\x01" + bytes(6))
                return
            with socket.create_connection(("127.0.0.1", port)) as far:
                one.sendall(b"\x05\x00\x00\x01" + bytes(6))
                while data := far.recv(4096):
                    one.sendall(data)


def dial(proxy, port, seconds=20, env=None):
    done = subprocess.run([PROBE, proxy, "localhost", str(port), str(seconds)], capture_output=True, text=True, timeout=60,
                          check=False, stdin=subprocess.DEVNULL, env=os.environ | (env or {"KRB5CCNAME": "/nonexistent"}))
    return done.stdout.strip()


def works(proxy, port, feature, peer, env=None):
    said = dial(proxy, port, env=env)
    check(said == GREETING, f"{peer}: {feature}: {said}")
    seen("Proxies", feature, peer)


def refused(proxy, port, code, what, **options):
    said = dial(proxy, port, **options)
    check(said.split(" ")[0] == code, f"{what}: {said}")


class Running:
    """A daemon in the foreground, ended by its pid."""

    def __init__(self, stack, command, port, log, env=None):
        with open(str(log) + ".out", "wb") as out:
            self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env,
                                            start_new_session=True)
        stack.callback(self.end)
        await_port(port, self.process, log)

    def end(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)  # its helper programs too
        except ProcessLookupError:
            pass
        self.process.wait()


def squid(stack, folder, name, authentication="", access="http_access allow all", env=None):
    own = folder / name
    own.mkdir()
    shutil.chown(own, "proxy")
    port = free_port()
    (own / "squid.conf").write_text(_SQUID.format(port=port, folder=own, authentication=authentication, access=access), encoding="ascii")
    # A shared-memory name of its own: another squid may run on this machine.
    Running(stack, ["squid", "-N", "-f", own / "squid.conf", "-n", f"tern{os.getpid()}{name}"], port, own / "cache.log", env)
    return port


def squids(stack, folder, greeter):
    version = "squid " + ".".join(run("squid", "-v").split("Version ")[1].split()[0].split(".")[:2])
    mine, wrong = f"{USER}:{PASSWORD}@", f"{USER}:wrong@"
    plain = squid(stack, folder, "plain")
    works(f"http://127.0.0.1:{plain}", greeter.port, "CONNECT without authentication", version)
    refused(f"http://127.0.0.1:{plain}", 9, "tern.proxy.refused", "a port that is not allowed")
    (folder / "basic.users").write_text(f"{USER}:{run('openssl', 'passwd', '-apr1', PASSWORD)}", encoding="ascii")
    (folder / "digest.users").write_text(f"{USER}:{PASSWORD}\n", encoding="ascii")
    for kind, program in (("basic", f"/usr/lib/squid/basic_ncsa_auth {folder}/basic.users"),
                          ("digest", f"/usr/lib/squid/digest_file_auth {folder}/digest.users"),
                          ("ntlm", "/usr/lib/squid/ntlm_fake_auth")):
        lines = [f"auth_param {kind} program {program}", f"auth_param {kind} children 2"]
        lines += [f"auth_param {kind} realm {REALM}"] if kind != "ntlm" else []
        port = squid(stack, folder, kind, "\n".join(lines), "acl known proxy_auth REQUIRED\nhttp_access allow known")
        where = f"127.0.0.1:{port}"
        refused(f"http://{where}", greeter.port, "tern.proxy.credentials-needed", f"{kind}, nobody said who")
        works(f"http://{mine}{where}", greeter.port, f"CONNECT with {kind.upper() if kind == 'ntlm' else kind.capitalize()}", version)
        if kind != "ntlm":  # that program takes any password
            refused(f"http://{wrong}{where}", greeter.port, "tern.proxy.credentials-wrong", f"{kind}, a wrong password")
    negotiate(stack, folder, greeter, version)


def negotiate(stack, folder, greeter, version):
    """A realm of the test's own: KDC, a service's key for squid, a ticket for the user."""
    own = folder / "krb5"
    own.mkdir()
    kdc_port = free_port()
    (own / "krb5.conf").write_text(_KRB5.format(port=kdc_port), encoding="ascii")
    (own / "kdc.conf").write_text(_KDC.format(port=kdc_port, folder=own), encoding="ascii")
    env = os.environ | {"KRB5_CONFIG": str(own / "krb5.conf"), "KRB5_KDC_PROFILE": str(own / "kdc.conf"), "KRB5CCNAME": str(own / "cc"),
                        "KRB5_KTNAME": str(own / "keytab")}
    run("kdb5_util", "create", "-s", "-r", "TERN.TEST", "-P", PASSWORD, env=env, timeout=120)
    for request in (f"addprinc -pw {PASSWORD} {USER}", "addprinc -randkey HTTP/localhost", f"ktadd -k {own}/keytab HTTP/localhost"):
        run("kadmin.local", "-r", "TERN.TEST", "-q", request, env=env, timeout=60)
    shutil.chown(own / "keytab", "proxy")
    own.chmod(0o755)
    Running(stack, ["krb5kdc", "-n"], kdc_port, own / "kdc.log", env)
    port = squid(stack, folder, "negotiate",
                 f"auth_param negotiate program /usr/lib/squid/negotiate_kerberos_auth -k {own}/keytab -s HTTP/localhost@TERN.TEST\n"
                 "auth_param negotiate children 2",
                 "acl known proxy_auth REQUIRED\nhttp_access allow known", env)
    ours = {"KRB5_CONFIG": env["KRB5_CONFIG"], "KRB5CCNAME": env["KRB5CCNAME"]}
    refused(f"http://localhost:{port}", greeter.port, "tern.proxy.credentials-needed", "Negotiate, no ticket", env=ours)
    run("kinit", USER, env=env, input=PASSWORD + "\n", timeout=30)
    works(f"http://localhost:{port}", greeter.port, "CONNECT with Negotiate (Kerberos)", version, env=ours)


def tinyproxies(stack, folder, greeter):
    version = run("tinyproxy", "-v").strip()
    for name, line in (("open", ""), ("basic", f"BasicAuth {USER} {PASSWORD}")):
        own = folder / f"tinyproxy-{name}"
        own.mkdir()
        port = free_port()
        (own / "conf").write_text(_TINYPROXY.format(port=port, folder=own, authentication=line), encoding="ascii")
        Running(stack, ["tinyproxy", "-d", "-c", own / "conf"], port, own / "tinyproxy.log")
        login = f"{USER}:{PASSWORD}@" if line else ""
        works(f"http://{login}127.0.0.1:{port}", greeter.port, "CONNECT with Basic" if line else "CONNECT without authentication", version)
        if line:
            refused(f"http://127.0.0.1:{port}", greeter.port, "tern.proxy.credentials-needed", "tinyproxy, nobody said who")
            refused(f"http://{USER}:wrong@127.0.0.1:{port}", greeter.port, "tern.proxy.credentials-wrong", "tinyproxy, a wrong password")


def settings(stack, folder, greeter):
    """What no connection says: the environment, and GNOME's settings, as libproxy's plug-in reads them."""
    own = folder / "tinyproxy-settings"
    own.mkdir()
    port = free_port()
    (own / "conf").write_text(_TINYPROXY.format(port=port, folder=own, authentication=""), encoding="ascii")
    Running(stack, ["tinyproxy", "-d", "-c", own / "conf"], port, own / "tinyproxy.log")
    nothing = {"XDG_CONFIG_HOME": str(folder / "nowhere"), "DESKTOP_SESSION": "", "XDG_CURRENT_DESKTOP": "",
               "GSETTINGS_BACKEND": "keyfile"} | {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy")}
    said = dial("system", greeter.port, env=nothing)
    check(said == "no proxy", f"nothing is set: {said}")
    said = dial("system", greeter.port, env=nothing | {"https_proxy": f"http://127.0.0.1:{port}"})
    check(said == GREETING, f"the environment's: {said}")
    if not list(Path("/usr/lib").glob("*/libproxy/*/modules/config_gnome3.so")):
        print("skipped: the desktop's settings (libproxy1-plugin-gsettings)", flush=True)
        return
    kept = folder / "desktop/glib-2.0/settings"
    kept.mkdir(parents=True)
    (kept / "keyfile").write_text("[system/proxy]\nmode='manual'\nignore-hosts=@as []\n"
                                  f"[system/proxy/https]\nhost='127.0.0.1'\nport={port}\n", encoding="ascii")
    asked = (own / "tinyproxy.log").read_text(errors="replace").count("CONNECT ")
    said = dial("system", greeter.port, env=nothing | {"XDG_CONFIG_HOME": str(folder / "desktop"),
                                                         "DESKTOP_SESSION": "gnome", "XDG_CURRENT_DESKTOP": "GNOME"})
    check(said == GREETING, f"the desktop's: {said}")
    check((own / "tinyproxy.log").read_text(errors="replace").count("CONNECT ") > asked, "by the proxy that stands there")
    seen("Proxies", "The desktop's settings (GNOME's, by libproxy)", run("tinyproxy", "-v").strip())


def socks(greeter):
    peer = "SOCKS5 by RFC 1928"
    proxy = Socks("open")
    works(f"socks5://127.0.0.1:{proxy.port}", greeter.port, "SOCKS5", peer)
    check(proxy.names == [(1, "localhost")], "the proxy resolves the server's name")
    secret = Socks("password")
    works(f"socks5://{USER}:{PASSWORD}@127.0.0.1:{secret.port}", greeter.port, "SOCKS5 with a password", peer)
    refused(f"socks5://{USER}:wrong@127.0.0.1:{secret.port}", greeter.port, "tern.proxy.credentials-wrong", "SOCKS5, a wrong password")
    refused(f"socks5://127.0.0.1:{secret.port}", greeter.port, "tern.proxy.credentials-needed", "SOCKS5, nobody said who")
    refused(f"socks5://{USER}:{PASSWORD}@127.0.0.1:{Socks('refuse').port}", greeter.port, "tern.proxy.refused", "SOCKS5 refuses")


def unreachable(greeter):
    refused(f"http://127.0.0.1:{free_port()}", greeter.port, "tern.proxy.unreachable", "nobody listens")
    refused("http://proxy.invalid:3128", greeter.port, "tern.proxy.unknown-host", "no such name")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        refused(f"http://127.0.0.1:{silent.getsockname()[1]}", greeter.port, "tern.proxy.silent", "it says nothing", seconds=2)
        check(time.monotonic() - begun < 20, "and that takes no longer than it may")


def main():
    if os.geteuid() != 0:
        harness.skip("squid's programs need root to change to their user")
    missing = [name for name in ("squid", "tinyproxy", "krb5kdc", "kadmin.local", "kinit", "openssl") if not shutil.which(name)]
    if missing:
        harness.skip(f"not installed (packaging/packages-test.txt): {' '.join(missing)}")
    if not PROBE.exists():
        harness.skip("proxy_probe is not built")
    greeter = Greeter()
    with tempfile.TemporaryDirectory(prefix="tern-proxies.") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        squids(stack, folder, greeter)
        tinyproxies(stack, folder, greeter)
        settings(stack, folder, greeter)
        socks(greeter)
        unreachable(greeter)
    print("passed")


if __name__ == "__main__":
    main()
