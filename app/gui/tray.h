// The tray as the program sees it; SystemTray is the one there is.
#pragma once

#include <QList>
#include <QObject>
#include <QString>

namespace tern::gui {

struct TrayEntry {
    QString profileId;
    QString name;

    friend bool operator==(const TrayEntry&, const TrayEntry&) = default;
};

struct TrayContent {
    enum class State { Disconnected, Connecting, Connected, Warning };

    State state = State::Disconnected;
    QString activeId; // "" when nothing is connected or on its way
    QString stage;    // of Connecting, as on the bus
    QString name;     // of the active connection, or of the one that failed
    QString traffic;  // totals for the tool tip, "" when there are none
    QList<TrayEntry> usable;

    friend bool operator==(const TrayContent&, const TrayContent&) = default;
};

class Tray : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // Whether somebody shows it: else a hidden window could not be brought back.
    [[nodiscard]] virtual bool available() const = 0;
    virtual void show(const TrayContent& content) = 0;
    // Makes its texts anew after a change of language.
    virtual void retranslate() = 0;

Q_SIGNALS:
    void availableChanged();
    void openRequested();
    void toggleRequested();
    void connectRequested(const QString& profileId);
    void disconnectRequested(const QString& profileId);
    void quitRequested();
};

} // namespace tern::gui
