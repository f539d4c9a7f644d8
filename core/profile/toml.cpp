#include "core/profile/toml.h"

#include "core/profile/toml_fields.h"

#include <QString>
#include <QUtf8StringView>
#include <QUuid>
#include <limits>
#include <set>
#include <sstream>
#include <toml++/toml.h>
#include <type_traits>

namespace tern::profile {

namespace {

constexpr std::string_view heading = "# A connection of Tern. Passwords are never kept here.\n";

// TOML is UTF-8 and nothing else: what is not becomes U+FFFD, so that the file can always be read again.
std::string validText(const std::string& text) {
    const auto size = static_cast<qsizetype>(text.size());
    if (QUtf8StringView(text.data(), size).isValidUtf8()) {
        return text;
    }
    return QString::fromUtf8(text.data(), size).toUtf8().toStdString();
}

template<typename T>
constexpr bool isText = std::is_same_v<T, std::string>;
template<typename T>
constexpr bool isSpan = std::is_same_v<T, std::chrono::seconds> || std::is_same_v<T, std::chrono::milliseconds>;
template<typename T>
constexpr bool isAddress = std::is_same_v<T, base::IpAddress> || std::is_same_v<T, base::IpPrefix>;
template<typename T>
struct OptionalOf : std::false_type {};
template<typename T>
struct OptionalOf<std::optional<T>> : std::true_type {};
template<typename T>
struct VectorOf : std::false_type {};
template<typename T>
struct VectorOf<std::vector<T>> : std::true_type {};

std::string_view nameOf(Protocol value) {
    return protocolName(value);
}
std::string_view nameOf(Method value) {
    return methodName(value);
}
std::string_view nameOf(TcpUse value) {
    return tcpUseName(value);
}
std::string_view nameOf(Encryption value) {
    return encryptionName(value);
}
std::string_view nameOf(PostQuantum value) {
    return postQuantumName(value);
}
std::string_view nameOf(Revocation value) {
    return revocationName(value);
}
template<typename E>
std::optional<E> fromName(std::string_view name) {
    if constexpr (std::is_same_v<E, Protocol>) {
        return protocolFromName(name);
    } else if constexpr (std::is_same_v<E, Method>) {
        return methodFromName(name);
    } else if constexpr (std::is_same_v<E, PostQuantum>) {
        return postQuantumFromName(name);
    } else if constexpr (std::is_same_v<E, TcpUse>) {
        return tcpUseFromName(name);
    } else if constexpr (std::is_same_v<E, Revocation>) {
        return revocationFromName(name);
    } else {
        return encryptionFromName(name);
    }
}

template<typename Policy, typename Each>
void eachPolicyField(Policy& policy, Each each) {
    each("integrity", policy.integrity);
    each("cipher", policy.cipher);
    each("group", policy.group);
    each("esp-cipher", policy.espCipher);
    each("esp-integrity", policy.espIntegrity);
    each("pfs", policy.pfs);
}

// ---- writing ----

class Writer {
public:
    // keepsUnknown: keepUnknown() will be called; only then is it worth remembering what is known.
    explicit Writer(bool keepsUnknown)
        : m_keepsUnknown(keepsUnknown) {}

    template<typename T>
    void field(std::string_view section, const char* key, const T& value) {
        if (m_keepsUnknown) {
            m_known.insert(std::string(section) + '.' + key);
        }
        if (value == defaultOf<T>(section, key)) {
            return;
        }
        toml::table& into = section.empty() ? m_root : sectionTable(section);
        put(into, key, value);
    }

    // Everything of `old` that no field() named.
    void keepUnknown(const toml::table& old) { keepUnknown(old, m_root, {}); }

