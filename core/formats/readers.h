// The readers of each format behind importFile(), which has found out what the file is. Each is given the text or the
// tree, and what the user calls the file.
#pragma once

#include "core/formats/collector.h"

namespace tern::formats {

// NetworkManager's key files (nm-settings-keyfile): one connection a file.
[[nodiscard]] base::Result<ImportResult> readNetworkManager(const DecodedText& decoded, std::string_view file);

} // namespace tern::formats
