#include "core/connection/certificate_check.h"

#include "core/connection/machine.h"

namespace tern::connection {

namespace {

// As profile::pinFromText() writes them.
constexpr std::size_t pinMark = std::string_view("sha256:").size();

std::vector<RevocationAnswer> nobodyToAsk(std::size_t certificates) {
    RevocationAnswer none;
    none.reason = base::Error{"tern.crypto.revocation.other", {}, "nobody to ask"};
    return std::vector<RevocationAnswer>(certificates, none);
}

} // namespace

base::Result<std::vector<base::Bytes>> CertificateCheck::pinsOf(const profile::Trust& trust) {
    std::vector<base::Bytes> pins;
    for (const auto& pin : trust.pins) {
        auto hash = pin.size() > pinMark ? base::fromHex(std::string_view(pin).substr(pinMark)) : base::Bytes();
        if (hash.empty()) {
            // Left out it would be trust without the pin.
            return base::fail("tern.profile.bad-pin", {pin});
        }
        pins.push_back(std::move(hash));
    }
    return pins;
}

base::Result<void> CertificateCheck::configure(ike::SessionConfig& config) const {
    const auto& trust = m_machine.request.profile.trust;
    config.certificateName = trust.serverName;
    auto pins = pinsOf(trust);
    if (!pins) {
        return base::fail(std::move(pins.error()));
    }
    config.pins = std::move(*pins);
    if (trust.revocation != profile::Revocation::Off) {
        config.certificateCheck = ike::SessionConfig::CertificateCheck::Awaited;
    }
    return {};
}

void CertificateCheck::take(const ike::ServerCertificates& certificates, Asker asker) {
    m_asker = asker;
    auto report = std::make_shared<CertificateReport>();
    report->verified = !certificates.refusal;
    report->chain = report->verified ? certificates.chain : certificates.sent;
    report->expectedName = certificates.expectedName;
    report->refusal = certificates.refusal;
    if (certificates.awaitsCheck) {
        report->revocation = "pending";
    } else {
        report->revocation = report->verified ? "off" : "";
    }
    m_report = std::move(report);
    show();
    if (certificates.awaitsCheck) {
        ask(certificates);
    }
}

void CertificateCheck::ask(const ike::ServerCertificates& certificates) {
    const bool sstp = m_asker == Asker::Sstp;
    const auto answered = m_machine.callback<std::vector<RevocationAnswer>>([sstp](auto answers) -> Event {
        return RevocationLookedUp{std::move(answers), sstp};
    });
    auto* const checker = m_machine.environment.revocation;
    if (checker == nullptr || certificates.chain.size() < 2) {
        const auto below = certificates.chain.empty() ? 0 : certificates.chain.size() - 1;
        m_machine.enqueue(RevocationLookedUp{nobodyToAsk(below), sstp});
        return;
    }
    RevocationQuestion question;
    question.chain = certificates.chain;
    question.ocspResponses = certificates.ocspResponses;
    question.crls = certificates.crls;
    question.time = m_machine.environment.reactor.wallClock();
    question.fetching =
        m_machine.status.reconnecting ? RevocationQuestion::Fetching::CacheOnly : RevocationQuestion::Fetching::Allowed;
    m_asking = checker->check(std::move(question), answered);
}

void CertificateCheck::lookedUp(std::vector<RevocationAnswer> answers) {
    m_asking.reset();
    if (!m_report || (!m_machine.ike && !m_machine.sstp)) {
        return;
    }
    auto report = std::make_shared<CertificateReport>(*m_report);
    auto refusal = revocationRefusal(report->chain, answers, m_machine.request.profile.trust.revocation);
    report->refusal = refusal;
    report->revocation = revocationSummary(answers);
    noteGaps(answers);
    report->answers = std::move(answers);
    m_report = std::move(report);
    show();
    if (m_asker == Asker::Successor) {
        m_machine.enqueue(SuccessorChecked{std::move(refusal)});
    } else if (m_asker == Asker::Sstp) {
        if (m_machine.sstp) {
            m_machine.sstp->certificatesChecked(std::move(refusal));
        }
    } else if (m_machine.ike) {
        m_machine.ike->certificatesChecked(std::move(refusal));
    }
}

void CertificateCheck::show() const {
    if (m_report) {
        m_machine.status.certificates = m_report;
    }
}

void CertificateCheck::noteGaps(const std::vector<RevocationAnswer>& answers) {
    for (const auto& answer : answers) {
        if (answer.verdict.state == crypto::RevocationState::Unknown && !answer.nowhere) {
            m_machine.note("Whether a certificate of the server was revoked could not be checked" +
                           (answer.reason ? " (" + answer.reason->code + (answer.reason->detail.empty() ? "" : ": ") +
                                                answer.reason->detail + ")"
                                          : std::string()));
        }
    }
}

} // namespace tern::connection
