#include "app/engine/revocation_lookup.h"

#include <QNetworkProxy>

namespace tern::engine {

namespace {

using connection::RevocationAnswer;

// One question: a lookup for each certificate, all at once, within one limit.
class PendingCheck final : public connection::Pending {
public:
    PendingCheck(const std::shared_ptr<const LookupContext>& context, const std::vector<base::Bytes>& chain,
                 std::chrono::milliseconds limit, connection::RevocationChecker::Done done)
        : m_done(std::move(done))
        , m_answers(chain.size() - 1) {
        for (auto& answer : m_answers) {
            answer.reason = base::Error{"tern.engine.fetch-slow", {}, "the limit for all of it"};
        }
        m_open = m_answers.size();
        for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
            m_lookups.push_back(std::make_unique<CertificateLookup>(
                context, chain[i], chain[i + 1], CertificateLookup::Ways::Any,
                [this, i](RevocationAnswer answer) { answered(i, std::move(answer)); }));
        }
        QObject::connect(&m_limit, &QTimer::timeout, &m_limit, [this] { finish(); });
        m_limit.setSingleShot(true);
        m_limit.start(limit);
    }

private:
    void answered(std::size_t place, RevocationAnswer answer) {
        const bool revoked = answer.verdict.state == crypto::RevocationState::Revoked;
        m_answers.at(place) = std::move(answer);
        if (--m_open == 0 || revoked) {
            // Not from inside the lookup that calls us: `finish` ends them all.
            QMetaObject::invokeMethod(
                &m_limit, [this] { finish(); }, Qt::QueuedConnection);
        }
    }

    void finish() {
        if (!m_done) {
            return;
        }
        m_limit.stop();
        m_lookups.clear();
        const auto done = std::exchange(m_done, nullptr); // it may destroy this
        done(std::move(m_answers));
    }

    connection::RevocationChecker::Done m_done;
    std::vector<RevocationAnswer> m_answers;
    std::size_t m_open = 0;
    std::vector<std::unique_ptr<CertificateLookup>> m_lookups;
    QTimer m_limit;
};

} // namespace

RevocationLookup::RevocationLookup(std::filesystem::path cache, base::RandomSource& random, Limits limits)
    : m_cache(std::move(cache))
    , m_random(random)
    , m_limits(limits) {}

RevocationLookup::~RevocationLookup() = default;

connection::PendingPtr RevocationLookup::check(connection::RevocationQuestion question, Done done) {
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setProxy(QNetworkProxy::NoProxy);
    }
    const auto context = std::make_shared<const LookupContext>(
        LookupContext{*m_network, m_cache, m_random, std::move(question.ocspResponses), std::move(question.crls),
                      question.time, question.fetching, m_limits.fetch});
    return std::make_unique<PendingCheck>(context, question.chain, m_limits.all, std::move(done));
}

} // namespace tern::engine
