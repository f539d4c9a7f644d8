#include "core/policy/parse.h"

#include <algorithm>
#include <toml++/toml.h>

namespace tern::policy {

namespace {

constexpr std::size_t longestText = 500;
constexpr std::size_t longestName = 253; // of a host, RFC 1035
constexpr std::size_t longestCa = 1U << 18U;
constexpr std::size_t mostNames = 10'000;

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool isText(std::string_view text) {
    return text.size() <= longestText && std::ranges::none_of(text, isControl);
}

// A name or an address as a profile's server is written.
bool isHost(std::string_view host) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
    };
    return !host.empty() && host.size() <= longestName && std::ranges::all_of(host, fits);
}

// Nothing else is ever opened on a click.
bool isLink(std::string_view link) {
    const auto bad = [](char c) { return isControl(c) || c == ' ' || c == '"' || c == '<' || c == '>'; };
    const bool kind =
        (link.starts_with("https://") && link.size() > 8) || (link.starts_with("mailto:") && link.size() > 7);
    return kind && link.size() <= longestText && std::ranges::none_of(link, bad);
}

class FileReader {
public:
    FileReader(const std::string& file, Draft& draft)
        : m_file(file)
        , m_draft(draft) {}

    void read(const toml::table& root) {
        each(root, "", [this](std::string_view key, const toml::node& node) {
            if (key == "organisation") {
                return section(node, key, &FileReader::organisation);
            }
            if (key == "l2tp") {
                return section(node, key, &FileReader::l2tp);
            }
            if (key == "connections") {
                return section(node, key, &FileReader::connections);
            }
            return key == "replacements" ? replacements(node) : Outcome::Unknown;
        });
    }

private:
    enum class Outcome { Taken, Wrong, Unknown };

    void problem(std::string_view code, const std::string& key, const toml::node& node) {
        m_draft.policy.problems.push_back(
            {std::string(code), {m_file, std::to_string(node.source().begin.line), key}, {}});
    }

    template<typename Take>
    void each(const toml::table& table, const std::string& prefix, Take take) {
        for (const auto& [key, node] : table) {
            const auto path = prefix + std::string(key.str());
            switch (take(key.str(), node)) {
            case Outcome::Taken:
                break;
            case Outcome::Wrong:
                problem("tern.policy.wrong-value", path, node);
                break;
            case Outcome::Unknown:
                problem("tern.policy.unknown-key", path, node);
                break;
            }
        }
    }

    Outcome section(const toml::node& node, std::string_view name,
                    Outcome (FileReader::*take)(std::string_view, const toml::node&)) {
        const auto* table = node.as_table();
        if (table == nullptr) {
            return Outcome::Wrong;
        }
        each(*table, std::string(name) + '.',
             [this, take](std::string_view key, const toml::node& value) { return (this->*take)(key, value); });
        return Outcome::Taken;
    }

    // A string that fits goes into `into`.
    template<typename Fits>
    static Outcome text(const toml::node& node, Fits fits, std::string& into) {
        const auto value = node.value_exact<std::string>();
        if (!value || !fits(*value)) {
            return Outcome::Wrong;
        }
        into = *value;
        return Outcome::Taken;
    }

    Outcome organisation(std::string_view key, const toml::node& node) {
        auto& policy = m_draft.policy;
        if (key == "name") {
            return text(node, isText, policy.organisation);
        }
        if (key == "contact") {
            return text(node, isText, policy.contact);
        }
        if (key == "help") {
            return text(node, isLink, policy.help);
        }
        if (key == "ca") {
            m_draft.caAt = {m_file, node.source().begin.line};
            return text(
                node, [](std::string_view ca) { return ca.size() <= longestCa; }, m_draft.ca);
        }
        return key == "domains" ? domains(node) : Outcome::Unknown;
    }

