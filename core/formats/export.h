// A connection as another program's file. No secret is ever in one: Tern's profiles hold none.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/profile/profile.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

enum class ExportFormat { Pbk, PowerShell, MobileConfig, Sswan, NetworkManager, ProfileXml };
inline constexpr std::array exportFormats{ExportFormat::Pbk,   ExportFormat::PowerShell,     ExportFormat::MobileConfig,
                                          ExportFormat::Sswan, ExportFormat::NetworkManager, ExportFormat::ProfileXml};

// "pbk" "powershell" "mobileconfig" "sswan" "networkmanager" "profilexml".
[[nodiscard]] std::string_view exportFormatName(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatFromName(std::string_view name);

struct ExportedFile {
    base::Bytes content;
    std::string name;               // proposed for the file: from the connection's, without a folder
    std::vector<base::Error> notes; // tern.formats.export.*: settings of the profile that the format has no place for
};

// A phonebook entry that was imported and not changed comes back byte for byte (phonebook_export.h). PPTP and L2TP are
// written as a phonebook only; Fails with tern.formats.export.retired for other formats, .protocol where the format
// lacks the protocol, and .sign-in where it lacks the way to sign in.
[[nodiscard]] base::Result<ExportedFile> exportProfile(const profile::Profile& profile, ExportFormat format);

} // namespace tern::formats
