"""What the stand-in for ternd has for a migration: a plan, a trial under an id of its own, the way back, the letter."""
import dbus
import dbus.service
from gi.repository import GLib

from fake_errors import NAME
from fake_samples import variant_list


def line(code, *args, **more):
    """A line of a plan; the window has its words in its own catalogue."""
    return dbus.Dictionary({"code": "tern.migrate." + code, "sentence": code, "remedy": "", "detail": "",
                            "args": dbus.Array(list(args), signature="s"), **more}, signature="sv")


# What is offered: verdict, protocol, reason, the grade then.
PLANS = {"both": ("ready", "automatic", "use.both", "good"), "weak": ("questions", "ikev2", "use.weak", "weak"),
         "retired": ("not-ready", "", "not.only-retired", ""), "nothing": ("silent", "", "not.silent", ""),
         "repair": ("not-ready", "", "not.repair", "")}
LETTER = """Hello,

my VPN connection to the server uses PPTP. It is no longer considered safe.

== How to do it on Windows Server (Routing and Remote Access) ==

    Set-VpnServerConfiguration -CustomPolicy -EncryptionMethod AES256
"""


class Migrations(dbus.service.Object):
    """Of the engine: `profiles`, `status`, `old` (what was migrated, by the new id), `options` and `probed` are its own."""

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="a{sv}")
    def PlanMigration(self, name, options):
        profile = self.profiles[name]
        offers = self.options.offers if self.probed else ""
        verdict, protocol, reason, grade = PLANS.get(offers, ("ready", "automatic", "use.unchecked", "good"))
        server = options.get("server", profile["server"])
        questions = [line("ask.server", server, answer="server", required=False, proposed=server)]
        if protocol:
            questions.append(line("ask.name-form", profile["username"], answer="username", required=False,
                                  proposed=options.get("username", profile["username"])))
            questions.append(line("ask.authority-maybe", answer="authority", required=False, proposed=""))
        if offers == "weak":
            questions.append(line("ask.allow-weak", answer="allow-weak", required=not options.get("allow-weak"), proposed=""))
        if verdict == "questions" and not any(each["required"] for each in questions):
            verdict = "ready"
        dropped = [line("drop.protocol", profile["protocol"].upper())] if protocol else []
        if profile["protocol"] == "l2tp" and protocol:
            dropped.append(line("drop.shared-key"))
        kept = [line("keep.server", server), line("keep.username", profile["username"]), line("keep.password"),
                line("keep.full-tunnel")] if protocol else []
        return {"id": name, "name": profile["name"], "server": server, "verdict": verdict, "from": profile["protocol"],
                "protocol": protocol, "checked": self.probed, "reason": line(reason, server), "kept": variant_list(kept),
                "dropped": variant_list(dropped), "questions": variant_list(questions), "grade-before": profile["grade"],
                "grade-after": grade}

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="s")
    def Migrate(self, name, options):
        profile, new = self.profiles[name], name + "-new"
        self.old[new] = profile
        self.profiles[new] = {**profile, "id": new, "protocol": "ikev2", "can-connect": True, "grade": "good",
                              "findings": variant_list([]), "migrated": True, "hidden": True}
        told = {"id": name, "new-id": new, "name": profile["name"]}
        self.MigrationChanged({**told, "state": "trying"})
        self.change(new, "connecting", stage="contacting")
        GLib.timeout_add(self.options.step * 6, self.end_trial, name, new, told)
        return new

    def end_trial(self, name, new, told):
        code, self.options.trial = self.options.trial, ""
        if new not in self.profiles or not self.status.get(new):
            error = line("cancelled")
        elif code:
            error = dbus.Dictionary({"code": code, "sentence": "The server did not answer.", "detail": "no response",
                                     "remedy": "Check that you are online, then try again."}, signature="sv")
        else:
            del self.profiles[new]["hidden"]
            del self.profiles[name]
            self.reach(new)
            self.ProfilesChanged()
            self.MigrationChanged({**told, "state": "done"})
            return False
        self.profiles.get(new) and self.change(new, "disconnected")
        self.profiles.pop(new, None)
        self.MigrationChanged({**told, "state": "failed", "error": error})
        return False

    @dbus.service.method(NAME, in_signature="s", out_signature="s")
    def UndoMigration(self, new):
        old = self.old.pop(str(new))
        del self.profiles[new]
        self.profiles[old["id"]] = old
        self.ProfilesChanged()
        return old["id"]

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="a{sv}")
    def Letter(self, name, options):
        title = f"VPN at {self.profiles[name]['server']}: please enable SSTP or IKEv2"
        return {"title": title, "text": LETTER, "markdown": "# " + title, "html": "<h1>" + title, "to": "it@contoso.example",
                "mailto": "mailto:it@contoso.example"}

    @dbus.service.signal(NAME, signature="a{sv}")
    def MigrationChanged(self, migration):
        pass
