// JSON on one line, made of parts that are used many times.
#pragma once

#include "core/audit/report.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstddef>
#include <string>
#include <string_view>

namespace tern::audit {

[[nodiscard]] inline std::string jsonText(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}
[[nodiscard]] inline std::string jsonText(const QJsonArray& array) {
    return QJsonDocument(array).toJson(QJsonDocument::Compact).toStdString();
}

// The object, which has at least one member, with one more whose value is JSON already.
[[nodiscard]] inline std::string jsonWith(const QJsonObject& object, std::string_view key, std::string_view json) {
    std::string text = jsonText(object);
    text.pop_back();
    return text.append(",\"").append(key).append("\":").append(json).append("}");
}

// What a server offers: {"ikev2":"open",…}, empty where it could not be asked.
[[nodiscard]] inline QJsonObject offersOf(const ServerAnswer& answer) {
    QJsonObject object;
    for (std::size_t i = 0; i < askedProtocols.size(); ++i) {
        if (!answer.verdicts[i].empty()) {
            const auto name = profile::protocolName(askedProtocols[i]);
            object.insert(QLatin1String(name.data(), static_cast<qsizetype>(name.size())),
                          QString::fromStdString(answer.verdicts[i]));
        }
    }
    return object;
}

[[nodiscard]] inline qint64 jsonNumber(std::size_t count) {
    return static_cast<qint64>(count);
}

} // namespace tern::audit
