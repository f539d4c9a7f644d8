#include "core/migrate/document.h"

namespace tern::migrate {

namespace {

using namespace Qt::StringLiterals;

QString markdownEscaped(const QString& text) {
    static const QString special = u"\\`*_{}[]<>#|~!"_s;
    QString escaped;
    for (const QChar c : text) {
        if (special.contains(c)) {
            escaped += u'\\';
        }
        escaped += c == u'\n' ? QChar(u' ') : c;
    }
    return escaped;
}

QString page(const QString& title, const QString& language, const QString& body) {
    static const QString style =
        u"body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1a1f25;background:#fff}"
        "h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}"
        "pre{background:#f3f5f8;border:1px solid #d5dae1;border-radius:6px;padding:.8em;overflow-x:auto;"
        "white-space:pre-wrap}@media(prefers-color-scheme:dark){body{color:#e9ecef;background:#16191d}"
        "pre{background:#1e2227;border-color:#3a424c}}"_s;
    return u"<!DOCTYPE html>\n<html lang=\"%1\">\n<head><meta charset=\"utf-8\"><title>%2</title><style>%3</style>"
           "</head>\n<body>\n<h1>%2</h1>\n%4</body>\n</html>\n"_s.arg(language.toHtmlEscaped(), title.toHtmlEscaped(),
                                                                      style, body);
}

QString htmlOf(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Heading:
        return u"<h2>"_s + block.text.toHtmlEscaped() + u"</h2>\n"_s;
    case Block::Kind::Paragraph:
        return u"<p>"_s + block.text.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</p>\n"_s;
    case Block::Kind::Bullets: {
        QString list = u"<ul>\n"_s;
        for (const auto& line : block.lines) {
            list += u"<li>"_s + line.toHtmlEscaped() + u"</li>\n"_s;
        }
        return list + u"</ul>\n"_s;
    }
    case Block::Kind::Commands:
        break;
    }
    return u"<pre><code>"_s + block.lines.join(u'\n').toHtmlEscaped() + u"</code></pre>\n"_s;
}

QString textOf(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Heading:
        return u"== "_s + block.text + u" ==\n"_s;
    case Block::Kind::Paragraph:
        return block.text + u'\n';
    case Block::Kind::Bullets:
        return u"- "_s + block.lines.join(u"\n- "_s) + u'\n';
    case Block::Kind::Commands:
        break;
    }
    return u"    "_s + block.lines.join(u"\n    "_s) + u'\n';
}

QString markdownOf(const Block& block) {
    switch (block.kind) {
    case Block::Kind::Heading:
        return u"## "_s + markdownEscaped(block.text) + u'\n';
    case Block::Kind::Paragraph:
        return markdownEscaped(block.text) + u'\n';
    case Block::Kind::Bullets: {
        QString list;
        for (const auto& line : block.lines) {
            list += u"- "_s + markdownEscaped(line) + u'\n';
        }
        return list;
    }
    case Block::Kind::Commands:
        break;
    }
    return u"```powershell\n"_s + block.lines.join(u'\n') + u"\n```\n"_s;
}

} // namespace

void Document::bullets(const QStringList& lines) {
    if (!lines.isEmpty()) {
        blocks.push_back({Block::Kind::Bullets, {}, lines});
    }
}

QString Document::text() const {
    QString text;
    for (const auto& block : blocks) {
        text += (text.isEmpty() ? QString() : u"\n"_s) + textOf(block);
    }
    return text;
}

QString Document::markdown() const {
    QString text = u"# "_s + markdownEscaped(title) + u'\n';
    for (const auto& block : blocks) {
        text += u'\n' + markdownOf(block);
    }
    return text;
}

QString Document::html(const QString& language) const {
    QString body;
    for (const auto& block : blocks) {
        body += htmlOf(block);
    }
    return page(title, language, body);
}

} // namespace tern::migrate
