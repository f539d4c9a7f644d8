// The KEY=VALUE words of "ternctl set", made into what Edit of org.ternvpn.Engine1 takes.
#pragma once

#include <QStringList>
#include <QVariantMap>
#include <tl/expected.hpp>

namespace tern::ctl {

// Keys that are on or off become booleans ("on", "off"), all others stay text; which keys there are, ternd knows.
// The unexpected value is a sentence saying what is wrong.
[[nodiscard]] tl::expected<QVariantMap, QString> parseSettings(const QStringList& words);

} // namespace tern::ctl
