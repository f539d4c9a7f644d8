#!/usr/bin/python3
"""probe.py: `ternctl probe` against servers that offer different things (the lab's "offers"), all asked at once: verdicts,
advice and exit codes are right, no server keeps anything of it, and nobody's name or password goes out. `ternctl audit
--probe` of a folder with connections to all of them: every format says what each offers. At the end the servers have
certificates of an authority that only the organisation's policy knows."""

import csv
import json
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

from session import Session, check, harness, main, show_logs
from handouts import service
from labkit import offers, phonebook, pki, plan, sstp, strongswan
from labkit.seen import seen

# Server: advice, exit code, verdicts of IKEv2, SSTP, PPTP and L2TP. charon answers IKEv1 with NO-PROPOSAL-CHOSEN where it has
# no connection for it, and IKEv2 likewise.
_WANTED = {
    "both": ("both", 0, "open open closed unusable"),
    "sstp": ("ready-sstp", 0, "closed open closed closed"),
    "ikev2": ("ready-ikev2", 0, "open closed closed unusable"),
    "neither": ("nothing", 6, "closed closed closed closed"),
    "silent": ("nothing", 6, "silent silent silent silent"),
    "weak": ("only-weak-ikev2", 0, "weak closed closed unusable"),
    "pptp": ("only-retired", 4, "closed closed open closed"),
    "l2tp": ("only-retired", 4, "unusable closed closed open"),
    "stranger": ("needs-repair", 8, "closed unusable closed closed"),
}
_LIMIT = 5.0 * 2  # the product promises 5 s; this machine may be busy


def ask(session, host, *options):
    started = time.monotonic()
    said = session.user("ternctl", "probe", host, "--json", *options)
    try:
        return said.returncode, time.monotonic() - started, json.loads(said.stdout)
    except ValueError:
        raise AssertionError(f"{host}: {said.returncode} {said.stdout}{said.stderr}") from None


def judged(found):
    return " ".join(road["verdict"] for road in found["roads"])


def everyone(session):
    with ThreadPoolExecutor(4) as pool:
        asked = {key: pool.submit(ask, session, offers.name_of(key)) for key in offers.OFFERS}
        answers = {key: one.result() for key, one in asked.items()}
    for key, (advice, code, verdicts) in _WANTED.items():
        returned, seconds, found = answers[key]
        detail = json.dumps(found["roads"], ensure_ascii=False)
        check(judged(found) == verdicts, f"{key}: {judged(found)}" + ("" if judged(found) == verdicts else detail))
        check((found["advice"], returned) == (advice, code), f"{key}: advice {found['advice']}, exit code {returned}")
        check(found["took"] <= 5000 and seconds < _LIMIT, f"{key}: asked for {found['took']} ms")
        check(found["sentence"].startswith(offers.name_of(key)) or advice == "nothing", found["sentence"])
    return {key: found for key, (_, _, found) in answers.items()}


def facts(found):
    both = found["both"]
    check(both["ikev2"]["suite"].startswith("AES-256-GCM"), f"IKEv2 agreed to {both['ikev2']['suite']}")
    check(both["ikev2"]["fragmentation"] and both["ikev2"]["mobike"] == "unknown", "it can cut messages; MOBIKE is told to nobody yet")
    check({door["transport"] + str(door["port"]) for door in both["roads"][0]["doors"] if door["verdict"] == "open"} == {"udp500", "udp4500"},
          "on both UDP ports")
    check(both["sstp"]["answer"] == "sstp" and both["sstp"]["tls"] == {"1.0": "no", "1.1": "no", "1.2": "yes", "1.3": "yes"},
          "SSTP by TLS 1.2 and 1.3 only")
    check((both["sstp"]["trusted"], both["sstp"]["name-matches"], both["sstp"]["server-usage"]) == ("yes", "yes", "yes"),
          "its certificate is good")
    weak = found["weak"]["ikev2"]
    check(weak["suite"] == "" and weak["weak-suite"] == "3DES-CBC / HMAC-SHA1 / PRF-HMAC-SHA1 / MODP-1024", f"weak: {weak['weak-suite']}")
    check([finding["code"] for finding in found["weak"]["roads"][0]["findings"]][:1] == ["tern.probe.ikev2.outdated"], "and a finding says so")
    check(found["pptp"]["pptp"] == {"host": "RRAS01", "vendor": "Microsoft", "firmware": 3306}, "PPTP's server is named")
    old = found["l2tp"]["l2tp"]
    check(old["ikev1"] == "accepts" and old["suite"] == "3DES / SHA-1 / MODP-1024" and old["plain"], f"IKEv1 took {old['suite']}; L2TP answers bare")
    problems = [problem["code"] for problem in found["stranger"]["sstp"]["certificate-problems"]]
    check(problems == ["tern.crypto.cert.name"], f"a certificate for others: {problems}")
    seen("Probe", "IKEv2: today's algorithms and outdated ones told apart")
    seen("Probe", "IKEv1 with the proposals of L2TP")


