// What strongSwan's programs share: its JSON profiles and NetworkManager's plug-in.
#pragma once

#include "core/formats/exporters.h"

namespace tern::formats {

// What the server has to call itself; empty: as it was dialled.
[[nodiscard]] std::string serverIdentity(const profile::Profile& profile);

// The traffic that goes into the tunnel; empty: all of it.
[[nodiscard]] std::vector<std::string> selectorsOf(const profile::Profile& profile, Settings& written);

struct Proposals {
    std::string ike; // "aes256-sha256-modp2048"
    std::string esp;
};
// Nothing without a policy of the profile's own, or for one that strongSwan cannot say.
[[nodiscard]] std::optional<Proposals> proposalsOf(const profile::Profile& profile, Settings& written);

} // namespace tern::formats
