"""Files that are given to the window."""
import os
import subprocess
import tempfile

import window_desk


class Imports:
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
            second = subprocess.run([window_desk.TERN, file.name], timeout=20, check=False)
            self.assertEqual(second.returncode, 0)
            self.find(f"Import “{os.path.basename(file.name)}”?")
