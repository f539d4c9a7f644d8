// The settings of a phonebook entry beside its servers and protocol. Each function reads one part into the profile.
#pragma once

#include "core/formats/phonebook_kind.h"

namespace tern::formats {

// The method Tern would use by the profile's protocol and the methods its origin allows, where EAP is not asked for.
[[nodiscard]] profile::Method mainMethod(const profile::Profile& profile);

// After readProtocol(): what a method is called depends on it.
void readAuthentication(profile::Profile& profile, const EntryKeys& keys, Notes& notes);
// Addresses, routing, DNS.
void readNetwork(profile::Profile& profile, const EntryKeys& keys, Notes& notes);
// IKE policy, mobility, Always On, redialling.
void readBehaviour(profile::Profile& profile, const EntryKeys& keys, Notes& notes);

} // namespace tern::formats
