#include "core/formats/json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace tern::formats {

namespace {

// Whole numbers as people write them.
std::string numberText(const QJsonValue& value) {
    const double number = value.toDouble();
    constexpr double exact = 9007199254740992.0; // 2^53
    if (number >= -exact && number <= exact && number == static_cast<double>(static_cast<qint64>(number))) {
        return std::to_string(static_cast<qint64>(number));
    }
    return QByteArray::number(number, 'g', 17).toStdString();
}

// False when there is more of it than any file has.
bool fill(Node& node, const QJsonValue& value, unsigned depth, std::size_t& count) {
    if (depth > maximumDepth || ++count > maximumNodes) {
        return false;
    }
    const auto add = [&](std::string name, const QJsonValue& each) {
        auto& child = node.children.emplace_back();
        child.name = std::move(name);
        return fill(child, each, depth + 1, count);
    };
    switch (value.type()) {
    case QJsonValue::Object: {
        node.kind = Node::Kind::Group;
        const auto object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!add(it.key().toStdString(), it.value())) {
                return false;
            }
        }
        return true;
    }
    case QJsonValue::Array: {
        node.kind = Node::Kind::Group;
        const auto array = value.toArray();
        return std::ranges::all_of(array, [&](const QJsonValue& each) { return add({}, each); });
    }
    case QJsonValue::Bool:
        node.value = value.toBool() ? "true" : "false";
        return true;
    case QJsonValue::Double:
        node.value = numberText(value);
        return true;
    case QJsonValue::String:
        node.value = value.toString().toUtf8().toStdString();
        return true;
    default:
        return true;
    }
}

} // namespace

base::Result<Node> readJson(std::string_view text, std::string_view file) {
    QJsonParseError error;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())), &error);
    if (document.isNull()) {
        const auto before = text.substr(0, static_cast<std::size_t>(std::max(0, error.offset)));
        return base::fail("tern.formats.broken",
                          {std::string(file), std::to_string(1 + std::ranges::count(before, '\n')), "JSON"},
                          error.errorString().toStdString());
    }
    Node node;
    std::size_t count = 0;
    const auto top = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    if (!fill(node, top, 0, count)) {
        return base::fail("tern.formats.too-complex", {std::string(file)});
    }
    return node;
}

} // namespace tern::formats
