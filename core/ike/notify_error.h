// Error notifications of the server as errors for people (RFC 7296 §3.10.1, [MS-IKEE] private notify 12345).
#pragma once

#include "core/ike/payloads.h"

namespace tern::ike {

// Where the notification came: the same number means different things.
enum class ErrorPlace { Init, Auth, Child };

[[nodiscard]] base::Error notifyError(const Notification& notification, ErrorPlace place, const SessionConfig& config);
// The first error of a message; a Windows error says more than what it accompanies and is preferred.
[[nodiscard]] std::optional<base::Error> errorOf(const Payloads& payloads, ErrorPlace place,
                                                 const SessionConfig& config);

} // namespace tern::ike
