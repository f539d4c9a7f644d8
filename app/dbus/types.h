// The values of the interfaces that Qt does not know by itself, and the way errors travel.
#pragma once

#include "core/base/error.h"
#include "core/base/ip.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QVariantMap>

namespace tern::dbus {

// (sy): an address or network and its prefix length, not checked.
struct Prefix {
    QString address;
    uchar length = 0;

    [[nodiscard]] static Prefix from(const base::IpPrefix& prefix);
    friend bool operator==(const Prefix&, const Prefix&) = default;
};

// (sb): a domain; routing only = names below it go to the link's servers, but it is no search domain.
struct Domain {
    QString name;
    bool routingOnly = false;

    friend bool operator==(const Domain&, const Domain&) = default;
};

using PrefixList = QList<Prefix>;
using DomainList = QList<Domain>;
using PortList = QList<ushort>;     // aq
using MapList = QList<QVariantMap>; // aa{sv}

QDBusArgument& operator<<(QDBusArgument& argument, const Prefix& prefix);
const QDBusArgument& operator>>(const QDBusArgument& argument, Prefix& prefix);
QDBusArgument& operator<<(QDBusArgument& argument, const Domain& domain);
const QDBusArgument& operator>>(const QDBusArgument& argument, Domain& domain);

// Makes the types above known to QtDBus; call it before the first use of a proxy or adaptor. May be called twice.
void registerTypes();

// Nested maps and lists arrive as QDBusArgument and QDBusVariant; this turns them, at any depth, into QVariantMap,
// QVariantList, QStringList, QByteArray and plain values. A structure becomes a QVariantList.
[[nodiscard]] QVariant unwrap(const QVariant& value);
[[nodiscard]] QVariantMap unwrap(const QVariantMap& map);

// {code s, sentence s, remedy s, detail s, args as}; sentence and remedy in this program's language. The way back
// keeps code, args and detail: the receiver asks base::describe for its own language.
[[nodiscard]] QVariantMap toMap(const base::Error& error);
[[nodiscard]] base::Error errorFromMap(const QVariantMap& map);

// What ternd sends of a failed call beside its message: the same map, unwrapped; empty for an error of the bus itself.
[[nodiscard]] QVariantMap wholeError(const QDBusMessage& reply);

// Splits "tern.AREA.CODE: detail", the message of the helper's errors and (with a sentence as detail) of ternd's.
// A message of another form (from the bus itself, say) becomes the detail of `fallback`.
[[nodiscard]] base::Error errorFromMessage(const QString& message, std::string_view fallback);

} // namespace tern::dbus

Q_DECLARE_METATYPE(tern::dbus::Prefix)
Q_DECLARE_METATYPE(tern::dbus::Domain)
