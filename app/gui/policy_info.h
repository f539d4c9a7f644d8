// What the administrator of this computer wants, as far as people are told.
#pragma once

#include "app/gui/error_text.h"

namespace tern::gui {

class PolicyInfo {
    Q_GADGET
    QML_VALUE_TYPE(policyInfo)
    Q_PROPERTY(QString organisation MEMBER organisation)
    Q_PROPERTY(QString contact MEMBER contact)
    Q_PROPERTY(QString help MEMBER help)
    Q_PROPERTY(QVariantList problems MEMBER problems)

public:
    [[nodiscard]] static PolicyInfo fromMap(const QVariantMap& map) {
        const auto text = [&](const char* key) { return map.value(QLatin1String(key)).toString(); };
        return {text("organisation"), text("contact"), text("help"),
                withLocalTexts(map.value(QStringLiteral("problems")).toList())};
    }
    friend bool operator==(const PolicyInfo&, const PolicyInfo&) = default;

    QString organisation; // plain text, as the contact; may be empty
    QString contact;
    QString help;          // "https://…" or "mailto:…"
    QVariantList problems; // {code, sentence, remedy, detail}; with any nothing can be connected
};

} // namespace tern::gui
