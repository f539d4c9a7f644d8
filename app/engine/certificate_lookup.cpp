#include "app/engine/certificate_lookup.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

namespace tern::engine {

namespace {

using connection::RevocationAnswer;
using crypto::RevocationState;
using Verdict = base::Result<crypto::RevocationVerdict>;

constexpr std::size_t nonceSize = 32;

// Runs `work` beside the event loop and hands its result to `then` in it, unless `owner` is gone by then. `then` must
// not destroy `owner` at once.
template<typename Work, typename Then>
void beside(QObject* owner, Work work, Then then) {
    using Shared = std::shared_ptr<decltype(work())>;
    const auto promise = std::make_shared<QPromise<Shared>>();
    promise->start();
    auto watcher = std::make_unique<QFutureWatcher<Shared>>(owner);
    QObject::connect(watcher.get(), &QFutureWatcherBase::finished, owner,
                     [watcher = watcher.get(), then = std::move(then)] {
                         watcher->deleteLater();
                         then(std::move(*watcher->result()));
                     });
    watcher->setFuture(promise->future());
    static_cast<void>(watcher.release()); // owner's
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(std::make_shared<decltype(work())>(work()));
        promise->finish();
    });
}

base::Bytes cacheKey(std::string_view kind, const crypto::IssuedCertificate& asked, std::string_view url) {
    base::Bytes key = base::toBytes(kind);
    base::append(key, asked.issuer);
    base::append(key, url.empty() ? asked.certificate : base::ByteView(base::toBytes(url)));
    return key;
}

base::Bytes ocspKey(const crypto::IssuedCertificate& asked) {
    return cacheKey("ocsp", asked, {});
}

// A CRL is about all certificates of its issuer.
base::Bytes crlKey(const crypto::IssuedCertificate& asked, const std::string& url) {
    return cacheKey("crl", asked, url);
}

struct AtHand {
    std::vector<base::Bytes> ocsp;
    std::vector<base::Bytes> crls;
    std::string source;
};

AtHand cached(const RevocationCache& cache, const crypto::IssuedCertificate& asked,
              const crypto::RevocationSources& sources) {
    AtHand found{{}, {}, {}};
    if (auto response = cache.find(ocspKey(asked))) {
        found.ocsp.push_back(std::move(*response));
    }
    for (const auto& url : sources.crl) {
        if (auto crl = cache.find(crlKey(asked, url))) {
            found.crls.push_back(std::move(*crl));
        }
    }
    return found;
}

} // namespace

CertificateLookup::CertificateLookup(std::shared_ptr<const LookupContext> context, base::Bytes certificate,
                                     base::Bytes issuer, Ways ways, Done done)
    : m_context(std::move(context))
    , m_certificate(std::move(certificate))
    , m_issuer(std::move(issuer))
    , m_ways(ways)
    , m_done(std::move(done))
    , m_sources(crypto::revocationSources(m_certificate)) {
    if (m_ways == Ways::Any) {
        for (const auto& url : m_sources.ocsp) {
            m_places.push_back({Kind::Ocsp, url});
        }
    }
    for (const auto& url : m_sources.crl) {
        m_places.push_back({Kind::Crl, url});
    }
    lookAtHand();
}

CertificateLookup::~CertificateLookup() = default;

void CertificateLookup::lookAtHand() {
    const auto work = [context = m_context, certificate = m_certificate, issuer = m_issuer, ways = m_ways,
                       sources = m_sources] {
        const crypto::IssuedCertificate asked{certificate, issuer};
        Judged best{base::fail("tern.crypto.revocation.other", {}, "nothing at hand"), {}};
        const auto tryAll = [&](const AtHand& hand, const char* ocspSource, const char* crlSource) {
            const auto better = [&](Verdict verdict, const char* source) {
                if (verdict && verdict->state != RevocationState::Unknown &&
                    (!best.verdict || verdict->state == RevocationState::Revoked)) {
                    best = {std::move(verdict), source};
                }
            };
            for (const auto& response : ways == Ways::Any ? hand.ocsp : std::vector<base::Bytes>()) {
                better(crypto::judgeOcsp(response, asked, {}, context->time), ocspSource);
            }
            for (const auto& crl : hand.crls) {
                better(crypto::judgeCrl(crl, asked, context->time), crlSource);
            }
        };
        tryAll({context->ocspResponses, context->crls, {}}, "server", "server");
        tryAll(cached(context->cache, asked, sources), "ocsp", "crl");
        return best;
    };
    beside(this, work, [this](Judged result) {
        if (result.verdict) {
            lookAtResponder(std::move(result));
        } else {
            askNext();
        }
    });
}

