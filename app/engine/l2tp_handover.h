// L2TP while a policy still allows it: handed to NetworkManager's L2TP plug-in, for Tern does not speak it. From the
// click to the end, with the states of a connection of Tern's own; what NetworkManager says decides.
//
// The connection is volatile and bound to ternd: when ternd goes, NetworkManager takes it down.
#pragma once

#include "app/engine/l2tp_settings.h"
#include "core/connection/connection.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

namespace tern::engine {

class L2tpHandover : public QObject {
    Q_OBJECT
public:
    // bus: the system's. credentials and listener are borrowed; the listener is never called before start() returns.
    L2tpHandover(connection::Request request, connection::CredentialSource& credentials, connection::Listener& listener,
                 QDBusConnection bus);
    ~L2tpHandover() override;
    L2tpHandover(const L2tpHandover&) = delete;
    L2tpHandover& operator=(const L2tpHandover&) = delete;

    void start();
    void disconnect();
    [[nodiscard]] const connection::Status& status() const { return m_status; }
    [[nodiscard]] bool isOver() const;

    // Where NetworkManager's plug-ins are listed (*.name); TERN_NM_PLUGINS names another folder.
    [[nodiscard]] static bool pluginIsInstalled();

private Q_SLOTS:
    // org.freedesktop.NetworkManager.Connection.Active.StateChanged
    void onActiveState(uint state, uint reason, const QDBusMessage& message);

private:
    void lookForNetworkManager();
    void ask();
    void askSharedKey();
    void activate();
    void activated(const QDBusMessage& reply);
    void follow(uint state, uint reason);
    void readAddresses();
    void takeAddresses(const QVariantMap& ip4);
    void enter(connection::StateName state, connection::Stage stage);
    void fail(base::Error error);
    void over(connection::StateName state);
    void deactivate();
    [[nodiscard]] QDBusPendingCall readAll(const QString& path, const QString& interface);

    connection::Request m_request;
    connection::CredentialSource& m_credentials;
    connection::Listener& m_listener;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_networkManager;
    QTimer m_limit;
    connection::Status m_status;
    connection::PendingPtr m_question;
    L2tpSecrets m_secrets;
    QString m_active; // object path, once there is one
    bool m_activating = false;
    bool m_leaving = false;
};

} // namespace tern::engine
