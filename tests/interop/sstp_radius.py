#!/usr/bin/python3
"""sstp_radius.py: SSTP by every EAP method, relayed to FreeRADIUS; the server takes the crypto binding only when it is made
with the keys that FreeRADIUS returns (MS-MPPE-Recv-Key, MS-MPPE-Send-Key), or with none where the method has none."""

import sys

from eap_methods import Case, everything
from session import check, main, phonebook
from labkit import sstp
from labkit.seen import seen

_KEYLESS = ("EAP-GTC", "EAP-MD5")


class SstpCase(Case):
    name = phonebook.SSTP_ENTRY

    def carries_traffic(self, what):
        calls = sstp.calls(self.plan)[1]
        check([call["binding"] for call in calls] == ["SHA-256: ok"], f"{what}: the binding is made with what FreeRADIUS returned: {calls}")
        size = int(self.lab.server_log().rsplit("RADIUS: accepted, with keys of ", 1)[1].split()[0])
        check((size == 0) == (what in _KEYLESS), f"{what}: keys of {size} octets")
        super().carries_traffic(what)

    def note(self, group, feature):
        group, feature = ("SSTP and PPP", f"The binding with FreeRADIUS's keys: {feature}") if group == "EAP" else (group, feature)
        seen(group, feature, "FreeRADIUS 3.2")


def case():
    everything("sstp-radius", SstpCase)


if __name__ == "__main__":
    main(case, *sys.argv[1:])
