// An L2TP profile in the words of NetworkManager and its L2TP plug-in (org.freedesktop.NetworkManager.l2tp).
#pragma once

#include "core/base/secure_bytes.h"
#include "core/profile/profile.h"

#include <QMap>
#include <QVariantMap>

namespace tern::engine {

// a{sa{sv}}: NetworkManager's connection settings.
using NmSettings = QMap<QString, QVariantMap>;
using NmStrings = QMap<QString, QString>; // a{ss}

struct L2tpSecrets {
    QString username; // with the domain, when there is one
    base::SecureBytes password;
    base::SecureBytes sharedKey; // empty: none
};

// owner: the only user of this computer who may see and use the connection. D-Bus wants the secrets as text, so the
// result holds them: send it, and let it go.
[[nodiscard]] NmSettings l2tpSettings(const profile::Profile& profile, const L2tpSecrets& secrets,
                                      const QString& owner);

// Whether the profile signs the computer in by a shared key.
[[nodiscard]] bool hasL2tpSharedKey(const profile::Profile& profile);

} // namespace tern::engine
