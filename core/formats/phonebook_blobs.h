// The binary values of a phonebook entry, written there as hexadecimal digits. Every length inside is checked against
// what is there: a length that lies ends the reading of that value, never more.
#pragma once

#include "core/base/bytes.h"
#include "core/profile/profile.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

// Longest value read, in hexadecimal digits; Windows writes a few thousand.
inline constexpr std::size_t maximumBlob = 256U * 1024U;

// What CustomAuthData says: "1DBC", then little-endian u32 EAP type, u32 length, and the method's own settings
// (EAP-TLS and PEAP: MS-GPWL §2.2.3.1).
struct EapSettings {
    std::uint32_t type = 0;
    std::vector<std::string> serverNames;
    std::vector<std::string> rootSha1;
    std::optional<bool> serverValidated;
    bool whole = true; // false: some of it did not fit its own lengths
};
// Nothing when it does not start as it must.
[[nodiscard]] std::optional<EapSettings> readEapSettings(std::string_view hex);

// CustomIPSecPolicies: six little-endian u32 (MS-RRASM ROUTER_CUSTOM_IKEv2_POLICY0, in the order the file has them:
// integrity, IKE cipher, group, ESP cipher, ESP integrity, PFS). The first policy; nothing for a number unknown.
[[nodiscard]] std::optional<profile::IkePolicy> readIkePolicy(std::string_view hex);

// TrustedNetworks, DnsSuffixSearchList: records of 512 octets of UTF-16LE, each ending at its first zero.
[[nodiscard]] std::vector<std::string> readNameRecords(std::string_view hex);

} // namespace tern::formats
