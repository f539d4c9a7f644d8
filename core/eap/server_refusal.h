// Why the certificate of the server that checks the sign-in was refused, in codes of its own: the VPN server in front
// of it has another certificate, and may be as good as ever.
#pragma once

#include "core/base/error.h"

namespace tern::eap {

// tern.crypto.cert.X becomes tern.eap.server-certificate.X where a person can do something about X, else
// tern.eap.server-certificate.unfit with the reason in its detail. Every other error stays what it is.
[[nodiscard]] base::Error ofSignInServer(base::Error error);

} // namespace tern::eap