def traces(session, lab, the_plan):
    """What the servers keep, and what they heard."""
    stats = strongswan.swanctl(the_plan, "--stats")
    half_open = re.search(r"(\d+) half-open", stats)
    log = lab.server_log()
    check("IDi payload missing" in log, "charon heard the goodbyes")
    check(half_open and int(half_open[1]) <= 1, f"and keeps nothing but IKEv1's half a minute: {half_open and half_open[0]}")
    retired = (plan.STATE_ROOT / lab.state["id"] / "retired.log").read_text(encoding="utf-8")
    check("pptp: start, version 0x100, channels 0, firmware 0, host b'', vendor b''" in retired, "PPTP hears nobody's name")
    check("pptp: stop, reason 1" in retired and "l2tp: stop, result 1, sequence 1 1" in retired, "PPTP and L2TP heard the goodbyes")
    check(sstp.calls(the_plan)[1] == [], "no SSTP call is left")
    log = session.user("ternctl", "log").stdout
    check("Checking what both.offers.example.test offers." in log, "ternd's log says what was asked")


class Tables(HTMLParser):
    """The rows of all tables, each a list of its cells' texts."""

    def __init__(self, page):
        super().__init__()
        self.rows, self._open = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._open = True

    def handle_endtag(self, tag):
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data):
        if self._open:
            self.rows[-1][-1] += data


_WORDS = {"weak": "outdated", "unusable": "unusable", "closed": "not offered", "silent": "no answer", "": "–"}
_ABSENT = "absent.example.test"


def in_words(verdicts):
    """As people read them; of PPTP and L2TP, which come last, an answer is nothing to be ready for."""
    return [_WORDS.get(one) or ("ready" if i < 2 else "answers") for i, one in enumerate(verdicts)]


def json_answers(text):
    found = [json.loads(line) for line in text.splitlines()]
    names = ("ikev2", "sstp", "pptp", "l2tp")
    return {one["server"]: (one["offer"], [one["offers"].get(name, "") for name in names], one["sentence"], one["remedy"])
            for one in found if one["type"] == "server"}


def csv_answers(text):
    return {row["server"].lower(): (row["server-offer"], [row[f"server-{name}"] for name in ("ikev2", "sstp", "pptp", "l2tp")],
                                    row["server-says"], row["server-remedy"]) for row in csv.DictReader(text.splitlines())}


def sarif_answers(text):
    found = {}
    for result in json.loads(text)["runs"][0]["results"]:
        of = result["properties"]
        found[of["server"].lower()] = (of["serverOffer"], [of["serverOffers"].get(name, "") for name in ("ikev2", "sstp", "pptp", "l2tp")],
                                       of["serverAnswer"], of["serverRemedy"])
    return found


def html_answers(page):
    rows = Tables(page).rows
    head = next(i for i, row in enumerate(rows) if row[:1] == ["Server"])
    return {row[0]: (None, row[1:5], row[5], row[5]) for row in rows[head + 1:head + 11]}


def text_answers(text):
    part = text[text.index("WHAT THE SERVERS OFFER"):]
    rows = [re.split(r"  +", line.strip()) for line in part.splitlines()[2:12]]
    return {row[0]: (None, row[1:], part, part) for row in rows}


