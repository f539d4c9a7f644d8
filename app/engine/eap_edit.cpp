#include "app/engine/eap_edit.h"

#include <QStringList>
#include <algorithm>
#include <array>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longest = 1024;

QStringList partsOf(const QString& text) {
    QStringList parts;
    for (const auto& part : text.split(u',', Qt::SkipEmptyParts)) {
        if (const auto trimmed = part.trimmed(); !trimmed.isEmpty()) {
            parts << trimmed;
        }
    }
    return parts;
}

// What can be done inside a tunnel.
bool isInner(profile::Method method) {
    using profile::Method;
    constexpr std::array possible{Method::Pap,    Method::Mschapv2, Method::EapMschapv2,
                                  Method::EapGtc, Method::EapMd5,   Method::EapTls};
    return std::find(possible.begin(), possible.end(), method) != possible.end();
}

bool setInner(profile::Profile& profile, const QString& text) {
    std::vector<profile::Method> inner;
    for (const auto& part : partsOf(text)) {
        const auto method = profile::methodFromName(part.toStdString());
        if (!method || !isInner(*method)) {
            return false;
        }
        inner.push_back(*method);
    }
    profile.authentication.inner = std::move(inner);
    return true;
}

bool setText(profile::Profile& profile, const QString& key, const QString& text) {
    const bool isPrintable = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
    if (text.size() > longest || !isPrintable) {
        return false;
    }
    if (key == "inner"_L1) {
        return setInner(profile, text);
    }
    if (key == "outer-identity"_L1) {
        profile.authentication.outerIdentity = text.trimmed().toStdString();
        return true;
    }
    if (key == "eap-server-names"_L1) {
        profile.trust.eapServerNames.clear();
        for (const auto& part : partsOf(text)) {
            profile.trust.eapServerNames.push_back(part.toStdString());
        }
        return true;
    }
    return false;
}

} // namespace

bool applyEap(profile::Profile& profile, const QString& key, const QVariant& value) {
    if (value.userType() == QMetaType::QString) {
        return setText(profile, key, value.toString());
    }
    if (value.userType() != QMetaType::Bool) {
        return false;
    }
    if (key == "eap-tls-1.3"_L1) {
        profile.authentication.eapTls13 = value.toBool();
    } else if (key == "require-cryptobinding"_L1) {
        profile.authentication.requireCryptobinding = value.toBool();
    } else {
        return false;
    }
    return true;
}

} // namespace tern::engine
