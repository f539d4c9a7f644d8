#!/usr/bin/python3
"""What dies while connected: the network is given back, nothing says connected that is not, and the next connect works."""

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
            differ = await_restored(session, before, 5.0)
            check(not differ, "helper killed: ternd starts another, and the network is as before" + "\n".join(["", *differ]))
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
