// Finds out whether one certificate was revoked: from what the server sent along, from the cache, by OCSP, by CRL, in
// that order. Judging and the disk are another thread's work.
#pragma once

#include "app/engine/http_fetch.h"
#include "app/engine/revocation_cache.h"
#include "core/base/random.h"
#include "core/connection/revocation.h"

#include <deque>

namespace tern::engine {

// What the lookups of one question share; borrowed parts outlive them.
struct LookupContext {
    QNetworkAccessManager& network;
    RevocationCache cache;
    base::RandomSource& random;
    std::vector<base::Bytes> ocspResponses;
    std::vector<base::Bytes> crls;
    base::UnixSeconds time;
    connection::RevocationQuestion::Fetching fetching;
    std::chrono::milliseconds fetchLimit;
};

class CertificateLookup : public QObject {
public:
    enum class Ways { Any, CrlOnly }; // CrlOnly: of a responder, which cannot vouch for itself
    using Done = std::function<void(connection::RevocationAnswer)>;
    // done is called once, from the event loop; it may destroy the lookup.
    CertificateLookup(std::shared_ptr<const LookupContext> context, base::Bytes certificate, base::Bytes issuer,
                      Ways ways, Done done);
    CertificateLookup(const CertificateLookup&) = delete;
    CertificateLookup& operator=(const CertificateLookup&) = delete;
    ~CertificateLookup() override;

private:
    enum class Kind { Ocsp, Crl };
    struct Place {
        Kind kind;
        std::string url;
    };
    struct Judged {
        base::Result<crypto::RevocationVerdict> verdict;
        std::string source;
    };

    void lookAtHand();
    void askNext();
    void fetch(const Place& place);
    void arrived(const Place& place, base::Result<base::Bytes> answer);
    void judged(Judged result);
    void lookAtResponder(Judged result);
    void finish(connection::RevocationAnswer answer);

    std::shared_ptr<const LookupContext> m_context;
    base::Bytes m_certificate;
    base::Bytes m_issuer;
    Ways m_ways;
    Done m_done;
    crypto::RevocationSources m_sources;
    std::deque<Place> m_places; // still to be asked
    base::Bytes m_nonce;
    std::optional<base::Error> m_reason; // why there is no verdict yet
    std::unique_ptr<HttpFetch> m_fetch;
    std::unique_ptr<CertificateLookup> m_responder;
};

} // namespace tern::engine
