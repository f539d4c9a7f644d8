// ternd: the user's engine. No privileges; all parsing, all cryptography, all keys. Started by the session bus.
#include "app/engine/service.h"
#include "core/base/catalogue.h"
#include "core/datapath/harden.h"
#include "core/profile/store.h"
#include "translations/i18n.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace {

// A signal handler may only write to a descriptor; the event loop reads the other end.
std::array<int, 2> signalPipe{-1, -1};

extern "C" void onSignal(int /*number*/) {
    const char octet = 0;
    static_cast<void>(!::write(signalPipe[1], &octet, 1));
}

} // namespace

int main(int argc, char** argv) {
    tern::datapath::hardenProcess();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ternd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TERN_VERSION));
    tern::i18n::installTranslator(application, QLocale::system());
    tern::engine::Service service(tern::profile::ProfileStore::defaultDirectory());
    if (const auto started = service.start(); !started) {
        std::fprintf(stderr, "ternd: %s\n", started.error().detail.c_str());
        return 1;
    }
    if (::pipe2(signalPipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return 1;
    }
    QSocketNotifier signalled(signalPipe[0], QSocketNotifier::Read);
    QObject::connect(&signalled, &QSocketNotifier::activated, &service, [&service, &signalled] {
        signalled.setEnabled(false);
        service.shutDown();
    });
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) {
        std::signal(number, onSignal);
    }
    return QCoreApplication::exec();
}
