// Changes of what a profile says of SSTP and of the way to its server.
#pragma once

#include "core/profile/profile.h"

#include <QString>
#include <QVariant>

namespace tern::engine {

// Whether `key` is one of these and `value` good for it; then it is set:
//   port        a number as text, 1 to 65535; empty: 443
//   sni         the name sent in TLS (RFC 6066 §3); "off": none; empty: the server's
//   sni-refused (a switch) found out: the server takes calls without a name only; "sni" forgets it
//   sstp-host   what the server calls itself, in HTTP and in its certificate; empty: as dialled
//   tenant-id   of a server for several tenants
//   proxy       as parseProxy() reads it, without a login; "none"; "system" or empty: as the desktop is set
[[nodiscard]] bool applySstp(profile::Profile& profile, const QString& key, const QVariant& value);

} // namespace tern::engine
