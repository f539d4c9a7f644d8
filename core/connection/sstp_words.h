// What SSTP says, in the words of a connection; and what its ends mean for another try.
#pragma once

#include "core/connection/questions.h"
#include "core/connection/status.h"

#include <string_view>

namespace tern::connection {

[[nodiscard]] Stage publicStage(sstp::Stage stage);
[[nodiscard]] Questions::Wish wishOf(const sstp::Prompt& prompt);
// For the log.
// Of the crypto binding.
[[nodiscard]] std::string bindingName(const sstp::SignedIn& done);
[[nodiscard]] std::string signedInText(const sstp::SignedIn& done, const std::string& cipher);

// Nobody was there, or nobody who speaks TLS: another address may do.
[[nodiscard]] bool isSstpDeadEnd(std::string_view code);
// Of a server that was there before: what may be different in a minute. Who is refused for who they are is not tried
// again.
[[nodiscard]] bool maySstpPass(std::string_view code);
// Of either protocol: nobody has answered.
[[nodiscard]] bool isSilence(std::string_view code);
// Of either protocol: for who we are, or for who the server is, which no other protocol changes.
[[nodiscard]] bool isRefusal(std::string_view code);

} // namespace tern::connection
