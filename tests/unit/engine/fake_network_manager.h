// Stands in for NetworkManager on a bus of the test's own.
#pragma once

#include "app/dbus/types.h"
#include "app/engine/l2tp_handover.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVirtualObject>

namespace tern::engine::test {

inline const QString activePath = QStringLiteral("/org/freedesktop/NetworkManager/ActiveConnection/7");
inline const QString activeInterface = QStringLiteral("org.freedesktop.NetworkManager.Connection.Active");

// Stands in for NetworkManager: takes a connection, and is in the state that the test says.
class FakeNetworkManager final : public QDBusVirtualObject {
public:
    explicit FakeNetworkManager(QDBusConnection connection)
        : m_connection(std::move(connection)) {}

    [[nodiscard]] QString introspect(const QString& /*path*/) const override { return {}; }

    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        calls << message.member();
        if (message.member() == QLatin1String("AddAndActivateConnection2")) {
            if (!refuseWith.isEmpty()) {
                connection.send(message.createErrorReply(refuseWith, QStringLiteral("no")));
                return true;
            }
            settings = qdbus_cast<NmSettings>(message.arguments().at(0));
            options = dbus::unwrap(qdbus_cast<QVariantMap>(message.arguments().at(3)));
            auto reply = message.createReply();
            reply << QVariant::fromValue(QDBusObjectPath(QStringLiteral("/org/freedesktop/NetworkManager/Settings/3")))
                  << QVariant::fromValue(QDBusObjectPath(activePath)) << QVariantMap();
            connection.send(reply);
        } else if (message.member() == QLatin1String("Get")) {
            connection.send(message.createReply(QVariant::fromValue(QDBusVariant(state))));
        } else if (message.member() == QLatin1String("GetAll") && message.path() == activePath) {
            connection.send(message.createReply(
                QVariantMap{{QStringLiteral("Ip4Config"), QVariant::fromValue(QDBusObjectPath(QStringLiteral(
                                                              "/org/freedesktop/NetworkManager/IP4Config/9")))}}));
        } else if (message.member() == QLatin1String("GetAll")) {
            const QList<QVariantMap> addresses{
                {{QStringLiteral("address"), QStringLiteral("10.9.0.2")}, {QStringLiteral("prefix"), 32U}}};
            const QList<QVariantMap> servers{{{QStringLiteral("address"), QStringLiteral("10.9.0.1")}}};
            connection.send(
                message.createReply(QVariantMap{{QStringLiteral("AddressData"), QVariant::fromValue(addresses)},
                                                {QStringLiteral("NameserverData"), QVariant::fromValue(servers)}}));
        } else if (message.member() == QLatin1String("DeactivateConnection")) {
            deactivated << qvariant_cast<QDBusObjectPath>(message.arguments().at(0)).path();
            connection.send(message.createReply());
            become(4, 2);
        } else {
            connection.send(message.createReply());
        }
        return true;
    }

    void become(uint newState, uint reason) {
        state = newState;
        auto signal = QDBusMessage::createSignal(activePath, activeInterface, QStringLiteral("StateChanged"));
        signal << newState << reason;
        m_connection.send(signal);
    }

    QStringList calls;
    NmSettings settings;
    QVariantMap options;
    QStringList deactivated;
    QString refuseWith;
    uint state = 1;

private:
    QDBusConnection m_connection;
};

} // namespace tern::engine::test
