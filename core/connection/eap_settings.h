// What a profile says about EAP, as the EAP peer wants it.
#pragma once

#include "core/eap/settings.h"
#include "core/profile/profile.h"

namespace tern::connection {

// server: as dialled. trust: the authorities of the profile, or the system's; time: for dates in certificates.
// Fails with tern.crypto.ca.not-here when the profile names authorities of the EAP server that are not there.
//
// Which certificate an EAP server must show: one for a name of the profile's list. Without a list, any certificate of
// the authorities the profile itself brings or names (as Windows has it), or, with the system's authorities, one for
// the server that was dialled: anybody can get one of those for a name of their own.
[[nodiscard]] base::Result<eap::Settings> eapSettings(const profile::Profile& profile, const std::string& server,
                                                      const std::shared_ptr<const crypto::TrustStore>& trust,
                                                      base::UnixSeconds time);

} // namespace tern::connection
