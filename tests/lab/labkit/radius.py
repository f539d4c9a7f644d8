"""Debian's FreeRADIUS and hostapd as EAP servers, in a folder of their own; they touch nothing of the machine's."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from . import netns, pki, plan

SECRET = "radius-s3cret"
PASSWORD = "Correct-horse-9"
CODE = "314159"

_RADIUSD = """
prefix = /usr
exec_prefix = /usr
libdir = /usr/lib/freeradius
raddbdir = {folder}
confdir = {folder}
logdir = {folder}
run_dir = {folder}
pidfile = {folder}/radiusd.pid
correct_escapes = true
max_request_time = 60
cleanup_delay = 1
proxy_requests = yes
hostname_lookups = no
security {{
  allow_core_dumps = no
  reject_delay = 0
  status_server = no
}}
log {{
  destination = files
  file = {folder}/radius.log
  auth = yes
  auth_badpass = no
  auth_goodpass = no
}}
thread pool {{
  start_servers = 1
  max_servers = 4
  min_spare_servers = 1
  max_spare_servers = 2
}}
client anyone {{
  ipaddr = 0.0.0.0/0
  secret = {secret}
  require_message_authenticator = yes
}}
modules {{
  always ok {{
    rcode = ok
  }}
  always handled {{
    rcode = handled
  }}
  expr {{
  }}
  pap {{
  }}
  exec {{
    wait = yes
    input_pairs = request
    shell_escape = yes
    timeout = 10
  }}
  mschap {{
    use_mppe = yes
    require_encryption = yes
    require_strong = yes
    allow_retry = no
    {passchange}
  }}
  files {{
    filename = {folder}/users
  }}
  eap {{
    default_eap_type = mschapv2
    timer_expire = 180
    max_sessions = 1000
    tls-config common {{
      private_key_file = {folder}/radius.key
      certificate_file = {folder}/radius.crt
      ca_file = {folder}/ca.crt
      tls_min_version = "1.2"
      tls_max_version = "1.3"
      fragment_size = 1024
      include_length = yes
      check_crl = no
      cache {{
        enable = no
      }}
    }}
    tls {{
      tls = common
    }}
    ttls {{
      tls = common
      default_eap_type = mschapv2
      virtual_server = inner
      copy_request_to_tunnel = no
      use_tunneled_reply = no
    }}
    peap {{
      tls = common
      default_eap_type = mschapv2
      virtual_server = inner
      copy_request_to_tunnel = no
      use_tunneled_reply = no
    }}
    mschapv2 {{
      send_error = yes
    }}
    gtc {{
      challenge = "Password: "
      auth_type = PAP
    }}
    md5 {{
    }}
  }}
}}
server default {{
  listen {{
    type = auth
    ipaddr = {address}
    port = {port}
  }}
  authorize {{
    eap {{
      ok = return
    }}
    files
    mschap
    pap
  }}
  authenticate {{
    Auth-Type PAP {{
      pap
    }}
    Auth-Type MS-CHAP {{
      {before_mschap}
      mschap
    }}
    eap
  }}
  post-proxy {{
    eap
  }}
}}
server inner {{
  authorize {{
    eap {{
      ok = return
    }}
    files
    if (&User-Name == "coder") {{
      update control {{
        &Proxy-To-Realm := "otp"
      }}
    }}
    mschap
    pap
  }}
  authenticate {{
    Auth-Type PAP {{
      pap
    }}
    Auth-Type MS-CHAP {{
      {before_mschap}
      mschap
    }}
    eap
  }}
}}
# What RFC 5281 calls the AAA/H: it asks for a code after the password.
proxy server {{
  default_fallback = no
}}
home_server otp {{
  type = auth
  ipaddr = 127.0.0.1
  port = {otp_port}
  secret = {secret}
}}
home_server_pool otp {{
  home_server = otp
}}
realm otp {{
  auth_pool = otp
}}
server otp {{
  listen {{
    type = auth
    ipaddr = 127.0.0.1
    port = {otp_port}
  }}
  authorize {{
    files
    if (!&State) {{
      update control {{
        &Auth-Type := "first-step"
      }}
    }}
    else {{
      update control {{
        &Cleartext-Password := "{code}"
        &Auth-Type := "PAP"
      }}
    }}
  }}
  authenticate {{
    Auth-Type PAP {{
      pap
    }}
    Auth-Type first-step {{
      pap
      if (ok) {{
        update reply {{
          &Reply-Message := "Enter the code from your token"
          &State := 0x746f6b656e
        }}
        update control {{
          &Response-Packet-Type := Access-Challenge
        }}
        handled
      }}
    }}
  }}
}}
"""

_USERS = """
alice Cleartext-Password := "{password}"
coder Cleartext-Password := "{password}"
expired Cleartext-Password := "{password}", SMB-Account-CTRL := 131088
client.example.test Auth-Type := eap
"""

# Any answer means that the new password is kept; the log says what it is. The account is not expired any more then: the
# server itself would take one whose flags it changed for a disabled one.
_PASSCHANGE = """passchange {
      local_cpw = "kept: %{MS-CHAP-New-Cleartext-Password}"
    }"""
_NO_LONGER_EXPIRED = """if (&MS-CHAP2-CPW) {
        update control {
          &SMB-Account-CTRL !* ANY
        }
      }"""

_HOSTAPD = """
driver=none
interface=lo
logger_stdout=-1
logger_stdout_level=2
eap_server=1
eap_user_file={folder}/hostapd.users
ca_cert={folder}/ca.crt
server_cert={folder}/radius.crt
private_key={folder}/radius.key
tls_flags=[ENABLE-TLSv1.3]
tls_session_lifetime=0
radius_server_clients={folder}/hostapd.clients
radius_server_auth_port={port}
"""

_HOSTAPD_USERS = """
"md5user" MD5 "{password}"
"gtcuser" GTC "{password}"
"chapuser" MSCHAPV2 "{password}"
* PEAP,TTLS,TLS
"alice" MSCHAPV2,GTC,MD5,TTLS-PAP,TTLS-MSCHAPV2 "{password}" [2]
"""


def missing():
    """Why these servers cannot run here, or None."""
    for program in ("freeradius", "hostapd"):
        if not shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin"):
            return f"{program} is not installed"
    return None


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def certificates(folder, authority):
    """radius.{crt,key} for radius.example.test and client.{crt,key}, of `authority`; ca.crt beside them."""
    authority.server("radius", "rsa", "radius.example.test")
    authority.client("client", "rsa", "client.example.test")
    if authority.folder != folder:
        for name in ("radius", "client"):
            for kind in ("crt", "key"):
                shutil.copy(authority.folder / f"{name}.{kind}", folder)
    shutil.copy(authority.certificate, folder / "ca.crt")


class _Server:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.process = None

    def _run(self, command, prefix=(), ready=None):
        with open(self.folder / f"{self.name}.out", "wb") as out:
            self.process = subprocess.Popen([*prefix, *command], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        end = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < end:
            if ready in self.said():
                return
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not start: {self.said()}")

    def said(self):
        return "".join(p.read_text(errors="replace") for p in (self.folder / f"{self.name}.out", self.folder / "radius.log") if p.exists())

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


class FreeRadius(_Server):
    """Needs radius.{crt,key} and ca.crt in `folder`."""

    name = "freeradius"

    changes_passwords = False

    def __init__(self, folder, address="127.0.0.1", port=None, password=PASSWORD):
        super().__init__(folder)
        self.address, self.port, self.password = address, port or free_port(), password

    def start(self, prefix=(), seen_as=None):
        """seen_as: the folder as it is called where the prefix leads to."""
        folder = seen_as or self.folder
        places = {"folder": folder, "address": self.address, "port": self.port, "secret": SECRET, "password": self.password, "code": CODE, "otp_port": free_port()}
        places |= {"passchange": _PASSCHANGE if self.changes_passwords else "", "before_mschap": _NO_LONGER_EXPIRED if self.changes_passwords else ""}
        (self.folder / "radiusd.conf").write_text(_RADIUSD.format(**places))
        (self.folder / "users").write_text(_USERS.format(**places))
        command = ["freeradius", "-X", "-d", str(folder), "-n", "radiusd"]
        self._run(command, prefix, "Ready to process requests")
        return self


class NewerFreeRadius(FreeRadius):
    """Debian 13's, which changes an expired password. `folder`: below the root that trixie.peer() answers."""

    changes_passwords = True

    def __init__(self, root, folder):
        super().__init__(folder)
        self.root = root

    def start(self, prefix=(), seen_as=None):
        inside = ["unshare", "--mount", "--propagation", "private", "sh", "-c", 'mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"']
        return super().start([*prefix, *inside, self.root], seen_as or Path("/") / self.folder.relative_to(self.root))


