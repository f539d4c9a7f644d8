#!/usr/bin/python3
"""A stand-in for ternd on the session bus, for tests and screenshots of the window: org.ternvpn.Engine1 with a fixed
phonebook, connections that come up after a moment, and a choice of things that go wrong.

fake_engine.py [--profiles N] [--empty] [--no-keyring] [--prompt] [--fail CODE] [--step MS] [--connected]
               [--revocation WORD] [--flag-l2tp] [--replaced] [--bad-policy] [--offers NAME]
  --prompt     connecting asks for the password, which is "secret"
  --kind KIND  what it asks for instead: "code", "new-password", "proxy" (the login of --proxy)
  --confirm    signing in takes long: the person has to confirm elsewhere
  --fail CODE  connecting ends with this error
  --flag-l2tp  the policy allows L2TP for a while yet
  --replaced   the policy has a new server for the PPTP ones
  --bad-policy the policy has mistakes
  --sstp       the first connection is one by SSTP; by --proxy ADDRESS through that
  --args WORD… what that error is about
  --offers N   what a server that is asked offers: a name of fake_offers.py, or "error"
  --step MS    how long each stage takes (default 300)
  --trial CODE  the trial of new settings ends with this error, once
  --secrets WORD  what an imported file holds passwords of: "kept" in the keyring now, or "not-kept"
  --long N     every connection and server has N letters in its name
"""
import argparse
import os
import time

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

from fake_errors import NAME, Refusal
from fake_migration import Migrations
from fake_offers import OFFERS, offers
from fake_samples import FINDINGS, GRADES, SAMPLES, SOURCES, certificate, variant_list

PATH = "/org/ternvpn/Engine1"


