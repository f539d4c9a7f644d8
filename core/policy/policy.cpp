#include "core/policy/policy.h"

#include "core/base/unique_fd.h"
#include "core/crypto/certificate.h"
#include "core/policy/parse.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tern::policy {

namespace {

constexpr std::size_t largestFile = std::size_t{1} << 20U;
constexpr std::size_t mostFiles = 256;

base::Error unreadable(const std::string& path, std::string detail) {
    return {"tern.policy.unreadable", {path}, std::move(detail)};
}

// Whoever else can write it could allow themselves anything.
std::optional<base::Error> writableByOthers(const struct stat& status, const std::string& path, unsigned owner) {
    const bool shared = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    const bool foreign = status.st_uid != 0 && status.st_uid != owner;
    if (!shared && !foreign) {
        return std::nullopt;
    }
    return base::Error{"tern.policy.writable",
                       {path},
                       "owner " + std::to_string(status.st_uid) + ", mode " + std::to_string(status.st_mode & 0777U)};
}

// Looks at the file that was opened, not at a name that may mean another one a moment later.
base::Result<std::string> readFile(const std::string& path, unsigned owner) {
    const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat status {};
    if (!file || ::fstat(file.get(), &status) != 0) {
        return base::fail(unreadable(path, std::strerror(errno)));
    }
    if (!S_ISREG(status.st_mode)) {
        return base::fail(unreadable(path, "no regular file"));
    }
    if (auto error = writableByOthers(status, path, owner)) {
        return base::fail(std::move(*error));
    }
    std::string text(largestFile + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const auto got = ::read(file.get(), text.data() + size, text.size() - size);
        if (got < 0 && errno != EINTR) {
            return base::fail(unreadable(path, std::strerror(errno)));
        }
        if (got == 0) {
            break;
        }
        size += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    if (size > largestFile) {
        return base::fail(unreadable(path, "larger than 1 MiB"));
    }
    text.resize(size);
    return text;
}

// The policy files in the folder by name; nothing where there is no folder.
base::Result<std::vector<std::string>> filesIn(const std::filesystem::path& folder, unsigned owner) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) {
        if (errno == ENOENT) {
            return std::vector<std::string>();
        }
        return base::fail(unreadable(folder.string(), std::strerror(errno)));
    }
    if (auto error = writableByOthers(status, folder.string(), owner)) {
        return base::fail(std::move(*error));
    }
    std::error_code error;
    std::vector<std::string> files;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (name.ends_with(".toml") && !name.starts_with('.')) {
            files.push_back(entry->path().string());
        }
    }
    if (error || files.size() > mostFiles) {
        return base::fail(unreadable(folder.string(), error ? error.message() : "more than 256 files"));
    }
    std::ranges::sort(files);
    return files;
}

// The authority as PEM of certificates and nothing else.
base::Result<std::string> readCa(Draft& draft, unsigned owner) {
    const std::vector<std::string> where{draft.caAt.file, std::to_string(draft.caAt.line)};
    std::string text = draft.ca;
    if (text.find("-----BEGIN") == std::string::npos) {
        if (!text.starts_with('/')) {
            return base::fail({"tern.policy.ca", where, "neither PEM nor the whole path of a file"});
        }
        draft.policy.caFile = text;
        auto file = readFile(text, owner);
        if (!file) {
            return file;
        }
        text = std::move(*file);
    }
    const auto certificates = crypto::certificatesIn(base::toBytes(text));
    if (!certificates) {
        return base::fail({"tern.policy.ca", where, certificates.error().code});
    }
    std::string pem;
    for (const auto& der : *certificates) {
        if (const auto read = crypto::Certificate::fromDer(der); !read) {
            return base::fail({"tern.policy.ca", where, read.error().code});
        }
        pem += crypto::pemOf(der);
    }
    return pem;
}

// What only makes sense together.
void complete(Draft& draft, unsigned owner) {
    auto& policy = draft.policy;
    if (draft.flagL2tp) {
        if (draft.until) {
            policy.l2tpUntil = draft.until;
        } else {
            policy.problems.push_back(
                {"tern.policy.no-date", {draft.l2tpAt.file, std::to_string(draft.l2tpAt.line)}, {}});
        }
    }
    if (draft.ca.empty()) {
        return;
    }
    if (policy.domains.empty() && policy.replacements.empty()) {
        policy.problems.push_back({"tern.policy.no-domains", {draft.caAt.file, std::to_string(draft.caAt.line)}, {}});
    }
    if (auto pem = readCa(draft, owner)) {
        policy.caPem = std::move(*pem);
    } else {
        policy.problems.push_back(std::move(pem.error()));
    }
}

} // namespace

const Replacement* Policy::replacementFor(std::string_view server) const {
    const auto found = replacements.find(lowerHost(server));
    return found == replacements.end() ? nullptr : &found->second;
}

bool Policy::isOurs(std::string_view server) const {
    const auto host = lowerHost(server);
    const auto inDomain = [&host](const std::string& domain) {
        return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                                  (domain.starts_with('.') || host[host.size() - domain.size() - 1] == '.'));
    };
    return !host.empty() &&
           (std::ranges::any_of(domains, inDomain) || std::ranges::any_of(replacements, [&host](const auto& each) {
                return lowerHost(each.second.host) == host;
            }));
}

Policy load(const std::filesystem::path& folder, unsigned owner) {
    Draft draft;
    auto& policy = draft.policy;
    if (auto files = filesIn(folder, owner)) {
        policy.files = std::move(*files);
    } else {
        policy.problems.push_back(std::move(files.error()));
    }
    for (const auto& file : policy.files) {
        if (const auto text = readFile(file, owner)) {
            parse(*text, file, draft);
        } else {
            policy.problems.push_back(text.error());
        }
    }
    complete(draft, owner);
    if (!policy.isSound()) {
        policy.l2tpUntil.reset();
        policy.caPem.clear();
        policy.domains.clear();
        policy.replacements.clear();
    }
    return std::move(policy);
}

std::filesystem::path defaultFolder() {
    const char* other = std::getenv("TERN_POLICY_DIR");
    return other != nullptr && *other != '\0' ? other : "/etc/tern/policy.d";
}

} // namespace tern::policy
