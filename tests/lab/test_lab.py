#!/usr/bin/python3
"""The lab and the desk themselves, tried with strongSwan's own client: what fails here is not Tern's fault."""

import subprocess
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from labkit import capture, harness  # noqa: E402

PEER = harness.LAB_FOLDER / "labkit/peer.py"


def peer(lab, seconds=0.0):
    state = lab.state
    return lab.command("client", PEER, state["server-name"], state["user"], state["password"], state["authority"], seconds)


class GoodServer(unittest.TestCase):
    def test_tunnel_traffic_and_capture(self):
        with harness.Lab("eap-rsa") as lab, capture.Capture(lab) as sniffed:
            outside = lab.exec("client", "curl", "-sm", 5, lab.state["outside"])
            self.assertEqual(outside.stdout.strip(), "198.51.100.2")
            self.assertTrue(capture.outside_tunnel(sniffed.so_far()), "clear traffic must be seen, or the sniffer is blind")
            self.assertNotEqual(lab.exec("client", "curl", "-sm", 2, lab.state["download"]).returncode, 0,
                                "the inner host must not be reachable without the tunnel")
            with subprocess.Popen(peer(lab, 5), stdout=subprocess.PIPE, text=True) as client:
                self.assertIn("connected-ms", client.stdout.readline())
                sums = lab.exec("client", "sh", "-c", f"curl -sm 30 {lab.state['download']} | sha256sum")
                self.assertEqual(sums.stdout.split()[0], lab.state["download-sha256"])
                self.assertIn("203.0.113.10", lab.exec("client", "curl", "-sm", 5, lab.state["outside"]).stdout)
        late = capture.requests_after_first_auth_answer(sniffed.packets, "198.51.100.2")
        self.assertGreaterEqual(len(late), 3, "EAP takes more requests after the server's first answer")


class BadServers(unittest.TestCase):
    def refused(self, scenario, *signs):
        with harness.Lab(scenario) as lab:
            said = subprocess.run(peer(lab), capture_output=True, text=True, timeout=60, check=False)
            self.assertNotEqual(said.returncode, 0)
            for sign in signs:
                self.assertIn(sign, said.stderr)
            self.assertNotIn("established", lab.server_log().split("added vici connection")[1])

    def test_name(self):
        self.refused("name-mismatch", "identity 'vpn.example.test' required")

    def test_expired(self):
        self.refused("expired-cert", "subject certificate invalid")

    def test_stranger(self):
        self.refused("untrusted-ca", "no issuer certificate found")

    def test_password(self):
        self.refused("wrong-password", "EAP-MS-CHAPv2 failed")


class TheDesk(unittest.TestCase):
    def test_desktop(self):
        with harness.Lab("eap-rsa") as lab:
            before = lab.exec("client", "ip", "route").stdout
            with harness.Desk(lab.client, "--resolved") as desk:
                self.assertEqual(desk.user("sh", "-c", "id -un").stdout.strip(), "terndesk")
                desk.user("secret-tool", "store", "--label=x", "key", "value", input="the secret", check=True)
                self.assertEqual(desk.user("secret-tool", "lookup", "key", "value").stdout, "the secret")
                self.assertIn("1280 800", desk.user("xdotool", "getdisplaygeometry").stdout)
                self.assertIn("192.0.2.53", desk.user("resolvectl", "dns").stdout)
                items = desk.user("gdbus", "call", "--session", "--dest", "org.ternvpn.Desk1", "--object-path",
                                  "/org/ternvpn/Desk1", "--method", "org.ternvpn.Desk1.Items").stdout
                self.assertIn("[]", items)
                self.assertEqual(harness.differences(desk.network(), desk.network()), [])
            self.assertEqual(lab.exec("client", "ip", "route").stdout, before)

    def test_in_a_namespace_of_its_own(self):
        said = subprocess.run([harness.LAB_FOLDER / "desk", "-", "--no-display", "--", "ip", "-br", "link"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(said.returncode, 0, said.stderr)
        self.assertEqual([line.split()[0] for line in said.stdout.splitlines()], ["lo"])

    def test_exit_code_and_nothing_left(self):
        with harness.Lab("eap-rsa") as lab:
            said = subprocess.run([harness.LAB_FOLDER / "desk", lab.client, "--no-display", "--", "sh", "-c",
                                   "echo $HOME; sleep 300 & exit 7"], capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(said.returncode, 7, said.stderr)
            self.assertFalse(Path(said.stdout.strip()).exists())
            left = subprocess.run(["ip", "netns", "pids", lab.client], capture_output=True, text=True, check=True)
            self.assertEqual(left.stdout, "")


class Phonebook(unittest.TestCase):
    def test_every_scenario_is_listed_and_has_one(self):
        names = subprocess.run([harness.LAB_FOLDER / "lab", "list"], capture_output=True, text=True, check=True).stdout
        for name in ("eap-rsa", "psk", "eap-ecdsa", "name-mismatch", "expired-cert", "wrong-password", "silent"):
            self.assertIn(name, names)
        book = subprocess.run([harness.LAB_FOLDER / "lab", "phonebook", "psk"], capture_output=True, check=True).stdout
        self.assertEqual(book.count(b"PhoneNumber=vpn.example.test\r\n"), 2)
        self.assertIn("[上海办公室]\r\n".encode(), book)


if __name__ == "__main__":
    harness.require_lab()
    unittest.main(verbosity=2)
