// A connection's status as the map of org.ternvpn.Engine1.xml.
#pragma once

#include "app/dbus/types.h"
#include "core/connection/status.h"
#include "core/profile/profile.h"

namespace tern::engine {

[[nodiscard]] QVariantMap statusMap(const profile::Profile& profile, const connection::Status& status);

} // namespace tern::engine
