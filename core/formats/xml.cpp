#include "core/formats/xml.h"

#include <QXmlStreamReader>
#include <algorithm>

namespace tern::formats {

namespace {

std::string utf8(QStringView text) {
    return text.toUtf8().toStdString();
}

unsigned lineOf(const QXmlStreamReader& reader) {
    return static_cast<unsigned>(std::clamp<qint64>(reader.lineNumber(), 1, 0x7FFFFFFF));
}

class Builder {
public:
    Builder(std::string_view text, std::string_view file)
        : m_reader(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())))
        , m_file(file) {
        m_reader.setEntityExpansionLimit(0);
    }

    base::Result<Node> build() {
        Node top;
        top.kind = Node::Kind::Group;
        m_open.push_back(&top);
        while (!m_reader.atEnd()) {
            if (auto error = take(m_reader.readNext())) {
                return base::fail(std::move(*error));
            }
        }
        if (m_reader.hasError() || top.children.size() != 1) {
            return base::fail("tern.formats.broken", {m_file, std::to_string(lineOf(m_reader)), "XML"},
                              m_reader.errorString().toStdString());
        }
        return top;
    }

private:
    std::optional<base::Error> take(QXmlStreamReader::TokenType token) {
        switch (token) {
        case QXmlStreamReader::DTD:
            // Apple's property lists name a DTD, which says nothing; one with a subset of its own is up to something.
            if (m_reader.text().contains(u'[')) {
                return base::Error{"tern.formats.entities", {m_file}, "a document type with declarations"};
            }
            return std::nullopt;
        case QXmlStreamReader::EntityReference:
            return base::Error{"tern.formats.entities", {m_file}, "&" + utf8(m_reader.name()) + ";"};
        case QXmlStreamReader::StartElement:
            return start();
        case QXmlStreamReader::EndElement:
            m_open.pop_back();
            return std::nullopt;
        case QXmlStreamReader::Characters:
            m_open.back()->value += utf8(m_reader.text());
            return std::nullopt;
        default:
            return std::nullopt;
        }
    }

    std::optional<base::Error> start() {
        const auto attributes = m_reader.attributes();
        m_count += 1 + static_cast<std::size_t>(attributes.size());
        if (m_open.size() > maximumDepth || m_count > maximumNodes) {
            return base::Error{"tern.formats.too-complex", {m_file}, "line " + std::to_string(lineOf(m_reader))};
        }
        Node node;
        node.name = utf8(m_reader.name());
        node.line = lineOf(m_reader);
        for (const auto& attribute : attributes) {
            // Where the words of a schema live says nothing about the connection.
            if (!attribute.prefix().isEmpty()) {
                continue;
            }
            Node value;
            value.name = '@' + utf8(attribute.name());
            value.value = utf8(attribute.value());
            value.line = node.line;
            node.children.push_back(std::move(value));
        }
        auto& siblings = m_open.back()->children;
        siblings.push_back(std::move(node));
        m_open.push_back(&siblings.back()); // stays where it is until it ends: only then siblings are added
        return std::nullopt;
    }

    QXmlStreamReader m_reader;
    std::string m_file;
    std::vector<Node*> m_open;
    std::size_t m_count = 0;
};

} // namespace

base::Result<Node> readXml(std::string_view text, std::string_view file) {
    // Before anything is parsed: what a parser makes of declarations is its own matter.
    if (text.find("<!ENTITY") != std::string_view::npos) {
        return base::fail("tern.formats.entities", {std::string(file)}, "an entity is declared");
    }
    return Builder(text, file).build();
}

} // namespace tern::formats
