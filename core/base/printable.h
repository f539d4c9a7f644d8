// Text from outside as it may be shown on a terminal or a page.
#pragma once

#include <QString>

namespace tern::base {

// Control characters, line breaks and direction overrides replaced, so that a server's or a file's text stays text.
[[nodiscard]] QString printable(const QString& text);

} // namespace tern::base
