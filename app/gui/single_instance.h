// One window a session: the name org.ternvpn.Tern on the session bus, with the interface that desktops use to
// activate programs (org.freedesktop.Application at /org/ternvpn/Tern).
#pragma once

#include <QDBusAbstractAdaptor>
#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QVariantMap>

namespace tern::gui {

class SingleInstance : public QObject {
    Q_OBJECT

public:
    enum class Outcome {
        First,     // the name is ours
        Forwarded, // another window has been asked to do it
        NoBus,     // there is no session bus: go on alone
    };

    explicit SingleInstance(const QDBusConnection& bus, QObject* parent = nullptr);

    // Takes the name, or hands what was asked for to the one that has it. files: local, absolute.
    [[nodiscard]] Outcome claim(const QList<QUrl>& files);

Q_SIGNALS:
    void activateRequested();
    void openRequested(const QUrl& file);

private:
    [[nodiscard]] bool forward(const QList<QUrl>& files);

    QDBusConnection m_bus;
};

class ApplicationAdaptor : public QDBusAbstractAdaptor {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    explicit ApplicationAdaptor(SingleInstance* instance)
        : QDBusAbstractAdaptor(instance)
        , m_instance(instance) {}

public Q_SLOTS:
    void Activate(const QVariantMap& platformData);
    void Open(const QStringList& uris, const QVariantMap& platformData);
    void ActivateAction(const QString& action, const QVariantList& parameters, const QVariantMap& platformData);

private:
    SingleInstance* m_instance;
};

} // namespace tern::gui
