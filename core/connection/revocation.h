// Looking up whether the server's certificates were revoked, and what follows from the answer.
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/crypto/revocation.h"
#include "core/profile/profile.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tern::connection {

class Pending;

struct RevocationQuestion {
    std::vector<base::Bytes> chain; // verified: leaf first, the trusted certificate last
    // What the server sent along, to be tried first.
    std::vector<base::Bytes> ocspResponses;
    std::vector<base::Bytes> crls;
    base::UnixSeconds time{};
    // CacheOnly while the routes of a tunnel that is down stand: a question would go into that tunnel and nowhere, or,
    // sent beside it, tell the network outside where the VPN is.
    enum class Fetching { Allowed, CacheOnly };
    Fetching fetching = Fetching::Allowed;
};

// Of one certificate of the chain.
struct RevocationAnswer {
    crypto::RevocationVerdict verdict;
    std::string source;                // "server", "ocsp", "crl": where the verdict is from; empty without one
    std::optional<base::Error> reason; // why there is none
    bool nowhere = false;              // the certificate names no place where to ask
};

class RevocationChecker {
public:
    RevocationChecker() = default;
    RevocationChecker(const RevocationChecker&) = delete;
    RevocationChecker& operator=(const RevocationChecker&) = delete;
    virtual ~RevocationChecker() = default;

    // One answer for each certificate of the chain but the last, which is trusted for itself; within ten seconds.
    using Done = std::function<void(std::vector<RevocationAnswer>)>;
    [[nodiscard]] virtual std::unique_ptr<Pending> check(RevocationQuestion question, Done done) = 0;
};

// All of it in a word: "good", "unchecked", "revoked"; "trusted" where there was nothing to look up.
[[nodiscard]] std::string_view revocationSummary(const std::vector<RevocationAnswer>& answers);
[[nodiscard]] std::string_view revocationSummary(const RevocationAnswer& answer);

// Why the connection must not go on: tern.crypto.cert.{revoked,unchecked,uncheckable}.
[[nodiscard]] std::optional<base::Error> revocationRefusal(const std::vector<base::Bytes>& chain,
                                                           const std::vector<RevocationAnswer>& answers,
                                                           profile::Revocation policy);

} // namespace tern::connection
