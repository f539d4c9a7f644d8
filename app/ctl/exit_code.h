// ternctl's exit codes: documented in --help, stable, for scripts.
#pragma once

#include <QStringView>

namespace tern::ctl {

enum class ExitCode {
    Ok = 0,
    Failed = 1,         // anything that has no code of its own below
    Usage = 2,          // the command line was not understood
    NotFound = 3,       // no such profile or file, or a name that fits several
    Refused = 4,        // PPTP, L2TP or another connection that Tern or the policy will not make
    Authentication = 5, // the server did not accept the user name, password or key
    Network = 6,        // no answer, name not found, connection lost
    Unavailable = 7,    // ternd or tern-helper cannot be reached, or may not be used
    ServerIdentity = 8, // the server could not prove who it is (certificate, name, key)
    BadFile = 9,        // nothing could be imported; an audit could not read everything
    Found = 10,         // an audit found something as bad as was asked for, or worse
    Acknowledge = 11,   // L2TP for a while yet, but only for those who say that they know
    NotReady = 12,      // the server offers nothing to migrate to, or less than the policy asks for
    Interrupted = 130,  // Ctrl-C
};

// The exit code for a "tern.AREA.…" error code.
[[nodiscard]] ExitCode exitCodeFor(QStringView code);

} // namespace tern::ctl
