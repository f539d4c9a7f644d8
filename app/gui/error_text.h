// An error as QML shows it.
#pragma once

#include "core/base/error.h"

#include <QDBusPendingCall>
#include <QObject>
#include <QString>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

class ErrorText {
    Q_GADGET
    QML_VALUE_TYPE(errorText)
    Q_PROPERTY(QString code MEMBER code)
    Q_PROPERTY(QString sentence MEMBER sentence)
    Q_PROPERTY(QString remedy MEMBER remedy)
    Q_PROPERTY(QString detail MEMBER detail)

public:
    // {code, sentence, remedy, detail, args} of org.ternvpn.Engine1. Our own catalogue in the language of the window
    // wins over the sentences sent along, wherever it can be filled in from what was sent.
    [[nodiscard]] static ErrorText fromMap(const QVariantMap& map);
    // A failed call: the engine's whole error, or that it does not answer and what the bus says of that.
    [[nodiscard]] static ErrorText fromReply(const QDBusPendingCall& failed);
    [[nodiscard]] static ErrorText from(const base::Error& error);

    friend bool operator==(const ErrorText&, const ErrorText&) = default;

    QString code;
    QString sentence;
    QString remedy;
    QString detail;
};

// Findings and import problems: the same maps with sentence and remedy in the window's language.
[[nodiscard]] QVariantList withLocalTexts(const QVariantList& maps);

} // namespace tern::gui
