#include "app/engine/imported_files.h"

#include "core/crypto/certificate.h"
#include "core/crypto/cms.h"
#include "core/crypto/trust.h"
#include "core/formats/read_file.h"
#include "core/profile/atomic_files.h"

#include <algorithm>
#include <chrono>

namespace tern::engine {

namespace {

constexpr auto systemAuthorities = "/etc/ssl/certs/ca-certificates.crt";

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

// An import names the path: it may be a device or a pipe.
base::Result<base::Bytes> readFile(const std::string& path) {
    const auto file = formats::openFile(path, path);
    return file ? formats::readFile(*file, path) : base::fail(file.error());
}

// Looked at for certificates only.
base::Result<std::vector<base::Bytes>> certificatesAt(const std::string& path) {
    const auto bytes = readFile(path);
    return bytes ? crypto::certificatesIn(*bytes) : base::fail(bytes.error());
}

} // namespace

formats::ImportTrust trustForSignature(base::ByteView file) {
    const auto start = base::toText(file.first(std::min<std::size_t>(file.size(), 11)));
    if (!crypto::looksSigned(file) && start != "-----BEGIN ") {
        return {};
    }
    const auto bundle = readFile(systemAuthorities);
    auto authorities = bundle ? crypto::TrustStore::fromPem(base::toText(*bundle)) : base::fail(bundle.error());
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {authorities ? *authorities : nullptr, std::chrono::duration_cast<base::UnixSeconds>(now)};
}

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
