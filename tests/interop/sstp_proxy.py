#!/usr/bin/python3
"""sstp_proxy.py: SSTP through an HTTP proxy that stands where the internet is: an open one, one that wants a login (typed
by a person, kept in the keyring), one that is not there; the server's name is known to the proxy alone."""

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
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
