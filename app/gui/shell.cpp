#include "app/gui/shell.h"

#include <QClipboard>
#include <QGuiApplication>

namespace tern::gui {

void Shell::setDark(bool dark) {
    if (m_dark != dark) {
        m_dark = dark;
        Q_EMIT darkChanged();
    }
}

void Shell::setHasTray(bool hasTray) {
    if (m_hasTray != hasTray) {
        m_hasTray = hasTray;
        Q_EMIT hasTrayChanged();
    }
}

void Shell::copy(const QString& text) const {
    QGuiApplication::clipboard()->setText(text);
}

void Shell::quit() const {
    QCoreApplication::quit();
}

} // namespace tern::gui
