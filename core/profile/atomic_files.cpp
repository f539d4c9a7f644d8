#include "core/profile/atomic_files.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tern::profile {

namespace {

constexpr std::string_view temporarySuffix = ".tern-new";

// ".NAME.PID.COUNT.tern-new": hidden, not *.toml, and it tells whose it is.
std::string temporaryName(const std::string& name) {
    static std::atomic<unsigned> count{0};
    return '.' + name.substr(0, 150) + '.' + std::to_string(::getpid()) + '.' + std::to_string(count++) +
           std::string(temporarySuffix);
}

bool isLeftover(std::string_view name) {
    if (!name.starts_with('.') || !name.ends_with(temporarySuffix)) {
        return false;
    }
    name.remove_suffix(temporarySuffix.size());
    name = name.substr(0, name.rfind('.')); // the count
    const auto dot = name.rfind('.');
    const std::string_view number = dot == std::string_view::npos ? name : name.substr(dot + 1);
    pid_t owner = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), owner);
    if (error != std::errc() || end != number.data() + number.size() || owner <= 0) {
        return false;
    }
    return owner != ::getpid() && ::kill(owner, 0) != 0 && errno == ESRCH;
}

int writeAll(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t count = ::write(fd, content.data(), content.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return count == 0 ? EIO : errno;
        }
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

// mkdir -p, every new one for the owner alone.
int makeDirectories(const std::filesystem::path& path) {
    std::filesystem::path sofar;
    for (const auto& part : path) {
        sofar /= part;
        if (::mkdir(sofar.c_str(), 0700) != 0 && errno != EEXIST) {
            const int error = errno;
            std::error_code ignored;
            if (!std::filesystem::is_directory(sofar, ignored)) {
                return error;
            }
        }
    }
    return 0;
}

} // namespace

AtomicFiles::AtomicFiles(std::filesystem::path path, base::UniqueFd directory)
    : m_path(std::move(path))
    , m_directory(std::move(directory)) {}

AtomicFiles::~AtomicFiles() {
    for (const auto& pending : m_pending) {
        ::unlinkat(m_directory.get(), pending.temporary.c_str(), 0);
    }
}

tl::unexpected<base::Error> AtomicFiles::failure(int error, const std::string& what) const {
    const std::string detail = what + ": " + std::generic_category().message(error);
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
        return base::fail("tern.profile.disk-full", {m_path.string()}, detail);
    }
    return base::fail("tern.profile.cannot-write", {m_path.string()}, detail);
}

base::Result<AtomicFiles> AtomicFiles::open(const std::filesystem::path& directory) {
    AtomicFiles files(directory, base::UniqueFd(-1));
    if (const int error = makeDirectories(directory)) {
        return files.failure(error, "mkdir");
    }
    files.m_directory.reset(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!files.m_directory) {
        return files.failure(errno, "open");
    }
    return files;
}

base::Result<void> AtomicFiles::write(const std::string& name, std::string_view content) {
    const std::string temporary = temporaryName(name);
    base::UniqueFd fd(
        ::openat(m_directory.get(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) {
        return failure(errno, "open " + temporary);
    }
    m_pending.push_back({temporary, name});
    if (const int error = writeAll(fd.get(), content)) {
        return failure(error, "write " + temporary);
    }
    m_last = std::move(fd);
    return {};
}

base::Result<void> AtomicFiles::commit() {
    if (m_pending.empty()) {
        return {};
    }
    // One file: its own fsync. Many: one syncfs, which is far less than a journal commit each.
    const bool single = m_pending.size() == 1;
    if ((single ? ::fsync(m_last.get()) : ::syncfs(m_directory.get())) != 0) {
        return failure(errno, single ? "fsync" : "syncfs");
    }
    m_last.reset();
    // In the order written, so that of two with one name the later stays.
    const auto left = std::ranges::find_if(m_pending, [this](const Pending& next) {
        return ::renameat(m_directory.get(), next.temporary.c_str(), m_directory.get(), next.name.c_str()) != 0;
    });
    const int error = errno;
    m_pending.erase(m_pending.begin(), left);
    if (!m_pending.empty()) {
        return failure(error, "rename " + m_pending.front().temporary);
    }
    if (::fsync(m_directory.get()) != 0) {
        return failure(errno, "fsync of the directory");
    }
    return {};
}

void AtomicFiles::removeLeftovers(const std::filesystem::path& directory) {
    std::error_code error;
    for (std::filesystem::directory_iterator each(directory, error), end; !error && each != end;
         each.increment(error)) {
        if (isLeftover(each->path().filename().string())) {
            std::error_code ignored;
            std::filesystem::remove(each->path(), ignored);
        }
    }
}

} // namespace tern::profile
