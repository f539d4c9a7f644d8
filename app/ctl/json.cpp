#include "app/ctl/json.h"

#include "app/dbus/types.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <cstdint>

namespace tern::ctl {

namespace {

// A JSON number is a double for most readers.
constexpr std::uint64_t exact = std::uint64_t{1} << 53U;

QJsonValue convert(const QVariant& value) {
    switch (value.userType()) {
    case QMetaType::QVariantMap: {
        QJsonObject object;
        const auto map = value.toMap();
        for (auto it = map.begin(); it != map.end(); ++it) {
            object.insert(it.key(), convert(it.value()));
        }
        return object;
    }
    case QMetaType::QVariantList:
    case QMetaType::QStringList: {
        QJsonArray array;
        const auto list = value.toList();
        for (const auto& entry : list) {
            array.append(convert(entry));
        }
        return array;
    }
    case QMetaType::Bool:
        return value.toBool();
    case QMetaType::QByteArray:
        return QString::fromLatin1(value.toByteArray().toBase64());
    case QMetaType::ULongLong:
        return value.toULongLong() > exact ? QJsonValue(value.toString()) : QJsonValue(value.toLongLong());
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::Short:
    case QMetaType::UShort:
    case QMetaType::UChar:
        return value.toLongLong();
    case QMetaType::Double:
        return value.toDouble();
    default:
        return value.toString();
    }
}

} // namespace

QByteArray toJson(const QVariant& value, QJsonDocument::JsonFormat format) {
    const auto json = convert(dbus::unwrap(value));
    QJsonDocument document;
    if (json.isArray()) {
        document.setArray(json.toArray());
    } else {
        document.setObject(json.toObject());
    }
    auto text = document.toJson(format);
    if (!text.endsWith('\n')) {
        text += '\n';
    }
    return text;
}

} // namespace tern::ctl
