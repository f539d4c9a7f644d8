#!/usr/bin/python3
"""refused.py SCENARIO: ends within its bound, with the right code and sentence, and all is restored.

Where the server is at fault, no byte that depends on the password may leave: after the server's first IKE_AUTH answer
the wire shows no further IKE_AUTH request, and the server's log shows no EAP response.
"""

import sys
from dataclasses import dataclass

from session import CLIENT, Session, check, harness, main, show_logs
from labkit import capture
from labkit.seen import seen


@dataclass(frozen=True)
class Expected:
    codes: tuple  # of the error; any of them
    exit_code: int
    seconds: float
    server_at_fault: bool = True
    lab: str = ""
    secret: str = ""
    shows: str = ""  # in the table, under "Refused in words"


EXPECTED = {
    "name-mismatch": Expected(("tern.crypto.cert.name",), 8, 5, shows="Certificate for another name"),
    "expired-cert": Expected(("tern.crypto.cert.expired",), 8, 5, shows="Expired certificate"),
    "untrusted-ca": Expected(("tern.crypto.cert.untrusted",), 8, 5, shows="Unknown authority"),
    "wrong-usage": Expected(("tern.crypto.cert.usage",), 8, 5, shows="Certificate not for servers"),
    "wrong-password": Expected(("tern.eap.password", "tern.ike.auth.rejected"), 5, 10, server_at_fault=False, shows="Wrong password"),
    "wrong-key": Expected(("tern.ike.auth.psk", "tern.ike.auth.rejected"), 5, 10, server_at_fault=False, lab="psk",
                          secret="not-the-shared-key-of-this-lab", shows="Wrong pre-shared key"),
    "silent": Expected(("tern.ike.no-answer",), 6, 35, shows="Silence"),
    "no-proposal": Expected(("tern.ike.proposal",), 1, 5, shows="No algorithm in common"),
}


def case(scenario):
    expected = EXPECTED[scenario]
    with harness.Lab(expected.lab or scenario) as lab, Session(lab) as session:
        try:
            session.import_phonebook()
            before = session.network()
            with capture.Capture(lab) as sniffed:
                code, seconds, said = session.connect(secret=expected.secret or None)
                status = session.status()
            check(seconds < expected.seconds, f"ended after {seconds:.2f} s, within {expected.seconds:.0f} s")
            error = status.get("error", {})
            check(error.get("code") in expected.codes, f"the error is {error.get('code')}: {error.get('sentence')}")
            check(code == expected.exit_code, f"ternctl's exit code is {code}")
            check(len(error["sentence"]) > 10 and len(error["remedy"]) > 10, f"what to do: {error['remedy']}")
            check(error["sentence"] in said, "ternctl says the sentence")
            ike = [p for p in sniffed.packets if p.kind == "ike"]
            check(ike, f"the sniffer saw {len(ike)} IKE messages")
            if expected.server_at_fault:
                late = capture.requests_after_first_auth_answer(sniffed.packets, CLIENT)
                check(not late, "no IKE_AUTH request after the server failed to prove itself")
                check("EAP/RES" not in lab.server_log(), "no EAP response reached the server")
            check(not any(p.kind == "esp" for p in sniffed.packets), "no ESP packet")
            differ = harness.differences(before, session.network())
            check(not differ, "rules, routes, DNS and firewall are byte for byte as before" + "\n".join(["", *differ]))
            secret = expected.secret or lab.state["password"]
            check(secret not in session.everything_written(), "the secret is written nowhere")
            seen("Refused in words", expected.shows)
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case, *sys.argv[1:])
