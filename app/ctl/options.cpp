#include "app/ctl/options.h"

#include <QCoreApplication>
#include <array>
#include <limits>

namespace tern::ctl {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Options)
};

enum Switch : unsigned {
    Json = 1,
    Wait = 2,
    Watch = 4,
    Follow = 8,
    Username = 16,
    PasswordStdin = 32,
    KeySecretStdin = 64,
    Format = 128,
    Output = 256,
    FailOn = 512,
    AcknowledgeL2tp = 1024,
    To = 1U << 22U,
    Server = 2048,
    Authority = 4096,
    OwnCertificate = 8192,
    DryRun = 1U << 14U,
    NoTry = 1U << 15U,
    NoCheck = 1U << 16U,
    Stay = 1U << 17U,
    All = 1U << 18U,
    Undo = 1U << 19U,
    AllowWeak = 1U << 20U,
    SharedKey = 1U << 21U,
    AskServers = 1U << 23U,
    Rate = 1U << 24U
};

// A switch is on or off, or it has a value: one of the two members.
struct SwitchRow {
    const char* name;
    Switch which;
    bool Options::*flag = nullptr;
    QString Options::*value = nullptr;
};
constexpr std::array switches{SwitchRow{"--json", Json, &Options::json},
                              SwitchRow{"--wait", Wait, &Options::wait},
                              SwitchRow{"--watch", Watch, &Options::watch},
                              SwitchRow{"--follow", Follow, &Options::follow},
                              SwitchRow{"--username", Username, nullptr, &Options::username},
                              SwitchRow{"--password-stdin", PasswordStdin, &Options::passwordStdin},
                              SwitchRow{"--key-secret-stdin", KeySecretStdin, &Options::keySecretStdin},
                              SwitchRow{"--format", Format, nullptr, &Options::format},
                              SwitchRow{"--output", Output, nullptr, &Options::output},
                              SwitchRow{"--fail-on", FailOn, nullptr, &Options::failOn},
                              SwitchRow{"--acknowledge-l2tp", AcknowledgeL2tp, &Options::acknowledgeL2tp},
                              SwitchRow{"--to", To, nullptr, &Options::to},
                              SwitchRow{"--server", Server, nullptr, &Options::server},
                              SwitchRow{"--ca", Authority, nullptr, &Options::authority},
                              SwitchRow{"--certificate", OwnCertificate, nullptr, &Options::certificate},
                              SwitchRow{"--dry-run", DryRun, &Options::dryRun},
                              SwitchRow{"--no-try", NoTry, &Options::noTry},
                              SwitchRow{"--no-check", NoCheck, &Options::noCheck},
                              SwitchRow{"--stay", Stay, &Options::stay},
                              SwitchRow{"--all", All, &Options::all},
                              SwitchRow{"--undo", Undo, &Options::undo},
                              SwitchRow{"--allow-weak", AllowWeak, &Options::allowWeak},
                              SwitchRow{"--new-shared-key", SharedKey, &Options::sharedKey},
                              SwitchRow{"--probe", AskServers, &Options::probe},
                              SwitchRow{"--rate", Rate, nullptr, &Options::rate}};

constexpr qsizetype any = std::numeric_limits<qsizetype>::max();

struct VerbRow {
    const char* name;
    Verb verb;
    unsigned switches;
    qsizetype least; // operands
    qsizetype most;
};
constexpr std::array verbs{
    VerbRow{"import", Verb::Import, Json, 1, any},
    VerbRow{"list", Verb::List, Json, 0, 0},
    VerbRow{"show", Verb::Show, Json, 1, 1},
    VerbRow{"set", Verb::Set, 0, 2, any},
    VerbRow{"connect", Verb::Connect, Json | Wait | Username | PasswordStdin | KeySecretStdin | AcknowledgeL2tp, 1, 1},
    VerbRow{"disconnect", Verb::Disconnect, Wait, 0, 1},
    VerbRow{"status", Verb::Status, Json | Watch, 0, 0},
    VerbRow{"log", Verb::Log, Json | Follow, 0, 0},
    VerbRow{"certificate", Verb::Certificate, Json, 1, 1},
    VerbRow{"trust", Verb::Trust, 0, 2, 2},
    VerbRow{"probe", Verb::Probe, Json | Authority, 1, 1},
    VerbRow{"audit", Verb::Audit, Json | Format | Output | FailOn | AskServers | Rate | Authority, 1, any},
    VerbRow{"policy", Verb::Policy, Json, 0, 0},
    VerbRow{"export", Verb::Export, Format | Output, 1, 1},
    VerbRow{"migrate", Verb::Migrate,
            Json | To | Server | Username | Authority | OwnCertificate | DryRun | NoTry | NoCheck | Stay | All | Undo |
                AllowWeak | SharedKey | PasswordStdin | KeySecretStdin,
            0, 1},
    VerbRow{"archive", Verb::Archive, Json, 0, 0},
    VerbRow{"letter", Verb::Letter, Json | Format | Server | NoCheck, 1, 1},
    VerbRow{"help", Verb::Help, 0, 0, 0},
};

