#include "app/gui/color_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

namespace tern::gui {

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");

bool paletteIsDark() {
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

// 1 = dark, 2 = light, 0 = no preference. The answer may be wrapped more than once.
bool isDark(QVariant value) {
    while (value.canConvert<QDBusVariant>()) {
        value = value.value<QDBusVariant>().variant();
    }
    return value.toUInt() == 1;
}

} // namespace

ColorScheme::ColorScheme(const QDBusConnection& bus, QObject* parent)
    : QObject(parent)
    , m_dark(paletteIsDark()) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto* hints = QGuiApplication::styleHints();
    if (hints->colorScheme() != Qt::ColorScheme::Unknown) {
        const auto follow = [this, hints] { setDark(hints->colorScheme() == Qt::ColorScheme::Dark); };
        connect(hints, &QStyleHints::colorSchemeChanged, this, follow);
        follow();
        return;
    }
#endif
    watchPortal(bus);
}

void ColorScheme::watchPortal(QDBusConnection bus) {
    // The first to name the type: without this the slot below is not found by its signature.
    qRegisterMetaType<QDBusVariant>();
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    auto call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << appearance << colorScheme;
    // NOLINTNEXTLINE(cppcoreguidelines-owning-memory): owned by this
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError()) {
            setDark(isDark(reply.value().variant()));
        }
    });
}

void ColorScheme::onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value) {
    if (space == appearance && key == colorScheme) {
        setDark(isDark(value.variant()));
    }
}

void ColorScheme::setDark(bool dark) {
    if (m_dark != dark) {
        m_dark = dark;
        Q_EMIT darkChanged();
    }
}

} // namespace tern::gui
