// The files below some paths that may hold connections. Folders are gone through recursively and other file systems as
// they are found; symbolic links to folders are not followed, so there are no loops, and nothing is met twice.
#pragma once

#include "core/audit/places.h"
#include "core/base/error.h"

#include <functional>
#include <span>
#include <string>

namespace tern::audit {

struct Candidate {
    std::string path;
    Chance chance = Chance::None;
    bool asked = false;      // named by the caller himself
    std::uintmax_t size = 0; // as the file system has it
};

struct WalkSinks {
    std::function<void(Candidate)> found;
    // A path that is not there (asked), or a folder that cannot be listed.
    std::function<void(const std::string& path, base::Error error, bool asked)> trouble;
};

struct WalkCount {
    std::size_t folders = 0;
    std::size_t files = 0; // of any kind
};

// In the given order, and in a folder by name. Calls the sinks from this thread.
WalkCount walk(std::span<const std::string> paths, const WalkSinks& sinks);

} // namespace tern::audit
