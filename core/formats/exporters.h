// The writers behind exportProfile(), one a format. Each is handed a profile of a protocol and a way to sign in that
// the format has, and says which settings it wrote.
#pragma once

#include "core/formats/export_settings.h"
#include "core/profile/profile.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

struct Written {
    std::string text; // UTF-8
    Settings settings;
};

// strongSwan's JSON for Android and macOS (docs.strongswan.org, "VPN profiles").
[[nodiscard]] Written writeSswan(const profile::Profile& profile);
// Apple's configuration profile (Apple, "VPN payload settings").
[[nodiscard]] Written writeMobileConfig(const profile::Profile& profile);
// NetworkManager's key file, for its plug-ins for strongSwan and SSTP.
[[nodiscard]] Written writeNetworkManager(const profile::Profile& profile);
// Windows: VPNv2 CSP.
[[nodiscard]] Written writeProfileXml(const profile::Profile& profile);
// Windows: a script of the module VpnClient's commands.
[[nodiscard]] Written writePowerShell(const profile::Profile& profile);

// ---- what several of them need ----

// One line's worth of text from outside: control characters become blanks.
[[nodiscard]] std::string oneLine(std::string_view text);

// "vpn.example.com:8443", "[2001:db8::1]:8443"; without the port when there is none.
[[nodiscard]] std::string hostAndPort(const profile::Profile& profile);

// The certificates of a PEM text, each as base64 on one line.
[[nodiscard]] std::vector<std::string> certificatesOf(const std::string& pem);

// EapHostConfig of Windows for the profile's EAP method; nothing when it signs in without EAP. Adds what it wrote.
[[nodiscard]] std::optional<std::string> eapHostConfig(const profile::Profile& profile, Settings& written);

// The user names of the policy in other programs' words; nothing when one of its parts has none there.
struct PolicyNames {
    std::string cipher;
    std::string integrity;
    std::string group;
    std::string espCipher;
    std::string espIntegrity;
    std::string pfs; // "none" is "None" for Windows, else empty
};
[[nodiscard]] std::optional<PolicyNames> windowsPolicy(const profile::IkePolicy& policy);
[[nodiscard]] std::optional<PolicyNames> applePolicy(const profile::IkePolicy& policy);
[[nodiscard]] std::optional<PolicyNames> strongswanPolicy(const profile::IkePolicy& policy);

} // namespace tern::formats
