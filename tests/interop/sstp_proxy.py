#!/usr/bin/python3
"""sstp_proxy.py: SSTP through an HTTP proxy that stands where the internet is: an open one, one that wants a login (typed
by a person, kept in the desk's gnome-keyring, changed since), one that is not there."""

import signal
import subprocess

from eap_methods import Typed
from session import Session, check, harness, main, phonebook, show_logs
from labkit import plan
from labkit.seen import seen

NAME = phonebook.SSTP_ENTRY
USER, PASSWORD = "proxy-alice", "Canary-pr0xy-2"
_TINYPROXY = """
Port {port}
Listen {address}
Timeout 60
LogFile "{folder}/tinyproxy-{port}.log"
LogLevel Connect
PidFile "{folder}/tinyproxy-{port}.pid"
{login}
"""


# As the window does it: connects and answers each question; the proxy's login is to be remembered.
_REMEMBER = """
import sys
import dbus, dbus.mainloop.glib
from gi.repository import GLib
name, user, password, proxy_user, proxy_password = sys.argv[1:]
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus, loop, asked = dbus.SessionBus(), GLib.MainLoop(), []
engine = dbus.Interface(bus.get_object("org.ternvpn.Engine1", "/org/ternvpn/Engine1"), "org.ternvpn.Engine1")

def prompted(prompt):
    of_proxy = prompt["kind"] == "proxy"
    asked.append(str(prompt["kind"]) + (" again" if prompt["retry"] else ""))
    secret = (proxy_password if of_proxy else password).encode()
    engine.Answer(prompt["prompt"], {"username": proxy_user if of_proxy else user, "secret": dbus.ByteArray(secret),
                                     "remember": bool(of_proxy and prompt["can-remember"])})

def changed(status):
    if status["state"] in ("connected", "failed"):
        print(status["state"] + ": " + ", ".join(asked) + " " + str(status.get("error", {}).get("code", "")))
        GLib.timeout_add(300, loop.quit)

bus.add_signal_receiver(prompted, "Prompted", "org.ternvpn.Engine1")
bus.add_signal_receiver(changed, "StatusChanged", "org.ternvpn.Engine1")
engine.Connect(name, {})
GLib.timeout_add_seconds(40, loop.quit)
loop.run()
"""
# What the secret service holds under that name, as the service itself says; it is written after the connection is up.
_KEPT = """
import base64
import sys
import time
import dbus
bus = dbus.SessionBus()
service = dbus.Interface(bus.get_object("org.freedesktop.secrets", "/org/freedesktop/secrets"), "org.freedesktop.Secret.Service")
_, session = service.OpenSession("plain", "")
for _ in range(50):
    held = [base64.b64decode(bytes(secret[2])).decode() for secret in service.GetSecrets(service.SearchItems({"user": sys.argv[1]})[0], session).values()]
    if sys.argv[2] in held:
        break
    time.sleep(0.1)
print(sys.argv[2] in held, len(held))
"""