def audited(session):
    """Two phonebooks in a folder, some servers in both, one of another spelling, one that nobody has."""
    wanted = {offers.name_of(key): (advice, verdicts.split()) for key, (advice, _, verdicts) in _WANTED.items()}
    wanted[_ABSENT] = ("", ["", "", "", ""])
    folder = session.folder / "books"
    folder.mkdir(mode=0o755)
    for name, servers in (("a.pbk", list(wanted)[:6]), ("b.pbk", [*list(wanted)[5:], offers.name_of("both").upper()])):
        (folder / name).write_text(phonebook.make_old(servers), newline="")
        (folder / name).chmod(0o644)
    asked = session.user("ternctl", "log").stdout.count("Checking what ")
    for kind, read in (("json", json_answers), ("csv", csv_answers), ("sarif", sarif_answers), ("html", html_answers),
                       ("text", text_answers)):
        said = session.user("ternctl", "audit", folder, "--probe", "--rate", 600, "--format", kind, timeout=120)
        check(said.returncode == 10 and said.stderr == "", f"audit as {kind}: PPTP is found {said.stderr}")
        answers = read(said.stdout)
        check(set(answers) == set(wanted), f"{kind}: all ten servers, each once: {sorted(answers)}")
        for server, (advice, verdicts) in wanted.items():
            offer, found, sentence, remedy = answers[server]
            right = found == (verdicts if offer is not None else in_words(verdicts)) and offer in (None, advice)
            check(right and server in sentence and remedy, f"{kind}: {server}: {offer} {found}")
        check("The server's certificate is for" in answers[offers.name_of("stranger")][2], f"{kind}: and what is wrong with it is said")
    now = session.user("ternctl", "log").stdout.count("Checking what ")
    check(now - asked == 5 * len(wanted), f"each was asked once a report: {now - asked}")
    seen("Probe", "All servers of an audit, in each of its formats")


def others(session, lab, the_plan):
    """What is asked for by way of options, and what else may answer."""
    code, _, found = ask(session, f"[{plan.SERVER6}]:443")
    check(found["addresses"] == [plan.SERVER6] and found["roads"][1]["doors"][0]["address"] == plan.SERVER6, "IPv6 is asked too")
    with service(lab, "server", "tcprelay", offers.OFFERS["ikev2"].address, plan.SERVER_LAN4, "READY", 4500, 443):
        code, _, found = ask(session, offers.name_of("ikev2"))
        tcp = {door["port"]: door["verdict"] for door in found["roads"][0]["doors"] if door["transport"] == "tcp"}
        check(tcp == {4500: "open", 443: "open"} and code == 0, f"IKEv2 in TCP, on 443 where no TLS server is at home: {tcp}")
    sstp.load(the_plan, http="404")
    code, _, found = ask(session, offers.name_of("sstp"))
    check(found["sstp"]["answer"] == "web-server" and (found["advice"], code) == ("nothing", 6), "a web server is no SSTP")
    sstp.load(the_plan, sni="refused")
    code, _, found = ask(session, offers.name_of("sstp"))
    check(code == 0 and found["sstp"]["answer"] == "sstp", "asked again without a name where the first is not liked")
    authority = session.folder / "ca.pem"
    authority.write_bytes((the_plan.state / "pki/clients.crt").read_bytes())
    authority.chmod(0o644)
    code, _, found = ask(session, offers.name_of("sstp"), "--ca", authority)
    check((found["sstp"]["trusted"], code) == ("no", 8), "another authority trusts nobody of these")
    said = session.user("ternctl", "probe", "no such host")
    check(said.returncode == 3 and "tern.probe.target" in said.stderr, "a name that is none")
    said = session.user("ternctl", "probe", "absent.example.test")
    check(said.returncode == 6 and "tern.engine.name-not-found" in said.stderr, "a name that nobody has")
    text = session.user("ternctl", "probe", offers.name_of("weak")).stdout
    check("MODP-1024" in text and "outdated" in text and "not offered" in text, "and in words")


def through_vpn(session, lab):
    session.import_phonebook()
    code, _, said = session.connect()
    check(code == 0, f"connected {said if code else ''}")
    code, _, found = ask(session, plan.WWW4)
    check(found["through-vpn"], "while a VPN is up it asks through it, and says so")
    check(found["roads"][1]["verdict"] == "closed", f"and is answered, by who has nothing to offer: {judged(found)}")
    check(session.disconnect().returncode == 0, "disconnected")


_ORGANISATION = {"Organisation SSTP": ("sstp", 5), "Organisation IKEv2": ("ikev2", 7)}
_POLICY = """[organisation]
name = "Contoso"
domains = ["{domain}"]
ca = '''
{authority}'''
"""


