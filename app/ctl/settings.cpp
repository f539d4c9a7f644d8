#include "app/ctl/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <algorithm>
#include <array>

namespace tern::ctl {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::Settings)
};

constexpr std::array switchKeys{"certificate-first", "eap-tls-1.3",       "full-tunnel",          "legacy-algorithms",
                                "ppk-required",      "remember-password", "require-cryptobinding"};

bool isSwitch(const QString& key) {
    return std::any_of(switchKeys.begin(), switchKeys.end(),
                       [&key](const char* each) { return key == QLatin1String(each); });
}

// ternd is in another folder than whoever types: a file is named by its whole path.
QString wholePath(const QString& key, const QString& value) {
    const bool isSource = key == QLatin1String("certificate") || key == QLatin1String("certificate-key");
    const bool isFile = isSource && !value.isEmpty() && !value.startsWith(QLatin1String("pkcs11:"));
    return isFile ? QDir::cleanPath(QDir::current().absoluteFilePath(value)) : value;
}

} // namespace

tl::expected<QVariantMap, QString> parseSettings(const QStringList& words) {
    QVariantMap changes;
    for (const auto& word : words) {
        const auto equals = word.indexOf(QLatin1Char('='));
        if (equals <= 0) {
            return tl::make_unexpected(Tr::tr("“%1” is not KEY=VALUE.").arg(word));
        }
        const auto key = word.first(equals);
        const auto value = word.mid(equals + 1);
        if (changes.contains(key)) {
            return tl::make_unexpected(Tr::tr("%1 is given twice.").arg(key));
        }
        if (!isSwitch(key)) {
            changes.insert(key, wholePath(key, value));
        } else if (value == QLatin1String("on") || value == QLatin1String("off")) {
            changes.insert(key, value == QLatin1String("on"));
        } else {
            return tl::make_unexpected(Tr::tr("%1 is on or off.").arg(key));
        }
    }
    return changes;
}

} // namespace tern::ctl
