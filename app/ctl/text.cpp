#include "app/ctl/text.h"

#include <QChar>
#include <algorithm>
#include <array>

namespace tern::ctl {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};
// Unicode's EastAsianWidth W and F, in coarse blocks; unassigned gaps inside a block do no harm.
constexpr std::array wide{
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x2329, 0x232A},   Range{0x23E9, 0x23EC},
    Range{0x2614, 0x2615},   Range{0x2E80, 0x303E},   Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},   Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
    Range{0x17000, 0x18CFF}, Range{0x1B000, 0x1B2FF}, Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

constexpr int widestCell = 48;

int widthOf(char32_t code) {
    switch (QChar::category(code)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Other_Control:
        return 0;
    default:
        break;
    }
    const bool isWide = std::any_of(wide.begin(), wide.end(),
                                    [code](Range range) { return code >= range.first && code <= range.last; });
    return isWide ? 2 : 1;
}

} // namespace

int displayWidth(QStringView text) {
    int width = 0;
    const auto codes = text.toUcs4();
    for (const auto code : codes) {
        width += widthOf(code);
    }
    return width;
}

QString shortened(const QString& text, int columns) {
    if (displayWidth(text) <= columns) {
        return text;
    }
    int width = 1; // the ellipsis
    QString shown;
    const auto codes = text.toUcs4();
    for (const char32_t code : codes) {
        width += widthOf(code);
        if (width > columns) {
            break;
        }
        shown += QString::fromUcs4(&code, 1);
    }
    return shown.trimmed() + QChar(u'…');
}

QString table(const QList<QStringList>& rows) {
    QList<int> widths;
    QList<QStringList> cells;
    for (const auto& row : rows) {
        QStringList shown;
        for (qsizetype i = 0; i < row.size(); ++i) {
            shown << shortened(printable(row.at(i)), widestCell);
            if (i >= widths.size()) {
                widths << 0;
            }
            widths[i] = std::max(widths.at(i), displayWidth(shown.last()));
        }
        cells << shown;
    }
    QString text;
    for (const auto& row : cells) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            line += row.at(i);
            if (i + 1 < row.size()) {
                line += QString(widths.at(i) - displayWidth(row.at(i)) + 2, QLatin1Char(' '));
            }
        }
        while (line.endsWith(QLatin1Char(' '))) {
            line.chop(1);
        }
        text += line + QLatin1Char('\n');
    }
    return text;
}

} // namespace tern::ctl
