#!/usr/bin/python3
"""Drives the real window the way a screen reader does: finds controls by their accessible names and presses them.
What works here works for people who cannot see the window, and shows that names and actions are right.

window_test.py TERN   (inside desk.sh)
"""
import ctypes
import os
import subprocess
import sys
import tempfile
import time
import unittest

import dbus
import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
TERN = ""


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    yield node
    for index in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(index), depth + 1)


class ClientMessage(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", ctypes.c_ulong), ("message", ctypes.c_ulong),
                ("format", ctypes.c_int), ("data", ctypes.c_long * 5), ("room", ctypes.c_long * 24)]


def close_window(window):
    """What a window manager does when its close button is clicked."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    event = ClientMessage(type=33, window=window, message=x11.XInternAtom(display, b"WM_PROTOCOLS", 0), format=32)
    event.data[0] = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x11.XSendEvent(display, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    x11.XFlush(display)
    x11.XCloseDisplay(display)


def showing(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) or states.contains(Atspi.StateType.VISIBLE)


class WindowTest(unittest.TestCase):
    def setUp(self):
        Atspi.get_desktop(0).get_child_count()  # has the registry started before the window looks for it

    def start(self, *engine, arguments=("--language", "en")):
        self.engine = subprocess.Popen([os.path.join(HERE, "fake_engine.py"), "--step", "150", *engine],
                                       stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.engine)
        self.assertEqual(self.engine.stdout.readline().strip(), "ready")
        self.tern = subprocess.Popen([TERN, *arguments], stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.tern)

    def stop(self, process):
        process.terminate()
        process.wait(10)
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.tern.pid:
                return child
        return None

    def look(self, name, role=None):
        try:
            for node in walk(self.application()):
                if node.get_name() == name and (role is None or node.get_role() == role) and showing(node):
                    return node
        except gi.repository.GLib.Error:
            pass  # something went away under our hands; the next look sees what is there now
        return None

    def find(self, name, role=None, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            node = self.look(name, role)
            if node:
                return node
            time.sleep(0.1)
        names = sorted({node.get_name() for node in walk(self.application()) if node.get_name()})
        self.fail(f"nothing shown is called {name!r}; there is {names}")

    def press(self, name, role=None):
        action = self.find(name, role).get_action_iface()
        for index in range(action.get_n_actions()):
            if action.get_action_name(index) in ("Press", "Toggle"):
                self.assertTrue(action.do_action(index))
                return
        self.fail(f"{name!r} cannot be pressed")

    def click(self, name, role=None):
        """With the mouse: the buttons of Qt's own file dialog do nothing when they are pressed otherwise."""
        at = Atspi.Component.get_extents(self.find(name, role), Atspi.CoordType.SCREEN)
        middle = str(at.x + at.width // 2), str(at.y + at.height // 2)
        subprocess.run(["xdotool", "mousemove", *middle, "click", "1"], check=True)

    def type(self, group, text):
        """By the keyboard: a password's field has the focus and takes nothing else."""
        self.find(group)
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if any(node.get_state_set().contains(Atspi.StateType.FOCUSED) for node in walk(self.find(group))):
                subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
                return
            time.sleep(0.1)
        self.fail(f"{group!r} does not have the focus")

    def find_described(self, text):
        """What a field says of what was typed is its description, so that it is read out with the field."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if any(node.get_description() == text and showing(node) for node in walk(self.application())):
                return
            time.sleep(0.1)
        self.fail(f"nothing shown is described as {text!r}")

    def find_below(self, name, x=700):
        """Rolls what lies under the mouse until the control comes up: what is out of sight is not "showing"."""
        subprocess.run(["xdotool", "mousemove", str(x), "450"], check=True)
        for _ in range(20):
            node = self.look(name)
            if node:
                return node
            subprocess.run(["xdotool", "click", "--repeat", "3", "5"], check=True)
            time.sleep(0.2)
        return self.find(name, seconds=1)

    def key(self, name):
        subprocess.run(["xdotool", "key", name], check=True)

    def test_connect_and_disconnect(self):
        self.start()
        self.press("Connect Head office")
        self.press("Disconnect Head office")
        self.find("Connect Head office")

    def test_page_follows_the_connection(self):
        self.start()
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.press("Connect", Atspi.Role.PUSH_BUTTON)
        self.find("Server address: 198.51.100.20")
        self.find("Encryption: AES-256-GCM")
        self.find("Post-quantum protection: Yes: ML-KEM-768 + PPK")
        self.press("Disconnect", Atspi.Role.PUSH_BUTTON)
        self.find("Disconnected")

    def test_wrong_password_is_asked_again(self):
        self.start("--prompt")
        self.press("Connect Head office")
        self.type("Password", "wrong")
        self.press("Sign in")
        self.find("The server did not accept that user name or password.")
        self.type("Password", "secret")
        self.press("Sign in")
        self.find("Disconnect Head office")

    def test_certificate_of_a_connection(self):
        self.start()
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.find("Choose a certificate…")
        self.edit("p0", {"certificate": "/home/alice/alice.pem", "auth": "machine-certificate"})
        self.find("File: /home/alice/alice.pem")
        self.find("Issued to: CN=alice,O=Contoso")
        self.find("Issued by: CN=Contoso clients,O=Contoso")
        self.edit("p0", {"certificate": "/home/alice/alice.txt"})
        self.find("The key file cannot be read: it is damaged, or is something else.")
        self.find_described("Choose a file with your certificate and key (.p12, .pfx or .pem), or ask your administrator for "
                            "it again. No pass phrase will help.")
        self.edit("p0", {"certificate": "/home/alice/alice.p12"})
        self.find("The file is protected with a pass phrase, which is asked when connecting.")
        self.press("Change…")
        self.find("Pass phrase of the file")
        self.find("Smart cards and tokens")
        self.press("Cancel")

    def outside(self):
        """What another program can call."""
        return dbus.Interface(dbus.SessionBus().get_object("org.ternvpn.Engine1", "/org/ternvpn/Engine1"), "org.ternvpn.Engine1")

    def edit(self, profile, changes):
        self.outside().Edit(profile, changes)

    def test_connection_removed_from_outside_gives_way_to_its_neighbour(self):
        self.start("--profiles", "3")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.find("Server: vpn.contoso.example")
        self.outside().Remove("p0")
        self.find("Why “Broken”?")  # the next in the list is the retired one
        self.press("Branch Lyon", Atspi.Role.LIST_ITEM)
        self.find("Server: lyon.contoso.example")
        self.outside().Remove("p1")
        self.find("Why “Broken”?")
        self.outside().Remove("p2")
        self.find("Import your Windows phonebook")

    def test_removed_connection_that_was_searched_for_leaves_a_word(self):
        self.start()
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.click("Search 7 connections")
        self.type("Search 7 connections", "Head office")
        self.edit("p2", {"name": "Elsewhere"})
        self.outside().Remove("p0")
        self.find("Nothing matches “Head office”")
        self.find("Choose a connection from the list.")
        self.press("Show all")
        self.find("Server: a-very-long-host-name.in-a-very-long.domain.contoso.example")

    def test_use_of_tcp_is_shown_and_offered(self):
        self.start()
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.edit("p0", {"tcp": "always"})
        self.find("IKEv2 over TCP: Always")
        self.press("Edit")
        self.press("Advanced")
        self.find("IKEv2 over TCP", Atspi.Role.COMBO_BOX)
        self.press("Cancel")

    def test_facts_and_settings_of_sstp(self):
        self.start("--sstp", "--proxy", "http://proxy.contoso.example:3128")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.edit("p0", {"port": dbus.UInt16(8443), "sni": "off"})
        self.find("Port of SSTP: 8443")
        self.find("Called by the name: None")
        self.press("Edit")
        self.press("Advanced")
        self.find("Port of SSTP")
        self.press("Cancel")
        self.press("Connect Head office")
        self.find("Bound to the certificate: Yes, by SHA-256")
        self.find("Through the proxy: http://proxy.contoso.example:3128")
        self.find("Encryption: TLS 1.3, TLS_AES_256_GCM_SHA384")

    def test_pin_of_a_token(self):
        self.start("--prompt", "--kind", "pin")
        self.press("Connect Head office")
        self.type("PIN", "secret")
        self.press("Sign in")
        self.find("Disconnect Head office")

    def test_code_is_asked_for_with_the_servers_words(self):
        self.start("--prompt", "--kind", "code")
        self.press("Connect Head office")
        self.find("Enter the 6 digits that your token shows.")
        self.type("Code or answer", "secret")
        self.press("Sign in")
        self.find("Disconnect Head office")

    def test_proxy_asks_for_a_login_of_its_own(self):
        self.start("--sstp", "--prompt", "--kind", "proxy", "--proxy", "http://proxy.contoso.example:3128")
        self.press("Connect Head office")
        self.find("Sign in to the proxy for “Head office”")
        self.find("The proxy http://proxy.contoso.example:3128 on the way to the server wants to know who you are. Often it is "
                  "the name and the password you log in with at work.")
        self.type("Password", "secret")
        self.press("Sign in")
        self.find("Disconnect Head office")

    def test_new_password_is_typed_twice(self):
        self.start("--prompt", "--kind", "new-password")
        self.press("Connect Head office")
        self.find("Your password has expired.")
        self.type("New password", "secret")
        self.key("Return")
        self.type("New password, once more", "secrex")
        self.find_described("The two are not the same.")
        self.key("BackSpace")
        self.type("New password, once more", "t")
        self.press("Change password")
        self.find("Disconnect Head office")

    def test_waiting_for_another_device_is_said(self):
        self.start("--confirm")
        self.press("Connect Head office")
        self.find("Waiting for your confirmation on another device…")

    def test_prompt_can_be_cancelled(self):
        self.start("--prompt", "--no-keyring")
        self.press("Connect Head office")
        self.press("Remember this password")
        self.assertFalse(self.find("Remember this password").get_state_set().contains(Atspi.StateType.CHECKED))
        self.find("This computer has no keyring to keep it safe, so Tern asks each time.")
        self.press("Cancel")
        self.find("Connect Head office")

    def open_migration(self, *engine, name="Old head office"):
        self.start(*engine)
        self.press(f"What can I do about {name}?")
        self.find("Step 1 of 4: Check")

    def test_retired_connection_is_replaced(self):
        self.open_migration("--step", "1200")
        self.find("“Old head office” uses PPTP, which is not safe any more")
        self.press("Check the server")
        self.find("Asking the server what it offers…")
        self.find("Step 2 of 4: Plan")
        self.find("The server offers both secure ways, IKEv2 and SSTP.")
        self.find("PPTP is not used any more.")
        self.press("Details")
        self.find("What the server answered")
        self.find_below("Password: as before, sent only through a protected connection")
        self.press("Try it")
        self.find("Step 3 of 4: Try")
        self.find("Contacting the server…")
        self.find("Step 4 of 4: Done")
        self.find("“Old head office” is safe now")
        self.press("Close")
        self.find("Disconnect Old head office")

    def test_migration_by_keyboard_alone_and_undone(self):
        self.open_migration()
        self.key("Return")  # the button that leads on has the focus, at every step
        self.find("Step 2 of 4: Plan")
        for key in ("Tab", "Tab", "Return"):  # past the letter, to the way back
            self.key(key)
        self.find("Step 1 of 4: Check")
        self.key("Return")
        self.find("Step 2 of 4: Plan")
        self.key("Return")
        self.find("Step 4 of 4: Done")
        self.press("Bring the old settings back")
        self.find("What can I do about Old head office?")

    def test_trial_that_fails_leaves_all_as_it_was(self):
        self.open_migration("--trial", "tern.test.silent")
        self.press("Check the server")
        self.press("Try it")
        self.find("The server did not answer.")
        self.find("Nothing was changed: your connection is as it was before. Try again, go back to change the plan, "
                  "or write to the administrator.")
        self.press("Back")
        self.find("Step 2 of 4: Plan")
        self.press("Try it")
        self.find("Step 4 of 4: Done")

    def test_trial_can_be_cancelled(self):
        self.open_migration("--step", "600")
        self.press("Check the server")
        self.press("Try it")
        self.press("Cancel the trial")
        self.find("Step 2 of 4: Plan")
        self.press("Close")
        self.find("What can I do about Old head office?")

    def test_server_that_is_not_ready_gets_a_letter(self):
        self.open_migration("--offers", "retired")
        self.press("Check the server")
        self.find("The server pptp.contoso.example offers only what is being retired.")
        self.press("Write to the administrator…")
        self.find("Subject: VPN at pptp.contoso.example: please enable SSTP or IKEv2")
        self.find("To: it@contoso.example")
        self.press("Copy the letter")
        self.find("Copied")
        self.press("Back")
        self.find("Step 2 of 4: Plan")
        self.press("Close")

    def test_findings_have_a_source_and_the_grade_a_reason(self):
        self.start("--replaced")
        self.press("Old head office", Atspi.Role.LIST_ITEM)
        self.find("Why “Broken”?")
        self.find("A connection is as good as its worst point. 2 points below make it “Broken”.")
        self.find("Once that is dealt with, it would be “Retired”.")
        self.find("Your organisation has a new server for this connection: vpn.contoso.example")
        self.find("Whom to ask: IT help desk, phone 4711")
        sentence = ("Whoever records one sign-in by PPTP can work out the password (MS-CHAP) and then read everything that "
                    "was sent.")
        self.find(sentence, Atspi.Role.ALERT)
        source = "Source: Marlinspike, Hulton, Ray: MS-CHAPv2, DEF CON 20, 2012\ntern.legacy.pptp-password"
        self.assertIsNone(self.look(source))
        self.find_below("Details of: " + sentence)
        self.press("Details of: " + sentence)
        self.find_below(source)

    def test_flagged_l2tp_counts_down_and_is_acknowledged(self):
        self.start("--flag-l2tp")
        self.press("Warehouse", Atspi.Role.LIST_ITEM)
        self.find("Contoso allows this until Thursday, December 31, 2026: 36 days left")
        self.find_described("L2TP, Retired, 36 days left, 203.0.113.17 · alice")
        self.press("Connect Warehouse")
        self.find("“Warehouse” is not safe")
        self.press("Cancel")
        self.find("Connect Warehouse")
        self.press("Connect Warehouse")
        self.press("I know, connect")
        self.find("Disconnect Warehouse")

    def test_mistake_in_the_policy_is_told(self):
        self.start("--bad-policy")
        self.find("The policy of this computer, /etc/tern/policy.d/10-contoso.toml, has a setting in line 7 that Tern does "
                  "not know: l2tp.modus.")
        self.find_described("Show this to whoever looks after this computer. Until it is mended Tern connects nothing, "
                            "because it cannot know what is forbidden. 1 more mistake is in the log.")

    def test_weak_server_needs_consent(self):
        self.open_migration("--offers", "weak", name="Warehouse")
        self.press("Check the server")
        self.find("The shared key of L2TP is not used again.")
        self.assertEqual(self.find("Try it").get_description(), "Not available now")
        self.press("Allow outdated encryption for this connection")
        end = time.monotonic() + 10
        while self.find("Try it").get_description() != "":
            self.assertLess(time.monotonic(), end, "the trial stays barred")
            time.sleep(0.1)

    def test_silent_server_is_asked_again(self):
        self.open_migration("--offers", "nothing", "--step", "1500")
        self.press("Check the server")
        self.find("No VPN answers at pptp.contoso.example.")
        self.press("Check again")
        self.find("Asking the server what it offers…")
        self.find("Check again")

    def test_connection_is_exported(self):
        target = os.path.join(os.environ["HOME"], "Documents", "Head office.mobileconfig")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        self.start()
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.press("Export…")
        self.find("Export “Head office”")
        self.press("Android with strongSwan (.sswan)")
        self.press("Save…")
        self.find("A .sswan file cannot hold a connection that signs in this way.")
        self.find_described("Choose another format for the export.")
        self.press("iPhone, iPad, Mac (.mobileconfig)")
        self.press("Save…")
        self.click("Save", Atspi.Role.PUSH_BUTTON)
        self.find("Saved as “Head office.mobileconfig”")
        self.find("•  A .mobileconfig file has no place for pinned keys.")
        with open(target, "rb") as file:
            self.assertEqual(file.read(), b"exported mobileconfig")
        self.press("Done")

    def test_failure_is_told_in_words(self):
        self.start("--fail", "tern.test.silent")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.press("Connect", Atspi.Role.PUSH_BUTTON)
        self.find("The server did not answer.")
        self.press("Details")
        self.press("Try again")

    def test_certificate_of_a_connected_server(self):
        self.start("--connected", "--revocation", "unchecked")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.find("Server certificate: Verified; whether it was revoked could not be checked")
        self.find_below("Server certificate…")
        self.press("Server certificate…")
        self.find("The server has proven that it is vpn.contoso.example.")
        self.find("Issued to: O=Contoso,CN=vpn.contoso.example")
        self.press("Contoso Issuing CA 3")
        self.find("Issued to: O=Contoso,CN=Contoso Issuing CA 3")
        self.find_below("Trust only this server's key", 500)
        self.press("Trust only this server's key")
        self.find("Only these keys: sha256:" + "14" * 32)
        self.find_below("Remove the pins", 500)
        self.press("Remove the pins")
        self.press("Close")

    def test_refused_certificate_is_trusted_after_a_look(self):
        self.start("--fail", "tern.crypto.cert.self-signed")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.press("Connect", Atspi.Role.PUSH_BUTTON)
        self.press("Certificate…")
        self.find("SHA-256 fingerprint: " + ":".join(["0A"] * 32))
        self.find("Nobody this computer knows vouches for this server.")
        trust = self.find("Trust this certificate for this connection")
        self.assertEqual(trust.get_description(), "Not available now")
        self.find_below("I have compared the SHA-256 fingerprint, and it is right", 500)
        self.press("I have compared the SHA-256 fingerprint, and it is right")
        self.press("Trust this certificate for this connection")
        self.find_below("Server certificate…")
        self.press("Server certificate…")
        self.find_below("Only these keys: sha256:" + "14" * 32, 500)

    def ask_the_server(self, offers):
        self.start("--offers", offers, "--step", "600")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.find_below("Check what the server offers…")
        self.press("Check what the server offers…")
        self.find("What vpn.contoso.example offers")

    def test_what_the_server_offers_is_shown(self):
        self.ask_the_server("both")
        self.find("IKEv2: ready")
        self.find("SSTP: ready")
        self.find("PPTP: not offered")
        self.find("L2TP: no answer")
        self.find("The ways from your computer to vpn.contoso.example")
        self.find("vpn.contoso.example offers IKEv2 and SSTP.")
        self.press("Show the details")
        self.find_below("Encryption (IKEv2): AES-256-GCM / PRF-HMAC-SHA2-256 / ECP-256", 500)
        self.press("Close")
        self.find("Check what the server offers…")

    def test_what_is_retired_is_no_good_news(self):
        self.ask_the_server("retired")
        self.find("PPTP: answers, unsafe")
        self.find("vpn.contoso.example offers only PPTP or L2TP, which are no longer safe.")
        self.press("Check again")
        self.find("IKEv2: being asked")
        self.find("L2TP: answers, unsafe")

    def test_server_that_cannot_be_asked(self):
        self.ask_the_server("error")
        self.find("No network leads to vpn.contoso.example.")
        self.find_described("Check that the computer is online, and try again.")
        self.press("Check again")

    def test_file_given_is_imported_after_a_question(self):
        with tempfile.NamedTemporaryFile(suffix=".pbk", mode="w") as file:
            file.write("[Head office]\n")
            file.flush()
            self.start("--empty", arguments=("--language", "en", file.name))
            self.find("Import your Windows phonebook")
            self.press("Import")
            self.find(f"7 connections imported from “{os.path.basename(file.name)}”")
            self.find("3 of 7 use a retired protocol")
            self.find("1 left out")

    def import_with_secrets(self, secrets):
        with tempfile.NamedTemporaryFile(suffix=".mobileconfig", mode="w") as file:
            file.write("[Head office]\n")
            file.flush()
            self.start("--empty", "--secrets", secrets, arguments=("--language", "en", file.name))
            self.press("Import")
            return os.path.basename(file.name)

    def test_file_that_still_holds_passwords(self):
        name = self.import_with_secrets("kept")
        self.find(f"“{name}” still holds the passwords or keys of 2 connections")

    def test_passwords_that_the_keyring_did_not_take(self):
        name = self.import_with_secrets("not-kept")
        self.find("The passwords or keys of 2 connections could not be put into your keyring")
        self.find_described(f"Enter them when you connect. Whoever opens “{name}” can read them: delete it, or keep it away from others.")

    def test_bad_file_is_refused_in_words(self):
        with tempfile.NamedTemporaryFile(suffix=".pbk", mode="w") as file:
            file.write("nothing of the kind")
            file.flush()
            self.start("--empty", arguments=("--language", "en", file.name))
            self.press("Import")
            name = os.path.basename(file.name)
            self.find(f"“{name}” could not be imported")
            self.find(f"{name} is not a Windows phonebook: line 1 should be the name of a connection in square brackets.")
            self.find_described("Choose the Windows phonebook, rasphone.pbk, or ask your administrator for it.")

    def test_second_start_hands_over(self):
        self.start()
        self.find("Connect Head office")
        with tempfile.NamedTemporaryFile(suffix=".pbk") as file:
            second = subprocess.run([TERN, file.name], timeout=20, check=False)
            self.assertEqual(second.returncode, 0)
            self.find(f"Import “{os.path.basename(file.name)}”?")

    def test_engine_that_goes_and_comes_back(self):
        self.start()
        self.find("Connect Head office")
        self.stop(self.engine)
        self.find("Tern's background service is not running.")
        self.engine = subprocess.Popen([os.path.join(HERE, "fake_engine.py"), "--connected"], stdout=subprocess.PIPE,
                                       text=True)
        self.addCleanup(self.stop, self.engine)
        self.find("Disconnect Head office")
        self.assertIsNone(self.look("Tern's background service is not running."))

    def test_language_and_settings(self):
        self.start(arguments=("--language", "zh_CN"))
        self.press("菜单")
        self.press("设置")
        self.find("外观")

    def test_closing_without_a_tray_ends_the_program(self):
        self.start()
        self.find("Connect Head office")
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Tern$"], capture_output=True,
                                text=True, check=True).stdout.split()[0]
        close_window(int(window))
        self.assertEqual(self.tern.wait(10), 0)

    def start_tray(self):
        self.tray = subprocess.Popen([os.path.join(HERE, "fake_tray.py")], stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.tray)
        self.assertEqual(self.tray.stdout.readline().strip(), "ready")

    def tray_object(self, path):
        bus = dbus.SessionBus()
        watcher = bus.get_object("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
        items = watcher.Get("org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems",
                            dbus_interface="org.freedesktop.DBus.Properties")
        return bus.get_object(items[0], path)

    def tray_icon(self):
        """(the drawing, the title of the tool tip)"""
        values = self.tray_object("/StatusNotifierItem").GetAll("org.kde.StatusNotifierItem",
                                                                dbus_interface="org.freedesktop.DBus.Properties")
        return bytes(values["IconPixmap"][0][2]), str(values["ToolTip"][2])

    def tray_menu(self):
        """{label: id} of the menu and the menus in it"""
        menu = dbus.Interface(self.tray_object("/MenuBar"), "com.canonical.dbusmenu")
        menu.AboutToShow(0)
        _, layout = menu.GetLayout(0, -1, ["label"])
        found = {}
        todo = [layout]
        while todo:
            number, properties, children = todo.pop()
            found[str(properties.get("label", ""))] = number
            todo += children
        return menu, found

    def choose_in_tray(self, label):
        menu, entries = self.tray_menu()
        self.assertIn(label, entries)
        menu.Event(entries[label], "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))

    def wait_for_tool_tip(self, text):
        end = time.monotonic() + 10
        while time.monotonic() < end and not self.tray_icon()[1].startswith(text):
            time.sleep(0.1)
        self.assertTrue(self.tray_icon()[1].startswith(text), self.tray_icon()[1])
        return self.tray_icon()[0]

    def test_tray_shows_states_and_connects(self):
        self.start_tray()
        self.start("--step", "700")
        self.find("Connect Head office")
        drawings = [self.wait_for_tool_tip("Not connected")]
        self.choose_in_tray("Head office")
        drawings.append(self.wait_for_tool_tip("Connecting to Head office"))
        drawings.append(self.wait_for_tool_tip("Connected to Head office"))
        self.assertEqual(len(set(drawings)), 3)
        self.choose_in_tray("Disconnect")
        self.wait_for_tool_tip("Not connected")

    def test_tray_warns_of_a_failure(self):
        self.start_tray()
        self.start("--fail", "tern.test.silent")
        self.find("Connect Head office")
        calm = self.wait_for_tool_tip("Not connected")
        self.choose_in_tray("Head office")
        self.assertNotEqual(self.wait_for_tool_tip("Head office is not connected"), calm)

    def test_closed_window_comes_back_from_the_tray(self):
        self.start_tray()
        self.start()
        self.find("Connect Head office")
        search = ["xdotool", "search", "--onlyvisible", "--name", "^Tern$"]
        window = subprocess.run(search, capture_output=True, text=True, check=True).stdout.split()[0]
        close_window(int(window))
        time.sleep(1)
        self.assertIsNone(self.tern.poll())
        self.assertEqual(subprocess.run(search, capture_output=True, text=True, check=False).stdout, "")
        self.choose_in_tray("Open Tern")
        subprocess.run(["timeout", "10", *search[:2], "--sync", *search[2:]], check=True)
        self.choose_in_tray("Quit")
        self.assertEqual(self.tern.wait(10), 0)

    def test_nothing_is_complained_about(self):
        self.start("--connected")
        for page in ("Log", "Settings", "About Tern"):
            self.press("Menu")
            self.press(page)
        self.press("Close")
        self.tern.terminate()
        complaints = [line for line in self.tern.stderr.read().splitlines() if "qrc:" in line or "QQml" in line]
        self.assertEqual(complaints, [])


if __name__ == "__main__":
    TERN = sys.argv.pop(1)
    unittest.main(verbosity=2)
