"""What is retired: findings, policy, and the way to something better."""
import time

from window_desk import Atspi


class Migrations:
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
