// Replacing the IKE SA at the server's wish (RFC 7296 §1.3.2, §2.18).
#pragma once

#include "core/ike/context.h"
#include "core/ike/payloads.h"

namespace tern::ike {

struct IkeRekeyAnswer {
    Payloads payloads;           // to be sent under the old SA
    std::unique_ptr<IkeSa> next; // the new one; none when refused
};

[[nodiscard]] IkeRekeyAnswer answerIkeRekey(const Context& context, const Payloads& payloads);

} // namespace tern::ike
