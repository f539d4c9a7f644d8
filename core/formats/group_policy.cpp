// Group Policy preferences for network options (MS-GPPREF §2.2.1.12): NetworkOptions.xml with VPN and DUN elements.
#include "core/formats/readers.h"
#include "core/formats/server_names.h"
#include "core/formats/windows_vpn.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Encryption;

std::uint32_t seconds(Node& properties, std::string_view name) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(properties.number(name).value_or(0), 0, 0xFFFFFFF));
}

// "VS_PptpOnly", "RAS_VS_L2tpFirst" or a number as in a phonebook.
bool readStrategy(Draft& draft, const std::string& text) {
    struct Row {
        std::string_view name;
        std::int64_t value;
    };
    constexpr std::array rows{Row{"default", 0},   Row{"pptponly", 1},  Row{"pptpfirst", 2},
                              Row{"l2tponly", 3},  Row{"l2tpfirst", 4}, Row{"sstponly", 5},
                              Row{"sstpfirst", 6}, Row{"ikev2only", 7}, Row{"ikev2first", 8}};
    auto name = lowered(text);
    for (const std::string_view prefix : {"ras_", "vs_"}) {
        if (name.starts_with(prefix)) {
            name.erase(0, prefix.size());
        }
    }
    const auto* const row = std::ranges::find(rows, std::string_view(name), &Row::name);
    if (row != rows.end()) {
        return setStrategy(draft, row->value);
    }
    return name.size() == 1 && name.front() >= '0' && name.front() <= '9' && setStrategy(draft, name.front() - '0');
}

void readSecurity(Draft& draft, Node& properties) {
    struct Row {
        std::string_view attribute;
        std::string_view method;
    };
    constexpr std::array rows{Row{"@pap", "pap"},       Row{"@spap", "spap"},         Row{"@chap", "chap"},
                              Row{"@msChap", "mschap"}, Row{"@msChapV2", "mschapv2"}, Row{"@eap", "eap"}};
    std::vector<std::string> methods;
    for (const auto& row : rows) {
        if (properties.boolean(row.attribute).value_or(false)) {
            methods.emplace_back(row.method);
        }
    }
    // Without settings of its own: passwords are sent protected, or not.
    const auto secure = properties.boolean("@securePassword");
    if (methods.empty()) {
        methods = secure.value_or(true) ? std::vector<std::string>{"mschapv2"}
                                        : std::vector<std::string>{"pap", "chap", "mschapv2"};
    }
    setMethods(draft, methods);
    if (const auto data = properties.boolean("@secureData")) {
        draft.profile.encryption = *data ? Encryption::Required : Encryption::Optional;
    }
    if (const auto level = properties.text("@encryption"); !level.empty()) {
        setEncryption(draft, level);
    }
    properties.ignore({"@customSettings"});
}

void readVpn(Collector& collector, Node& element) {
    auto* const properties = element.find("Properties");
    auto name = properties == nullptr ? std::string() : properties->text("@name");
    name = name.empty() ? element.text("@name") : name;
    Draft draft(name, element.line);
    if (properties == nullptr) {
        collector.skip(draft.name, {"tern.formats.entry.no-server", {}, "no Properties"}, element.line);
        return;
    }
    if (sameName(properties->text("@action"), "D")) {
        collector.skip(draft.name, {"tern.formats.entry.removal", {}, "action=D"}, element.line);
        return;
    }
    auto& profile = draft.profile;
    addServers(profile, properties->text("@ipAddress"));
    const auto strategy = properties->text("@vpnStrategy");
    if (!readStrategy(draft, strategy.empty() ? "default" : strategy)) {
        draft.note("tern.formats.note.strategy", {briefly(strategy)});
        static_cast<void>(setStrategy(draft, 0));
    }
    readSecurity(draft, *properties);
    profile.redial.attempts = seconds(*properties, "@redialCount");
    profile.redial.pause = std::chrono::seconds(seconds(*properties, "@redialPause"));
    profile.redial.idleDisconnect = std::chrono::seconds(seconds(*properties, "@idleDisconnect"));
    // How Windows and its policies show and apply the entry.
    properties->ignore({"@action", "@user", "@name", "@useDNS", "@trayIcon", "@showProgress", "@showPassword",
                        "@showDomain", "@dialFirst"});
    element.ignore({"@clsid", "@name", "@image", "@changed", "@uid", "@userContext", "@removePolicy", "@bypassErrors",
                    "@desc", "@status"});
    if (const auto* const first = properties->find("@dialFirst"); first != nullptr && !first->value.empty()) {
        draft.unused.push_back("dialFirst=" + cleanName(first->value));
    }
    collector.add(std::move(draft), element);
}

} // namespace

base::Result<ImportResult> readGroupPolicy(Node tree, const DecodedText& decoded, std::string_view file) {
    Collector collector("group-policy", decoded.encoding, file);
    auto& root = tree.children.front();
    for (auto& element : root.children) {
        if (collector.full()) {
            collector.noteFile("tern.formats.note.too-many-entries", {std::to_string(maximumEntries)}, element.line);
            break;
        }
        if (sameName(element.name, "VPN")) {
            readVpn(collector, element);
        } else if (sameName(element.name, "DUN")) {
            collector.skip(cleanName(element.text("@name")), {"tern.formats.entry.dial-up", {}, "DUN"}, element.line);
        }
    }
    collector.noteText(decoded);
    return collector.finish("Group Policy");
}

} // namespace tern::formats
