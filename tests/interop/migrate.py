#!/usr/bin/python3
"""migrate.py: retired connections replaced, with servers that offer different things (the lab's "offers"): an imported PPTP
or L2TP entry is checked, planned, tried and kept, and traffic flows; where nothing is offered the letter says what to do.
Then all at once, and back again."""

import json
import sys

from session import Session, check, harness, main, show_logs
from labkit import offers
from labkit.seen import seen

# Entry: the server's offer, the strategy (1 PPTP, 3 L2TP), what it becomes, the exit code, the plan's reason.
_ENTRIES = {
    "Both": ("both", 1, "automatic", 0, "tern.migrate.use.both"),
    "Only SSTP": ("sstp", 1, "sstp", 0, "tern.migrate.use.sstp"),
    "Only IKEv2": ("ikev2", 3, "ikev2", 0, "tern.migrate.use.ikev2"),
    "Neither": ("neither", 1, "", 6, "tern.migrate.not.silent"),
    "Weak only": ("weak", 1, "ikev2", 1, "tern.migrate.use.weak"),
    "PPTP only": ("pptp", 1, "", 12, "tern.migrate.not.only-retired"),
    "Stranger": ("stranger", 1, "", 12, "tern.migrate.not.repair"),
}

_SSTP, _IKEV2, _SUITE, _ROLE = ("Set-RemoteAccess -SslCertificate", "WAN Miniport (IKEv2)", "Set-VpnServerConfiguration -CustomPolicy",
                                "Install-RemoteAccess")


def phonebook(session):
    entries = []
    for name, (offer, strategy, *_) in _ENTRIES.items():
        kind = "L2TP" if strategy == 3 else "PPTP"
        entries.append(f"[{name}]\r\nEncoding=1\r\nType=2\r\nVpnStrategy={strategy}\r\nIpSecFlags={int(strategy == 3)}\r\n"
                       f"AuthRestrictions=552\r\nDataEncryption=8\r\nMEDIA=rastapi\r\nPort=VPN1-0\r\n"
                       f"Device=WAN Miniport ({kind})\r\nDEVICE=vpn\r\nPhoneNumber={offer}.{offers.DOMAIN}\r\n\r\n")
    book = session.folder / "retired.pbk"
    book.write_text("".join(entries))
    book.chmod(0o644)
    report = session.json("ternctl", "import", "--json", book)[0]
    check(report["added"] == len(_ENTRIES), f"{report['added']} retired entries imported")


def migrate(session, *arguments, secret=True):
    more = ["--password-stdin", "--username", session.lab.state["user"]] if secret else []
    return session.user("ternctl", "migrate", *arguments, "--json", *more, timeout=120,
                        input=session.lab.state["password"] + "\n" if secret else "")


def plans(session):
    for name, (_, strategy, protocol, _, reason) in _ENTRIES.items():
        before = session.json("ternctl", "show", name, "--json")
        check(before["protocol"] in ("pptp", "l2tp") and not before["can-connect"], f"{name} is refused")
        code, plan = answer(migrate(session, name, "--dry-run", secret=False))
        plan = plan["plan"]
        check(plan["reason"]["code"] == reason, f"{name}: {plan['reason']['code']}")
        check(plan["protocol"] == protocol, f"{name} would become {plan['protocol'] or 'nothing'}")
        check(plan["checked"], "after the server was asked")
        dropped = [line["code"] for line in plan["dropped"]]
        check(not protocol or "tern.migrate.drop.protocol" in dropped, f"{name}: {dropped}")
        check(strategy != 3 or "tern.migrate.drop.shared-key" in dropped, "an L2TP key goes nowhere")
        check(session.json("ternctl", "show", name, "--json")["id"] == before["id"], "nothing was changed by asking")


def answer(said):
    check(said.stdout.strip() != "", f"an answer, not only: {said.stderr}")
    return said.returncode, json.loads(said.stdout)


def tries(session, lab):
    for name, (offer, _, protocol, wanted, reason) in _ENTRIES.items():
        before = session.network()
        code, outcome = answer(migrate(session, name))
        check(code == wanted, f"{name}: exit code {code}")
        check(not harness.differences(before, session.network()), "the network is as it was after the trial")
        if wanted != 0:
            check(outcome["result"] in ("not-ready", "failed"), f"{name}: {outcome['result']}")
            check(session.json("ternctl", "show", name, "--json")["protocol"] in ("pptp", "l2tp"), "the old entry is there")
            continue
        check(outcome["result"] == "migrated", f"{name} is migrated")
        profile = session.json("ternctl", "show", name, "--json")
        check(profile["protocol"] == protocol and profile["migrated"], f"{name} is {profile['protocol']} now")
        code, seconds, said = session.connect(name)
        check(code == 0, f"{name} connects in {seconds * 1000:.0f} ms {said if code else ''}")
        check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"]).returncode == 0,
              "traffic flows")
        check(session.disconnect().returncode == 0, "disconnected")
        seen("Migration", f"PPTP or L2TP to {protocol}, as the server offers it")
    archived = {each["name"] for each in session.json("ternctl", "archive", "--json")}
    check(archived == {name for name, entry in _ENTRIES.items() if entry[3] == 0}, f"archived: {sorted(archived)}")