    [[nodiscard]] std::string text() const {
        std::ostringstream out;
        out << heading << toml::toml_formatter(m_root, toml::format_flags::indentation) << '\n';
        return std::move(out).str();
    }

private:
    // The values of a new profile; those that are not the type's own are named here.
    template<typename T>
    static T defaultOf(std::string_view section, std::string_view key) {
        static const Profile fresh;
        if constexpr (std::is_same_v<T, bool>) {
            if (section == "routing") {
                return key == "full-tunnel-ipv4"   ? fresh.routing.fullTunnelIpv4
                       : key == "full-tunnel-ipv6" ? fresh.routing.fullTunnelIpv6
                       : key == "class-route"      ? fresh.routing.classRoute
                                                   : T{};
            }
            return section == "ike" && key == "mobility" ? fresh.ike.mobility : T{};
        } else if constexpr (std::is_same_v<T, Protocol>) {
            return fresh.protocol;
        } else {
            return T{};
        }
    }

    toml::table& sectionTable(std::string_view section) {
        return *m_root.insert(section, toml::table{}).first->second.as_table();
    }

    template<typename T>
    static void put(toml::table& table, std::string_view key, const T& value) {
        if constexpr (OptionalOf<T>::value) {
            put(table, key, *value); // an empty one equals the default and does not come here
        } else if constexpr (VectorOf<T>::value) {
            toml::array array;
            for (const auto& each : value) {
                array.push_back(item(each));
            }
            table.insert_or_assign(key, std::move(array));
        } else {
            table.insert_or_assign(key, item(value));
        }
    }

    template<typename T>
    static auto item(const T& value) {
        if constexpr (isText<T>) {
            return validText(value);
        } else if constexpr (std::is_same_v<T, bool>) {
            return value;
        } else if constexpr (std::is_enum_v<T>) {
            return std::string(nameOf(value));
        } else if constexpr (std::is_integral_v<T>) {
            return static_cast<std::int64_t>(value);
        } else if constexpr (isSpan<T>) {
            return static_cast<std::int64_t>(value.count());
        } else if constexpr (isAddress<T>) {
            return value.text();
        } else if constexpr (std::is_same_v<T, Route>) {
            toml::table table{{"to", value.to.text()}};
            if (value.metric != 0) {
                table.insert("metric", static_cast<std::int64_t>(value.metric));
            }
            return table;
        } else {
            static_assert(std::is_same_v<T, IkePolicy>);
            toml::table table;
            eachPolicyField(value,
                            [&](const char* key, const std::string& name) { table.insert(key, validText(name)); });
            return table;
        }
    }

    void keepUnknown(const toml::table& old, toml::table& into, const std::string& path) {
        for (const auto& [key, node] : old) {
            const std::string here = path + (path.empty() ? "" : ".") + std::string(key.str());
            if (m_known.contains(path.empty() ? '.' + here : here)) {
                continue;
            }
            const bool section = path.empty() && node.is_table();
            if (!section) {
                into.insert(key, node);
                continue;
            }
            toml::table kept;
            if (const auto* present = into[key.str()].as_table()) {
                kept = *present;
            }
            keepUnknown(*node.as_table(), kept, here);
            if (!kept.empty()) {
                into.insert_or_assign(key, std::move(kept));
            }
        }
    }

    toml::table m_root;
    bool m_keepsUnknown;
    std::set<std::string> m_known; // "section.key", ".key" at the top
};

// ---- reading ----

class Reader {
public:
    explicit Reader(const toml::table& root)
        : m_root(root) {}

    template<typename T>
    void field(const std::string& section, const char* key, T& value) {
        const toml::node* node = m_root.get(section.empty() ? key : section.c_str());
        if (node != nullptr && !section.empty()) {
            if (!node->is_table()) {
                return bad(section, *node);
            }
            node = node->as_table()->get(key);
        }
        if (node != nullptr && !read(*node, value)) {
            bad(section.empty() ? key : section + '.' + key, *node);
        }
    }

    // The first key that makes no sense, and its line.
    [[nodiscard]] const std::string& badKey() const { return m_badKey; }
    [[nodiscard]] unsigned badLine() const { return m_badLine; }

private:
    void bad(const std::string& key, const toml::node& node) {
        if (m_badKey.empty()) {
            m_badKey = key;
            m_badLine = node.source().begin.line;
        }
    }

