#include "app/engine/qt_resolver.h"

#include <QHostInfo>
#include <QObject>

namespace tern::engine {

namespace {

class PendingLookup final : public connection::Pending {
public:
    PendingLookup(const std::string& name, connection::Resolver::Done done)
        : m_done(std::move(done)) {
        m_id = QHostInfo::lookupHost(QString::fromStdString(name), &m_context,
                                     [this, name](const QHostInfo& info) { finished(name, info); });
    }
    PendingLookup(const PendingLookup&) = delete;
    PendingLookup& operator=(const PendingLookup&) = delete;
    ~PendingLookup() override { QHostInfo::abortHostLookup(m_id); }

private:
    void finished(const std::string& name, const QHostInfo& info) {
        const auto done = m_done; // it may destroy this
        std::vector<base::IpAddress> addresses;
        const auto found = info.addresses();
        for (const auto& address : found) {
            if (auto parsed = base::IpAddress::fromText(address.toString().toStdString())) {
                addresses.push_back(*parsed);
            }
        }
        if (!addresses.empty()) {
            done(std::move(addresses));
        } else if (info.error() == QHostInfo::HostNotFound || info.error() == QHostInfo::NoError) {
            done(base::fail("tern.engine.name-not-found", {name}, info.errorString().toStdString()));
        } else {
            done(base::fail("tern.engine.resolver-failed", {name}, info.errorString().toStdString()));
        }
    }

    QObject m_context;
    connection::Resolver::Done m_done;
    int m_id = -1;
};

} // namespace

connection::PendingPtr QtResolver::resolve(const std::string& name, Done done) {
    return std::make_unique<PendingLookup>(name, std::move(done));
}

} // namespace tern::engine
