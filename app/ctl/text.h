// Text for a terminal: columns that align with Chinese names, and nothing from outside that could steer the terminal.
#pragma once

#include "core/base/printable.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace tern::ctl {

// Columns a terminal uses: 2 for East Asian wide characters and emoji, 0 for combining marks, else 1.
[[nodiscard]] int displayWidth(QStringView text);

using base::printable;

// The text in at most `columns` columns (1 or more), an ellipsis in the place of what is left out.
[[nodiscard]] QString shortened(const QString& text, int columns);

// Rows of cells, the first being the heading; columns two blanks apart, the last one not padded. Cells are made
// printable, and shortened, so that one long name does not push the rest of every row off the screen. Ends with a line
// break unless there are no rows.
[[nodiscard]] QString table(const QList<QStringList>& rows);

} // namespace tern::ctl
