// What a client's certificate calls its owner, for servers that ask for a name beside it (EAP-Identity).
#pragma once

#include "core/base/bytes.h"

#include <string>

namespace tern::crypto {

// certificate: DER. Microsoft's user principal name, else the mail address of the subjectAltName, else the common name;
// UTF-8 from a certificate of ours. Empty when there is none of them.
[[nodiscard]] std::string certificateOwner(base::ByteView certificate);

} // namespace tern::crypto