class HostApd(_Server):
    """Needs radius.{crt,key} and ca.crt in `folder`."""

    name = "hostapd"

    def __init__(self, folder, port=None):
        super().__init__(folder)
        self.address, self.port = "127.0.0.1", port or free_port()

    def start(self, prefix=()):
        (self.folder / "hostapd.conf").write_text(_HOSTAPD.format(folder=self.folder, port=self.port))
        (self.folder / "hostapd.users").write_text(_HOSTAPD_USERS.format(password=PASSWORD))
        (self.folder / "hostapd.clients").write_text(f"0.0.0.0/0 {SECRET}\n")
        self._run(["hostapd", "-dd", str(self.folder / "hostapd.conf")], prefix, "AP-ENABLED")
        return self


# Behind the lab's VPN server, in the same host.

PORT = 1812
SERVER_NAME, CLIENT_NAME = "radius.example.test", "client.example.test"


def folder_of(the_plan):
    return the_plan.state / "radius"


def prepare(the_plan, authority):
    """Certificates: of the lab's authority, and under strangers/ of one that nobody here trusts."""
    why = missing()
    if why:
        raise netns.LabError(f"{why} (packaging/packages-test.txt)")
    folder = folder_of(the_plan)
    (folder / "strangers").mkdir(parents=True)
    certificates(folder, authority)
    certificates(folder / "strangers", pki.Authority(folder / "pki", "strangers", "/O=Somebody else/CN=Strangers' root"))


def start(the_plan):
    server = FreeRadius(folder_of(the_plan), port=PORT, password=plan.PASSWORD).start(netns.inside(the_plan.netns("server")))
    (folder_of(the_plan) / "pid").write_text(f"{server.process.pid}\n", encoding="ascii")


def become_a_stranger(the_plan):
    """Starts it anew with a certificate of an authority that nobody here trusts."""
    folder = folder_of(the_plan)
    pid = int((folder / "pid").read_text(encoding="ascii"))
    os.kill(pid, signal.SIGTERM)
    netns.wait_until("the end of FreeRADIUS", lambda: pid not in netns.pids(the_plan.netns("server")))
    for file in ("radius.crt", "radius.key"):
        shutil.copy(folder / "strangers" / file, folder)
    start(the_plan)


def said(the_plan):
    """What it wrote since it was started last."""
    return (folder_of(the_plan) / f"{FreeRadius.name}.out").read_text(encoding="utf-8", errors="replace")
