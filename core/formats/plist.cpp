#include "core/formats/plist.h"

#include "core/formats/base64.h"

namespace tern::formats {

namespace {

// False for what a property list does not have.
bool convert(Node& element, Node& out) {
    out.line = element.line;
    const auto kind = lowered(element.name);
    if (kind == "dict") {
        out.kind = Node::Kind::Group;
        std::optional<std::string> key;
        for (auto& child : element.children) {
            if (sameName(child.name, "key")) {
                if (key) {
                    return false;
                }
                key = child.value;
                continue;
            }
            if (!key) {
                return false;
            }
            auto& member = out.children.emplace_back();
            member.name = *std::exchange(key, std::nullopt);
            if (!convert(child, member)) {
                return false;
            }
        }
        return !key;
    }
    if (kind == "array") {
        out.kind = Node::Kind::Group;
        for (auto& child : element.children) {
            if (!convert(child, out.children.emplace_back())) {
                return false;
            }
        }
        return true;
    }
    if (kind == "true" || kind == "false") {
        out.value = kind;
        return true;
    }
    if (kind == "data") {
        const auto octets = fromBase64(element.value);
        out.kind = Node::Kind::Data;
        out.value = octets ? base::toText(*octets) : std::string();
        return octets || splitList(element.value, "").empty();
    }
    out.value = std::move(element.value);
    return kind == "string" || kind == "integer" || kind == "real" || kind == "date";
}

} // namespace

base::Result<Node> plistFromXml(Node document, std::string_view file) {
    auto& root = document.children.front();
    std::erase_if(root.children, [](const Node& child) { return child.name.starts_with('@'); });
    Node out;
    if (root.children.size() != 1 || !convert(root.children.front(), out)) {
        return base::fail("tern.formats.broken", {std::string(file), std::to_string(root.line), "property list"});
    }
    return out;
}

} // namespace tern::formats
