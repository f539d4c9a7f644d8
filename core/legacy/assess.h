// What is wrong with a connection, told without contacting anybody: retired protocols, fall-backs to them, weak
// methods. The badge in the list, the profile page, ternctl, the audit and the report show the same findings; their
// sentence, remedy and source are base::describe({code, args}).
#pragma once

#include "core/base/finding.h"
#include "core/base/time.h"
#include "core/legacy/grade.h"
#include "core/profile/profile.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tern::legacy {

// Pre-shared keys of fewer octets can be guessed from one recorded sign-in (RFC 7296 §2.15).
inline constexpr std::size_t shortestSharedKey = 20;
// A certificate that expires within this time is told of.
inline constexpr std::chrono::hours expiresSoon{24 * 30};

// A certificate of the profile: ours, or one that vouches for its server.
struct CertificateFact {
    enum class Role { Own, Authority };
    Role role = Role::Own;
    std::string name; // for people: the common name, or the subject
    base::UnixSeconds expires{};
};

// What assess() has to know beside the profile; it reads no clock and no file. See certificateFacts().
struct Facts {
    base::UnixSeconds now{}; // 0: no certificate is judged
    std::vector<CertificateFact> certificates;
    std::optional<std::size_t> sharedKeySize; // octets of the pre-shared key, where it is known; never the key
};

// Worst first; empty for a connection with nothing to say about.
[[nodiscard]] std::vector<base::Finding> assess(const profile::Profile& profile, const Facts& facts = {});

// What is weak about what a connection in use has agreed on; names: its outdated algorithms, "3DES, SHA-1".
// Nothing when there are none.
[[nodiscard]] std::optional<base::Finding> assessAgreed(const std::string& names);

// Why Tern itself does not connect this profile (PPTP, L2TP, plug-in connections); nothing when it may. What a policy
// allows beside is policy::decide().
[[nodiscard]] std::optional<base::Error> refusal(const profile::Profile& profile);

} // namespace tern::legacy