const VerbRow* findVerb(const QString& name) {
    for (const auto& row : verbs) {
        if (name == QLatin1String(row.name)) {
            return &row;
        }
    }
    return nullptr;
}

const SwitchRow* findSwitch(const QString& name) {
    for (const auto& row : switches) {
        if (name == QLatin1String(row.name)) {
            return &row;
        }
    }
    return nullptr;
}

QString whatIsMissing(Verb verb, qsizetype given) {
    switch (verb) {
    case Verb::Import:
        return Tr::tr("Which file?");
    case Verb::Audit:
        return Tr::tr("Which files or folders?");
    case Verb::Probe:
        return Tr::tr("Which server?");
    case Verb::Set:
        return given == 0 ? Tr::tr("Which connection?") : Tr::tr("Which setting? Write KEY=VALUE.");
    case Verb::Trust:
        return given == 0 ? Tr::tr("Which connection?") : Tr::tr("Which fingerprint?");
    default:
        return Tr::tr("Which connection?");
    }
}

// Values that are one of a few words.
struct ChoiceRow {
    Verb verb;
    const char* name;
    QString Options::*value;
    std::array<const char*, 6> words; // the first is meant when there is none
};
constexpr std::array choices{
    ChoiceRow{Verb::Audit, "--format", &Options::format, {"text", "json", "csv", "sarif", "html"}},
    ChoiceRow{Verb::Export,
              "--format",
              &Options::format,
              {"pbk", "powershell", "mobileconfig", "sswan", "networkmanager", "profilexml"}},
    ChoiceRow{Verb::Audit,
              "--fail-on",
              &Options::failOn,
              {"retired", "broken", "can-fall-back", "weak", "not-judged", "never"}},
    ChoiceRow{Verb::Migrate, "--to", &Options::to, {"auto", "ikev2", "sstp"}},
    ChoiceRow{Verb::Letter, "--format", &Options::format, {"text", "markdown", "html"}},
};

tl::expected<Options, QString> checkChoices(Options options) {
    for (const auto& row : choices) {
        if (row.verb != options.verb) {
            continue;
        }
        QStringList words;
        for (const char* word : row.words) {
            if (word != nullptr) {
                words << QString::fromLatin1(word);
            }
        }
        auto& value = options.*row.value;
        if (value.isEmpty()) {
            const bool json = options.json && row.value == &Options::format && words.contains(QLatin1String("json"));
            value = json ? QStringLiteral("json") : words.first();
        } else if (!words.contains(value)) {
            return tl::make_unexpected(
                Tr::tr("%1 is one of: %2.").arg(QString::fromLatin1(row.name), words.join(QLatin1String(", "))));
        }
    }
    return options;
}

constexpr unsigned mostPerMinute = 600;

tl::expected<Options, QString> checkProbe(Options options) {
    if (options.verb != Verb::Audit) {
        return options;
    }
    if (!options.probe && !(options.rate.isEmpty() && options.authority.isEmpty())) {
        return tl::make_unexpected(Tr::tr("--rate and --ca go with --probe only."));
    }
    if (!options.rate.isEmpty()) {
        bool isNumber = false;
        options.perMinute = options.rate.toUInt(&isNumber);
        if (!isNumber || options.perMinute == 0 || options.perMinute > mostPerMinute) {
            return tl::make_unexpected(Tr::tr("--rate is a number from 1 to %1.").arg(mostPerMinute));
        }
    }
    return options;
}

