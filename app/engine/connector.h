// What starts and ends connections, as those see it who only ask for one: the Controller, or a test's stand-in.
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/profile/profile.h"

#include <QObject>
#include <QString>
#include <QVariantMap>
#include <optional>

namespace tern::engine {

struct ConnectOptions {
    QString username;
    std::optional<base::SecureBytes> secret;
    std::optional<base::SecureBytes> keySecret; // pass phrase or PIN of our own key
    bool interactive = true;
    bool acknowledgesL2tp = false; // the person knows that it is not safe
    QString keptUnder; // the keyring has what is needed under this id instead of the profile's; "" for its own
};

class Connector : public QObject {
    Q_OBJECT
public:
    // Fails at once for what Tern does not connect. Another connection that is up is taken down first.
    [[nodiscard]] virtual base::Result<void> start(const profile::Profile& profile, ConnectOptions options) = 0;
    // Empty: whatever is up. A profile that is not is no failure.
    virtual void stop(const QString& id) = 0;
    // Of what is up or on its way; "" for nothing.
    [[nodiscard]] virtual QString activeId() const = 0;

Q_SIGNALS:
    // As StatusChanged of org.ternvpn.Engine1.xml.
    void statusChanged(const QVariantMap& status);
};

} // namespace tern::engine
