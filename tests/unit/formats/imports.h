// What an import brought, asked for by the tests of every format.
#pragma once

#include "tests/unit/formats/entries.h"

namespace tern::test {

// Fails loudly through at() and value().
struct Imported {
    formats::ImportResult result;
    [[nodiscard]] const profile::Profile& only() const {
        return result.profiles.size() == 1 ? result.profiles.at(0) : result.profiles.at(result.profiles.size());
    }
    [[nodiscard]] bool noted(std::string_view code) const { return has(result, code); }
    // The argument of the first problem with the code; "" without one.
    [[nodiscard]] std::string argument(std::string_view code, std::size_t index) const {
        const auto found =
            std::ranges::find_if(result.problems, [&](const auto& each) { return each.error.code == code; });
        return found == result.problems.end() ? std::string() : found->error.args.at(index);
    }
    [[nodiscard]] std::string unused() const { return argument("tern.formats.note.unused", 1); }
    // "" when there is none of the kind.
    [[nodiscard]] std::string secret(formats::ImportedSecret::Kind kind) const {
        const auto found = std::ranges::find(result.secrets, kind, &formats::ImportedSecret::kind);
        return found == result.secrets.end() ? std::string() : base::toText(found->value.view());
    }
};

inline base::Result<formats::ImportResult> importAs(std::string_view octets, std::string_view name) {
    return formats::importFile({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()}, name);
}

inline Imported imported(std::string_view octets, std::string_view name = "office.file") {
    return {importAs(octets, name).value()};
}

// Nothing that came out of the file, but for the secrets themselves, holds this text.
inline bool keepsOut(const formats::ImportResult& result, std::string_view secret) {
    const auto in = [&](const std::string& text) { return text.find(secret) != std::string::npos; };
    for (const auto& each : result.profiles) {
        if (in(each.origin.original) || in(each.name) || in(each.trust.caPem) || in(each.sstp.proxy)) {
            return false;
        }
    }
    return std::ranges::none_of(result.problems, [&](const auto& each) {
        return in(each.error.detail) || std::ranges::any_of(each.error.args, in);
    });
}

} // namespace tern::test
