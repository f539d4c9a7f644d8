// Profiles on disk: one TOML file each in one directory (~/.config/tern/profiles; settings stay one level up), mode
// 0600 in a directory 0700, readable and editable by hand. Never a secret.
//
// Writing is atomic: a new file is written beside the old one, forced to disk, and renamed over it. A full disk, a
// crash or a kill leaves the old file or the new one, whole. A batch forces its files to disk together.
// Keys that this version does not know stay in a file that is saved again.
// Use one ProfileStore a directory from one thread.
#pragma once

#include "core/base/error.h"
#include "core/profile/profile.h"

#include <filesystem>
#include <map>
#include <set>
#include <span>

namespace tern::profile {

// A file that could not be read; the rest were.
struct StoreProblem {
    base::Error error;
    std::string file;
};

struct Loaded {
    std::vector<Profile> profiles; // by name, as people sort names
    std::vector<StoreProblem> problems;
};

// As people sort names: by the locale, numbers by their value, upper and lower case alike; stable.
void sortByName(std::vector<Profile>& profiles);

class ProfileStore {
public:
    // Nothing is touched until load() or save().
    explicit ProfileStore(std::filesystem::path directory);

    // $XDG_CONFIG_HOME/tern/profiles, by default ~/.config/tern/profiles.
    [[nodiscard]] static std::filesystem::path defaultDirectory();

    // Reads every *.toml; a directory that is not there holds none. Leftovers of writers that were killed are removed.
    // Fails only when the directory itself cannot be read.
    [[nodiscard]] base::Result<Loaded> load();

    // Adds the profile or replaces the one with its id. The file keeps its name, even when the profile is renamed.
    [[nodiscard]] base::Result<void> save(const Profile& profile);
    // A full disk adds none of them. Only a failure while the finished files are put in place (a crash, a directory
    // made read-only meanwhile) can leave some added and some not; each file is whole in any case.
    [[nodiscard]] base::Result<void> save(std::span<const Profile> profiles);

    // Not being there is no failure.
    [[nodiscard]] base::Result<void> remove(std::string_view id);

private:
    [[nodiscard]] std::filesystem::path fileFor(const Profile& profile);

    std::filesystem::path m_directory;
    std::map<std::string, std::string, std::less<>> m_files; // id → file name
    std::set<std::string, std::less<>> m_taken;              // names given out since, committed or not
    bool m_known = false;                                    // m_files has been read from the directory
};

} // namespace tern::profile
