#include "app/gui/single_instance.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>

namespace tern::gui {

namespace {

const QString service = QStringLiteral("org.ternvpn.Tern");
const QString path = QStringLiteral("/org/ternvpn/Tern");
const QString interface = QStringLiteral("org.freedesktop.Application");
constexpr int timeout = 5000; // milliseconds; a hung window must not keep a new one from opening

} // namespace

SingleInstance::SingleInstance(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_bus(bus) {
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): owned by this
    new ApplicationAdaptor(this);
}

SingleInstance::Outcome SingleInstance::claim(const QList<QUrl>& files) {
    if (!m_bus.isConnected()) {
        return Outcome::NoBus;
    }
    // The object first: whoever sees the name may call at once.
    m_bus.registerObject(path, this);
    if (m_bus.registerService(service)) {
        return Outcome::First;
    }
    m_bus.unregisterObject(path);
    return forward(files) ? Outcome::Forwarded : Outcome::NoBus;
}

bool SingleInstance::forward(const QList<QUrl>& files) {
    auto call = QDBusMessage::createMethodCall(service, path, interface,
                                               files.isEmpty() ? QStringLiteral("Activate") : QStringLiteral("Open"));
    if (!files.isEmpty()) {
        call << QUrl::toStringList(files);
    }
    call << QVariantMap();
    return m_bus.call(call, QDBus::Block, timeout).type() == QDBusMessage::ReplyMessage;
}

void ApplicationAdaptor::Activate(const QVariantMap& platformData) {
    Q_UNUSED(platformData)
    Q_EMIT m_instance->activateRequested();
}

void ApplicationAdaptor::Open(const QStringList& uris, const QVariantMap& platformData) {
    Q_UNUSED(platformData)
    Q_EMIT m_instance->activateRequested();
    for (const auto& uri : uris) {
        Q_EMIT m_instance->openRequested(QUrl(uri));
    }
}

void ApplicationAdaptor::ActivateAction(const QString& action, const QVariantList& parameters,
                                        const QVariantMap& platformData) {
    Q_UNUSED(action)
    Q_UNUSED(parameters)
    Activate(platformData);
}

} // namespace tern::gui