tl::expected<Options, QString> parseVerb(const VerbRow& verb, const QStringList& arguments) {
    Options options;
    options.verb = verb.verb;
    bool onlyOperands = false;
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (onlyOperands || !argument.startsWith(QLatin1Char('-')) || argument == QLatin1String("-")) {
            options.operands << argument;
            continue;
        }
        if (argument == QLatin1String("--")) {
            onlyOperands = true;
            continue;
        }
        if (argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            options.verb = Verb::Help;
            return options;
        }
        const QString name = argument.section(QLatin1Char('='), 0, 0);
        const auto* row = findSwitch(name);
        if (row == nullptr || (verb.switches & row->which) == 0) {
            return tl::make_unexpected(Tr::tr("“%1” has no option %2.").arg(QString::fromLatin1(verb.name), argument));
        }
        const bool hasValue = argument.size() > name.size();
        if (row->flag != nullptr) {
            if (hasValue) {
                return tl::make_unexpected(Tr::tr("%1 takes no value.").arg(name));
            }
            options.*row->flag = true;
            continue;
        }
        if (!hasValue && i + 1 >= arguments.size()) {
            return tl::make_unexpected(Tr::tr("%1 needs a value.").arg(name));
        }
        options.*row->value = hasValue ? argument.mid(name.size() + 1) : arguments.at(++i);
    }
    // All of them, or one; of what would be said of one, nothing fits all.
    const bool forOne = !options.server.isEmpty() || !options.username.isEmpty() || !options.certificate.isEmpty() ||
                        options.passwordStdin || options.keySecretStdin || options.stay || options.undo ||
                        options.sharedKey;
    if (verb.verb == Verb::Migrate && options.all && (forOne || !options.operands.isEmpty())) {
        return tl::make_unexpected(Tr::tr("--all goes with neither a connection nor what is said of one."));
    }
    if (options.operands.size() < (verb.verb == Verb::Migrate && !options.all ? 1 : verb.least)) {
        return tl::make_unexpected(whatIsMissing(verb.verb, options.operands.size()));
    }
    if (options.operands.size() > verb.most) {
        return tl::make_unexpected(Tr::tr("“%1” is one argument too many.").arg(options.operands.at(verb.most)));
    }
    return checkChoices(std::move(options)).and_then(checkProbe);
}

} // namespace

tl::expected<Options, QString> parseOptions(const QStringList& arguments) {
    if (arguments.isEmpty()) {
        return tl::make_unexpected(Tr::tr("What shall ternctl do?"));
    }
    const QString& first = arguments.first();
    Options options;
    if (first == QLatin1String("--help") || first == QLatin1String("-h")) {
        return options;
    }
    if (first == QLatin1String("--version") || first == QLatin1String("-V")) {
        options.verb = Verb::Version;
        return options;
    }
    const auto* verb = findVerb(first);
    if (verb == nullptr) {
        return tl::make_unexpected(Tr::tr("ternctl knows no command “%1”.").arg(first));
    }
    return parseVerb(*verb, arguments);
}

