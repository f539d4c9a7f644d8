#include "core/connection/revocation.h"

#include "core/crypto/certificate.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace tern::connection {

namespace {

using crypto::RevocationState;

std::string subjectOf(const base::Bytes& der) {
    const auto certificate = crypto::Certificate::fromDer(der);
    return certificate ? certificate->subject : std::string();
}

std::string dateText(base::UnixSeconds when) {
    const std::time_t time = when.count();
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

base::Error revoked(const base::Bytes& certificate, const RevocationAnswer& answer) {
    auto reason = std::string(crypto::revocationReason(answer.verdict.reason));
    return {"tern.crypto.cert.revoked",
            {subjectOf(certificate), dateText(answer.verdict.revokedAt), reason.empty() ? "unspecified" : reason},
            "by " + answer.source};
}

base::Error unchecked(const base::Bytes& certificate, const RevocationAnswer& answer) {
    auto subject = subjectOf(certificate);
    if (answer.nowhere) {
        return {"tern.crypto.cert.uncheckable", {std::move(subject)}, {}};
    }
    const auto why = answer.reason
                         ? answer.reason->code + (answer.reason->detail.empty() ? "" : ": ") + answer.reason->detail
                         : "the authority does not know it";
    return {"tern.crypto.cert.unchecked", {std::move(subject)}, why};
}

} // namespace

std::string_view revocationSummary(const RevocationAnswer& answer) {
    switch (answer.verdict.state) {
    case RevocationState::Good:
        return "good";
    case RevocationState::Revoked:
        return "revoked";
    case RevocationState::Unknown:
        break;
    }
    return "unchecked";
}

std::string_view revocationSummary(const std::vector<RevocationAnswer>& answers) {
    const auto any = [&answers](RevocationState state) {
        return std::any_of(answers.begin(), answers.end(),
                           [state](const RevocationAnswer& answer) { return answer.verdict.state == state; });
    };
    if (answers.empty()) {
        return "trusted";
    }
    if (any(RevocationState::Revoked)) {
        return "revoked";
    }
    return any(RevocationState::Unknown) ? "unchecked" : "good";
}

std::optional<base::Error> revocationRefusal(const std::vector<base::Bytes>& chain,
                                             const std::vector<RevocationAnswer>& answers, profile::Revocation policy) {
    for (std::size_t i = 0; i < answers.size() && i < chain.size(); ++i) {
        if (answers[i].verdict.state == RevocationState::Revoked) {
            return revoked(chain[i], answers[i]);
        }
    }
    if (policy != profile::Revocation::Strict) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < answers.size() && i < chain.size(); ++i) {
        if (answers[i].verdict.state != RevocationState::Good) {
            return unchecked(chain[i], answers[i]);
        }
    }
    return std::nullopt;
}

} // namespace tern::connection
