#include "app/gui/settings.h"

#include <QStandardPaths>

namespace tern::gui {

namespace {

const QString themeKey = QStringLiteral("theme");
const QString languageKey = QStringLiteral("language");
const QString closeToTrayKey = QStringLiteral("close-to-tray");
const QString windowSizeKey = QStringLiteral("window-size");

QString usualFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/tern/window.conf");
}

QString knownTheme(const QString& theme) {
    return theme == QStringLiteral("light") || theme == QStringLiteral("dark") ? theme : QStringLiteral("system");
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file.isEmpty() ? usualFile() : file, QSettings::IniFormat) {
    m_theme = knownTheme(m_store.value(themeKey).toString());
    m_language = m_store.value(languageKey).toString();
}

void Settings::overrideTheme(const QString& theme) {
    m_theme = knownTheme(theme);
    Q_EMIT themeChanged();
}

void Settings::overrideLanguage(const QString& language) {
    m_language = language;
    Q_EMIT languageChanged();
}

QString Settings::theme() const {
    return m_theme;
}

void Settings::setTheme(const QString& theme) {
    if (m_theme != knownTheme(theme)) {
        m_store.setValue(themeKey, knownTheme(theme));
        overrideTheme(theme);
    }
}

QString Settings::language() const {
    return m_language;
}

void Settings::setLanguage(const QString& language) {
    if (m_language != language) {
        m_store.setValue(languageKey, language);
        overrideLanguage(language);
    }
}

bool Settings::closeToTray() const {
    return m_store.value(closeToTrayKey, true).toBool();
}

void Settings::setCloseToTray(bool close) {
    if (closeToTray() != close) {
        m_store.setValue(closeToTrayKey, close);
        Q_EMIT closeToTrayChanged();
    }
}

QSize Settings::windowSize() const {
    return m_store.value(windowSizeKey, QSize(1000, 680)).toSize().expandedTo(QSize(360, 400));
}

void Settings::keepSize(int width, int height) {
    m_store.setValue(windowSizeKey, QSize(width, height));
}

} // namespace tern::gui
