#include "core/formats/node.h"

#include "core/formats/server_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tern::formats {

namespace {

constexpr std::size_t longestShown = 1024;
constexpr std::size_t longestListing = 65536;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view trimmedLines(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Cut between characters; line ends would make more lines of one value.
std::string shownValue(const Node& node) {
    if (node.secret || (namesSecret(node.name) && !node.value.empty())) {
        return "(secret)";
    }
    if (node.kind == Node::Kind::Data) {
        return '(' + std::to_string(node.value.size()) + " octets)";
    }
    std::string text(node.value.substr(0, longestShown));
    while (text.size() < node.value.size() && !text.empty() &&
           (static_cast<unsigned char>(node.value[text.size()]) & 0xC0U) == 0x80U) {
        text.pop_back();
    }
    std::ranges::replace_if(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return text.size() < node.value.size() ? text + "…" : text;
}

void addListing(const Node& node, unsigned depth, std::string& out) {
    if (out.size() > longestListing) {
        return;
    }
    out.append(std::size_t{2} * depth, ' ');
    out += node.name.empty() ? "-" : cleanName(node.name) + ':';
    if (node.kind != Node::Kind::Group) {
        out += ' ' + shownValue(node);
    }
    out += '\n';
    if (node.secret) {
        return;
    }
    for (const auto& child : node.children) {
        addListing(child, depth + 1, out);
    }
}

void addUnused(const Node& node, const std::string& path, std::size_t most, std::vector<std::string>& into) {
    if (node.used || into.size() > most) {
        return;
    }
    if (node.children.empty() && !trimmedLines(node.value).empty() &&
        (into.empty() || into.back() != path)) { // the items of a list have one name
        into.push_back(path);
    }
    for (const auto& child : node.children) {
        const auto name = cleanName(child.name);
        auto below = path;
        if (!name.empty()) {
            below.append(path.empty() ? "" : "/").append(name);
        }
        addUnused(child, below, most, into);
    }
}

} // namespace

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool sameName(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::vector<std::string> splitList(std::string_view text, std::string_view separators) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(separators), text.size());
        const auto part = trimmedLines(text.substr(0, end));
        if (!part.empty()) {
            parts.emplace_back(part);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool namesSecret(std::string_view name) {
    const auto text = lowered(name);
    constexpr std::array<std::string_view, 6> words{"password", "passwd",     "secret",
                                                    "psk",      "passphrase", "presharedkey"};
    // "password-flags" and "UsePresharedKey" say something about a secret.
    return !text.ends_with("flags") && !text.starts_with("use") &&
           std::ranges::any_of(words, [&](auto word) { return text.find(word) != std::string::npos; });
}

const Node* Node::find(std::string_view path) const {
    const Node* at = this;
    while (!path.empty()) {
        const auto end = std::min(path.find('/'), path.size());
        const auto wanted = path.substr(0, end);
        const auto found =
            std::ranges::find_if(at->children, [&](const Node& child) { return sameName(child.name, wanted); });
        if (found == at->children.end()) {
            return nullptr;
        }
        at = &*found;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return at;
}

Node* Node::find(std::string_view path) {
    return const_cast<Node*>(std::as_const(*this).find(path)); // NOLINT(cppcoreguidelines-pro-type-const-cast): ours
}

std::vector<Node*> Node::all(std::string_view wanted) {
    std::vector<Node*> found;
    for (auto& child : children) {
        if (sameName(child.name, wanted)) {
            found.push_back(&child);
        }
    }
    return found;
}

std::string Node::text(std::string_view path) {
    auto* found = find(path);
    if (found == nullptr || found->kind == Kind::Group) {
        return {};
    }
    found->used = true;
    return std::string(trimmedLines(found->value));
}

std::optional<bool> Node::boolean(std::string_view path) {
    auto* found = find(path);
    if (found == nullptr || found->kind != Kind::Text) {
        return std::nullopt;
    }
    const auto word = lowered(trimmedLines(found->value));
    const bool yes = word == "true" || word == "yes" || word == "on" || word == "1";
    const bool no = word == "false" || word == "no" || word == "off" || word == "0";
    if (!yes && !no) {
        return std::nullopt;
    }
    found->used = true;
    return yes;
}

std::optional<std::int64_t> Node::number(std::string_view path) {
    auto* found = find(path);
    if (found == nullptr || found->kind != Kind::Text) {
        return std::nullopt;
    }
    const auto digits = trimmedLines(found->value);
    std::int64_t read = 0;
    const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), read);
    if (digits.empty() || error != std::errc() || at != digits.data() + digits.size()) {
        return std::nullopt;
    }
    found->used = true;
    return read;
}

std::vector<std::string> Node::texts(std::string_view path, std::string_view separators) {
    std::vector<std::string> found;
    const auto slash = path.rfind('/');
    auto* parent = slash == std::string_view::npos ? this : find(path.substr(0, slash));
    if (parent == nullptr) {
        return found;
    }
    const auto add = [&](Node& from) {
        auto parts = splitList(from.value, separators);
        from.used = true;
        std::ranges::move(parts, std::back_inserter(found));
    };
    for (auto* each : parent->all(slash == std::string_view::npos ? path : path.substr(slash + 1))) {
        if (each->kind == Kind::Text) {
            add(*each);
        }
        for (auto& item : each->children) {
            if (item.kind == Kind::Text) {
                add(item);
            }
        }
    }
    return found;
}

std::optional<base::SecureBytes> Node::takeSecret(std::string_view path) {
    auto* found = find(path);
    if (found == nullptr || found->kind == Kind::Group) {
        return std::nullopt;
    }
    found->used = true;
    found->secret = true;
    if (found->value.empty()) {
        return std::nullopt;
    }
    base::SecureBytes taken{std::string_view(found->value)};
    base::wipe({reinterpret_cast<std::uint8_t*>(found->value.data()), found->value.size()});
    found->value.clear();
    return taken;
}

void Node::ignore(std::initializer_list<std::string_view> paths) {
    for (const auto path : paths) {
        if (auto* found = find(path)) {
            found->markAll();
        }
    }
}

void Node::markAll() {
    used = true; // and so whatever is in it
}

std::vector<std::string> Node::unused(std::size_t most) const {
    std::vector<std::string> paths;
    for (const auto& child : children) {
        addUnused(child, cleanName(child.name), most, paths);
    }
    if (paths.size() > most) {
        paths.resize(most);
        paths.emplace_back("…");
    }
    return paths;
}

bool Node::holdsUntakenSecret() const {
    if (secret) {
        return false;
    }
    return (namesSecret(name) && !value.empty()) ||
           std::ranges::any_of(children, [](const Node& child) { return child.holdsUntakenSecret(); });
}

std::string Node::listing() const {
    std::string out;
    for (const auto& child : children) {
        addListing(child, 0, out);
    }
    return out.size() > longestListing ? out + "…\n" : out;
}

} // namespace tern::formats
