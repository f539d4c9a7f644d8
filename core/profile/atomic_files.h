// Replaces files in one directory so that each is always the old one or the new one, whole: written beside under a
// temporary name, forced to disk, renamed. Several files are forced to disk together.
#pragma once

#include "core/base/error.h"
#include "core/base/unique_fd.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tern::profile {

class AtomicFiles {
public:
    // Makes the directory, mode 0700, with its parents, when it is not there.
    [[nodiscard]] static base::Result<AtomicFiles> open(const std::filesystem::path& directory);
    AtomicFiles(AtomicFiles&&) noexcept = default;
    AtomicFiles& operator=(AtomicFiles&&) = delete;
    AtomicFiles(const AtomicFiles&) = delete;
    AtomicFiles& operator=(const AtomicFiles&) = delete;
    // What was written and not committed is removed again.
    ~AtomicFiles();

    // Writes `content` under a temporary name, mode 0600; `name` is untouched until commit().
    [[nodiscard]] base::Result<void> write(const std::string& name, std::string_view content);
    // Forces everything to disk, then puts it in place.
    [[nodiscard]] base::Result<void> commit();

    // Removes temporary files of processes that are no longer there.
    static void removeLeftovers(const std::filesystem::path& directory);

private:
    AtomicFiles(std::filesystem::path path, base::UniqueFd directory);
    [[nodiscard]] tl::unexpected<base::Error> failure(int error, const std::string& what) const;

    struct Pending {
        std::string temporary;
        std::string name;
    };
    std::filesystem::path m_path;
    base::UniqueFd m_directory;
    std::vector<Pending> m_pending;
    base::UniqueFd m_last; // the newest file, kept open to be forced to disk by itself when it is the only one
};

} // namespace tern::profile
