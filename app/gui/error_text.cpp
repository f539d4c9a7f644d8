#include "app/gui/error_text.h"

#include "app/dbus/types.h"
#include "core/base/catalogue.h"

#include <QCoreApplication>
#include <QDBusError>
#include <QDBusMessage>
#include <algorithm>
#include <string_view>

namespace tern::gui {

namespace {

const base::CatalogueRow* row(const std::string& code) {
    for (const auto rows : base::catalogue()) {
        const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return each.code == code; });
        if (found != rows.end()) {
            return &*found;
        }
    }
    return nullptr;
}

bool hasPlaces(const base::CatalogueRow& row) {
    return std::string_view(row.sentence).find('%') != std::string_view::npos ||
           std::string_view(row.remedy).find('%') != std::string_view::npos;
}

} // namespace

ErrorText ErrorText::from(const base::Error& error) {
    const auto text = base::describe(error);
    return {QString::fromStdString(error.code), text.sentence, text.remedy, QString::fromStdString(error.detail)};
}

ErrorText ErrorText::fromMap(const QVariantMap& map) {
    ErrorText text;
    text.code = map.value(QStringLiteral("code")).toString();
    text.sentence = map.value(QStringLiteral("sentence")).toString();
    text.remedy = map.value(QStringLiteral("remedy")).toString();
    text.detail = map.value(QStringLiteral("detail")).toString();
    const auto known = row(text.code.toStdString());
    const auto args = map.value(QStringLiteral("args")).toStringList();
    if (known != nullptr && (!args.isEmpty() || !hasPlaces(*known))) {
        base::Error error{text.code.toStdString(), {}, {}};
        for (const auto& arg : args) {
            error.args.push_back(arg.toStdString());
        }
        const auto local = base::describe(error);
        text.sentence = local.sentence;
        text.remedy = local.remedy;
    }
    return text;
}

ErrorText ErrorText::fromReply(const QDBusPendingCall& failed) {
    if (const auto whole = dbus::wholeError(failed.reply()); !whole.isEmpty()) {
        return fromMap(whole);
    }
    const auto error = failed.error();
    ErrorText text;
    text.sentence = QCoreApplication::translate("ErrorText", "Tern's background service does not answer.");
    text.remedy =
        QCoreApplication::translate("ErrorText", "Wait a moment and try again. If that does not help, sign out "
                                                 "and in again, or install Tern anew.");
    text.detail = error.name() + QStringLiteral(": ") + error.message();
    return text;
}

QVariantList withLocalTexts(const QVariantList& maps) {
    QVariantList local;
    local.reserve(maps.size());
    for (const auto& each : maps) {
        auto map = each.toMap();
        const auto text = ErrorText::fromMap(map);
        map.insert(QStringLiteral("sentence"), text.sentence);
        map.insert(QStringLiteral("remedy"), text.remedy);
        local.append(map);
    }
    return local;
}

} // namespace tern::gui
