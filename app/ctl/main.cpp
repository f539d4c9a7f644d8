// ternctl: Tern on the command line. It asks ternd over the session bus and holds nothing itself.
//
//   ternctl import FILE… | list | show NAME | connect NAME [--wait] | disconnect [NAME] | status [--watch] |
//   log [--follow]; each listing also with --json. Output goes to standard output, errors (what happened, what to do,
//   the code) to standard error. Exit codes: app/ctl/exit_code.h, shown by --help.
#include "app/ctl/commands.h"
#include "translations/i18n.h"

#include <QCoreApplication>
#include <clocale>

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("ternctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TERN_VERSION));
    tern::i18n::installTranslator(application, QLocale::system());
    return static_cast<int>(tern::ctl::run(QCoreApplication::arguments().mid(1)));
}
