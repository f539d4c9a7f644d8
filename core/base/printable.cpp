#include "core/base/printable.h"

#include <QChar>

namespace tern::base {

QString printable(const QString& text) {
    QString shown;
    shown.reserve(text.size());
    for (const QChar c : text) {
        const auto code = c.unicode();
        const bool steersDirection = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (c.category() == QChar::Other_Control) {
            shown += (code == u'\t' || code == u'\n' || code == u'\r') ? QChar(u' ') : QChar(u'\uFFFD');
        } else if (c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph) {
            shown += QLatin1Char(' ');
        } else if (!steersDirection) {
            shown += c;
        }
    }
    return shown;
}

} // namespace tern::base
