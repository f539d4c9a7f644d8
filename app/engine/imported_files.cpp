#include "app/engine/imported_files.h"

#include "core/base/unique_fd.h"
#include "core/crypto/certificate.h"
#include "core/profile/atomic_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tern::engine {

namespace {

constexpr std::size_t largestAuthorityFile = 256U * 1024U;

std::string fileName(std::string_view id) {
    return std::string(id) + ".p12";
}

formats::ImportProblem noteOf(const profile::Profile& profile, base::Error error) {
    error.args.insert(error.args.begin(), profile.name);
    return {std::move(error), formats::ImportProblem::Severity::Note, std::max(1U, profile.origin.line), profile.name};
}

base::Result<void> write(const std::filesystem::path& directory, const std::string& name, base::ByteView content) {
    auto files = profile::AtomicFiles::open(directory);
    if (!files) {
        return base::fail(std::move(files.error()));
    }
    if (auto written = files->write(name, {reinterpret_cast<const char*>(content.data()), content.size()}); !written) {
        return written;
    }
    return files->commit();
}

// An import names the path: it may be a device or a pipe, and is only looked at for certificates.
base::Result<std::vector<base::Bytes>> certificatesAt(const std::string& path) {
    const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return base::fail("tern.engine.file-unreadable", {path}, std::strerror(errno));
    }
    base::Bytes bytes(largestAuthorityFile);
    const auto count = ::read(file.get(), bytes.data(), bytes.size());
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return crypto::certificatesIn(bytes);
}

} // namespace

std::vector<formats::ImportProblem> keepImportedFiles(formats::ImportResult& result,
                                                      std::span<profile::Profile> profiles,
                                                      const std::filesystem::path& directory) {
    std::vector<formats::ImportProblem> problems;
    for (const auto& file : result.keyFiles) {
        const auto owner = std::ranges::find(profiles, file.profile, &profile::Profile::id);
        if (owner == profiles.end()) {
            continue;
        }
        if (const auto written = write(directory, fileName(file.profile), file.content.view()); !written) {
            problems.push_back(noteOf(*owner, {"tern.engine.certificate-not-kept", {}, written.error().detail}));
            continue;
        }
        owner->authentication.certificate.source = directory / fileName(file.profile);
    }
    for (const auto& file : result.authorityFiles) {
        const auto owner = std::ranges::find(profiles, file.profile, &profile::Profile::id);
        if (owner == profiles.end()) {
            continue;
        }
        const auto certificates = certificatesAt(file.path);
        if (!certificates) {
            problems.push_back(
                noteOf(*owner, {"tern.engine.authority-unreadable", {file.path}, certificates.error().detail}));
            continue;
        }
        for (const auto& der : *certificates) {
            owner->trust.caPem += crypto::pemOf(der);
        }
    }
    return problems;
}

void removeImportedFiles(std::string_view id, const std::filesystem::path& directory) {
    std::error_code ignored;
    std::filesystem::remove(directory / fileName(id), ignored);
}

} // namespace tern::engine
