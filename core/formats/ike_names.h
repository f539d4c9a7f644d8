// What other programs call the algorithms and the traffic of IKEv2, in the words of a profile.
#pragma once

#include "core/formats/draft.h"

namespace tern::formats {

// strongSwan's proposals ("aes256-sha256-modp2048!"), most wanted first. The first of each becomes the profile's; the
// others, and what cannot be said in a profile, are noted.
void setStrongswanPolicy(Draft& draft, const std::vector<std::string>& ike, const std::vector<std::string>& esp);

// CryptographySuite of ProfileXML and the parameters of Set-VpnConnectionIPsecConfiguration, which have the same names.
void setWindowsPolicy(Draft& draft, Node& suite);

// IKESecurityAssociationParameters and ChildSecurityAssociationParameters of a configuration profile.
void setApplePolicy(Draft& draft, Node* ike, Node* child, bool perfectForwardSecrecy);

// The traffic selectors of the other side: "0.0.0.0/0" is the whole Internet, narrower ones are a split tunnel's
// routes.
void setSelectors(Draft& draft, const std::vector<std::string>& selectors, std::string_view setting);

} // namespace tern::formats
