// What SSTP tells the connection.
#pragma once

#include "core/ike/session.h"
#include "core/sstp/session.h"

#include <variant>

namespace tern::connection {

// ike::ServerCertificates, for a certificate is looked at in the same way whoever shows it.
using SstpOutput = std::variant<ike::ServerCertificates, sstp::Progress, sstp::Prompt, sstp::SignedIn, sstp::Up,
                                sstp::Alive, sstp::Closed>;

} // namespace tern::connection
