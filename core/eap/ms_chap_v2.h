// What MS-CHAPv2 computes (RFC 2759) and the keys that come of it (RFC 3079), for EAP and for PPP.
#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tern::eap {

using MsChapV2Challenge = std::array<std::uint8_t, 16>;

struct MsChapV2Answer {
    std::array<std::uint8_t, 24> ntResponse{};
    base::SecureBytes authenticatorResponse; // 20 octets the server must show
    base::SecureBytes sendKey;               // 16 octets; "send" is the client's view (RFC 3079 §3.4)
    base::SecureBytes receiveKey;            // 16 octets
};

// username: as typed; a domain in front of it does not count (RFC 2759 §4). password: UTF-8.
// Fails with tern.crypto.password-text for a password that is no UTF-8.
[[nodiscard]] base::Result<MsChapV2Answer> answerMsChapV2(const MsChapV2Challenge& authenticator,
                                                          const MsChapV2Challenge& peer, std::string_view username,
                                                          base::ByteView password);

// A new password for the server, encrypted with the old one (§8.9 to §8.13).
struct MsChapV2PasswordChange {
    base::Bytes encryptedPassword; // 516 octets
    base::Bytes encryptedHash;     // 16 octets
};
// Both passwords: UTF-8, the new one of at most 256 UTF-16 units. Fails with tern.crypto.password-text and
// tern.eap.password-length.
[[nodiscard]] base::Result<MsChapV2PasswordChange>
changeMsChapV2Password(base::ByteView oldPassword, base::ByteView newPassword, base::RandomSource& random);

// DOMAIN\user → user; anything else as it is, user@domain included.
[[nodiscard]] std::string_view withoutDomain(std::string_view username);

// Whether the message of a Success packet, "S=<40 hex digits> M=<text>" (§5), carries the expected answer.
[[nodiscard]] bool provesServer(base::ByteView message, base::ByteView authenticatorResponse);

// A Failure packet's message, "E=691 R=1 C=<32 hex digits> V=3 M=<text>" (§6).
struct MsChapV2Failure {
    unsigned code = 0;
    bool retryAllowed = false;
    unsigned version = 3; // of the password change protocol
    std::optional<MsChapV2Challenge> challenge;
    std::string text; // untrusted, fit to be shown
};
// Nothing when there is no error code in it. Fields may come in any order before M; unknown ones are skipped.
[[nodiscard]] std::optional<MsChapV2Failure> parseMsChapV2Failure(base::ByteView message);

inline constexpr unsigned msChapV2WrongPassword = 691;
inline constexpr unsigned msChapV2PasswordExpired = 648;
inline constexpr unsigned msChapV2ChangeFailed = 709;
// The failure in our words.
[[nodiscard]] base::Error msChapV2Error(const MsChapV2Failure& failure);

} // namespace tern::eap