    Outcome domains(const toml::node& node) {
        const auto* array = node.as_array();
        if (array == nullptr || array->size() > mostNames) {
            return Outcome::Wrong;
        }
        std::vector<std::string> names;
        for (const auto& entry : *array) {
            const auto name = entry.value_exact<std::string>();
            if (!name || !isHost(*name)) {
                return Outcome::Wrong;
            }
            names.push_back(lowerHost(*name));
        }
        m_draft.policy.domains = std::move(names);
        return Outcome::Taken;
    }

    Outcome l2tp(std::string_view key, const toml::node& node) {
        m_draft.l2tpAt = {m_file, node.source().begin.line};
        if (key == "mode") {
            const auto mode = node.value_exact<std::string>();
            if (mode != "refuse" && mode != "flag") {
                return Outcome::Wrong;
            }
            m_draft.flagL2tp = mode == "flag";
            return Outcome::Taken;
        }
        if (key != "until") {
            return Outcome::Unknown;
        }
        const auto date = node.value_exact<toml::date>();
        if (!date) {
            return Outcome::Wrong;
        }
        const std::chrono::year_month_day day{std::chrono::year(date->year), std::chrono::month(date->month),
                                              std::chrono::day(date->day)};
        if (!day.ok()) {
            return Outcome::Wrong;
        }
        m_draft.until = Day(day);
        return Outcome::Taken;
    }

    Outcome connections(std::string_view key, const toml::node& node) {
        if (key != "minimum-grade") {
            return Outcome::Unknown;
        }
        const auto name = node.value_exact<std::string>();
        const auto grade = name ? legacy::gradeFromName(*name) : std::nullopt;
        // What Tern cannot judge it does not connect either: as the least of grades it would be good by another name.
        if (!grade || *grade == legacy::Grade::NotJudged) {
            return Outcome::Wrong;
        }
        m_draft.policy.minimumGrade = grade;
        return Outcome::Taken;
    }

    Outcome replacements(const toml::node& node) {
        const auto* table = node.as_table();
        if (table == nullptr || table->size() > mostNames) {
            return Outcome::Wrong;
        }
        each(*table, "replacements.",
             [this](std::string_view server, const toml::node& value) { return replacement(server, value); });
        return Outcome::Taken;
    }

    Outcome replacement(std::string_view server, const toml::node& node) {
        const auto* table = node.as_table();
        if (table == nullptr || !isHost(server)) {
            return Outcome::Wrong;
        }
        Replacement fresh;
        each(*table, "replacements." + std::string(server) + '.',
             [&fresh](std::string_view key, const toml::node& value) {
                 if (key == "host") {
                     return text(value, isHost, fresh.host);
                 }
                 return key == "protocol" ? protocol(value, fresh.protocol) : Outcome::Unknown;
             });
        if (fresh.host.empty()) {
            return Outcome::Wrong;
        }
        m_draft.policy.replacements.insert_or_assign(lowerHost(server), std::move(fresh));
        return Outcome::Taken;
    }

    static Outcome protocol(const toml::node& node, profile::Protocol& into) {
        using profile::Protocol;
        const auto name = node.value_exact<std::string>();
        const auto found = name ? profile::protocolFromName(*name) : std::nullopt;
        if (found != Protocol::Automatic && found != Protocol::Ikev2 && found != Protocol::Sstp) {
            return Outcome::Wrong;
        }
        into = *found;
        return Outcome::Taken;
    }

    const std::string& m_file;
    Draft& m_draft;
};

} // namespace

std::string lowerHost(std::string_view host) {
    std::string out(host);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    while (out.ends_with('.')) {
        out.pop_back();
    }
    return out;
}

void parse(std::string_view text, const std::string& file, Draft& draft) {
    const auto parsed = toml::parse(text, file);
    if (!parsed) {
        const auto& error = parsed.error();
        draft.policy.problems.push_back({"tern.policy.syntax",
                                         {file, std::to_string(error.source().begin.line)},
                                         std::string(error.description())});
        return;
    }
    FileReader(file, draft).read(parsed.table());
}

} // namespace tern::policy