void CertificateLookup::askNext() {
    if (m_places.empty() || m_context->fetching == connection::RevocationQuestion::Fetching::CacheOnly) {
        RevocationAnswer answer;
        answer.nowhere = m_sources.ocsp.empty() && m_sources.crl.empty();
        answer.reason = m_reason;
        if (!answer.nowhere && !answer.reason) {
            answer.reason = base::Error{"tern.engine.fetch-not-now", {}, {}};
        }
        finish(std::move(answer));
        return;
    }
    const auto place = std::move(m_places.front());
    m_places.pop_front();
    fetch(place);
}

void CertificateLookup::fetch(const Place& place) {
    HttpRequest request;
    request.url = QUrl(QString::fromStdString(place.url), QUrl::StrictMode);
    request.limit = m_context->fetchLimit;
    if (place.kind == Kind::Ocsp) {
        m_nonce.resize(nonceSize);
        m_context->random.fill(m_nonce);
        auto body = crypto::ocspRequest({m_certificate, m_issuer}, m_nonce);
        if (!body) {
            m_reason = std::move(body.error());
            askNext();
            return;
        }
        request.body = std::move(*body);
        request.contentType = "application/ocsp-request";
        request.most = static_cast<qint64>(crypto::mostOcspOctets);
    } else {
        request.most = static_cast<qint64>(crypto::mostCrlOctets);
    }
    m_fetch = std::make_unique<HttpFetch>(
        m_context->network, std::move(request),
        [this, place](base::Result<base::Bytes> answer) { arrived(place, std::move(answer)); });
}

void CertificateLookup::arrived(const Place& place, base::Result<base::Bytes> answer) {
    // It is what calls us.
    m_fetch.release()->deleteLater();
    if (!answer) {
        m_reason = std::move(answer.error());
        askNext();
        return;
    }
    const auto work = [context = m_context, certificate = m_certificate, issuer = m_issuer, nonce = m_nonce, place,
                       bytes = std::move(*answer)] {
        const crypto::IssuedCertificate asked{certificate, issuer};
        const bool ocsp = place.kind == Kind::Ocsp;
        auto verdict = ocsp ? crypto::judgeOcsp(bytes, asked, nonce, context->time)
                            : crypto::judgeCrl(bytes, asked, context->time);
        if (verdict && verdict->state != RevocationState::Unknown) {
            context->cache.keep(ocsp ? ocspKey(asked) : crlKey(asked, place.url), bytes);
        }
        return Judged{std::move(verdict), ocsp ? "ocsp" : "crl"};
    };
    beside(this, work, [this](Judged result) { judged(std::move(result)); });
}

void CertificateLookup::judged(Judged result) {
    if (!result.verdict) {
        m_reason = std::move(result.verdict.error());
        askNext();
    } else if (result.verdict->state == RevocationState::Unknown) {
        m_reason = base::Error{"tern.crypto.revocation.other", {}, "the responder does not know the certificate"};
        askNext();
    } else {
        lookAtResponder(std::move(result));
    }
}

// A responder to which the authority lent its name could itself have been revoked (RFC 6960 §4.2.2.2.1).
void CertificateLookup::lookAtResponder(Judged result) {
    RevocationAnswer answer{*result.verdict, result.source, std::nullopt, false};
    if (answer.verdict.responder.empty()) {
        finish(std::move(answer));
        return;
    }
    m_responder = std::make_unique<CertificateLookup>(
        m_context, answer.verdict.responder, m_issuer, Ways::CrlOnly,
        [this, answer](const RevocationAnswer& responder) {
            m_responder.release()->deleteLater();
            if (responder.verdict.state == RevocationState::Revoked) {
                m_reason = base::Error{"tern.crypto.revocation.signer", {}, "the responder's certificate was revoked"};
                m_context->cache.drop(ocspKey({m_certificate, m_issuer}));
                askNext();
            } else {
                finish(answer);
            }
        });
}

void CertificateLookup::finish(RevocationAnswer answer) {
    const auto done = m_done; // it may destroy this
    done(std::move(answer));
}

} // namespace tern::engine
