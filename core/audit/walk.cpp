#include "core/audit/walk.h"

#include <algorithm>
#include <set>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace tern::audit {

namespace {

namespace fs = std::filesystem;

enum class Kind { Folder, File, Other };

struct Found {
    Kind kind = Kind::Other;
    std::pair<dev_t, ino_t> identity;
    std::uintmax_t size = 0;
};

class Walker {
public:
    explicit Walker(const WalkSinks& sinks)
        : m_sinks(sinks) {}

    void begin(const std::string& path) {
        const auto found = look(path);
        if (!found) {
            return trouble(path, found.error(), true);
        }
        if (found->kind == Kind::Folder) {
            m_folders.emplace_back(path);
            while (!m_folders.empty()) {
                auto folder = std::move(m_folders.back());
                m_folders.pop_back();
                list(folder, folder.native() == path);
            }
        } else {
            ++m_count.files;
            take(path, *found, std::max(chanceOf(path), Chance::Likely), true);
        }
    }

    [[nodiscard]] WalkCount count() const { return m_count; }

private:
    static base::Result<Found> look(const fs::path& path) {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) {
            return base::fail("tern.engine.file-unreadable", {path.native()}, std::generic_category().message(errno));
        }
        const Kind kind = S_ISDIR(status.st_mode) ? Kind::Folder : S_ISREG(status.st_mode) ? Kind::File : Kind::Other;
        return Found{
            kind, {status.st_dev, status.st_ino}, static_cast<std::uintmax_t>(std::max<off_t>(status.st_size, 0))};
    }

    void list(const fs::path& folder, bool asked) {
        const auto found = look(folder);
        if (!found) {
            return trouble(folder.native(), found.error(), asked);
        }
        if (!m_seen.insert(found->identity).second) {
            return;
        }
        ++m_count.folders;
        std::vector<fs::path> files;
        std::vector<fs::path> folders;
        std::error_code error;
        for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
            std::error_code unknown;
            const bool link = each->is_symlink(unknown);
            const bool isFolder = each->is_directory(unknown);
            if (isFolder && !link) {
                folders.push_back(each->path().filename());
            } else if (!isFolder) {
                files.push_back(each->path());
            }
        }
        if (error) {
            trouble(folder.native(), {"tern.formats.folder-unreadable", {folder.native()}, error.message()}, asked);
        }
        takeAll(files);
        std::ranges::sort(folders);
        auto inside = worthwhile(folder, folders);
        m_folders.insert(m_folders.end(), std::make_move_iterator(inside.rbegin()),
                         std::make_move_iterator(inside.rend()));
    }

    void takeAll(std::vector<fs::path>& files) {
        m_count.files += files.size();
        std::ranges::sort(files);
        for (const auto& each : files) {
            const auto chance = chanceOf(each);
            if (chance == Chance::None) {
                continue;
            }
            // A link that leads nowhere is no file.
            if (const auto found = look(each); found && found->kind != Kind::Folder) {
                take(each.native(), *found, chance, false);
            }
        }
    }

    void take(const std::string& path, const Found& found, Chance chance, bool asked) {
        if (chance == Chance::Possible && (found.kind != Kind::File || found.size > largestPossible)) {
            return;
        }
        if (m_seen.insert(found.identity).second) {
            m_sinks.found({path, chance, asked, found.size});
        }
    }

    void trouble(const std::string& path, base::Error error, bool asked) {
        m_sinks.trouble(path, std::move(error), asked);
    }

    const WalkSinks& m_sinks;
    std::vector<fs::path> m_folders; // still to be listed, the next one last
    std::set<std::pair<dev_t, ino_t>> m_seen;
    WalkCount m_count;
};

} // namespace

WalkCount walk(std::span<const std::string> paths, const WalkSinks& sinks) {
    Walker walker(sinks);
    for (const auto& path : paths) {
        walker.begin(path);
    }
    return walker.count();
}

} // namespace tern::audit
