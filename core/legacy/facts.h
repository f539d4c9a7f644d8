// The facts about certificates that assess() wants, out of what the profile holds. Nothing is fetched and no file read.
#pragma once

#include "core/base/bytes.h"
#include "core/legacy/assess.h"

namespace tern::legacy {

// The profile's own authorities, and ours: DER, leaf first, as the caller has read it; may be empty. What is no
// certificate is left out: connecting says so.
[[nodiscard]] std::vector<CertificateFact> certificateFacts(const profile::Profile& profile,
                                                            std::span<const base::Bytes> own = {});

} // namespace tern::legacy
