#include "app/engine/revocation_cache.h"

#include "core/crypto/prf.h"

#include <QSaveFile>
#include <QStandardPaths>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

namespace tern::engine {

namespace {

namespace fs = std::filesystem;

struct Entry {
    fs::path path;
    fs::file_time_type when;
    std::uintmax_t size;
};

std::vector<Entry> entriesOf(const fs::path& directory) {
    std::vector<Entry> entries;
    std::error_code error;
    for (fs::directory_iterator each(directory, error); !error && each != fs::directory_iterator();
         each.increment(error)) {
        std::error_code ignored;
        if (each->is_regular_file(ignored)) {
            entries.push_back({each->path(), each->last_write_time(ignored), each->file_size(ignored)});
        }
    }
    return entries;
}

} // namespace

fs::path RevocationCache::defaultDirectory() {
    const auto caches = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation);
    return fs::path(caches.toStdString()) / "tern" / "revocation";
}

fs::path RevocationCache::pathOf(base::ByteView key) const {
    return m_directory / base::toHex(crypto::digest(crypto::Hash::Sha256, {key}));
}

std::optional<base::Bytes> RevocationCache::find(base::ByteView key) const {
    const auto path = pathOf(key);
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (error || size == 0 || size > mostOctets) {
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    base::Bytes bytes(size);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    return file ? std::optional(std::move(bytes)) : std::nullopt;
}

void RevocationCache::keep(base::ByteView key, base::ByteView value) const {
    std::error_code error;
    if (fs::create_directories(m_directory, error); error) {
        return;
    }
    fs::permissions(m_directory, fs::perms::owner_all, error);
    makeRoom(value.size());
    QSaveFile file(QString::fromStdString(pathOf(key).string()));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(reinterpret_cast<const char*>(value.data()), static_cast<qint64>(value.size()));
        file.commit();
    }
}

void RevocationCache::drop(base::ByteView key) const {
    std::error_code ignored;
    fs::remove(pathOf(key), ignored);
}

void RevocationCache::makeRoom(std::uintmax_t wanted) const {
    auto entries = entriesOf(m_directory);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.when < b.when; });
    std::uintmax_t total = wanted;
    for (const auto& entry : entries) {
        total += entry.size;
    }
    auto left = entries.size() + 1;
    for (const auto& entry : entries) {
        if (total <= mostOctets && left <= mostFiles) {
            return;
        }
        std::error_code ignored;
        fs::remove(entry.path, ignored);
        total -= entry.size;
        --left;
    }
}

} // namespace tern::engine
