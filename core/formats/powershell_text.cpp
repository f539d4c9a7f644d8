#include "core/formats/powershell_text.h"

#include <algorithm>
#include <map>

namespace tern::formats {

namespace {

constexpr std::size_t mostTokens = 200'000;
constexpr std::size_t mostPutIn = 16U * 1024U * 1024U;

struct Token {
    enum class Kind { Word, Text, Variable, Splat, Parameter, Comma, Open, Close, Table, End, Other };
    Kind kind = Kind::Other;
    std::string text;
    unsigned line = 1;
    bool spaced = false; // blanks before it
};

bool isWordEnd(char c) {
    constexpr std::string_view ends = " \t\r\n,;|(){}@\"'=`#";
    return ends.find(c) != std::string_view::npos;
}

// Word processors and web pages turn quotation marks and dashes into others, and PowerShell takes those for the plain
// ones (about_Quoting_Rules): which plain one it is, and how many octets it has here; '\0' for anything else.
struct Mark {
    char plain = '\0';
    std::size_t size = 1;
};

Mark markAt(std::string_view text, std::size_t at) {
    if (at >= text.size()) {
        return {};
    }
    const char c = text[at];
    if (c == '\'' || c == '"' || c == '-') {
        return {c, 1};
    }
    if (!text.substr(at).starts_with("\xE2\x80") || at + 2 >= text.size()) {
        return {};
    }
    const auto last = static_cast<unsigned char>(text[at + 2]);
    if (last >= 0x98 && last <= 0x9B) { // U+2018 to U+201B
        return {'\'', 3};
    }
    if (last >= 0x9C && last <= 0x9E) { // U+201C to U+201E
        return {'"', 3};
    }
    return {last >= 0x93 && last <= 0x95 ? '-' : '\0', 3}; // U+2013 to U+2015
}

bool isQuote(Mark mark) {
    return mark.plain == '\'' || mark.plain == '"';
}

class Lexer {
public:
    explicit Lexer(std::string_view text)
        : m_text(text) {}

