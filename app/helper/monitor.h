// Hears when links, rules, routes or firewall tables change, so that what another program takes away (a network
// manager that restarts, "nft flush ruleset") is put back, and a deleted device ends its session. The signals say only
// where to look; what is heard about our own changes too is harmless.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <memory>

struct nl_msg;
struct nl_sock;

namespace tern::helper {

class Monitor : public QObject {
    Q_OBJECT
public:
    // Without permission it is deaf, and says so in the log; the tunnel works all the same.
    Monitor();
    ~Monitor() override;

Q_SIGNALS:
    void linksChanged();
    // At most ten times a second: not to race with a program that insists.
    void routingLost();
    void firewallLost();

private:
    struct Closer {
        void operator()(nl_sock* socket) const;
    };
    struct Ear {
        std::unique_ptr<nl_sock, Closer> socket;
        std::unique_ptr<QSocketNotifier> notifier;
    };

    void listen(Ear& ear, int protocol, std::initializer_list<int> groups);
    void take(int protocol, nl_msg* message);

    Ear m_routing;
    Ear m_firewall;
    QTimer m_routingPause;
    QTimer m_firewallPause;
    bool m_links = false;
};

} // namespace tern::helper
