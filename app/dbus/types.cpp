#include "app/dbus/types.h"

#include "app/dbus/names.h"
#include "core/base/catalogue.h"

#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>

namespace tern::dbus {

namespace {

constexpr QLatin1String codeKey{"code"};
constexpr QLatin1String sentenceKey{"sentence"};
constexpr QLatin1String remedyKey{"remedy"};
constexpr QLatin1String detailKey{"detail"};
constexpr QLatin1String argsKey{"args"};

// Values come from other programs: a nest deeper than this is dropped, not followed.
constexpr int maxDepth = 16;

QVariant unwrapped(const QVariant& value, int depth);

QVariant elements(const QDBusArgument& argument, int depth) {
    QVariantList list;
    argument.beginArray();
    while (!argument.atEnd()) {
        list.append(unwrapped(argument.asVariant(), depth));
    }
    argument.endArray();
    return list;
}

QVariant members(const QDBusArgument& argument, int depth) {
    QVariantList list;
    argument.beginStructure();
    while (!argument.atEnd()) {
        list.append(unwrapped(argument.asVariant(), depth));
    }
    argument.endStructure();
    return list;
}

QVariant entries(const QDBusArgument& argument, int depth) {
    QVariantMap map;
    argument.beginMap();
    while (!argument.atEnd()) {
        argument.beginMapEntry();
        const QString key = unwrapped(argument.asVariant(), depth).toString();
        map.insert(key, unwrapped(argument.asVariant(), depth));
        argument.endMapEntry();
    }
    argument.endMap();
    return map;
}

QVariant unwrapped(const QDBusArgument& argument, int depth) {
    switch (argument.currentType()) {
    case QDBusArgument::ArrayType:
        return elements(argument, depth);
    case QDBusArgument::StructureType:
        return members(argument, depth);
    case QDBusArgument::MapType:
        return entries(argument, depth);
    case QDBusArgument::BasicType:
    case QDBusArgument::VariantType:
        return unwrapped(argument.asVariant(), depth);
    case QDBusArgument::MapEntryType:
    case QDBusArgument::UnknownType:
        break;
    }
    return {};
}

QVariant unwrapped(const QVariant& value, int depth) {
    if (depth > maxDepth) {
        return {};
    }
    const int type = value.userType();
    if (type == qMetaTypeId<QDBusArgument>()) {
        return unwrapped(value.value<QDBusArgument>(), depth + 1);
    }
    if (type == qMetaTypeId<QDBusVariant>()) {
        return unwrapped(value.value<QDBusVariant>().variant(), depth + 1);
    }
    if (type == qMetaTypeId<QDBusObjectPath>()) {
        return value.value<QDBusObjectPath>().path();
    }
    if (type == QMetaType::QVariantMap) {
        QVariantMap map = value.toMap();
        for (auto& entry : map) {
            entry = unwrapped(entry, depth + 1);
        }
        return map;
    }
    if (type == qMetaTypeId<MapList>()) {
        QVariantList list;
        for (const auto& map : value.value<MapList>()) {
            list.append(unwrapped(QVariant(map), depth + 1));
        }
        return list;
    }
    if (type == QMetaType::QVariantList) {
        QVariantList list = value.toList();
        for (auto& entry : list) {
            entry = unwrapped(entry, depth + 1);
        }
        return list;
    }
    return value;
}

} // namespace

Prefix Prefix::from(const base::IpPrefix& prefix) {
    return {QString::fromStdString(prefix.address.text()), prefix.length};
}

QDBusArgument& operator<<(QDBusArgument& argument, const Prefix& prefix) {
    argument.beginStructure();
    argument << prefix.address << prefix.length;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, Prefix& prefix) {
    argument.beginStructure();
    argument >> prefix.address >> prefix.length;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const Domain& domain) {
    argument.beginStructure();
    argument << domain.name << domain.routingOnly;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, Domain& domain) {
    argument.beginStructure();
    argument >> domain.name >> domain.routingOnly;
    argument.endStructure();
    return argument;
}

void registerTypes() {
    qRegisterMetaType<Prefix>("tern::dbus::Prefix");
    qRegisterMetaType<PrefixList>("tern::dbus::PrefixList");
    qRegisterMetaType<Domain>("tern::dbus::Domain");
    qRegisterMetaType<DomainList>("tern::dbus::DomainList");
    qRegisterMetaType<PortList>("tern::dbus::PortList");
    qRegisterMetaType<MapList>("tern::dbus::MapList");
    qDBusRegisterMetaType<Prefix>();
    qDBusRegisterMetaType<PrefixList>();
    qDBusRegisterMetaType<Domain>();
    qDBusRegisterMetaType<DomainList>();
    qDBusRegisterMetaType<PortList>();
    qDBusRegisterMetaType<MapList>();
}

QVariant unwrap(const QVariant& value) {
    return unwrapped(value, 0);
}

QVariantMap unwrap(const QVariantMap& map) {
    return unwrapped(QVariant(map), 0).toMap();
}

QVariantMap toMap(const base::Error& error) {
    const auto text = base::describe(error);
    QStringList args;
    for (const auto& arg : error.args) {
        args.append(QString::fromStdString(arg));
    }
    return {{codeKey, QString::fromStdString(error.code)},
            {sentenceKey, text.sentence},
            {remedyKey, text.remedy},
            {detailKey, QString::fromStdString(error.detail)},
            {argsKey, args}};
}

base::Error errorFromMap(const QVariantMap& map) {
    base::Error error;
    error.code = map.value(codeKey).toString().toStdString();
    error.detail = map.value(detailKey).toString().toStdString();
    for (const auto& arg : unwrap(map.value(argsKey)).toStringList()) {
        error.args.push_back(arg.toStdString());
    }
    return error;
}

QVariantMap wholeError(const QDBusMessage& reply) {
    return reply.errorName() == engineError ? unwrap(reply.arguments().value(1)).toMap() : QVariantMap();
}

base::Error errorFromMessage(const QString& message, std::string_view fallback) {
    const auto colon = message.indexOf(QLatin1String(": "));
    const QString code = colon < 0 ? message : message.first(colon);
    if (!code.startsWith(QLatin1String("tern.")) || code.contains(QLatin1Char(' '))) {
        return {std::string(fallback), {}, message.toStdString()};
    }
    return {code.toStdString(), {}, colon < 0 ? std::string() : message.sliced(colon + 2).toStdString()};
}

} // namespace tern::dbus
