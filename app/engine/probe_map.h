// What a probe found, as Probe of org.ternvpn.Engine1.xml answers it, where every key is written down; `ternctl probe
// --json` prints the same.
#pragma once

#include "core/probe/result.h"

#include <QVariantMap>

namespace tern::engine {

[[nodiscard]] QVariantMap probeMap(const probe::Result& result);

} // namespace tern::engine
