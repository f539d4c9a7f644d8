// What Windows' own ways to write a VPN connection have in common: ProfileXML, PowerShell, Group Policy.
#pragma once

#include "core/formats/draft.h"

namespace tern::formats {

// "Pptp", "L2tp", "Sstp", "Ikev2", "Automatic" in any case, also IKEv2. False for anything else.
bool setTunnelType(Draft& draft, std::string_view name);

// A VpnStrategy number as in a phonebook. False for a number that is not known.
bool setStrategy(Draft& draft, std::int64_t value);

// "Pap", "Chap", "MSChapv2", "Eap", "MachineCertificate", "Certificate", "PSK" in any case, and the method that
// follows. Names that are not known are noted.
void setMethods(Draft& draft, const std::vector<std::string>& names);

// "NoEncryption", "None", "Optional", "Required", "Maximum", "Max".
void setEncryption(Draft& draft, std::string_view name);

} // namespace tern::formats
