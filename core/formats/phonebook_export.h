// Profiles written as a Windows phonebook. An imported entry is written back byte for byte, but for what the user
// changed since: the name, the servers, the protocol, full or split tunnel. A profile from elsewhere becomes a fresh
// entry that Windows completes with its defaults.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/profile/profile.h"

#include <span>

namespace tern::formats {

// In the given order. The encoding is that of the file they all came from, else UTF-8 without a mark, which is what
// Windows writes. No secret is written: Tern's profiles hold none.
[[nodiscard]] base::Bytes writePhonebook(std::span<const profile::Profile> profiles);

} // namespace tern::formats
