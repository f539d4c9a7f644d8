// Certificates of ours as the maps of org.ternvpn.Engine1.xml, for choosing one.
#pragma once

#include "app/dbus/types.h"
#include "core/base/secure_bytes.h"

#include <QString>
#include <optional>

namespace tern::engine {

[[nodiscard]] base::Result<QVariantMap> lookAtCertificate(const QString& source,
                                                          const std::optional<base::SecureBytes>& secret);
[[nodiscard]] dbus::MapList tokenCertificates();

} // namespace tern::engine
