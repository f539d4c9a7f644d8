// A question of the engine's.
#pragma once

#include <QObject>
#include <QString>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class PromptInfo {
    Q_GADGET
    QML_VALUE_TYPE(promptInfo)
    Q_PROPERTY(QString number MEMBER number)
    Q_PROPERTY(QString profileId MEMBER profileId)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString kind MEMBER kind)
    Q_PROPERTY(QString server MEMBER server)
    Q_PROPERTY(QString username MEMBER username)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(bool canRemember MEMBER canRemember)
    Q_PROPERTY(bool again MEMBER again)
    Q_PROPERTY(bool lastTry MEMBER lastTry)

public:
    [[nodiscard]] static PromptInfo fromMap(const QVariantMap& map) {
        const auto text = [&](const char* key) { return map.value(QLatin1String(key)).toString(); };
        const auto number = map.value(QStringLiteral("prompt")).toULongLong();
        return {number == 0 ? QString() : QString::number(number),
                text("id"),
                text("name"),
                text("kind"),
                text("server"),
                text("username"),
                text("text"),
                map.value(QStringLiteral("can-remember")).toBool(),
                map.value(QStringLiteral("retry")).toBool(),
                map.value(QStringLiteral("last-try")).toBool()};
    }
    friend bool operator==(const PromptInfo&, const PromptInfo&) = default;

    QString number; // "" = no question; a script cannot hold all of a t
    QString profileId;
    QString name;
    // "password" "credentials" "psk" "ppk" "pass-phrase" "pin" "code" "new-password" "message"
    QString kind;
    QString server;
    QString username;
    QString message;          // the server's own words, plain text; a token's or a key file's name
    bool canRemember = false; // there is a keyring
    bool again = false;       // the last answer was wrong
    bool lastTry = false;     // another wrong PIN locks the token
};

} // namespace tern::gui
