#include "app/gui/notifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace tern::gui {

namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");
const QString desktopId = QStringLiteral("org.ternvpn.Tern");
constexpr int serverDecides = -1;

} // namespace

Notifier::Notifier(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus) {
    m_bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(onAction(uint, QString)));
}

void Notifier::notify(const QString& title, const QString& body, Urgency urgency) {
    auto call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), desktopId},
                            {QStringLiteral("urgency"), QVariant::fromValue(static_cast<uchar>(urgency))},
                            {QStringLiteral("category"), QStringLiteral("network")}};
    // The body may be read as markup, the title may not.
    call << tr("Tern") << m_id << desktopId << title << body.toHtmlEscaped()
         << QStringList{QStringLiteral("default"), tr("Open Tern")} << hints << serverDecides;
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): owned by this
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<uint> reply = *done;
        if (!reply.isError()) {
            m_id = reply.value();
        }
    });
}

void Notifier::onAction(uint id, const QString& action) {
    if (id == m_id && m_id != 0 && action == QStringLiteral("default")) {
        Q_EMIT activated();
    }
}

} // namespace tern::gui
