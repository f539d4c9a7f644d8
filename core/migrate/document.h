// A short document in blocks, written out as plain text, Markdown or HTML. Text is plain text: whatever would be markup
// in it is escaped.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace tern::migrate {

struct Block {
    enum class Kind { Heading, Paragraph, Bullets, Commands };
    Kind kind = Kind::Paragraph;
    QString text;      // of a heading or paragraph
    QStringList lines; // of bullets or commands
};

struct Document {
    QString title;
    std::vector<Block> blocks;

    void heading(const QString& text) { blocks.push_back({Block::Kind::Heading, text, {}}); }
    void paragraph(const QString& text) { blocks.push_back({Block::Kind::Paragraph, text, {}}); }
    // No block without lines.
    void bullets(const QStringList& lines);
    void commands(const QStringList& lines) { blocks.push_back({Block::Kind::Commands, {}, lines}); }

    // Without the title: what a mail holds.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString markdown() const;
    // One whole page that needs nothing else; language as in "zh-CN".
    [[nodiscard]] QString html(const QString& language) const;
};

} // namespace tern::migrate
