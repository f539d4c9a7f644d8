// Reads a PowerShell script as PowerShell does, as far as the exporter's scripts go, and refuses everything else: so a
// name that gets out of its quotes is an error here, whatever it says. Written from about_Quoting_Rules, about_Parsing,
// about_Hash_Tables and about_Splatting, and from nothing of ours.
#pragma once

#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tern::test {

class PowerShellReader {
public:
    // The values of a parameter: several behind commas, none of a switch. Numbers and $true as they stand.
    using Arguments = std::map<QString, QStringList>;
    struct Command {
        QString name;
        Arguments arguments;
        QStringList onlyIf; // the command whose answer decides whether this one runs, and its arguments; empty: always
    };

    // Throws std::runtime_error with the place.
    explicit PowerShellReader(const QByteArray& script)
        : m_text(QString::fromUtf8(script.mid(3))) {
        require(script.startsWith("\xEF\xBB\xBF"), "the mark that says it is UTF-8");
        require(m_text.toUtf8() == script.mid(3), "UTF-8");
        while (m_at < m_text.size()) {
            statement({});
        }
    }

    std::vector<Command> commands;

private:
    struct Value {
        QStringList texts;
        std::optional<Arguments> table;
    };

    [[noreturn]] void fail(const char* what) const {
        throw std::runtime_error("not " + std::string(what) + ": " + m_text.mid(m_at, 60).toStdString());
    }
    void require(bool holds, const char* what) const {
        if (!holds) {
            fail(what);
        }
    }

    // ---- letters ----

    [[nodiscard]] QChar look(qsizetype ahead = 0) const {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar(0);
    }
    [[nodiscard]] bool starts(QStringView text) const { return QStringView(m_text).mid(m_at).startsWith(text); }
    bool take(QStringView text) {
        const bool found = starts(text);
        m_at += found ? text.size() : 0;
        return found;
    }
    void expect(QStringView text, const char* what) { require(take(text), what); }
    void blanks() {
        while (look() == u' ') {
            ++m_at;
        }
    }
    void endOfLine() {
        blanks();
        expect(u"\r\n", "the end of a line");
    }
    // PowerShell takes four more marks for the one that every keyboard has.
    static bool isQuote(QChar c) { return c == u'\'' || (c >= QChar(0x2018) && c <= QChar(0x201B)); }
    static bool isLetter(QChar c) { return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z'); }

    // [A-Za-z][A-Za-z0-9-]*: nothing that an alias, a path or an operator could be written with.
    QString word(const char* what) {
        require(isLetter(look()), what);
        const auto start = m_at;
        while (isLetter(look()) || look().isDigit() || look() == u'-') {
            ++m_at;
        }
        return m_text.mid(start, m_at - start);
    }

    QString number() {
        const auto start = m_at;
        while (look() >= u'0' && look() <= u'9') {
            ++m_at;
        }
        require(m_at > start, "a number");
        return m_text.mid(start, m_at - start);
    }

    // Nothing is replaced inside; a quote that stands twice, of whatever form, is the second of the two.
    QString quoted() {
        QString out;
        ++m_at;
        while (true) {
            require(m_at < m_text.size(), "the end of a string");
            const auto c = look();
            // A string over several lines is one, but the exporter says that it writes none.
            require(c >= u' ' && c != QChar(0x7F), "a control character in a string");
            ++m_at;
            if (!isQuote(c)) {
                out += c;
            } else if (isQuote(look())) {
                out += look();
                ++m_at;
            } else {
                break;
            }
        }
        // Anything joined to a string would be part of the argument.
        require(look() == u' ' || look() == u',' || look() == u')' || look() == u'\r', "a string by itself");
        return out;
    }

    // ---- grammar ----

    void statement(const QStringList& onlyIf) {
        blanks();
        if (take(u"#")) {
            while (look() != u'\r') {
                require(look() >= u' ' && look() < QChar(0x7F), "a plain remark");
                ++m_at;
            }
            endOfLine();
        } else if (look() == u'$') {
            assignment();
        } else if (take(u"if (")) {
            const auto condition = command({});
            expect(u") {", "the bracket behind a condition");
            endOfLine();
            blanks();
            QStringList words{condition.name};
            for (const auto& [name, values] : condition.arguments) {
                words << u'-' + name << values;
            }
            statement(words);
            expect(u"}", "the end of what is done on a condition");
            endOfLine();
        } else {
            commands.push_back(command(onlyIf));
            endOfLine();
        }
    }

    void assignment() {
        expect(u"$", "a variable");
        const auto name = word("a variable").toLower();
        require(name != u"true" && name != u"false" && name != u"null", "a name for a variable");
        expect(u" = ", "an assignment");
        Value value;
        if (take(u"@{")) {
            endOfLine();
            value.table = table();
        } else {
            value.texts = values();
        }
        endOfLine();
        m_variables[name] = value;
    }

    Arguments table() {
        Arguments out;
        blanks();
        while (!take(u"}")) {
            const auto key = word("a key");
            expect(u" = ", "an assignment");
            require(out.emplace(key, values()).second, "a key that stands once");
            endOfLine();
            blanks();
        }
        return out;
    }

    // One value, or several with commas between.
    QStringList values() {
        auto out = single();
        while (take(u",")) {
            blanks();
            out += single();
        }
        return out;
    }

    QStringList single() {
        if (isQuote(look())) {
            return {quoted()};
        }
        if (take(u"@(")) {
            const auto list = values();
            expect(u")", "the end of a list");
            return list;
        }
        if (take(u"(")) {
            return made();
        }
        if (take(u"$")) {
            const auto name = word("a variable").toLower();
            if (name == u"true" || name == u"false") {
                return {u'$' + name};
            }
            const auto found = m_variables.find(name);
            require(found != m_variables.end() && !found->second.table, "a variable that has a text");
            return found->second.texts;
        }
        return {number()};
    }

    // (New-VpnServerAddress -ServerAddress 'a' -FriendlyName 'b')
    QStringList made() {
        const auto inner = command({});
        expect(u")", "the end of a bracket");
        require(inner.name == u"New-VpnServerAddress" && inner.arguments.size() == 2,
                "the one command that makes a value");
        return inner.arguments.at(QStringLiteral("ServerAddress")) + inner.arguments.at(QStringLiteral("FriendlyName"));
    }

    Command command(const QStringList& onlyIf) {
        Command out{word("a command"), {}, onlyIf};
        require(out.name.contains(QLatin1String("-Vpn")), "a command for VPN connections");
        while (look() == u' ') {
            blanks();
            if (take(u"@")) {
                const auto found = m_variables.find(word("a table's name").toLower());
                require(found != m_variables.end() && found->second.table, "a table");
                for (const auto& [name, values] : *found->second.table) {
                    require(out.arguments.emplace(name, values).second, "a parameter that stands once");
                }
                continue;
            }
            expect(u"-", "a parameter");
            const auto name = word("a parameter");
            const bool hasValue = look() == u' ' && look(1) != u'-' && look(1) != u'@';
            if (hasValue) {
                blanks();
            }
            // SilentlyContinue is the one word that needs no quotes.
            const bool bare = hasValue && isLetter(look());
            auto given = bare ? QStringList{word("a word")} : hasValue ? values() : QStringList();
            require(!bare || given.front() == u"SilentlyContinue", "a word that may stand without quotes");
            require(out.arguments.emplace(name, given).second, "a parameter that stands once");
        }
        return out;
    }

    QString m_text;
    qsizetype m_at = 0;
    std::map<QString, Value> m_variables;
};

} // namespace tern::test
