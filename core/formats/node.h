// The content of a file as a tree of names and values, whatever it is written in (XML, JSON, property lists, sections
// of keys, braces). Whoever reads a value marks it, so that in the end everything that was not used has a name.
#pragma once

#include "core/base/secure_bytes.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

// Deeper nesting and more parts than any real file has; the parsers refuse what exceeds them.
inline constexpr unsigned maximumDepth = 64;
inline constexpr std::size_t maximumNodes = 200'000;

// Names are compared without regard to the case of ASCII letters. A path has "/" between names: "Servers",
// "Authentication/UserMethod"; attributes of XML are named "@name". Items of a list have no name.
struct Node {
    enum class Kind { Text, Data, Group };

    std::string name;
    std::string value; // Text in UTF-8; Data: octets
    std::vector<Node> children;
    unsigned line = 1;
    Kind kind = Kind::Text;
    bool used = false;
    bool secret = false; // was taken as a secret: never shown

    // The first there is at the path, or nullptr. Looking does not count as use.
    [[nodiscard]] Node* find(std::string_view path);
    [[nodiscard]] const Node* find(std::string_view path) const;
    // All children with the name.
    [[nodiscard]] std::vector<Node*> all(std::string_view name);

    // These mark what they read. text: trimmed; "" when absent.
    [[nodiscard]] std::string text(std::string_view path);
    // "true", "yes", "on", "1" and their opposites; nothing when absent or something else (which stays unused).
    [[nodiscard]] std::optional<bool> boolean(std::string_view path);
    // Decimal; nothing when absent or something else (which stays unused).
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view path);
    // Every value at the path: repeated, as the items of a list, or in one text with one of `separators` between.
    [[nodiscard]] std::vector<std::string> texts(std::string_view path, std::string_view separators = ",;");
    // The value, which is wiped here.
    [[nodiscard]] std::optional<base::SecureBytes> takeSecret(std::string_view path);
    // Of no meaning for a connection (identifiers of the file itself, and the like), with all that is in it.
    void ignore(std::initializer_list<std::string_view> paths);
    void markAll();

    // The paths of values that were not used, in order, at most `most` and then "…". Empty values do not count.
    [[nodiscard]] std::vector<std::string> unused(std::size_t most) const;
    // Values whose name says that they are secret, that are not empty and that nobody took.
    [[nodiscard]] bool holdsUntakenSecret() const;
    // The whole, for showing: a line for each value, nested by indentation; no secret, no binary content.
    [[nodiscard]] std::string listing() const;
};

// As people name secrets: password, PSK, shared secret, pass phrase.
[[nodiscard]] bool namesSecret(std::string_view name);

[[nodiscard]] bool sameName(std::string_view a, std::string_view b);
[[nodiscard]] std::string lowered(std::string_view text);
// The parts between the separators, trimmed, without empty ones.
[[nodiscard]] std::vector<std::string> splitList(std::string_view text, std::string_view separators);

} // namespace tern::formats