    std::vector<Token> read() {
        std::vector<Token> tokens;
        while (m_at < m_text.size() && tokens.size() < mostTokens) {
            m_spaced = false;
            skipBlanks();
            if (m_at >= m_text.size()) {
                break;
            }
            tokens.push_back(next());
        }
        return tokens;
    }

private:
    [[nodiscard]] bool starts(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    void step(std::size_t count = 1) {
        for (; count > 0 && m_at < m_text.size(); --count, ++m_at) {
            m_line += m_text[m_at] == '\n' ? 1U : 0U;
        }
    }

    void skipBlanks() {
        while (m_at < m_text.size()) {
            if (starts(" ") || starts("\t") || starts("\r")) {
                step();
            } else if (starts("`\n") || starts("`\r\n")) { // the command goes on
                step(starts("`\n") ? 2 : 3);
            } else if (starts("<#")) {
                const auto end = m_text.find("#>", m_at);
                step((end == std::string_view::npos ? m_text.size() : end + 2) - m_at);
            } else if (starts("#")) {
                const auto end = m_text.find('\n', m_at);
                step((end == std::string_view::npos ? m_text.size() : end) - m_at);
            } else {
                return;
            }
            m_spaced = true;
        }
    }

    Token make(Token::Kind kind, std::string text, std::size_t octets) {
        Token token{kind, std::move(text), m_line, m_spaced};
        step(octets);
        return token;
    }

    Token next() {
        const char c = m_text[m_at];
        if (c == '\n' || c == ';' || c == '|') {
            return make(Token::Kind::End, {}, 1);
        }
        if (c == '@' && isQuote(markAt(m_text, m_at + 1))) {
            return hereText();
        }
        if (starts("@{")) {
            return make(Token::Kind::Table, {}, 2);
        }
        if (starts("@(")) {
            return make(Token::Kind::Open, "@(", 2);
        }
        if (isQuote(markAt(m_text, m_at))) {
            return quoted();
        }
        if (c == ',') {
            return make(Token::Kind::Comma, {}, 1);
        }
        if (c == '(' || c == '{') {
            return make(Token::Kind::Open, std::string(1, c), 1);
        }
        if (c == ')' || c == '}') {
            return make(Token::Kind::Close, std::string(1, c), 1);
        }
        return word();
    }

    Token word() {
        const auto mark = markAt(m_text, m_at);
        const char first = mark.plain == '-' ? '-' : m_text[m_at];
        std::size_t end = m_at + (first == '-' ? mark.size : 1);
        while (end < m_text.size() && !isWordEnd(m_text[end]) && !isQuote(markAt(m_text, end)) &&
               !(first == '-' && m_text[end] == ':')) {
            ++end;
        }
        const auto octets = end - m_at;
        const auto text = first == '-' ? '-' + std::string(m_text.substr(m_at + mark.size, octets - mark.size))
                                       : std::string(m_text.substr(m_at, octets));
        const auto size = text.size();
        if (first == '$' && size > 1) {
            return make(Token::Kind::Variable, lowered(text.substr(1)), octets);
        }
        if (first == '@' && size > 1) {
            return make(Token::Kind::Splat, lowered(text.substr(1)), octets);
        }
        const bool name = first == '-' && size > 1 && (text[1] < '0' || text[1] > '9');
        if (name) {
            auto token = make(Token::Kind::Parameter, text.substr(1), octets);
            if (m_at < m_text.size() && m_text[m_at] == ':') {
                step();
                token.text += ':'; // its value follows at once
            }
            return token;
        }
        return make(first == '=' ? Token::Kind::Other : Token::Kind::Word, text, octets);
    }

    // Two quotes of a kind are the second of them inside; `x in "…" is x. A variable inside "…" makes its value
    // unknown.
    Token quoted() {
        Token token{Token::Kind::Text, {}, m_line, m_spaced};
        const char quote = markAt(m_text, m_at).plain;
        step(markAt(m_text, m_at).size);
        while (m_at < m_text.size()) {
            auto mark = markAt(m_text, m_at);
            if (mark.plain == quote) {
                step(mark.size);
                mark = markAt(m_text, m_at);
                if (mark.plain != quote) {
                    break;
                }
                token.text += m_text.substr(m_at, mark.size);
                step(mark.size);
                continue;
            }
            if (m_text[m_at] == '`' && quote == '"') {
                step();
                if (m_at >= m_text.size()) {
                    break;
                }
            } else if (m_text[m_at] == '$' && quote == '"') {
                token.kind = Token::Kind::Other;
            }
            token.text += m_text[m_at];
            step();
        }
        return token;
    }

    // @' … '@ and @" … "@, each on lines of their own.
    Token hereText() {
        const char quote = markAt(m_text, m_at + 1).plain;
        Token token{Token::Kind::Text, {}, m_line, m_spaced};
        const auto start = std::min(m_text.find('\n', m_at), m_text.size());
        auto stop = start;
        auto end = m_text.size();
        for (; stop < m_text.size(); stop = std::min(m_text.find('\n', stop + 1), m_text.size())) {
            const auto mark = markAt(m_text, stop + 1);
            if (mark.plain == quote && m_text.substr(stop + 1 + mark.size).starts_with('@')) {
                end = stop + 1 + mark.size + 1;
                break;
            }
        }
        token.text = m_text.substr(std::min(start + 1, stop), stop - std::min(start + 1, stop));
        if (quote == '"' && token.text.find('$') != std::string::npos) {
            token.kind = Token::Kind::Other;
        }
        step(end - m_at);
        return token;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    unsigned m_line = 1;
    bool m_spaced = false;
};

class Parser {
public:
    Parser(std::vector<Token> tokens, std::vector<std::string>& computed)
        : m_tokens(std::move(tokens))
        , m_computed(computed) {}

    Node read() {
        Node top;
        top.kind = Node::Kind::Group;
        while (m_at < m_tokens.size()) {
            const auto& token = m_tokens[m_at];
            if (token.kind == Token::Kind::Variable && isAssignment()) {
                assign();
            } else if (token.kind == Token::Kind::Word &&
                       lowered(token.text).find("-vpnconnection") != std::string::npos) {
                command(top.children.emplace_back());
            } else {
                ++m_at;
            }
        }
        return top;
    }

private:
    [[nodiscard]] bool isAssignment() const {
        return m_at + 1 < m_tokens.size() && m_tokens[m_at + 1].kind == Token::Kind::Other &&
               m_tokens[m_at + 1].text == "=";
    }

    void assign() {
        const auto name = m_tokens[m_at].text;
        m_at += 2;
        Node value;
        if (m_at < m_tokens.size() && m_tokens[m_at].kind == Token::Kind::Table) {
            ++m_at;
            table(value);
            m_variables.insert_or_assign(name, std::move(value));
        } else if (readValue(value)) {
            m_variables.insert_or_assign(name, std::move(value));
        } else {
            m_variables.erase(name);
        }
    }

    // Behind "@{", up to its "}".
    void table(Node& out) {
        out.kind = Node::Kind::Group;
        while (m_at < m_tokens.size() && m_tokens[m_at].kind != Token::Kind::Close) {
            const auto key = m_tokens[m_at];
            const bool named = key.kind == Token::Kind::Word || key.kind == Token::Kind::Text;
            if (!named || !isAssignment()) {
                ++m_at;
                continue;
            }
            m_at += 2;
            auto& member = out.children.emplace_back();
            member.name = key.text;
            member.line = key.line;
            if (!readValue(member)) {
                m_computed.push_back(key.text);
                out.children.pop_back();
            }
        }
        ++m_at;
    }

    // One value or several with commas between. False: something that would have to be computed.
    bool readValue(Node& out) {
        bool known = readSingle(out);
        if (m_at >= m_tokens.size() || m_tokens[m_at].kind != Token::Kind::Comma) {
            return known;
        }
        Node list;
        list.name = out.name;
        list.line = out.line;
        list.kind = Node::Kind::Group;
        out.name.clear();
        list.children.push_back(std::move(out));
        while (m_at < m_tokens.size() && m_tokens[m_at].kind == Token::Kind::Comma) {
            ++m_at;
            known = readSingle(list.children.emplace_back()) && known;
        }
        out = std::move(list);
        return known;
    }

    bool readSingle(Node& out) {
        if (m_at >= m_tokens.size()) {
            return false;
        }
        const auto token = m_tokens[m_at];
        if (token.kind == Token::Kind::End || token.kind == Token::Kind::Close) {
            return false;
        }
        ++m_at;
        switch (token.kind) {
        case Token::Kind::Word:
        case Token::Kind::Text:
            out.value = token.text;
            return true;
        case Token::Kind::Variable:
            return variable(token.text, out);
        case Token::Kind::Open:
            return bracket(token.text == "@(", out);
        default:
            return false;
        }
    }

    bool variable(const std::string& name, Node& out) {
        if (name == "true" || name == "false") {
            out.value = name;
            return true;
        }
        const auto found = m_variables.find(name);
        if (found == m_variables.end() || found->second.value.empty() || !mayPutIn(found->second.value.size())) {
            return false;
        }
        out.value = found->second.value;
        return true;
    }

    // @( "a", "b" ) is a list; what other brackets hold has to be computed.
    bool bracket(bool list, Node& out) {
        if (list) {
            out.kind = Node::Kind::Group;
            bool known = true;
            while (m_at < m_tokens.size() && m_tokens[m_at].kind != Token::Kind::Close) {
                const auto kind = m_tokens[m_at].kind;
                if (kind == Token::Kind::Comma || kind == Token::Kind::End) {
                    ++m_at;
                    continue;
                }
                if (kind == Token::Kind::Open || kind == Token::Kind::Table) { // a list in a list
                    ++m_at;
                    skipBracket();
                    known = false;
                } else {
                    known = readSingle(out.children.emplace_back()) && known;
                }
            }
            ++m_at;
            return known;
        }
        skipBracket();
        return false;
    }

    void skipBracket() {
        for (unsigned open = 1; m_at < m_tokens.size() && open > 0; ++m_at) {
            const auto kind = m_tokens[m_at].kind;
            open += kind == Token::Kind::Open || kind == Token::Kind::Table ? 1U : 0U;
            open -= kind == Token::Kind::Close ? 1U : 0U;
        }
    }

    void command(Node& out) {
        out.name = m_tokens[m_at].text;
        out.line = m_tokens[m_at].line;
        out.kind = Node::Kind::Group;
        ++m_at;
        unsigned position = 0;
        while (m_at < m_tokens.size()) {
            const auto token = m_tokens[m_at];
            if (token.kind == Token::Kind::End || token.kind == Token::Kind::Close) {
                return;
            }
            if (token.kind == Token::Kind::Splat) {
                ++m_at;
                splat(token.text, out);
            } else if (token.kind == Token::Kind::Parameter) {
                ++m_at;
                parameter(token, out);
            } else {
                auto& value = out.children.emplace_back();
                value.line = token.line;
                value.name = std::to_string(position++); // without a name: by its place
                if (!readValue(value)) {
                    m_computed.push_back(value.name);
                    out.children.pop_back();
                }
            }
        }
    }

    // One table may be put into a thousand commands.
    bool mayPutIn(std::size_t octets) {
        m_putIn += octets;
        return m_putIn <= mostPutIn;
    }

    static std::size_t sizeOf(const Node& node) {
        std::size_t size = sizeof(Node) + node.value.size();
        for (const auto& child : node.children) {
            size += sizeOf(child);
        }
        return size;
    }

    void splat(const std::string& name, Node& out) {
        const auto found = m_variables.find(name);
        if (found != m_variables.end() && mayPutIn(sizeOf(found->second))) {
            out.children.insert(out.children.end(), found->second.children.begin(), found->second.children.end());
        } else {
            m_computed.push_back('@' + name);
        }
    }

    void parameter(const Token& token, Node& out) {
        const bool joined = token.text.ends_with(':');
        auto& value = out.children.emplace_back();
        value.name = joined ? token.text.substr(0, token.text.size() - 1) : token.text;
        value.line = token.line;
        const bool ends = m_at >= m_tokens.size() || m_tokens[m_at].kind == Token::Kind::End ||
                          m_tokens[m_at].kind == Token::Kind::Parameter || m_tokens[m_at].kind == Token::Kind::Close ||
                          m_tokens[m_at].kind == Token::Kind::Splat;
        if (ends && !joined) {
            value.value = "true"; // a switch
        } else if (!readValue(value)) {
            m_computed.push_back(value.name);
            out.children.pop_back();
        }
    }

    std::vector<Token> m_tokens;
    std::vector<std::string>& m_computed;
    std::size_t m_at = 0;
    std::size_t m_putIn = 0; // octets and values from variables
    std::map<std::string, Node> m_variables;
};

} // namespace

Node readPowershell(std::string_view script, std::vector<std::string>& computed) {
    return Parser(Lexer(script).read(), computed).read();
}

} // namespace tern::formats
