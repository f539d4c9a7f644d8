#include "core/profile/store.h"

#include "core/profile/atomic_files.h"
#include "core/profile/toml.h"

#include <QCollator>
#include <QString>
#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tern::profile {

namespace {

// A profile with a whole phonebook entry in it is a few KB; what is larger was not written by Tern.
constexpr std::size_t maximumFileSize = 8U * 1024U * 1024U;
constexpr qsizetype slugLength = 40;

base::Result<std::string> readFile(const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const auto failure = [&](const std::string& detail) {
        return base::fail("tern.profile.cannot-read", {path.string()}, detail);
    };
    // Not blocking, so that a FIFO somebody put there cannot hold the program.
    const base::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0) {
        return failure(std::generic_category().message(errno));
    }
    if (!S_ISREG(status.st_mode) || static_cast<std::uint64_t>(status.st_size) > maximumFileSize) {
        return failure("not a file, or larger than 8 MB");
    }
    std::string text(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        const ssize_t count = ::read(fd.get(), text.data() + have, text.size() - have);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return failure(std::generic_category().message(errno));
        }
        if (count == 0) {
            break;
        }
        have += static_cast<std::size_t>(count);
    }
    text.resize(have);
    return text;
}

// Letters and digits of any script, the rest one dash: a name people recognise in a file manager.
std::string slug(const std::string& name) {
    QString out;
    for (const QChar c : QString::fromStdString(name).toLower()) {
        if (c.isLetterOrNumber()) {
            out += c;
        } else if (!out.isEmpty() && !out.endsWith(QLatin1Char('-'))) {
            out += QLatin1Char('-');
        }
        if (out.size() >= slugLength) {
            break;
        }
    }
    while (out.endsWith(QLatin1Char('-'))) {
        out.chop(1);
    }
    return out.isEmpty() ? "connection" : out.toStdString();
}

} // namespace

void sortByName(std::vector<Profile>& profiles) {
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<std::pair<QCollatorSortKey, std::size_t>> order;
    order.reserve(profiles.size());
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        order.emplace_back(collator.sortKey(QString::fromStdString(profiles[i].name)), i);
    }
    std::ranges::sort(order, [](const auto& a, const auto& b) {
        const int compared = a.first.compare(b.first);
        return compared != 0 ? compared < 0 : a.second < b.second;
    });
    std::vector<Profile> sorted;
    sorted.reserve(profiles.size());
    for (const auto& each : order) {
        sorted.push_back(std::move(profiles[each.second]));
    }
    profiles = std::move(sorted);
}

ProfileStore::ProfileStore(std::filesystem::path directory)
    : m_directory(std::move(directory)) {}

std::filesystem::path ProfileStore::defaultDirectory() {
    const char* configured = std::getenv("XDG_CONFIG_HOME"); // NOLINT(concurrency-mt-unsafe): read before any thread
    if (configured != nullptr && *configured == '/') {
        return std::filesystem::path(configured) / "tern" / "profiles";
    }
    const char* home = std::getenv("HOME"); // NOLINT(concurrency-mt-unsafe): as above
    return std::filesystem::path(home == nullptr ? "/" : home) / ".config" / "tern" / "profiles";
}

base::Result<Loaded> ProfileStore::load() {
    Loaded loaded;
    m_files.clear();
    m_known = true;
    std::error_code error;
    if (!std::filesystem::exists(m_directory, error) && !error) {
        return loaded;
    }
    AtomicFiles::removeLeftovers(m_directory);
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator each(m_directory, error), end; !error && each != end;
         each.increment(error)) {
        std::string name = each->path().filename().string();
        if (name.ends_with(".toml") && !name.starts_with('.')) {
            names.push_back(std::move(name));
        }
    }
    if (error) {
        m_known = false;
        return base::fail("tern.profile.cannot-read", {m_directory.string()}, error.message());
    }
    std::ranges::sort(names); // so that of two files with one id it is always the same that counts
    for (const auto& name : names) {
        const auto text = readFile(m_directory / name);
        auto profile = text ? fromToml(*text, name) : base::Result<Profile>(base::fail(text.error()));
        if (!profile) {
            loaded.problems.push_back({profile.error(), name});
        } else if (const auto [at, added] = m_files.emplace(profile->id, name); !added) {
            loaded.problems.push_back({base::Error{"tern.profile.duplicate", {name, at->second}, {}}, name});
        } else {
            loaded.profiles.push_back(std::move(*profile));
        }
    }
    sortByName(loaded.profiles);
    return loaded;
}

std::filesystem::path ProfileStore::fileFor(const Profile& profile) {
    if (const auto found = m_files.find(profile.id); found != m_files.end()) {
        return found->second;
    }
    // Eight digits of the id tell equal names apart; the whole id does where even that is taken.
    const std::string start = slug(profile.name) + '-';
    std::string name = start + profile.id.substr(0, 8) + ".toml";
    std::error_code error;
    if (m_taken.contains(name) || std::filesystem::exists(m_directory / name, error)) {
        name = start + profile.id + ".toml";
    }
    return name;
}

base::Result<void> ProfileStore::save(const Profile& profile) {
    return save(std::span(&profile, 1));
}

base::Result<void> ProfileStore::save(std::span<const Profile> profiles) {
    if (!m_known) {
        if (auto loaded = load(); !loaded) {
            return base::fail(loaded.error());
        }
    }
    auto files = AtomicFiles::open(m_directory);
    if (!files) {
        return base::fail(files.error());
    }
    std::map<std::string, std::string, std::less<>> added;
    for (const auto& profile : profiles) {
        const bool known = m_files.contains(profile.id);
        const std::string name = fileFor(profile).string();
        // A file that cannot be read any more has no unknown keys to keep.
        const auto previous = known ? readFile(m_directory / name) : base::Result<std::string>(std::string());
        if (auto written = files->write(name, toToml(profile, previous.value_or(std::string()))); !written) {
            return written;
        }
        m_taken.insert(name);
        added.insert_or_assign(profile.id, name);
    }
    auto committed = files->commit();
    if (committed) {
        m_files.merge(added);
    } else {
        m_known = false; // some may be in place: look again before the next one
    }
    return committed;
}

base::Result<void> ProfileStore::remove(std::string_view id) {
    if (!m_known) {
        if (auto loaded = load(); !loaded) {
            return base::fail(loaded.error());
        }
    }
    const auto found = m_files.find(id);
    if (found == m_files.end()) {
        return {};
    }
    const auto path = m_directory / found->second;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return base::fail("tern.profile.cannot-write", {path.string()}, std::generic_category().message(errno));
    }
    m_taken.erase(found->second);
    m_files.erase(found);
    const base::UniqueFd directory(::open(m_directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory) {
        ::fsync(directory.get());
    }
    return {};
}

} // namespace tern::profile