# Entry: the end of the letter's title, what it asks for, what stands in its steps, and what does not.
_LETTERS = {
    "Both": ("how do I sign in by IKEv2 or SSTP?", "already offers something better", ["WAN Miniport (PPTP)"], [_SSTP, _IKEV2, _SUITE, _ROLE]),
    "Only SSTP": ("how do I sign in by SSTP?", "already offers something better", ["WAN Miniport (PPTP)"], [_SSTP, _IKEV2, _SUITE, _ROLE]),
    "Only IKEv2": ("how do I sign in by IKEv2?", "already offers something better", ["WAN Miniport (L2TP)"], [_SSTP, _IKEV2, _SUITE, _ROLE]),
    "Neither": ("please enable SSTP or IKEv2", "Please offer SSTP or IKEv2", [_ROLE, _SSTP, _IKEV2, _SUITE], []),
    "Weak only": ("please update its encryption", "up-to-date algorithms", [_SUITE], [_SSTP, _IKEV2, _ROLE]),
    "PPTP only": ("please enable SSTP or IKEv2", "Please offer SSTP or IKEv2", [_SSTP, _IKEV2, _SUITE], [_ROLE]),
    "Stranger": ("please repair SSTP or IKEv2", "Please repair what is there", [_SSTP, _IKEV2, _SUITE], [_ROLE]),
}


def letters(session):
    for name, (title, request, there, missing) in _LETTERS.items():
        host = f"{_ENTRIES[name][0]}.{offers.DOMAIN}"
        letter = session.json("ternctl", "letter", name, "--json")
        check(letter["title"] == f"VPN at {host}: {title}", f"{name}: {letter['title']}")
        for form in ("text", "markdown", "html"):
            text = letter[form].replace("&quot;", '"')
            check(request in text, f"{name}, as {form}: {request}")
            check(all(part in text for part in there), f"with {there}")
            check(not any(part in text for part in missing), f"and without {missing}")
            check(host in text, "it names the server")
    said = session.user("ternctl", "letter", "PPTP only", "--format", "html", "--no-check")
    check(said.returncode == 0 and said.stdout.startswith("<!DOCTYPE html>"), "a letter in the form that was asked for")
    seen("Migration", "A letter where the server offers nothing, or only what is weak")


def weak(session, lab):
    code, outcome = answer(migrate(session, "Weak only", "--allow-weak"))
    check((code, outcome["result"]) == (0, "migrated"), "what is weak is tried and kept when that is allowed by name")
    profile = session.json("ternctl", "show", "Weak only", "--json")
    check(profile["protocol"] == "ikev2" and profile["grade"] == "weak", f"IKEv2, and called {profile['grade']}")
    code, _, said = session.connect("Weak only")
    check(code == 0, f"it connects {said if code else ''}")
    check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"]).returncode == 0, "traffic flows")
    check(session.disconnect().returncode == 0, "disconnected")
    seen("Migration", "PPTP to IKEv2 with outdated encryption, by consent")
    check(session.user("ternctl", "migrate", "--undo", "Weak only").returncode == 0, "undone")
    said = session.user("ternctl", "migrate", "Weak only", "--no-try", "--to", "ikev2", "--allow-weak")
    check(said.returncode == 0 and "--undo" in said.stdout, "also without a trial; and the way back is told")
    check(session.user("ternctl", "migrate", "--undo", "Weak only").returncode == 0, "undone")
    check(session.json("ternctl", "show", "Weak only", "--json")["protocol"] == "pptp", "PPTP, as before")


def batch(session):
    for name, entry in _ENTRIES.items():
        if entry[3] == 0:
            check(session.user("ternctl", "migrate", "--undo", name).returncode == 0, f"{name} is as it was")
    check(session.json("ternctl", "archive", "--json") == [], "the archive is empty")
    said = session.user("ternctl", "migrate", "--all", "--no-try", timeout=120, input="")
    print(said.stdout)
    rows = [line for line in said.stdout.splitlines() if line.rstrip().endswith(("migrated", "not ready", "failed"))]
    check(len(rows) == len(_ENTRIES), "a table with all of them at the end")
    good = {name for name, entry in _ENTRIES.items() if entry[3] == 0}
    check(sum(row.rstrip().endswith("migrated") for row in rows) == len(good), "those that can be are migrated")
    check(said.returncode in (1, 6, 12), f"and the first that could not decides: {said.returncode}")


def case():
    with harness.Lab("offers") as lab, Session(lab) as session:
        try:
            phonebook(session)
            plans(session)
            letters(session)
            tries(session, lab)
            weak(session, lab)
            batch(session)
            check(lab.state["password"] not in session.everything_written(), "the password is written nowhere")
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case, *sys.argv[1:])
