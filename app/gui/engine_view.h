// What the views of the window share: the engine whose answers they show. Its connections to a view end when another
// engine, or none, is set. A view names this class with its namespace: Qt 6.4's registrar takes a base as it is
// written.
#pragma once

#include "app/gui/engine_client.h"

#include <QObject>
#include <QtQmlIntegration>

namespace tern::gui {

class EngineView : public QObject {
    Q_OBJECT
    QML_ANONYMOUS
    // Not owned; null until it is set.
    Q_PROPERTY(tern::gui::EngineClient* engine READ engine WRITE setEngine NOTIFY engineChanged REQUIRED)

public:
    [[nodiscard]] EngineClient* engine() const { return m_engine; }
    void setEngine(EngineClient* engine);

Q_SIGNALS:
    void engineChanged();

protected:
    explicit EngineView(QObject* parent)
        : QObject(parent) {}

    // Connects to what a view shows: of the engine, its profiles and its proxy.
    virtual void follow(EngineClient& engine);
    // Another engine was set, or none: what is shown is to be read anew.
    virtual void readAnew() {}

private:
    EngineClient* m_engine = nullptr;
};

} // namespace tern::gui
