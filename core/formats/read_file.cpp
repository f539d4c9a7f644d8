#include "core/formats/read_file.h"

#include "core/formats/import.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tern::formats {

namespace {

constexpr std::size_t chunk = 65536;

tl::unexpected<base::Error> unreadable(const std::string& name, int number) {
    return base::fail("tern.engine.file-unreadable", {name}, std::generic_category().message(number));
}

tl::unexpected<base::Error> tooLarge(const std::string& name) {
    return base::fail("tern.engine.file-too-large", {name}, "more than " + std::to_string(maximumFileSize) + " octets");
}

} // namespace

base::Result<base::Bytes> readFile(const base::UniqueFd& file, const std::string& name) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return base::fail("tern.engine.file-unreadable", {name}, "not a regular file");
    }
    const auto promised = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
    if (promised > maximumFileSize) {
        return tooLarge(name);
    }
    base::Bytes bytes(promised + 1); // one more tells the end from a file that grows
    for (std::size_t filled = 0;;) {
        if (filled == bytes.size()) {
            bytes.resize(filled + chunk);
        }
        const auto count =
            ::pread(file.get(), bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return unreadable(name, errno);
        }
        filled += static_cast<std::size_t>(count);
        if (filled > maximumFileSize) {
            return tooLarge(name);
        }
        if (count == 0) {
            bytes.resize(filled);
            return bytes;
        }
    }
}

base::Result<base::UniqueFd> openFile(const std::string& path, const std::string& name) {
    base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file) {
        return unreadable(name, errno);
    }
    return file;
}

} // namespace tern::formats