class Engine(Migrations):
    def __init__(self, bus, options):
        super().__init__(bus, PATH)
        self.options = options
        self.profiles = {}
        self.status = {}
        self.entries = []
        self.prompts = {}
        self.next_prompt = 1
        self.probed = False
        self.old = {}
        if not options.empty:
            for index in range(options.profiles):
                self.add(index)
        if options.connected:
            self.reach(next(iter(self.profiles)))
        GLib.timeout_add(500, self.tick)

    def add(self, index):
        name, protocol, server, user = SAMPLES[index % len(SAMPLES)]
        if index >= len(SAMPLES):
            name = f"{name[:30]} {index}"
        if self.options.long:
            name = (name + " of the department " * 20)[:self.options.long]
            server = ("a-server-with-a-long-name." * 20)[:self.options.long - len(server) - 1].strip(".") + "." + server
        if self.options.sstp and index == 0:
            protocol = "sstp"
        key = f"p{index}"
        findings = [dict(code=c, severity=s, sentence=t, remedy=r, source=SOURCES.get(c, "RFC 9395"))
                    for c, s, t, r in FINDINGS.get(protocol, [])]
        grade = GRADES.get(protocol, "good")
        flagged = protocol == "l2tp" and self.options.flag_l2tp
        self.profiles[key] = {
            "id": key, "name": name, "protocol": protocol, "server": server, "username": user,
            "auth": "psk" if protocol == "l2tp" else "eap-mschapv2",
            "can-connect": flagged or protocol in ("ikev2", "sstp", "automatic"), "origin": "rasphone.pbk", "folder": "",
            "post-quantum": "automatic", "post-quantum-available": index != 1,
            "has-password": index == 1, "remember-password": True, "full-tunnel": True,
            "findings": variant_list(findings), "grade": grade,
            "grade-because": dbus.Array([f["code"] for f in findings if f["severity"] == grade], signature="s"),
            "grade-next": "retired" if protocol == "pptp" else "good",
        }
        if flagged:
            self.profiles[key] |= {"needs-acknowledgement": True, "allowed-until": "2026-12-31", "days-left": dbus.Int32(36)}
        if self.options.bad_policy:
            refusal = {"code": "tern.policy.unusable", "sentence": "The policy has a mistake.", "remedy": "", "detail": "",
                       "args": dbus.Array(["/etc/tern/policy.d/10-contoso.toml"], signature="s")}
            self.profiles[key] |= {"can-connect": False, "refusal": dbus.Dictionary(refusal, signature="sv", variant_level=1)}
        if self.options.replaced and protocol == "pptp":
            self.profiles[key] |= {"replacement-host": "vpn.contoso.example", "replacement-protocol": "ikev2"}
        return key

    def tick(self):
        for status in self.status.values():
            if status.get("state") == "connected":
                t = time.time()
                status["received"] = dbus.UInt64(int(status["received"]) + int(400_000 + 350_000 * abs((t % 20) - 10) / 10))
                status["sent"] = dbus.UInt64(int(status["sent"]) + int(60_000 + 50_000 * abs((t % 14) - 7) / 7))
        return True

    def log(self, text, key="", level="info", code=""):
        entry = {"time": dbus.Int64(time.time() * 1000), "level": level,
                 "profile": self.profiles[key]["name"] if key else "", "text": text, "code": code}
        self.entries.append(entry)
        self.Logged(entry)

    def change(self, key, state, **more):
        profile = self.profiles[key]
        status = {"id": key, "name": profile["name"], "state": state, "since": dbus.Int64(time.time() * 1000), **more}
        if state == "disconnected":
            self.status.pop(key, None)
        else:
            self.status[key] = status
        self.StatusChanged(status)
        return status

    def reach(self, key):
        if self.profiles[key]["protocol"] == "sstp":
            return self.reach_by_sstp(key)
        self.change(key, "connected", server="198.51.100.20", protocol="ikev2", cipher="AES-256-GCM",
                    interface="tern0", addresses=dbus.Array(["10.10.3.4/32"], signature="s"),
                     dns=dbus.Array(["10.10.0.53"], signature="s"), certificate=self.options.revocation,
                     nbns=dbus.Array(["10.10.0.54"], signature="s"),
                     domains=dbus.Array(["corp.example.test", "lab.example.test"], signature="s"),
                     routes=dbus.Array(["10.10.0.0/16", "172.29.9.0/24"], signature="s"),
                     **{"post-quantum": "ML-KEM-768 + PPK"}, transport="tcp", port=dbus.UInt32(443), mtu=dbus.UInt32(1338),
                    received=dbus.UInt64(0), sent=dbus.UInt64(0))
        self.log("Connected to 198.51.100.20 with AES-256-GCM", key)

    def reach_by_sstp(self, key):
        self.change(key, "connected", server="198.51.100.20", protocol="sstp", cipher="TLS 1.3, TLS_AES_256_GCM_SHA384",
                    binding="SHA-256", proxy=self.options.proxy, interface="tern0", certificate=self.options.revocation,
                    addresses=dbus.Array(["10.10.3.4"], signature="s"), dns=dbus.Array(["10.10.0.53"], signature="s"),
                    domains=dbus.Array(["corp.example.test"], signature="s"),
                    routes=dbus.Array(["0.0.0.0/0"], signature="s"), transport="tcp", port=dbus.UInt32(443),
                    mtu=dbus.UInt32(1400), received=dbus.UInt64(0), sent=dbus.UInt64(0), **{"post-quantum": ""})
        self.log("Connected to 198.51.100.20 by SSTP", key)

    def fail(self, key, code):
        error = {"code": code, "sentence": "The server did not answer.",
                 "remedy": "Check that you are online, then try again.", "detail": "5 requests in 12 s, no response"}
        more = {}
        if code.startswith("tern.crypto.cert."):
            error |= {"sentence": "The server's certificate is signed by the server itself: nobody vouches for it.",
                      "remedy": "Compare its fingerprint with the one your administrator tells you.",
                      "detail": "self-signed certificate", "args": dbus.Array(["CN=vpn.contoso.example"], signature="s")}
            more = {"certificate": ""}
        if self.options.args:
            error["args"] = dbus.Array(self.options.args, signature="s")
        self.change(key, "failed", error=dbus.Dictionary(error, signature="sv", variant_level=1), **more)
        self.log("No answer from the server", key, "error", code)

    def step(self, key, stages):
        if self.status.get(key, {}).get("state") != "connecting":
            return False
        if not stages:
            self.fail(key, self.options.fail) if self.options.fail else self.reach(key)
            return False
        stage, rest = stages[0], stages[1:]
        self.change(key, "connecting", stage=stage)
        if stage == "authenticating" and self.options.confirm:
            self.change(key, "connecting", stage="confirming")
            return False
        if stage == "authenticating" and self.options.prompt:
            self.ask(key, rest, False)
            return False
        GLib.timeout_add(self.options.step, self.step, key, rest)
        return False

    def ask(self, key, rest, retry):
        number, self.next_prompt = self.next_prompt, self.next_prompt + 1
        profile = self.profiles[key]
        self.prompts[number] = (key, rest)
        self.Prompted({"prompt": dbus.UInt64(number), "id": key, "name": profile["name"],
                       "kind": self.options.kind or ("password" if profile["username"] else "credentials"),
                       "server": self.options.proxy if self.options.kind == "proxy" else profile["server"], "username": profile["username"],
                       "text": "Enter the 6 digits that your token shows." if self.options.kind == "code" else "",
                       "can-remember": not self.options.no_keyring, "retry": retry})

    @dbus.service.method(NAME, in_signature="hsa{sv}", out_signature="a{sv}")
    def Import(self, file, name, options):
        with os.fdopen(file.take(), "rb") as opened:
            text = opened.read().decode("utf-8", "replace")
        if "[" not in text:
            raise Refusal("tern.formats.not-phonebook", name, "1")
        added = [self.add(len(self.profiles)) for _ in range(7)]
        self.log(f"Imported {len(added)} connections from {name}")
        self.ProfilesChanged()
        problem = {"code": "tern.formats.pbk.entry", "sentence": "The entry has no server.",
                   "remedy": "Enter the server in Windows and copy the file again.", "detail": "PhoneNumber is empty",
                   "line": dbus.UInt32(212), "entry": "Dial-up", "skipped": True}
        problems = [problem]
        for key in added[2:4] if self.options.secrets else []:
            problems.append({"code": "tern.engine.secret-" + self.options.secrets, "sentence": "", "remedy": "", "detail": "",
                             "args": dbus.Array([self.profiles[key]["name"], name], signature="s"), "line": dbus.UInt32(1),
                             "entry": self.profiles[key]["name"]})
        return {"added": dbus.UInt32(len(added)), "skipped": dbus.UInt32(1),
                "profiles": variant_list([self.profiles[key] for key in added]), "problems": variant_list(problems)}

    @dbus.service.method(NAME, out_signature="aa{sv}")
    def List(self):
        return dbus.Array([self.summary(key) for key in self.profiles if "hidden" not in self.profiles[key]],
                          signature="a{sv}")

    def summary(self, key):
        return {k: v for k, v in self.profiles[key].items() if k != "trust"}

    @dbus.service.method(NAME, in_signature="s", out_signature="a{sv}")
    def Show(self, name):
        if name not in self.profiles:
            raise Refusal("tern.engine.not-found", name)
        return {**self.summary(name), "routes": dbus.Array(["10.10.0.0/16"], signature="s"), "domain": ""}

    @staticmethod
    def certificate(name):
        return {"subject": f"CN={name},O=Contoso", "issuer": "CN=Contoso clients,O=Contoso",
                "begins": dbus.Int64(1_700_000_000_000), "expires": dbus.Int64(4_000_000_000_000), "key": "RSA 2048",
                "names": dbus.Array([f"{name}@contoso.example"], signature="s")}

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="a{sv}")
    def LookAtCertificate(self, source, options):
        if source.endswith(".p12") and "secret" not in options:
            raise Refusal("tern.crypto.key.passphrase-needed")
        if source.endswith(".txt"):
            raise Refusal("tern.crypto.key.unreadable")
        return self.certificate("alice")

    @dbus.service.method(NAME, out_signature="aa{sv}")
    def TokenCertificates(self):
        return [{**self.certificate("alice"), "uri": "pkcs11:token=Badge;object=alice", "token": "Badge", "label": "alice"}]

    @dbus.service.method(NAME, in_signature="sa{sv}")
    def Edit(self, key, changes):
        trust = {"ca", "pin", "revocation", "server-name"}
        self.profiles[key].setdefault("trust", {}).update({k: v for k, v in changes.items() if k in trust})
        self.profiles[key].update({k: v for k, v in changes.items() if k not in trust})
        self.ProfilesChanged()

    @dbus.service.method(NAME, in_signature="ssa{sv}", out_signature="a{sv}")
    def Export(self, name, format, options):
        if format == "sswan":
            raise Refusal("tern.formats.export.sign-in", ".sswan")
        note = {"code": "tern.formats.export.left-out.pins", "sentence": "No place for pinned keys.", "remedy": "",
                "detail": "", "args": dbus.Array([".mobileconfig"], signature="s")}
        return {"name": self.profiles[name]["name"] + "." + format, "content": dbus.ByteArray(b"exported " + format.encode()),
                "notes": variant_list([note] if format == "mobileconfig" else [])}

    @dbus.service.method(NAME, in_signature="s")
    def Remove(self, key):
        if self.status.get(key, {}).get("state") == "connected":
            raise Refusal("tern.engine.in-use", self.profiles[key]["name"])
        del self.profiles[key]
        self.status.pop(key, None)
        self.ProfilesChanged()

    @dbus.service.method(NAME, in_signature="s")
    def ForgetPassword(self, key):
        self.profiles[key]["has-password"] = False
        self.ProfilesChanged()

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="s")
    def Connect(self, name, options):
        profile = self.profiles[name]
        if profile.get("needs-acknowledgement") and not options.get("acknowledge-l2tp"):
            raise Refusal("tern.policy.acknowledge", profile["allowed-until"])
        if not profile["can-connect"]:
            self.fail(name, "tern.legacy." + profile["protocol"])
            return name
        self.log("Connecting to " + profile["server"], name)
        self.change(name, "connecting", stage="resolving")
        GLib.timeout_add(self.options.step, self.step, name,
                         ["contacting", "verifying", "authenticating", "configuring"])
        return name

    @dbus.service.method(NAME, in_signature="s")
    def Disconnect(self, name):
        for key in [name] if name else list(self.status):
            self.change(key, "disconnecting")
            GLib.timeout_add(self.options.step, lambda k=key: self.change(k, "disconnected") and False)

    @dbus.service.method(NAME, out_signature="aa{sv}")
    def Status(self):
        return dbus.Array(list(self.status.values()), signature="a{sv}")

    @dbus.service.method(NAME, in_signature="ta{sv}")
    def Answer(self, prompt, answer):
        key, rest = self.prompts.pop(int(prompt))
        self.PromptClosed(dbus.UInt64(prompt))
        if not answer:
            self.change(key, "disconnected")
        elif bytes(answer["secret"]) == b"secret":
            self.step(key, rest)
        else:
            self.ask(key, rest, True)

    @dbus.service.method(NAME, in_signature="u", out_signature="aa{sv}")
    def Log(self, most):
        return dbus.Array(self.entries[-int(most):], signature="a{sv}")

    @dbus.service.method(NAME, out_signature="a{sv}")
    def Info(self):
        return {"version": "0.1.0", "keyring": not self.options.no_keyring, "helper": True,
                "prompts": dbus.Array([], signature="v", variant_level=1)}

    @dbus.service.method(NAME, out_signature="a{sv}")
    def Policy(self):
        problems = [{"code": "tern.policy.unknown-key", "sentence": "The policy has a setting that Tern does not know.",
                     "remedy": "Show this to whoever looks after this computer.", "detail": "",
                     "args": dbus.Array(["/etc/tern/policy.d/10-contoso.toml", "7", "l2tp.modus"], signature="s")},
                    {"code": "tern.policy.no-date", "sentence": "No date.", "remedy": "", "detail": "",
                     "args": dbus.Array(["/etc/tern/policy.d/10-contoso.toml", "6"], signature="s")}]
        return {"organisation": "Contoso", "contact": "IT help desk, phone 4711",
                "help": "https://intranet.contoso.example/vpn", "l2tp": "flag" if self.options.flag_l2tp else "refuse",
                "problems": variant_list(problems if self.options.bad_policy else [])}

    @dbus.service.method(NAME, in_signature="s", out_signature="a{sv}")
    def Certificates(self, name):
        profile, status = self.profiles[name], self.status.get(name, {})
        trust = profile.get("trust", {})
        found = {"id": name, "name": profile["name"], "shown": "certificate" in status, "server-name": "",
                 "policy": trust.get("revocation", "soft"), "pins": dbus.Array(trust.get("pin", []), signature="s"),
                 "authorities": variant_list([certificate(2, "")] if trust.get("ca") else [])}
        if "certificate" in status:
            refused = "error" in status
            found |= {"verified": not refused, "expected-name": profile["server"], "revocation": status["certificate"],
                      "offer": "" if not refused else "trust-name" if status["error"]["code"].endswith(".name") else "trust",
                      "chain": variant_list([certificate(0, "")] if refused
                                            else [certificate(place, status["certificate"]) for place in range(3)])}
            if refused:
                found["error"] = status["error"]
        return found

    @dbus.service.method(NAME, in_signature="sa{sv}", out_signature="a{sv}", async_callbacks=("answer", "refuse"))
    def Probe(self, host, options, answer, refuse):
        server = str(host) or self.profiles[str(options["profile"])]["server"]
        if self.options.offers == "error":
            refuse(Refusal("tern.probe.no-network", server))
            return
        self.probed = True
        found = offers(server, self.options.offers)
        GLib.timeout_add(self.options.step * 4, lambda: answer(found))

    @dbus.service.method(NAME, in_signature="ss")
    def Trust(self, key, fingerprint):
        if str(fingerprint) != "0a" * 32:
            raise Refusal("tern.engine.certificate-changed", self.profiles[key]["name"])
        self.profiles[key].setdefault("trust", {})["pin"] = ["sha256:" + "14" * 32]
        self.log("The server's certificate is trusted from now on.", key)
        self.ProfilesChanged()

    @dbus.service.signal(NAME, signature="a{sv}")
    def StatusChanged(self, status):
        pass

    @dbus.service.signal(NAME)
    def ProfilesChanged(self):
        pass

    @dbus.service.signal(NAME)
    def PolicyChanged(self):
        pass

    @dbus.service.signal(NAME, signature="a{sv}")
    def Prompted(self, prompt):
        pass

    @dbus.service.signal(NAME, signature="t")
    def PromptClosed(self, prompt):
        pass

    @dbus.service.signal(NAME, signature="a{sv}")
    def Logged(self, entry):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--profiles", type=int, default=7)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--no-keyring", action="store_true")
    parser.add_argument("--prompt", action="store_true")
    parser.add_argument("--kind", default="")
    parser.add_argument("--confirm", action="store_true")
    parser.add_argument("--connected", action="store_true")
    parser.add_argument("--fail", default="")
    parser.add_argument("--sstp", action="store_true")
    parser.add_argument("--proxy", default="")
    parser.add_argument("--args", nargs="*", default=[])
    parser.add_argument("--revocation", default="good")
    parser.add_argument("--flag-l2tp", action="store_true")
    parser.add_argument("--replaced", action="store_true")
    parser.add_argument("--bad-policy", action="store_true")
    parser.add_argument("--offers", default="both", choices=[*OFFERS, "error"])
    parser.add_argument("--step", type=int, default=300)
    parser.add_argument("--trial", default="")
    parser.add_argument("--secrets", default="", choices=["", "kept", "not-kept"])
    parser.add_argument("--long", type=int, default=0)
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    engine = Engine(bus, parser.parse_args())
    name = dbus.service.BusName(NAME, bus)
    print("ready", flush=True)
    GLib.MainLoop().run()
    del engine, name


if __name__ == "__main__":
    main()
