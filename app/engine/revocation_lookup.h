// connection::RevocationChecker with the network and a cache on disk.
#pragma once

#include "app/engine/certificate_lookup.h"
#include "core/connection/environment.h"

namespace tern::engine {

class RevocationLookup final : public connection::RevocationChecker {
public:
    struct Limits {
        std::chrono::milliseconds fetch{2500}; // one fetch
        std::chrono::milliseconds all{5000};   // then what is known counts
    };
    // random: outlives it.
    RevocationLookup(std::filesystem::path cache, base::RandomSource& random)
        : RevocationLookup(std::move(cache), random, Limits()) {}
    RevocationLookup(std::filesystem::path cache, base::RandomSource& random, Limits limits);
    RevocationLookup(const RevocationLookup&) = delete;
    RevocationLookup& operator=(const RevocationLookup&) = delete;
    ~RevocationLookup() override;

    [[nodiscard]] connection::PendingPtr check(connection::RevocationQuestion question, Done done) override;

private:
    RevocationCache m_cache;
    base::RandomSource& m_random;
    Limits m_limits;
    std::unique_ptr<QNetworkAccessManager> m_network; // made when first needed
};

} // namespace tern::engine
