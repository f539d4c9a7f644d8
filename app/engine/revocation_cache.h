// OCSP responses and CRLs on disk until they run out, so that a connection asks about the same certificate once in a
// while and not each time. What is read back is judged like anything from the network: the folder need not be trusted.
// Safe to use from several threads.
#pragma once

#include "core/base/bytes.h"

#include <filesystem>
#include <optional>
#include <string>

namespace tern::engine {

class RevocationCache {
public:
    static constexpr std::uintmax_t mostOctets = std::uintmax_t{32} * 1024 * 1024;
    static constexpr std::size_t mostFiles = 200;

    // directory: made when first needed, for its owner alone.
    explicit RevocationCache(std::filesystem::path directory)
        : m_directory(std::move(directory)) {}

    // ~/.cache/tern/revocation, or where XDG_CACHE_HOME says.
    [[nodiscard]] static std::filesystem::path defaultDirectory();

    // A key of any octets.
    [[nodiscard]] std::optional<base::Bytes> find(base::ByteView key) const;
    // Failing costs a question to the network, no more: nothing is reported. The oldest make room.
    void keep(base::ByteView key, base::ByteView value) const;
    void drop(base::ByteView key) const;

private:
    [[nodiscard]] std::filesystem::path pathOf(base::ByteView key) const;
    void makeRoom(std::uintmax_t wanted) const;

    std::filesystem::path m_directory;
};

} // namespace tern::engine