QString helpText() {
    return Tr::tr(R"(Usage: ternctl COMMAND [OPTIONS]

Commands
  import FILE…                 Import connections from Windows phonebooks (.pbk) and other files
  list                         List the connections
  show NAME                    Show one connection
  set NAME KEY=VALUE…          Change settings of a connection: name, server, username, domain;
                               on or off: full-tunnel, remember-password, legacy-algorithms
                               (outdated encryption, for a server that has nothing better);
                               for SSTP: port, sni=NAME or off (the name sent in TLS), sstp-host, tenant-id,
                               proxy=http://HOST:PORT, socks5://HOST:PORT, none or system;
                               tcp=automatic (where UDP does not get through), never or always;
                               post-quantum=automatic, required or off, ppk-id, ppk-required (on or off);
                               certificate=FILE or pkcs11:URI, certificate-key likewise, auth,
                               certificate-first (on or off), rsa-signature, local-identity;
                               inner=METHOD,…, outer-identity, eap-server-names=NAME,…,
                               eap-tls-1.3 and require-cryptobinding (on or off);
                               ca=FILE (the authority of its server), pin=sha256:…[,…] (keys of its server),
                               revocation=soft, strict or off, server-name
  connect NAME                 Connect; asks for the password when it is needed
      --wait                   Return when connected, or when it failed; Ctrl-C gives up
      --username USER          Log in as USER
      --password-stdin         Read the password from the first line of standard input
      --key-secret-stdin       Likewise the pass phrase or PIN of your key, before the password
      --acknowledge-l2tp       You know that L2TP is not safe, where your organisation still allows it
  disconnect [NAME]            Disconnect; without a NAME whatever is connected
      --wait                   Return when the network is as it was
  status                       Show what is connected
      --watch                  Go on showing what changes
  certificate NAME             Show what the server of NAME proved itself with, also when it was refused
  trust NAME FINGERPRINT       Trust that certificate, and it alone: after comparing its SHA-256 fingerprint
  probe HOST[:PORT]            Ask a server what it offers: IKEv2, SSTP (on PORT), PPTP, L2TP; no password is sent
      --ca FILE                Whom to trust, instead of the system's authorities
  policy                       Show what the administrator of this computer has laid down
  migrate NAME                 Replace a connection that uses retired or weak settings: check the server, try the new
                               settings by a real connection, and keep them if it works
      --all                    All such connections, one after another
      --to ikev2, sstp or auto Which protocol; auto, the default, chooses what is best
      --dry-run                Only tell what would be done
      --no-check, --no-try     Do not ask the server what it offers; keep the settings without a trial
      --stay                   Stay connected when the trial worked
      --server HOST, --username USER, --ca FILE, --certificate FILE, --new-shared-key, --allow-weak
                               Answers to what the plan asks
      --password-stdin, --key-secret-stdin   As with connect
      --undo                   Bring the old connection back
  archive                      List the connections that were replaced
  letter NAME                  Write to the administrator: what was found, and how to enable SSTP or IKEv2
      --format text, markdown or html
  log                          Show what happened
      --follow                 Go on showing what happens
  export NAME                  Write a connection as another program's file; no passwords are in it
      --format FORMAT          pbk (Windows phonebook, the usual one), powershell (a script for Windows),
                               mobileconfig (iPhone, Mac), sswan (strongSwan), networkmanager, profilexml (Intune)
      --output FILE            Write there instead of to standard output
  audit PATH…                  Judge the connections in files, folders or a whole Windows disk that is mounted,
                               without importing anything; needs no service and no network unless --probe is given
      --probe                  Then ask each server once what it offers, by way of Tern's service, for the report
      --rate N                 Ask at most N servers a minute, 30 when nothing is said, 600 at most
      --ca FILE                Whom to trust when asking, instead of the system's authorities
      --format FORMAT          text, json (an object a line), csv, sarif or html; text is the usual one
      --output FILE            Write there instead of to standard output
      --fail-on GRADE          End with code 10 when a connection is this bad or worse: broken, retired (the
                               usual one), can-fall-back or weak; not-judged (also those of other programs,
                               of which Tern knows nothing); never

NAME is a connection's name, the beginning of one, or its id.
--json prints JSON instead (import, list, show, connect, status, log, certificate, probe, policy, migrate, archive, letter,
audit); --watch and --follow print one object a line.
--help, --version.

Exit codes
  0  done                              6  no answer, name not found, connection lost
  1  failed for another reason         7  Tern's service is not running or not allowed
  2  command line not understood       8  the server could not prove who it is
  3  connection or file not found      9  nothing could be imported; audit: not all could be read
  4  refused: PPTP, L2TP              10  audit: something as bad as --fail-on says, or worse
  5  user name or password            11  L2TP has to be acknowledged first
     not accepted                     12  the server offers nothing to migrate to
                                     130  interrupted
probe: 0 IKEv2 or SSTP can be used, 4 only PPTP or L2TP, 6 nothing answers, 8 the certificate is wrong, 1 other faults
audit --probe: what the servers offer does not count; with 130, and with 7 in the middle, the report has what is known
)");
}

} // namespace tern::ctl
