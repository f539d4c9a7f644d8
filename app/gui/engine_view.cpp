#include "app/gui/engine_view.h"

namespace tern::gui {

void EngineView::setEngine(EngineClient* engine) {
    if (m_engine == engine) {
        return;
    }
    if (m_engine != nullptr) {
        m_engine->disconnect(this);
        m_engine->profiles()->disconnect(this);
        m_engine->proxy().disconnect(this);
    }
    m_engine = engine;
    if (engine != nullptr) {
        follow(*engine);
    }
    Q_EMIT engineChanged();
    readAnew();
}

void EngineView::follow(EngineClient& /*engine*/) {}

} // namespace tern::gui
