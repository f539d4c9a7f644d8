#include "app/engine/http_fetch.h"

#include <QNetworkRequest>
#include <algorithm>
#include <array>

namespace tern::engine {

namespace {

constexpr int mostRedirections = 3;

bool isHttp(const QUrl& url) {
    return url.isValid() && url.scheme() == QLatin1String("http") && !url.host().isEmpty() && url.userInfo().isEmpty();
}

QByteArray asBytes(const base::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

} // namespace

void HttpFetch::Drop::operator()(QNetworkReply* reply) const {
    reply->disconnect();
    reply->abort();
    reply->deleteLater();
}

HttpFetch::HttpFetch(QNetworkAccessManager& network, HttpRequest request, Done done)
    : m_network(network)
    , m_request(std::move(request))
    , m_done(std::move(done)) {
    connect(&m_limit, &QTimer::timeout, this, [this] { fail("tern.engine.fetch-slow", {}); });
    m_limit.setSingleShot(true);
    m_limit.start(m_request.limit);
    // Nothing comes before the constructor has returned.
    QMetaObject::invokeMethod(
        this, [this] { send(); }, Qt::QueuedConnection);
}

HttpFetch::~HttpFetch() = default;

void HttpFetch::send() {
    if (!isHttp(m_request.url)) {
        fail("tern.engine.fetch-failed", "only plain http");
        return;
    }
    QNetworkRequest request(m_request.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // Neither a version nor a language of this computer.
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Tern"));
    request.setRawHeader("Accept-Language", "*");
    // An answer that unpacks to more than it weighs is not bounded by its size.
    request.setRawHeader("Accept-Encoding", "identity");
    if (m_request.body.empty()) {
        m_reply.reset(m_network.get(request));
    } else {
        request.setHeader(QNetworkRequest::ContentTypeHeader, m_request.contentType);
        m_reply.reset(m_network.post(request, asBytes(m_request.body)));
    }
    m_reply->setReadBufferSize(m_request.most + 1);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpFetch::grown);
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpFetch::finished);
}

void HttpFetch::grown() {
    if (m_reply->bytesAvailable() > m_request.most) {
        fail("tern.engine.fetch-too-large", "more than " + std::to_string(m_request.most) + " octets");
    }
}

bool HttpFetch::redirected() {
    constexpr std::array codes{301, 302, 303, 307, 308};
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (std::find(codes.begin(), codes.end(), status) == codes.end()) {
        return false;
    }
    if (++m_redirections > mostRedirections) {
        fail("tern.engine.fetch-failed", "more than three redirections");
        return true;
    }
    m_request.url = m_request.url.resolved(m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
    send();
    return true;
}

void HttpFetch::finished() {
    if (redirected()) {
        return;
    }
    constexpr int ok = 200;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_reply->error() != QNetworkReply::NoError) {
        fail("tern.engine.fetch-failed", m_reply->errorString().toStdString());
    } else if (status != ok) {
        fail("tern.engine.fetch-failed", "HTTP status " + std::to_string(status));
    } else if (m_reply->bytesAvailable() > m_request.most) {
        grown();
    } else {
        const auto body = m_reply->readAll();
        finish(base::Bytes(body.begin(), body.end()));
    }
}

void HttpFetch::fail(const char* code, const std::string& detail) {
    const auto url = m_request.url.toString(QUrl::FullyEncoded).toStdString();
    finish(base::fail(code, {url}, url + (detail.empty() ? "" : ": " + detail)));
}

void HttpFetch::finish(base::Result<base::Bytes> result) {
    m_limit.stop();
    m_reply.reset();
    const auto done = m_done; // it may destroy this
    done(std::move(result));
}

} // namespace tern::engine
