// systemd-resolved, where it runs: name servers and domains of the tunnel's link over D-Bus. Where it does not run,
// the firewall redirects queries instead (firewall.cpp).
#pragma once

#include "app/helper/request.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>

namespace tern::helper {

struct DnsSettings {
    std::vector<base::IpAddress> servers;
    std::vector<SearchDomain> domains;
    bool allNames = false;

    friend bool operator==(const DnsSettings&, const DnsSettings&) = default;
};

class Resolved : public QObject {
    Q_OBJECT
public:
    enum class Outcome { Done, Refused };

    explicit Resolved(const QDBusConnection& bus);

    [[nodiscard]] bool isPresent() const { return m_present; }

    // Waits for the answers that decide, two seconds at most. Refused: polkit does not let us, so that resolved is as
    // good as absent. Errors: tern.helper.dns.
    [[nodiscard]] base::Result<Outcome> set(unsigned link, const DnsSettings& settings);
    // Forgets what it was told about a link; does not wait.
    void revert(unsigned link);
    // Answers from before or after the tunnel are not to be used on the other side; does not wait.
    void flushCaches();

Q_SIGNALS:
    // It has come, come back, or gone.
    void changed();

private:
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    bool m_present = false;
};

} // namespace tern::helper
