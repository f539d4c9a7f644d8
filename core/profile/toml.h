// A profile as TOML text (TOML 1.0) and back. What equals a new profile's value is left out of the text.
#pragma once

#include "core/base/error.h"
#include "core/profile/profile.h"

#include <string>
#include <string_view>

namespace tern::profile {

// `previous` is the text this one replaces, or "": its keys that this version does not know are kept.
[[nodiscard]] std::string toToml(const Profile& profile, std::string_view previous = {});

// Fails for text that is not TOML and for a known key with a value that makes no sense; unknown keys are ignored.
// `file` names the file in the error. A file without an id gets one made of the file's name, the same every time.
[[nodiscard]] base::Result<Profile> fromToml(std::string_view text, std::string_view file);

} // namespace tern::profile
