#include "core/formats/archive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>

namespace tern::formats {

namespace {

struct ArchiveDeleter {
    void operator()(archive* object) const { archive_read_free(object); }
};
using ArchivePtr = std::unique_ptr<archive, ArchiveDeleter>;

std::string pathOf(archive_entry* entry) {
    const char* name = archive_entry_pathname_utf8(entry);
    name = name == nullptr ? archive_entry_pathname(entry) : name;
    std::string path = name == nullptr ? std::string() : std::string(name);
    std::ranges::replace(path, '\\', '/');
    return path;
}

// False when it goes over the bound or cannot be read.
bool readContent(archive* from, base::Bytes& into, std::size_t& left, bool& tooLarge) {
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        const auto count = archive_read_data(from, buffer.data(), buffer.size());
        if (count == 0) {
            return true;
        }
        if (count < 0) {
            return false;
        }
        const auto size = static_cast<std::size_t>(count);
        if (size > left) {
            tooLarge = true;
            return false;
        }
        left -= size;
        base::append(into, base::ByteView(buffer).first(size));
    }
}

} // namespace

base::Result<std::vector<ArchivedFile>> readZip(base::ByteView bytes, std::string_view file,
                                                const std::function<bool(std::string_view)>& wanted) {
    const auto broken = [&](const std::string& detail) {
        return base::fail("tern.formats.broken", {std::string(file), "1", "ZIP"}, detail);
    };
    const auto tooComplex = [&] { return base::fail("tern.formats.too-complex", {std::string(file)}); };
    const ArchivePtr archive(archive_read_new());
    if (!archive || archive_read_support_format_zip(archive.get()) != ARCHIVE_OK ||
        archive_read_open_memory(archive.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return broken("cannot be opened");
    }
    std::vector<ArchivedFile> files;
    std::size_t left = mostArchivedOctets;
    for (std::size_t count = 0;; ++count) {
        archive_entry* entry = nullptr;
        const int next = archive_read_next_header(archive.get(), &entry);
        if (next == ARCHIVE_EOF) {
            return files;
        }
        if (next != ARCHIVE_OK && next != ARCHIVE_WARN) {
            const char* const words = archive_error_string(archive.get());
            return broken(words == nullptr ? "damaged" : words);
        }
        if (count >= mostArchivedFiles) {
            return tooComplex();
        }
        ArchivedFile found{pathOf(entry), {}};
        if (archive_entry_filetype(entry) != AE_IFREG || !wanted(found.path)) {
            continue;
        }
        bool tooLarge = false;
        if (!readContent(archive.get(), found.content, left, tooLarge)) {
            if (tooLarge) {
                return tooComplex();
            }
            return broken(found.path);
        }
        files.push_back(std::move(found));
    }
}

} // namespace tern::formats
