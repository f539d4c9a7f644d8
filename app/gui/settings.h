// What the user chose for the window itself: ~/.config/tern/window.conf.
#pragma once

#include <QObject>
#include <QSettings>
#include <QSize>
#include <QString>
#include <QtQmlIntegration>

namespace tern::gui {

class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program has one")
    // "system", "light" or "dark"
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
    // "" = the desktop's, else a locale name such as "zh_CN"
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(bool closeToTray READ closeToTray WRITE setCloseToTray NOTIFY closeToTrayChanged)
    Q_PROPERTY(int windowWidth READ windowWidth CONSTANT)
    Q_PROPERTY(int windowHeight READ windowHeight CONSTANT)

public:
    // file: where they are kept; "" = the usual place.
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);

    // For this run only: the command line wins over what is stored, which stays as it is.
    void overrideTheme(const QString& theme);
    void overrideLanguage(const QString& language);

    [[nodiscard]] QString theme() const;
    void setTheme(const QString& theme);
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& language);
    [[nodiscard]] bool closeToTray() const;
    void setCloseToTray(bool close);
    // The size the window had last.
    [[nodiscard]] int windowWidth() const { return windowSize().width(); }
    [[nodiscard]] int windowHeight() const { return windowSize().height(); }
    Q_INVOKABLE void keepSize(int width, int height);

Q_SIGNALS:
    void themeChanged();
    void languageChanged();
    void closeToTrayChanged();

private:
    [[nodiscard]] QSize windowSize() const;

    QSettings m_store;
    QString m_theme;
    QString m_language;
};

} // namespace tern::gui
