// What went wrong in the TLS around SSTP, in words about the VPN server: core/crypto speaks of the sign-in server of
// EAP.
#pragma once

#include "core/base/error.h"

namespace tern::sstp {

// tern.crypto.tls.* as tern.sstp.tls.*; every other error (the certificate's, the key's) as it is.
[[nodiscard]] base::Error outerTlsError(base::Error error);

} // namespace tern::sstp
