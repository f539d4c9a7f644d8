// One small thing fetched over plain http, within bounds: what comes is signed, so the way it comes need not be
// trusted. No proxy, no cookie, no cache, no other scheme, at most three redirections.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <functional>
#include <memory>

namespace tern::engine {

struct HttpRequest {
    QUrl url;
    base::Bytes body; // POST; empty: GET
    QByteArray contentType;
    qint64 most = 0;                   // octets of the answer
    std::chrono::milliseconds limit{}; // for all of it
};

class HttpFetch : public QObject {
public:
    // Fails with tern.engine.fetch-{failed,too-large,slow}. Called once, from the event loop; it may destroy the fetch.
    using Done = std::function<void(base::Result<base::Bytes>)>;
    // network: outlives it.
    HttpFetch(QNetworkAccessManager& network, HttpRequest request, Done done);
    HttpFetch(const HttpFetch&) = delete;
    HttpFetch& operator=(const HttpFetch&) = delete;
    ~HttpFetch() override;

private:
    struct Drop {
        void operator()(QNetworkReply* reply) const;
    };

    void send();
    void finished();
    void grown();
    // Whether the answer sent us elsewhere, and that is where we went.
    [[nodiscard]] bool redirected();
    void fail(const char* code, const std::string& detail);
    void finish(base::Result<base::Bytes> result);

    QNetworkAccessManager& m_network;
    HttpRequest m_request;
    Done m_done;
    QTimer m_limit;
    int m_redirections = 0;
    std::unique_ptr<QNetworkReply, Drop> m_reply;
};

} // namespace tern::engine
