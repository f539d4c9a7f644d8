// The readers of each format behind importFile(), which has found out what the file is. Each is given the text or the
// tree, and what the user calls the file.
#pragma once

#include "core/formats/collector.h"

namespace tern::formats {

// NetworkManager's key files (nm-settings-keyfile): one connection a file.
[[nodiscard]] base::Result<ImportResult> readNetworkManager(const DecodedText& decoded, std::string_view file);
// strongSwan's profiles, .sswan.
[[nodiscard]] base::Result<ImportResult> readSswan(Node root, const DecodedText& decoded, std::string_view file);
// Apple's configuration profiles; `root` is the property list. before: notes of the file, its name their first
// argument.
[[nodiscard]] base::Result<ImportResult> readMobileconfig(Node root, std::string encoding, std::string_view file,
                                                          const std::vector<ImportProblem>& before);
// Windows' VPNv2 CSP.
[[nodiscard]] base::Result<ImportResult> readProfileXml(Node tree, const DecodedText& decoded, std::string_view file);
// Group Policy preferences, NetworkOptions.xml.
[[nodiscard]] base::Result<ImportResult> readGroupPolicy(Node tree, const DecodedText& decoded, std::string_view file);
// Azure's package for clients, and the two files out of it by themselves.
[[nodiscard]] base::Result<ImportResult> readAzureZip(base::ByteView bytes, std::string_view file);
[[nodiscard]] base::Result<ImportResult> readAzureSettings(Node tree, const DecodedText& decoded,
                                                           std::string_view file);
[[nodiscard]] base::Result<ImportResult> readAzureClient(Node tree, const DecodedText& decoded, std::string_view file);
// Connection Manager's service profiles, .cms.
[[nodiscard]] base::Result<ImportResult> readCmak(const DecodedText& decoded, std::string_view file);
[[nodiscard]] base::Result<ImportResult> readSwanctlConf(const DecodedText& decoded, std::string_view file);
[[nodiscard]] base::Result<ImportResult> readIpsecConfFile(const DecodedText& decoded, std::string_view file);
// A peer of pppd's that calls by PPTP or SSTP.
[[nodiscard]] base::Result<ImportResult> readPppPeer(const DecodedText& decoded, std::string_view file);
[[nodiscard]] base::Result<ImportResult> readXl2tpd(const DecodedText& decoded, std::string_view file);
// Scripts with Add-VpnConnection.
[[nodiscard]] base::Result<ImportResult> readPowershellScript(const DecodedText& decoded, std::string_view file);
// Get-VpnConnection | ConvertTo-Json.
[[nodiscard]] base::Result<ImportResult> readVpnConnectionJson(Node root, const DecodedText& decoded,
                                                               std::string_view file);

} // namespace tern::formats
