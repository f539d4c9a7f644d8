// Which files of a tree may hold connections, and which folders are worth a look, by their names alone. Names are
// compared without regard to case: a Windows disk is mounted in either way.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tern::audit {

enum class Chance {
    None,
    Possible, // only the content can tell: nothing is said of it when it turns out to be something else
    Likely,   // named as such a file is: what is wrong with it is told
};
// By the file's name and its folder's.
[[nodiscard]] Chance chanceOf(const std::filesystem::path& file);

// For a Possible file: whether its beginning speaks of VPN connections at all.
[[nodiscard]] bool speaksOfVpn(std::string_view content);

// The larger a Possible file, the less likely: beyond this it is left alone.
inline constexpr std::uintmax_t largestPossible = 1024U * 1024U;

// The folders among `names`, the sub-folders of `folder`, that are worth going into, as paths. All of them as a rule.
// On a Windows disk the system's own and the programs' folders are left out, but for the places in them where Windows
// keeps phonebooks (System32/ras, the profiles of its services); of a running Linux system /proc, /sys and /dev.
[[nodiscard]] std::vector<std::filesystem::path> worthwhile(const std::filesystem::path& folder,
                                                            const std::vector<std::filesystem::path>& names);

// Whose file it is by its place: the folder below Users, Documents and Settings or home; "" elsewhere.
[[nodiscard]] std::string ownerOf(const std::filesystem::path& file);

} // namespace tern::audit
