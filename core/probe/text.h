// Text in fields of foreign protocols.
#pragma once

#include "core/base/bytes.h"

#include <string>

namespace tern::probe {

// Up to the first zero octet, at most 64; what is no printable ASCII becomes a question mark.
[[nodiscard]] std::string fieldText(base::ByteView field);

} // namespace tern::probe
