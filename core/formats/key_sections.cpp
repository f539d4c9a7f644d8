#include "core/formats/key_sections.h"

#include "core/formats/text.h"

#include <algorithm>

namespace tern::formats {

namespace {

std::string unescaped(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            out += value[i];
            continue;
        }
        const char next = value[++i];
        switch (next) {
        case 's':
            out += ' ';
            break;
        case 't':
            out += '\t';
            break;
        case 'n':
            out += '\n';
            break;
        case 'r':
            out += '\r';
            break;
        default:
            out += next;
        }
    }
    return out;
}

} // namespace

Node readKeySections(std::string_view text, KeyFileKind kind, unsigned& strayLine) {
    Node top;
    top.kind = Node::Kind::Group;
    std::size_t count = 0;
    unsigned number = 0;
    strayLine = 0;
    while (!text.empty() && count < maximumNodes) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.empty() || line.front() == (kind == KeyFileKind::Glib ? '#' : ';')) {
            continue;
        }
        if (line.front() == '[' && line.back() == ']') {
            auto& section = top.children.emplace_back();
            section.name = line.substr(1, line.size() - 2);
            section.line = number;
            section.kind = Node::Kind::Group;
            ++count;
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || equals == 0 || top.children.empty()) {
            strayLine = strayLine == 0 ? number : strayLine;
            continue;
        }
        auto& key = top.children.back().children.emplace_back();
        key.name = trimmed(line.substr(0, equals));
        const auto value = trimmed(line.substr(equals + 1));
        key.value = kind == KeyFileKind::Glib ? unescaped(value) : std::string(value);
        key.line = number;
        ++count;
    }
    return top;
}

} // namespace tern::formats
