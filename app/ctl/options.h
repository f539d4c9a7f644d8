// ternctl's command line, taken apart. No Qt parser: with it, one table of verbs and options serves parsing and help.
#pragma once

#include <QString>
#include <QStringList>
#include <tl/expected.hpp>

namespace tern::ctl {

enum class Verb {
    Help,
    Version,
    Import,
    List,
    Show,
    Set,
    Connect,
    Disconnect,
    Status,
    Log,
    Certificate,
    Trust,
    Probe,
    Audit,
    Policy,
    Export,
    Migrate,
    Archive,
    Letter
};

struct Options {
    Verb verb = Verb::Help;
    QStringList operands;
    QString username;
    QString format;      // a word of those the command knows
    QString output;      // a file; empty: standard output
    QString failOn;      // a grade, or "never"
    QString to;          // likewise
    QString rate;        // as it was written; perMinute is what it says
    QString server;      // of the new settings
    QString authority;   // a file of certificates
    QString certificate; // a file, or a pkcs11: URI
    bool json = false;
    bool wait = false;
    bool watch = false;
    bool follow = false;
    bool passwordStdin = false;
    bool keySecretStdin = false;
    bool acknowledgeL2tp = false;
    bool dryRun = false;
    bool noTry = false;
    bool noCheck = false;
    bool stay = false;
    bool all = false;
    bool undo = false;
    bool allowWeak = false;
    bool sharedKey = false;
    bool probe = false;
    unsigned perMinute = 30; // servers asked
};

// arguments: without the program's name. The unexpected value is a sentence saying what is wrong.
[[nodiscard]] tl::expected<Options, QString> parseOptions(const QStringList& arguments);

[[nodiscard]] QString helpText();

} // namespace tern::ctl
