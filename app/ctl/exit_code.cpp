#include "app/ctl/exit_code.h"

#include <QString>
#include <array>

namespace tern::ctl {

namespace {

struct Row {
    const char* prefix;
    ExitCode exit;
};
// What follows "tern."; the first prefix that fits counts.
constexpr std::array rows{
    Row{"legacy.", ExitCode::Refused},
    Row{"policy.acknowledge", ExitCode::Acknowledge},
    Row{"policy.", ExitCode::Refused},
    Row{"l2tp.sign-in", ExitCode::Authentication},
    Row{"l2tp.no-answer", ExitCode::Network},
    Row{"l2tp.failed", ExitCode::Network},
    Row{"l2tp.lost", ExitCode::Network},
    Row{"l2tp.", ExitCode::Unavailable},
    Row{"engine.not-found", ExitCode::NotFound},
    Row{"engine.ambiguous", ExitCode::NotFound},
    Row{"engine.file-unreadable", ExitCode::NotFound},
    Row{"engine.file-too-large", ExitCode::BadFile},
    Row{"engine.name-not-found", ExitCode::Network},
    Row{"engine.resolver-failed", ExitCode::Network},
    Row{"engine.connection-lost", ExitCode::Network},
    Row{"engine.unavailable", ExitCode::Unavailable},
    Row{"engine.helper-", ExitCode::Unavailable},
    Row{"engine.password-needed", ExitCode::Authentication},
    Row{"engine.code-needed", ExitCode::Authentication},
    Row{"engine.roots-missing", ExitCode::ServerIdentity},
    Row{"helper.", ExitCode::Unavailable},
    Row{"crypto.cert.", ExitCode::ServerIdentity},
    Row{"crypto.ca.", ExitCode::ServerIdentity},
    Row{"crypto.signature.", ExitCode::ServerIdentity},
    Row{"crypto.key.passphrase-", ExitCode::Authentication},
    Row{"crypto.key.expired", ExitCode::Authentication},
    Row{"crypto.key.", ExitCode::BadFile},
    Row{"crypto.token.pin-", ExitCode::Authentication},
    Row{"crypto.token.missing", ExitCode::NotFound},
    Row{"eap.server-", ExitCode::ServerIdentity},
    Row{"eap.", ExitCode::Authentication},
    Row{"ike.auth.server-", ExitCode::ServerIdentity},
    Row{"ike.auth.no-eap", ExitCode::ServerIdentity},
    Row{"ike.auth.", ExitCode::Authentication},
    Row{"ike.windows.", ExitCode::Authentication},
    Row{"ike.no-answer", ExitCode::Network},
    Row{"ike.lost", ExitCode::Network},
    Row{"migrate.not.silent", ExitCode::Network},
    Row{"migrate.not.needed", ExitCode::Failed},
    Row{"migrate.not.no-server", ExitCode::Failed},
    Row{"migrate.not.", ExitCode::NotReady},
    Row{"migrate.nothing-to-undo", ExitCode::NotFound},
    Row{"ppp.auth.", ExitCode::Authentication},
    Row{"ppp.", ExitCode::Network},
    Row{"sstp.certificate-changed", ExitCode::ServerIdentity},
    Row{"sstp.tls.certificate-", ExitCode::Authentication},
    Row{"sstp.", ExitCode::Network},
    Row{"datapath.no-route", ExitCode::Network},
    Row{"datapath.send", ExitCode::Network},
    Row{"formats.export.retired", ExitCode::Refused},
    Row{"formats.export.", ExitCode::Failed},
    Row{"formats.not-written", ExitCode::Failed},
    Row{"formats.folder-unreadable", ExitCode::NotFound},
    Row{"formats.", ExitCode::BadFile},
    Row{"probe.target", ExitCode::NotFound},
    Row{"probe.no-network", ExitCode::Network},
    Row{"probe.busy", ExitCode::Unavailable},
};

} // namespace

ExitCode exitCodeFor(QStringView code) {
    const QLatin1String root("tern.");
    if (!code.startsWith(root)) {
        return ExitCode::Failed;
    }
    code = code.sliced(root.size());
    for (const auto& row : rows) {
        if (code.startsWith(QLatin1String(row.prefix))) {
            return row.exit;
        }
    }
    return ExitCode::Failed;
}

} // namespace tern::ctl
