// What a probe found, as Probe of org.ternvpn.Engine1.xml answers it; `ternctl probe --json` prints the same.
//
//   format u (1; a key may be added under the same number), host s, sstp-port u, addresses as, took x (milliseconds),
//   advice s ("both" "ready-ikev2" "ready-sstp" "only-weak-ikev2" "needs-repair" "only-retired" "nothing"),
//   sentence s and remedy s (of the advice),
//   roads av, always ikev2, sstp, pptp, l2tp, each of
//     {protocol s, verdict s ("open" "weak" "unusable" "closed" "silent"), code s, sentence s, remedy s, detail s,
//      doors av of {transport s ("udp" "tcp"), address s, port u, verdict s, answered x (milliseconds; absent: never)},
//      findings av of {code s, severity s, sentence s, remedy s}},
//   ikev2 a{sv}: suite s, weak-suite s, refusal s, key-exchange s, mobike s ("yes" "no" "unknown"), fragmentation b,
//     redirect b, childless b, intermediate b, cookie b, signature-hashes b, ml-kem s, vendors as,
//   sstp a{sv}: answer s ("none" "sstp" "web-server" "portal" "refused" "busy" "not-http" "not-tls"), refusal (an
//   error;
//     absent: none), tls a{sv} of "1.0" "1.1" "1.2" "1.3" to "yes" "no" "unknown", cipher s,
//     trusted s, name-matches s, server-usage s (each "yes" "no" "unknown"), certificate-problems av of errors,
//     chain av of certificates as Certificates has them (without what is told of revocation),
//   pptp a{sv}: host s, vendor s, firmware u,
//   l2tp a{sv}: ikev1 s ("none" "speaks" "accepts"), suite s, plain b, host s, vendor s, ike-vendors as.
#pragma once

#include "core/probe/result.h"

#include <QVariantMap>

namespace tern::engine {

[[nodiscard]] QVariantMap probeMap(const probe::Result& result);

} // namespace tern::engine
