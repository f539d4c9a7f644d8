// A file whole and into memory, bounded by maximumFileSize.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/unique_fd.h"

#include <string>

namespace tern::formats {

// The file is somebody else's: it may be a pipe, grow while it is read, or never end. Reads from its beginning,
// wherever the descriptor stands. `name`: what the user calls it. Fails with tern.engine.file-unreadable and
// tern.engine.file-too-large; a file that says so in its size is not read at all.
[[nodiscard]] base::Result<base::Bytes> readFile(const base::UniqueFd& file, const std::string& name);

// Opens it for that: never waits for a pipe's other end, never takes a terminal as ours, never writes. Fails with
// tern.engine.file-unreadable.
[[nodiscard]] base::Result<base::UniqueFd> openFile(const std::string& path, const std::string& name);

} // namespace tern::formats
