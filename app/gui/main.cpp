// tern: the window.
#include "app/gui/application.h"

#include <QApplication>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Tern_ClientPlugin)
Q_IMPORT_QML_PLUGIN(Tern_ControlsPlugin)
Q_IMPORT_QML_PLUGIN(Tern_DialogsPlugin)
Q_IMPORT_QML_PLUGIN(Tern_PagesPlugin)

int main(int argc, char* argv[]) {
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("tern"));
    QApplication::setApplicationDisplayName(QStringLiteral("Tern"));
    QApplication::setApplicationVersion(QStringLiteral(TERN_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.ternvpn.Tern"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/tern/icons/org.ternvpn.Tern.svg")));
    // The window decides when closing it ends the program: with a tray it does not.
    QApplication::setQuitOnLastWindowClosed(false);
    tern::gui::Application tern(app, tern::gui::parseArguments(app));
    const auto ended = tern.begin();
    return ended ? *ended : QApplication::exec();
}
