#!/usr/bin/python3
"""What dies while connected: ternd's death and the helper's restart give the network back; the window's owner may try again."""

import re
import time

from session import CLIENT, Session, check, harness, main, show_logs


def pid_of(session, program):
    """The process of that name on this desk, as the desk numbers it."""
    found = session.root("sh", "-c", f"for p in /proc/[0-9]*; do [ \"$(readlink $p/exe)\" = \"$(readlink -f "
                                     f"/run/tern-desk/bin/{program})\" ] && echo ${{p#/proc/}}; done; :").stdout.split()
    return int(found[0]) if found else None


def await_restored(session, before, seconds):
    end = time.monotonic() + seconds
    while (differ := harness.differences(before, session.network())) and time.monotonic() < end:
        time.sleep(0.05)
    return differ


def connect(session, lab):
    code, _seconds, said = session.connect()
    check(code == 0, f"connected {said if code else ''}")
    check(session.fetch(f"http://{lab.state['inner-address']}/whoami").stdout.startswith("10.30.0."), "traffic inside")


def case():
    with harness.Lab("eap-rsa") as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            before = session.network()
            connect(session, lab)
            session.root("kill", "-KILL", str(pid_of(session, "ternd")))
            differ = await_restored(session, before, 2.0)
            check(not differ, "ternd killed: the network is as before within 2 s" + "\n".join(["", *differ]))
            check(session.fetch(lab.state["outside"]).stdout.strip() == CLIENT, "and the outside is reached in clear")

            connect(session, lab)
            session.root("kill", "-KILL", str(pid_of(session, "tern-helper")))
            said = session.user("gdbus", "call", "--system", "--dest", "org.ternvpn.Helper1", "--object-path",
                                "/org/ternvpn/Helper1", "--method", "org.ternvpn.Helper1.Status")
            check(re.search(r"'sessions': <uint32 0>", said.stdout), "helper killed: a new one starts and has no session")
            differ = await_restored(session, before, 5.0)
            check(not differ, "and the network is as before" + "\n".join(["", *differ]))
            end = time.monotonic() + 5
            while session.status().get("state") == "connected" and time.monotonic() < end:
                time.sleep(0.1)
            check(session.status().get("state") != "connected", "status no longer says connected")
            connect(session, lab)
            check(session.disconnect().returncode == 0, "disconnected")
            differ = await_restored(session, before, 1.0)
            check(not differ, "all is as before" + "\n".join(["", *differ]))
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case)
