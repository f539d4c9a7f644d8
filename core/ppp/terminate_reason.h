// What a server's Terminate-Request says about why (RFC 1661 §5.5: anything). RRAS puts a mark and an error number of
// Windows in; others a text.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <optional>

namespace tern::ppp {

// With a number or a text of its own. Nothing when it says nothing that helps.
[[nodiscard]] std::optional<base::Error> terminateReason(base::ByteView data);

} // namespace tern::ppp
