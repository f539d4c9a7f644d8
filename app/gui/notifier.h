// Desktop notifications. There is at most one of ours: each replaces the one before.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

namespace tern::gui {

class Notifier : public QObject {
    Q_OBJECT

public:
    enum class Urgency : uchar { Low = 0, Normal = 1, Critical = 2 };

    explicit Notifier(const QDBusConnection& bus, QObject* parent = nullptr);

    // Texts are plain.
    void notify(const QString& title, const QString& body, Urgency urgency);

Q_SIGNALS:
    // The user clicked it.
    void activated();

private Q_SLOTS:
    void onAction(uint id, const QString& action);

private:
    QDBusConnection m_bus;
    uint m_id = 0;
};

} // namespace tern::gui
