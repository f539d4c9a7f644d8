// EapHostConfig, Windows' XML for a way to sign in by EAP (MS-GPWL and Microsoft's published schemas).
#pragma once

#include "core/formats/draft.h"

namespace tern::formats {

// `config` is the EapHostConfig element, or one that holds it. Sets the method, what goes inside PEAP and TTLS, and how
// the server of the sign-in is recognised.
void readEapHostConfig(Draft& draft, Node& config);

[[nodiscard]] profile::Method eapMethodOf(std::int64_t type);

} // namespace tern::formats
