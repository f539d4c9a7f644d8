// Whether a certificate's name covers the host that was dialled (RFC 9525 §6). For the .cpp files of this folder.
#pragma once

#include <string_view>

namespace tern::crypto {

// presented: a dNSName from the certificate. dialled: the host name as dialled. Compared label by label without
// regard to ASCII case; a trailing dot of the dialled name does not count. "*" stands for exactly one label, only as
// the whole left-most one, and only in front of at least two more.
[[nodiscard]] bool dnsNameMatches(std::string_view presented, std::string_view dialled);

} // namespace tern::crypto
