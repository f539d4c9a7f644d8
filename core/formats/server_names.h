// Names and servers as other programs' files write them, made fit for a profile.
#pragma once

#include "core/profile/profile.h"

#include <string>
#include <string_view>

namespace tern::formats {

// No blanks or control characters, and no longer than a host name may be.
[[nodiscard]] bool isHost(std::string_view host);

// One or several servers with blanks between them, each "host", "host:port" or "[address]:port"; a bare IPv6 address
// keeps its colons. Those already there are not added again; the port is that of the first.
void addServers(profile::Profile& profile, std::string_view text);

// At most 256 octets, cut between characters; control characters would upset lists and files.
[[nodiscard]] std::string cleanName(std::string_view name);
// The same with at most 64 octets: a value that is shown because it makes no sense.
[[nodiscard]] std::string briefly(std::string_view value);

} // namespace tern::formats
