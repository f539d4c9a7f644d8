// The settings of a profile that not every format has a place for: so that an export can say what it leaves out.
#pragma once

#include "core/profile/profile.h"

#include <set>
#include <string_view>

namespace tern::formats {

enum class Setting {
    Fallback, // SSTP, where the profile leaves the choice
    Spares,
    Port,
    User,
    SignIn,
    InnerSignIn,
    OwnCertificate,
    Ppk,
    Authority,
    ServerIdentity,
    OwnIdentity,
    EapServer,
    Pins,
    Revocation,
    SplitTunnel,
    Routes,
    Excluded,
    DnsServers,
    DnsDomains,
    Address,
    Policy,
    PostQuantum,
    Mobility,
    SstpDetails,
    Proxy,
    AlwaysOn,
    TrustedNetworks,
    Redial,
};
using Settings = std::set<Setting>;

// Those in which two profiles differ.
[[nodiscard]] Settings differing(const profile::Profile& a, const profile::Profile& b);

// Those that are not as in a profile that says nothing of them.
[[nodiscard]] Settings settingsOf(const profile::Profile& profile);

// The code of the note that it was left out; %1 is the format.
[[nodiscard]] std::string_view leftOutCode(Setting setting);

} // namespace tern::formats
