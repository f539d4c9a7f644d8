"""What servers show and offer."""
from window_desk import Atspi


class Servers:
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
