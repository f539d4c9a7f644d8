// tern-helper: see app/dbus/org.ternvpn.Helper1.xml for what it does. It takes no arguments and reads no file.
#include "app/dbus/types.h"
#include "app/helper/hardening.h"
#include "app/helper/service.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <csignal>
#include <sys/signalfd.h>

namespace {

// SIGTERM and SIGINT as a readable descriptor, so that the tunnel is taken down in order.
int terminationSignals() {
    sigset_t signals{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return ::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

} // namespace

int main(int argc, char** argv) {
    using namespace tern;
    if (const auto done = helper::dropPrivileges(); !done) {
        qCritical("%s", done.error().detail.c_str());
        return 1;
    }
    // Before Qt starts its threads, which inherit the mask.
    const base::UniqueFd signals(terminationSignals());

    const QCoreApplication app(argc, argv);
    dbus::registerTypes();
    auto netlink = helper::Netlink::open();
    if (!netlink) {
        qCritical("%s", netlink.error().detail.c_str());
        return 1;
    }
    auto bus = QDBusConnection::systemBus();
    if (!bus.isConnected()) {
        qCritical("no system bus: %s", qUtf8Printable(bus.lastError().message()));
        return 1;
    }
    helper::Service service(bus, std::move(*netlink));
    const QSocketNotifier terminated(signals.get(), QSocketNotifier::Read);
    QObject::connect(&terminated, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    QObject::connect(&service, &helper::Service::idle, &app, &QCoreApplication::quit);
    if (!service.publish()) {
        qCritical("org.ternvpn.Helper1 is taken or not allowed: %s", qUtf8Printable(bus.lastError().message()));
        return 1;
    }
    return QCoreApplication::exec();
}
