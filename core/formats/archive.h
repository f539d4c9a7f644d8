// The files of a zip archive that are of interest, bounded: what an archive says of sizes is not believed.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <functional>
#include <string>
#include <vector>

namespace tern::formats {

struct ArchivedFile {
    std::string path; // with "/" between folders
    base::Bytes content;
};

inline constexpr std::size_t mostArchivedFiles = 1'000;
inline constexpr std::size_t mostArchivedOctets = std::size_t{8} << 20U; // of all files of interest together

// Fails with tern.formats.broken for what is no archive, .too-complex for one with more files, or more in those of
// interest, than the bounds.
[[nodiscard]] base::Result<std::vector<ArchivedFile>> readZip(base::ByteView bytes, std::string_view file,
                                                              const std::function<bool(std::string_view)>& wanted);

} // namespace tern::formats
