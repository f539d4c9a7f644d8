// Whether the desktop wants dark windows, now and whenever that changes.
//
// From Qt 6.5 on QStyleHints knows; before, the settings portal is asked (org.freedesktop.portal.Settings,
// namespace org.freedesktop.appearance, key color-scheme: 1 = dark, 2 = light, 0 = no preference). Where neither
// answers, the palette of the platform theme decides.
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

namespace tern::gui {

class ColorScheme : public QObject {
    Q_OBJECT

public:
    explicit ColorScheme(const QDBusConnection& bus, QObject* parent = nullptr);

    [[nodiscard]] bool dark() const { return m_dark; }

Q_SIGNALS:
    void darkChanged();

private Q_SLOTS:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void setDark(bool dark);
    void watchPortal(QDBusConnection bus);

    bool m_dark = false;
};

} // namespace tern::gui
