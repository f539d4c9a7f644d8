// Starts and ends connections for the service: at most one at a time, since the host has one tunnel. Gives a connection
// what it needs (helper, resolver, trust, passwords) and turns its state into the maps of org.ternvpn.Engine1.xml.
#pragma once

#include "app/dbus/types.h"
#include "app/engine/connector.h"
#include "app/engine/event_log.h"
#include "app/engine/judge.h"
#include "app/engine/keyring.h"
#include "app/engine/library.h"
#include "app/engine/policy_watch.h"
#include "app/engine/prompts.h"
#include "core/connection/status.h"
#include "core/crypto/trust.h"

#include <memory>

namespace tern::engine {

class Controller : public Connector {
    Q_OBJECT
public:
    using ConnectOptions = engine::ConnectOptions;

    Controller(Library& library, EventLog& log, Keyring& keyring, Prompts& prompts, const PolicyWatch& policy,
               const Judge& judge);
    ~Controller() override;
    Controller(const Controller&) = delete;
    Controller& operator=(const Controller&) = delete;

    // Fails for what the policy does not connect, too, and for L2TP with tern.policy.acknowledge before the person has
    // said that they know.
    [[nodiscard]] base::Result<void> start(const profile::Profile& profile, ConnectOptions options) override;
    void stop(const QString& id) override;
    // Every connection that is not plainly disconnected.
    [[nodiscard]] dbus::MapList statuses() const;
    // What the profile's server showed last; null before that.
    [[nodiscard]] std::shared_ptr<const connection::CertificateReport> certificates(const QString& id) const;
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] bool isActive(const QString& id) const;
    [[nodiscard]] QString activeId() const override;
    [[nodiscard]] bool helperAvailable() const;
    // Whom to trust for a profile; for an empty one, the system's authorities. Fails as connection::Parts::trustFor().
    [[nodiscard]] base::Result<std::shared_ptr<const crypto::TrustStore>> trustFor(const profile::Profile& profile);

Q_SIGNALS:
    void profilesChanged();

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace tern::engine
