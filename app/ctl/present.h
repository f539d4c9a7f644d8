// What ternd answers, for people to read. Maps are those of org.ternvpn.Engine1.xml, unwrapped.
#pragma once

#include "app/dbus/types.h"

#include <QString>

namespace tern::ctl {

// A table: name, type, server, user, and what is known about its safety. `statuses`: what Status answered.
[[nodiscard]] QString listText(const dbus::MapList& profiles, const dbus::MapList& statuses);
[[nodiscard]] QString policyText(const QVariantMap& policy);
[[nodiscard]] QString showText(const QVariantMap& profile);
[[nodiscard]] QString importText(const QVariantMap& report);
// "name: …", "status: …" and so on, one block a connection; "status: disconnected" when there is none.
[[nodiscard]] QString statusText(const dbus::MapList& statuses);
// One line: "status: connecting (contacting)".
[[nodiscard]] QString statusLine(const QVariantMap& status);
[[nodiscard]] QString logLine(const QVariantMap& entry);
// Sentence, what to do, code; each on a line of its own.
[[nodiscard]] QString errorText(const QVariantMap& error);

// "IKEv2", "PPTP", "automatic" …
[[nodiscard]] QString protocolName(const QString& protocol);

// 1536 → "1.5 KiB".
[[nodiscard]] QString octets(quint64 count);

} // namespace tern::ctl