    template<typename T>
    static bool read(const toml::node& node, T& value) {
        if constexpr (OptionalOf<T>::value) {
            value.emplace();
            return read(node, *value);
        } else if constexpr (VectorOf<T>::value) {
            const auto* array = node.as_array();
            if (array == nullptr) {
                return false;
            }
            for (const auto& each : *array) {
                if (!read(each, value.emplace_back())) {
                    return false;
                }
            }
            return true;
        } else if constexpr (isText<T> || std::is_same_v<T, bool>) {
            const auto found = node.value_exact<T>();
            value = found.value_or(value);
            return found.has_value();
        } else if constexpr (std::is_enum_v<T>) {
            const auto found = fromName<T>(node.value_exact<std::string_view>().value_or(""));
            value = found.value_or(value);
            return found.has_value();
        } else {
            return readOther(node, value);
        }
    }

    template<typename T>
    static bool readOther(const toml::node& node, T& value) {
        if constexpr (std::is_integral_v<T>) {
            const auto found = node.value_exact<std::int64_t>();
            if (!found || *found < 0 || *found > static_cast<std::int64_t>(std::numeric_limits<T>::max())) {
                return false;
            }
            value = static_cast<T>(*found);
            return true;
        } else if constexpr (isSpan<T>) {
            const auto found = node.value_exact<std::int64_t>();
            value = T(found.value_or(0));
            return found.has_value() && *found >= 0;
        } else if constexpr (isAddress<T>) {
            const auto found = T::fromText(node.value_exact<std::string_view>().value_or(""));
            value = found.value_or(value);
            return found.has_value();
        } else if constexpr (std::is_same_v<T, Route>) {
            const auto* table = node.as_table();
            const auto* to = table == nullptr ? nullptr : table->get("to");
            const auto* metric = table == nullptr ? nullptr : table->get("metric");
            return to != nullptr && read(*to, value.to) && (metric == nullptr || read(*metric, value.metric));
        } else {
            static_assert(std::is_same_v<T, IkePolicy>);
            const auto* table = node.as_table();
            bool good = table != nullptr;
            eachPolicyField(value, [&](const char* key, std::string& name) {
                const auto* each = good ? table->get(key) : nullptr;
                good = good && (each == nullptr || read(*each, name));
            });
            return good;
        }
    }

    const toml::table& m_root;
    std::string m_badKey;
    unsigned m_badLine = 0;
};

std::string idOfFile(std::string_view file) {
    static const QUuid space(QStringLiteral("8f6e1a50-7d0b-4c57-9d6b-0f6b9c0f2b11")); // ours, made once
    return QUuid::createUuidV5(space, QByteArray(file.data(), static_cast<qsizetype>(file.size())))
        .toString(QUuid::WithoutBraces)
        .toStdString();
}

// An id is a key of the keyring and a part of file names, so nothing else is let in.
bool isId(const std::string& id) {
    return id.size() == 36 &&
           QUuid::fromString(QString::fromStdString(id)).toString(QUuid::WithoutBraces).toStdString() == id;
}

} // namespace

std::string toToml(const Profile& profile, std::string_view previous) {
    Writer writer(!previous.empty());
    eachField(writer, profile);
    if (!previous.empty()) {
        if (const auto old = toml::parse(previous)) {
            writer.keepUnknown(old.table());
        }
    }
    return writer.text();
}

base::Result<Profile> fromToml(std::string_view text, std::string_view file) {
    const auto parsed = toml::parse(text);
    if (!parsed) {
        const auto& error = parsed.error();
        return base::fail("tern.profile.broken-file", {std::string(file), std::to_string(error.source().begin.line)},
                          std::string(error.description()));
    }
    Profile profile;
    Reader reader(parsed.table());
    eachField(reader, profile);
    if (reader.badKey().empty() && profile.id.empty()) {
        profile.id = idOfFile(file);
    }
    if (!reader.badKey().empty() || !isId(profile.id)) {
        const std::string key = reader.badKey().empty() ? "id" : reader.badKey();
        return base::fail("tern.profile.bad-value",
                          {std::string(file), key, std::to_string(std::max(1U, reader.badLine()))});
    }
    return profile;
}

} // namespace tern::profile
