// Values from the bus as JSON.
#pragma once

#include <QJsonDocument>
#include <QVariant>

namespace tern::ctl {

// Unwraps what came over D-Bus (arguments, variants in variants); 64-bit numbers beyond 2^53 become strings and
// octets base64. Keys keep their names.
[[nodiscard]] QByteArray toJson(const QVariant& value, QJsonDocument::JsonFormat format);

} // namespace tern::ctl
