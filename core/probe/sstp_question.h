// Whether a server takes SSTP's calls ([MS-SSTP] §3.2.4.1): TLS, whose certificate is kept for others to judge, and the
// HTTP request; when that is answered the connection is closed, before any call.
#pragma once

#include "core/base/random.h"
#include "core/crypto/tls_client.h"
#include "core/probe/question.h"
#include "core/sstp/http_response.h"

#include <memory>

namespace tern::probe {

class SstpQuestion final : public Question {
public:
    struct Setup {
        std::string host;       // for the request
        std::string serverName; // for SNI; empty: none
        std::string tenantId;   // empty: none
    };
    SstpQuestion(Door door, Setup setup, base::RandomSource& random);

    // The answer, the cipher, the chain, and which of TLS 1.2 and 1.3 was agreed to.
    [[nodiscard]] const SstpFacts& facts() const { return m_facts; }
    // It did not like the name in SNI: without one it may.
    [[nodiscard]] bool dislikesName() const;
    [[nodiscard]] bool isWithoutName() const { return m_setup.serverName.empty(); }

private:
    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;
    void giveUp(base::Instant now) override;
    void established(base::Instant now);
    void readAnswer(base::Instant now);
    void finish(SstpAnswer answer, Verdict verdict);
    void refuse(base::Error error);
    void pass();

    Setup m_setup;
    base::RandomSource& m_random;
    SstpFacts m_facts;
    std::unique_ptr<crypto::TlsClient> m_tls;
    sstp::HttpResponse m_response;
    bool m_begun = false; // octets have come
    bool m_requested = false;
};

} // namespace tern::probe
