#include "core/formats/swan_text.h"

#include "core/base/bytes.h"
#include "core/formats/base64.h"
#include "core/formats/text.h"

#include <algorithm>

namespace tern::formats {

namespace {

std::string unquoted(std::string_view value) {
    value = trimmed(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
        value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
}

class SwanctlReader {
public:
    SwanctlReader(std::string_view text, std::string_view file, bool& includes)
        : m_text(text)
        , m_file(file)
        , m_includes(includes) {}

    base::Result<Node> read() {
        Node top;
        top.kind = Node::Kind::Group;
        if (!readBody(top, 0)) {
            if (m_tooComplex) {
                return base::fail("tern.formats.too-complex", {m_file}, "line " + std::to_string(m_line));
            }
            return base::fail("tern.formats.broken", {m_file, std::to_string(m_line), "swanctl.conf"});
        }
        return top;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char here() const { return m_text[m_at]; }
    void step() {
        m_line += here() == '\n' ? 1U : 0U;
        ++m_at;
    }
    void skipBlanks() {
        while (!atEnd() && (here() == ' ' || here() == '\t' || here() == '\r' || here() == '\n' || here() == '#')) {
            if (here() == '#') {
                while (!atEnd() && here() != '\n') {
                    step();
                }
            } else {
                step();
            }
        }
    }

    std::string takeValue() {
        while (!atEnd() && (here() == ' ' || here() == '\t')) {
            step();
        }
        std::string value;
        if (!atEnd() && here() == '"') {
            step();
            while (!atEnd() && here() != '"') {
                if (here() == '\\' && m_at + 1 < m_text.size()) {
                    step();
                }
                value += here();
                step();
            }
            m_open = atEnd();
            if (!atEnd()) {
                step();
            }
            return value;
        }
        while (!atEnd() && here() != '\n' && here() != '#' && here() != '}') {
            value += here();
            step();
        }
        return std::string(trimmed(value));
    }

    bool readBody(Node& section, unsigned depth) {
        if (depth > maximumDepth) {
            m_tooComplex = true;
            return false;
        }
        for (skipBlanks(); !atEnd(); skipBlanks()) {
            if (here() == '}') {
                if (depth == 0) {
                    return false;
                }
                step();
                return true;
            }
            if (!readItem(section, depth)) {
                return false;
            }
        }
        return depth == 0;
    }

    // "name {", "name : others {", "name = value", "include path".
    bool readItem(Node& section, unsigned depth) {
        if (++m_count > maximumNodes) {
            m_tooComplex = true;
            return false;
        }
        const auto line = m_line;
        std::string name;
        while (!atEnd() && here() != '{' && here() != '}' && here() != '=' && here() != '\n' && here() != '#') {
            name += here();
            step();
        }
        const auto word = trimmed(name);
        if (word.starts_with("include ")) {
            m_includes = true;
            return true;
        }
        skipBlanks();
        if (atEnd() || word.empty() || (here() != '{' && here() != '=')) {
            return false;
        }
        auto& node = section.children.emplace_back();
        node.line = line;
        node.name = trimmed(word.substr(0, word.find(':')));
        if (here() == '{') {
            step();
            node.kind = Node::Kind::Group;
            return readBody(node, depth + 1);
        }
        step();
        node.value = takeValue();
        return !m_open;
    }

    std::string_view m_text;
    std::string m_file;
    bool& m_includes;
    std::size_t m_at = 0;
    unsigned m_line = 1;
    std::size_t m_count = 0;
    bool m_tooComplex = false;
    bool m_open = false; // a quotation that never ends
};

} // namespace

base::Result<Node> readSwanctl(std::string_view text, std::string_view file, bool& includes) {
    return SwanctlReader(text, file, includes).read();
}

Node readIpsecConf(std::string_view text, bool& includes) {
    Node top;
    top.kind = Node::Kind::Group;
    std::size_t count = 0;
    unsigned number = 0;
    while (!text.empty() && count < maximumNodes) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        const auto content = trimmed(line.substr(0, line.find('#')));
        if (content.empty()) {
            continue;
        }
        if (content.starts_with("include ") || content.starts_with("include\t")) {
            includes = true;
            continue;
        }
        const auto equals = content.find('=');
        const bool indented = line.front() == ' ' || line.front() == '\t';
        if (!indented && equals == std::string_view::npos) {
            auto& section = top.children.emplace_back();
            section.name = content;
            std::ranges::replace(section.name, '\t', ' ');
            section.kind = Node::Kind::Group;
            section.line = number;
            ++count;
        } else if (equals != std::string_view::npos && !top.children.empty()) {
            auto& key = top.children.back().children.emplace_back();
            key.name = trimmed(content.substr(0, equals));
            key.value = unquoted(content.substr(equals + 1));
            key.line = number;
            ++count;
        }
    }
    return top;
}

base::SecureBytes swanSecret(std::string_view text) {
    const auto rest = text.size() > 2 ? text.substr(2) : std::string_view();
    if (text.starts_with("0x")) {
        const auto octets = base::fromHex(rest);
        return octets.empty() ? base::SecureBytes(text) : base::SecureBytes(base::ByteView(octets));
    }
    if (text.starts_with("0s")) {
        const auto octets = fromBase64(rest);
        return octets ? base::SecureBytes(base::ByteView(*octets)) : base::SecureBytes(text);
    }
    return base::SecureBytes(text);
}

} // namespace tern::formats
