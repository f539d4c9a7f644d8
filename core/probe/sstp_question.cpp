#include "core/probe/sstp_question.h"

#include "core/sstp/http_request.h"
#include "core/sstp/tls_error.h"

#include <array>
#include <string_view>

namespace tern::probe {

namespace {

constexpr std::uint8_t recordAlert = 21;
constexpr std::uint8_t recordHandshake = 22;

struct Answer {
    std::string_view code;
    SstpAnswer answer;
    Verdict verdict;
};
// What the codes of sstp::HttpResponse come to.
constexpr std::array answers{
    Answer{"tern.sstp.http.malformed", SstpAnswer::NotHttp, Verdict::Closed},
    Answer{"tern.sstp.http.too-long", SstpAnswer::NotHttp, Verdict::Closed},
    Answer{"tern.sstp.http.redirect", SstpAnswer::Portal, Verdict::Closed},
    Answer{"tern.sstp.http.web-page", SstpAnswer::Portal, Verdict::Closed},
    Answer{"tern.sstp.http.not-sstp", SstpAnswer::WebServer, Verdict::Closed},
    Answer{"tern.sstp.http.status", SstpAnswer::WebServer, Verdict::Closed},
    Answer{"tern.sstp.http.proxy-login", SstpAnswer::Refused, Verdict::Unusable},
    Answer{"tern.sstp.http.refused", SstpAnswer::Refused, Verdict::Unusable},
    Answer{"tern.sstp.http.unavailable", SstpAnswer::Busy, Verdict::Unusable},
};

} // namespace

SstpQuestion::SstpQuestion(Door door, Setup setup, base::RandomSource& random)
    : Question(door)
    , m_setup(std::move(setup))
    , m_random(random) {}

bool SstpQuestion::dislikesName() const {
    return m_facts.refusal && m_facts.refusal->code == "tern.sstp.tls.name" && !isWithoutName();
}

void SstpQuestion::begin(base::Instant now) {
    crypto::TlsClientConfig config;
    // Looked at afterwards: what is wrong with it is part of the answer, and nothing secret is said.
    config.check = [](const std::vector<base::Bytes>&) { return base::Result<void>(); };
    config.serverName = m_setup.serverName;
    auto created = crypto::TlsClient::create(std::move(config));
    if (!created) {
        refuse(std::move(created.error()));
        return;
    }
    m_tls = std::move(*created);
    if (auto begun = m_tls->receive({}); !begun) {
        refuse(sstp::outerTlsError(std::move(begun.error())));
        return;
    }
    ask(now, m_tls->takeOutput());
}

void SstpQuestion::pass() {
    if (auto octets = m_tls->takeOutput(); !octets.empty()) {
        send(std::move(octets));
    }
}

void SstpQuestion::take(base::Instant now, base::ByteView octets) {
    if (!m_tls || octets.empty()) {
        return;
    }
    if (!m_begun && octets.front() != recordHandshake && octets.front() != recordAlert) {
        finish(SstpAnswer::NotTls, Verdict::Closed);
        return;
    }
    m_begun = true;
    noteAnswer(now);
    auto received = m_tls->receive(octets);
    m_facts.chain = m_tls->serverChain();
    if (m_tls->isEstablished() && !m_requested) {
        established(now);
    }
    pass();
    if (m_requested && !isOver()) {
        readAnswer(now);
    }
    if (!received && !isOver()) {
        refuse(sstp::outerTlsError(std::move(received.error())));
    }
}

void SstpQuestion::established(base::Instant now) {
    m_facts.cipher = m_tls->cipherText();
    (m_tls->version() == crypto::TlsVersion::Tls13 ? m_facts.tls13 : m_facts.tls12) = Known::Yes;
    if (m_tls->version() == crypto::TlsVersion::Tls12) {
        m_facts.tls13 = Known::No; // it was offered
    }
    sstp::HttpRequest request;
    request.host = m_setup.host;
    request.port = door().endpoint.port;
    request.tenantId = m_setup.tenantId;
    m_random.fill(request.correlation);
    m_requested = true;
    if (m_tls->send(sstp::writeRequest(request))) {
        ask(now, m_tls->takeOutput());
    }
}

void SstpQuestion::readAnswer(base::Instant /*now*/) {
    const auto data = m_tls->takeData();
    const auto taken = m_response.take(data.view());
    if (!taken) {
        m_facts.refusal = taken.error();
        for (const auto& row : answers) {
            if (row.code == taken.error().code) {
                finish(row.answer, row.verdict);
                return;
            }
        }
        finish(SstpAnswer::NotHttp, Verdict::Closed);
    } else if (m_response.isComplete()) {
        finish(SstpAnswer::Sstp, Verdict::Open);
    }
}

void SstpQuestion::finish(SstpAnswer answer, Verdict verdict) {
    m_facts.answer = answer;
    if (m_tls && m_tls->isEstablished()) {
        m_tls->shutdown();
        pass();
    }
    conclude(verdict);
}

void SstpQuestion::refuse(base::Error error) {
    m_facts.refusal = std::move(error);
    if (m_tls) {
        pass(); // the alert
    }
    conclude(Verdict::Unusable);
}

void SstpQuestion::giveUp(base::Instant now) {
    if (m_requested) {
        m_facts.refusal = base::Error{"tern.sstp.http.timeout", {}, {}};
        setVerdict(Verdict::Unusable);
    } else if (m_begun) {
        m_facts.refusal = base::Error{"tern.sstp.tls.closed", {}, "TLS was begun and never stood"};
        setVerdict(Verdict::Unusable);
    } else if (isConnected()) {
        m_facts.answer = SstpAnswer::NotTls; // it took the call and says nothing to a ClientHello
        Question::giveUp(now);
    }
}

} // namespace tern::probe
