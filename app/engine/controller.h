// Starts and ends connections for the service: at most one at a time, since the host has one tunnel. Gives a connection
// what it needs (helper, resolver, trust, passwords) and turns its state into the maps of org.ternvpn.Engine1.xml.
#pragma once

#include "app/dbus/types.h"
#include "app/engine/event_log.h"
#include "app/engine/judge.h"
#include "app/engine/keyring.h"
#include "app/engine/library.h"
#include "app/engine/policy_watch.h"
#include "app/engine/prompts.h"
#include "core/base/secure_bytes.h"
#include "core/connection/status.h"
#include "core/crypto/trust.h"

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

namespace tern::engine {

class Controller : public QObject {
    Q_OBJECT
public:
    struct ConnectOptions {
        QString username;
        std::optional<base::SecureBytes> secret;
        std::optional<base::SecureBytes> keySecret; // pass phrase or PIN of our own key
        bool interactive = true;
        bool acknowledgesL2tp = false; // the person knows that it is not safe
    };

    Controller(Library& library, EventLog& log, Keyring& keyring, Prompts& prompts, const PolicyWatch& policy,
               const Judge& judge);
    ~Controller() override;
    Controller(const Controller&) = delete;
    Controller& operator=(const Controller&) = delete;

    // Fails at once for what Tern or the policy does not connect, and for L2TP with tern.policy.acknowledge before the
    // person has said that they know. Another connection that is up is taken down first.
    [[nodiscard]] base::Result<void> start(const profile::Profile& profile, ConnectOptions options);
    // Empty: whatever is up. A profile that is not is no failure.
    void stop(const QString& id);
    // Every connection that is not plainly disconnected.
    [[nodiscard]] dbus::MapList statuses() const;
    // What the profile's server showed last; null before that.
    [[nodiscard]] std::shared_ptr<const connection::CertificateReport> certificates(const QString& id) const;
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] bool isActive(const QString& id) const;
    [[nodiscard]] bool helperAvailable() const;
    // Whom to trust for a profile; for an empty one, the system's authorities. Fails as connection::Parts::trustFor().
    [[nodiscard]] base::Result<std::shared_ptr<const crypto::TrustStore>> trustFor(const profile::Profile& profile);

Q_SIGNALS:
    void statusChanged(const QVariantMap& status);
    void profilesChanged();

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace tern::engine
