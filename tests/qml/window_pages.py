"""The page of a connection, its settings, and what becomes of it."""
import os

import dbus

from window_desk import Atspi


class Pages:
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
