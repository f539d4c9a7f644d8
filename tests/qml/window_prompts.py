"""Connecting, and what is asked meanwhile."""
from window_desk import Atspi


class Prompts:
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

    def test_failure_is_told_in_words(self):
        self.start("--fail", "tern.test.silent")
        self.press("Head office", Atspi.Role.LIST_ITEM)
        self.press("Connect", Atspi.Role.PUSH_BUTTON)
        self.find("The server did not answer.")
        self.press("Details")
        self.press("Try again")