def show_other_certificates(the_plan):
    """The servers with certificates of another authority; answers that one's."""
    authority = pki.Authority(the_plan.state / "organisation", "organisation", "/O=Contoso/CN=Contoso root")
    authority.server("server", "rsa", plan.SERVER_NAME, more_names=offers.certificate_names())
    certificate, key = ((authority.folder / f"server.{kind}").read_bytes() for kind in ("crt", "key"))
    swanctl, shown = the_plan.state / "swanctl", the_plan.state / "pki"
    for file, content in ((swanctl / "x509/server.crt", certificate), (swanctl / "private/server.key", key),
                          (swanctl / "x509ca/organisation.crt", authority.certificate.read_bytes()),
                          (shown / "server.crt", certificate), (shown / "chain.pem", certificate), (shown / "server.key", key)):
        file.write_bytes(content)
    for words in (("--load-creds", "--clear", "--noprompt"), ("--load-conns",)):
        strongswan.swanctl(the_plan, *words)
    sstp.load(the_plan)
    return authority.certificate.read_text(encoding="ascii")


def import_organisation(session):
    book = session.folder / "organisation.pbk"
    book.write_text("".join(f"[{name}]\r\nType=2\r\nVpnStrategy={strategy}\r\nAuthRestrictions={512 if strategy == 5 else 128}\r\nCustomAuthKey=26\r\n"
                            f"MEDIA=rastapi\r\nDevice=WAN Miniport\r\nDEVICE=vpn\r\nPhoneNumber={offers.name_of(offer)}\r\n\r\n"
                            for name, (offer, strategy) in _ORGANISATION.items()))
    book.chmod(0o644)
    check(session.json("ternctl", "import", "--json", book)[0]["added"] == 2, "two connections to the organisation's servers")


def have_policy(session, text):
    """Puts the policy there, or takes it away, and waits until it counts."""
    file = session.folder / "policy.toml"
    file.write_text(text)
    session.root(*(["install", "-D", "-m", "644", file] if text else ["rm"]), "/etc/tern/policy.d/10-organisation.toml")
    end = time.monotonic() + 10
    while (policy := session.json("ternctl", "policy", "--json"))["has-ca"] != bool(text):
        check(time.monotonic() < end, f"the policy counts at once: {policy}")
        time.sleep(0.05)


def strangers(session):
    code, _, found = ask(session, offers.name_of("sstp"))
    problems = [problem["code"] for problem in found["sstp"]["certificate-problems"]]
    check((found["advice"], code, problems) == ("needs-repair", 8, ["tern.crypto.cert.untrusted"]), f"nobody vouches for it: {problems}")
    for name in _ORGANISATION:
        code, _, said = session.connect(name)
        error = session.status().get("error", {})
        check((code, error.get("code")) == (8, "tern.crypto.cert.untrusted"), f"{name}: refused with {code}, {error.get('code')}")
        session.user("ternctl", "disconnect")


def organisation(session, lab, the_plan):
    """An authority that only the policy knows, and only for the servers of its domains."""
    authority = show_other_certificates(the_plan)
    import_organisation(session)
    strangers(session)
    have_policy(session, _POLICY.format(domain=offers.DOMAIN, authority=authority))
    code, _, found = ask(session, offers.name_of("sstp"))
    check((found["advice"], code, found["sstp"]["trusted"]) == ("ready-sstp", 0, "yes"), "with the policy the server is trusted")
    for name, (protocol, _) in _ORGANISATION.items():
        code, _, said = session.connect(name)
        check(code == 0, f"{name} connects {said if code else ''}")
        check(session.status()["protocol"] == protocol, f"by {protocol}")
        check(session.user("ping", "-c", 2, "-i", "0.2", "-W", 2, lab.state["inner-address"]).returncode == 0, "traffic flows")
        check(session.disconnect().returncode == 0, "disconnected")
    seen("Server certificate", "An authority of the organisation's, known by the policy alone")
    code, _, found = ask(session, plan.SERVER_NAME)
    check(found["sstp"]["trusted"] == "no", "another domain's server is not, though it has the same certificate")
    have_policy(session, "")
    strangers(session)


def case():
    the_plan = plan.Plan()
    with harness.Lab("offers") as lab, Session(lab) as session:
        try:
            facts(everyone(session))
            traces(session, lab, the_plan)
            audited(session)
            others(session, lab, the_plan)
            through_vpn(session, lab)
            organisation(session, lab, the_plan)
            check(lab.state["password"] not in lab.server_log(), "no password is in the server's log")
        except BaseException:
            show_logs(session, lab)
            raise


if __name__ == "__main__":
    main(case, *sys.argv[1:])
