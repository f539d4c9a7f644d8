#include "app/engine/sstp_edit.h"

#include "app/engine/proxy.h"

#include <algorithm>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longest = 255;

// What goes into a line of HTTP, or is a host's name.
bool isWord(const QString& text) {
    return text.size() <= longest &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7F; });
}

// No login in it: the profile's file is no place for a password.
bool isProxySetting(const std::string& text) {
    if (text.empty() || text == "system" || text == "none") {
        return true;
    }
    const auto proxy = parseProxy(text);
    return proxy && proxy->username.empty() && proxy->password.empty();
}

bool applyPort(profile::Profile& profile, const QString& text) {
    bool isNumber = true;
    const auto port = text.isEmpty() ? ushort{0} : text.toUShort(&isNumber);
    if (!isNumber || (port == 0 && !text.isEmpty())) {
        return false;
    }
    profile.port = port;
    return true;
}

} // namespace

bool applySstp(profile::Profile& profile, const QString& key, const QVariant& value) {
    if (key == "sni-refused"_L1 && value.userType() == QMetaType::Bool) {
        profile.sstp.nameRefused = value.toBool();
        return true;
    }
    const auto text = value.toString().trimmed();
    if (value.userType() != QMetaType::QString || !isWord(text)) {
        return false;
    }
    auto& sstp = profile.sstp;
    if (key == "port"_L1) {
        return applyPort(profile, text);
    }
    if (key == "sni"_L1) {
        sstp.withoutServerName = text == "off"_L1;
        sstp.serverNameIndication = sstp.withoutServerName ? std::string() : text.toStdString();
        sstp.nameRefused = false; // a person has decided, also for finding it out anew
    } else if (key == "sstp-host"_L1) {
        sstp.host = text.toStdString();
    } else if (key == "tenant-id"_L1) {
        sstp.tenantId = text.toStdString();
    } else if (key == "proxy"_L1 && isProxySetting(text.toStdString())) {
        sstp.proxy = text == "system"_L1 ? std::string() : text.toStdString();
    } else {
        return false;
    }
    return true;
}

} // namespace tern::engine