class Proxy:
    """tinyproxy in the lab's router."""

    def __init__(self, the_plan, port, login=""):
        self.text, folder = f"http://{plan.ROUTER_CLIENT4}:{port}", the_plan.state
        self.log = folder / f"tinyproxy-{port}.log"
        conf = folder / f"tinyproxy-{port}.conf"
        conf.write_text(_TINYPROXY.format(port=port, address=plan.ROUTER_CLIENT4, folder=folder, login=login), encoding="ascii")
        hosts = folder / "proxy.hosts"
        hosts.write_text(f"127.0.0.1 localhost\n{plan.SERVER4} {plan.SERVER_NAME}\n", encoding="ascii")
        router = the_plan.netns("router")
        self.process = subprocess.Popen(["nsenter", f"--net=/run/netns/{router}", "unshare", "--mount", "sh", "-c",
                                         'mount --bind "$1" /etc/hosts && exec tinyproxy -d -c "$2"', "proxy", hosts, conf],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def asked(self):
        return self.log.read_text(errors="replace").count("CONNECT ") if self.log.exists() else 0


def settle(session, proxy):
    said = session.user("ternctl", "set", NAME, f"proxy={proxy}")
    check(said.returncode == 0, f"set proxy={proxy} {said.stderr}")


def carries(session, lab, proxy, what):
    check(proxy.asked() > 0, f"{what}: the proxy was asked")
    inner = session.fetch(f"http://{lab.state['inner-address']}/whoami", "--max-time", 10)
    check(inner.returncode == 0 and inner.stdout.strip() != "", f"{what}: the inner host answers {inner.stdout.strip() or inner.stderr}")
    check(session.disconnect().returncode == 0, f"{what}: disconnected")


def openly(session, lab, the_plan):
    with Proxy(the_plan, 3128) as proxy:
        settle(session, proxy.text)
        code, seconds, said = session.connect(NAME)
        check(code == 0, f"through a proxy: connected within {seconds * 1000:.0f} ms {said if code else ''}")
        carries(session, lab, proxy, "through a proxy")
        seen("Proxies", "SSTP through CONNECT", "tinyproxy")
    code, seconds, said = session.connect(NAME)
    check(code != 0 and "tern.proxy.unreachable" in said and seconds < 15, f"a proxy that is not there: {said.strip()}")
    session.user("ternctl", "disconnect")


def with_login(session, lab, the_plan):
    with Proxy(the_plan, 3129, f"BasicAuth {USER} {PASSWORD}") as proxy:
        settle(session, proxy.text)
        code, _seconds, said = session.connect(NAME)
        check(code != 0 and "tern.proxy.credentials-needed" in said, f"nobody can be asked: {said.strip()}")
        session.user("ternctl", "disconnect")
        typed = Typed(session, "ternctl", "connect", NAME, "--wait", "--username", lab.state["user"])
        for name, password in ((USER, "wrong"), (USER, PASSWORD)):
            typed.expect(f"The proxy {proxy.text} wants to know who you are")
            if password == "wrong":
                typed.expect("User name:")
                typed.type(name)
            typed.expect(f"Password of {USER}")
            typed.type(password)
        typed.expect(f"Password of {lab.state['user']}")
        typed.type(lab.state["password"])
        check(typed.exit() == 0, f"a wrong login of the proxy, then the right one, then the server's: connected {typed.text}")
        carries(session, lab, proxy, "with a login")
        seen("Proxies", "SSTP through CONNECT with Basic", "tinyproxy")
    written = session.everything_written()
    check(PASSWORD not in written and lab.state["password"] not in written, "no secret is written anywhere")


def remembered(session, lab, the_plan):
    """The login goes into the real keyring, is used from there, and is asked for anew when the proxy has another one."""
    kept = f"{USER}\n{PASSWORD}"
    with Proxy(the_plan, 3129, f"BasicAuth {USER} {PASSWORD}") as proxy:
        for click, questions in (("first", "proxy, "), ("second", "")):
            said = session.user("/usr/bin/python3", "-c", _REMEMBER, NAME, lab.state["user"], lab.state["password"], USER, PASSWORD)
            check(said.stdout.startswith("connected: ") and ("proxy" in said.stdout) == bool(questions),
                  f"{click} click: {said.stdout.strip() or said.stderr}")
            held = session.user("/usr/bin/python3", "-c", _KEPT, f"proxy {proxy.text}", kept)
            check(held.stdout.strip() == "True 1", f"the keyring has it {held.stdout} {held.stderr}")
            carries(session, lab, proxy, f"{click} click, login from the keyring" if not questions else f"{click} click")
        code, _seconds, said = session.connect(NAME)
        check(code == 0, f"and nobody need be there to be asked {said if code else ''}")
        session.disconnect()
    with Proxy(the_plan, 3129, f"BasicAuth {USER} Canary-n3w-4") as proxy:
        said = session.user("/usr/bin/python3", "-c", _REMEMBER, NAME, lab.state["user"], lab.state["password"], USER, "Canary-n3w-4")
        check(said.stdout.startswith("connected: proxy again"), f"another password since: asked again {said.stdout.strip() or said.stderr}")
        held = session.user("/usr/bin/python3", "-c", _KEPT, f"proxy {proxy.text}", f"{USER}\nCanary-n3w-4")
        check(held.stdout.strip() == "True 1", f"the keyring has the new one instead {held.stdout} {held.stderr}")
        check(session.disconnect().returncode == 0, "disconnected")
        seen("Proxies", "The login remembered in gnome-keyring, replaced when it changed", "tinyproxy")


def settings(session):
    for wrong in ("ftp://x", "http://anna:secret@proxy:3128", "nonsense://"):
        said = session.user("ternctl", "set", NAME, f"proxy={wrong}")
        check(said.returncode != 0, f"not taken: proxy={wrong}")


def case():
    with harness.Lab("sstp") as lab, Session(lab) as session:
        the_plan = plan.Plan()
        try:
            session.import_phonebook()
            settings(session)
            openly(session, lab, the_plan)
            with_login(session, lab, the_plan)
            remembered(session, lab, the_plan)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
