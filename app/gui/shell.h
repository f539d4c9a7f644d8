// What the window asks of the program and the desktop round it.
#pragma once

#include <QObject>
#include <QString>
#include <QUrl>
#include <QtQmlIntegration>

namespace tern::gui {

class Shell : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program has one")
    Q_PROPERTY(bool dark READ dark NOTIFY darkChanged)
    Q_PROPERTY(bool hasTray READ hasTray NOTIFY hasTrayChanged)
    Q_PROPERTY(QString version READ version CONSTANT)

public:
    using QObject::QObject;

    // The colours to use now.
    [[nodiscard]] bool dark() const { return m_dark; }
    void setDark(bool dark);
    // Whether a closed window could be brought back from the tray.
    [[nodiscard]] bool hasTray() const { return m_hasTray; }
    void setHasTray(bool hasTray);
    [[nodiscard]] QString version() const { return QStringLiteral(TERN_VERSION); }

    Q_INVOKABLE void copy(const QString& text) const;
    Q_INVOKABLE void quit() const;

Q_SIGNALS:
    void darkChanged();
    void hasTrayChanged();
    // To the window: come forward; ask whether to import this file.
    void raiseRequested();
    void importRequested(const QUrl& file);

private:
    bool m_dark = false;
    bool m_hasTray = false;
};

} // namespace tern::gui
