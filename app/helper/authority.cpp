#include "app/helper/authority.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMap>
#include <QVariantMap>

namespace tern::helper {

// (sa{sv}) of org.freedesktop.PolicyKit1.Authority.CheckAuthorization, and its answer (bba{ss}).
struct PolkitSubject {
    QString kind;
    QVariantMap details;
};

struct PolkitAnswer {
    bool authorized = false;
    bool challenge = false;
    QMap<QString, QString> details;
};

QDBusArgument& operator<<(QDBusArgument& argument, const PolkitSubject& subject);
const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitSubject& subject);
QDBusArgument& operator<<(QDBusArgument& argument, const PolkitAnswer& answer);
const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitAnswer& answer);

QDBusArgument& operator<<(QDBusArgument& argument, const PolkitSubject& subject) {
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitSubject& subject) {
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const PolkitAnswer& answer) {
    argument.beginStructure();
    argument << answer.authorized << answer.challenge << answer.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, PolkitAnswer& answer) {
    argument.beginStructure();
    argument >> answer.authorized >> answer.challenge >> answer.details;
    argument.endStructure();
    return argument;
}

} // namespace tern::helper

Q_DECLARE_METATYPE(tern::helper::PolkitSubject)
Q_DECLARE_METATYPE(tern::helper::PolkitAnswer)

namespace tern::helper {

namespace {

constexpr uint allowUserInteraction = 1;
constexpr int promptTimeoutMs = 5 * 60 * 1000; // a person may be typing a password
constexpr int timeoutMs = 25 * 1000;

QDBusMessage authorityCall(const QString& caller, bool mayPrompt) {
    auto message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.PolicyKit1"), QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
        QStringLiteral("org.freedesktop.PolicyKit1.Authority"), QStringLiteral("CheckAuthorization"));
    const PolkitSubject subject{QStringLiteral("system-bus-name"), {{QStringLiteral("name"), caller}}};
    message.setArguments({QVariant::fromValue(subject), QStringLiteral("org.ternvpn.helper.connect"),
                          QVariant::fromValue(QMap<QString, QString>()), mayPrompt ? allowUserInteraction : 0U,
                          QString()});
    return message;
}

} // namespace

Authority::Authority(const QDBusConnection& bus)
    : m_bus(bus) {
    qDBusRegisterMetaType<PolkitSubject>();
    qDBusRegisterMetaType<PolkitAnswer>();
    qDBusRegisterMetaType<QMap<QString, QString>>();
}

void Authority::check(const QString& caller, bool mayPrompt, Answer answer) {
    const auto call = m_bus.asyncCall(authorityCall(caller, mayPrompt), mayPrompt ? promptTimeoutMs : timeoutMs);
    auto* const watcher = new QDBusPendingCallWatcher(call, this); // NOLINT(cppcoreguidelines-owning-memory): ours
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, caller, answer = std::move(answer), watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<PolkitAnswer> reply = *watcher;
        if (reply.isError()) {
            checkRoot(caller, reply.error().message(), answer);
        } else if (reply.value().authorized) {
            answer({});
        } else {
            answer(base::fail("tern.helper.not-authorized", {},
                              reply.value().challenge ? "polkit wants a password and the caller allows no prompt"
                                                      : "polkit says no"));
        }
    });
}

void Authority::checkRoot(const QString& caller, const QString& why, const Answer& answer) {
    auto message =
        QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
                                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetConnectionUnixUser"));
    message << caller;
    auto* const watcher = // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): ours, by parent
        new QDBusPendingCallWatcher(m_bus.asyncCall(message, timeoutMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [why, answer, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> user = *watcher;
        if (!user.isError() && user.value() == 0) {
            answer({});
        } else {
            answer(base::fail("tern.helper.not-authorized", {}, "polkit did not answer: " + why.toStdString()));
        }
    });
}

} // namespace tern::helper
