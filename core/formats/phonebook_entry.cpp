#include "core/formats/phonebook_entry.h"

#include "core/formats/phonebook_fields.h"
#include "core/formats/phonebook_kind.h"
#include "core/formats/server_names.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

constexpr std::size_t maximumEntrySize = 1024U * 1024U;

std::optional<base::Error> tooLong(const Section& section, const EntryKeys& keys) {
    if (keys.longLine != 0) {
        return base::Error{"tern.formats.entry.too-long", {}, "a line over 64 KB"};
    }
    if (section.raw.size() > maximumEntrySize) {
        return base::Error{"tern.formats.entry.too-long", {}, "an entry over 1 MB"};
    }
    return std::nullopt;
}

void readServers(profile::Profile& profile, const EntryKeys& keys) {
    const auto isVpn = [](const DeviceGroup& group) { return isVpnDevice(group.kind); };
    const auto group = std::ranges::find_if(keys.devices, isVpn);
    const auto& numbers = group != keys.devices.end() ? group->numbers
                          : keys.devices.empty()      ? keys.looseNumbers
                                                      : keys.devices.front().numbers;
    for (const auto number : numbers) {
        addServers(profile, number);
    }
    if (profile.servers.empty()) {
        for (const auto number : keys.looseNumbers) {
            addServers(profile, number);
        }
    }
    for (const auto& each : keys.keys) {
        if (each.key == "ServerListServerName") {
            addServers(profile, each.value);
        }
    }
}

// The entry's own text for a lossless export, but for a pre-shared key, which must not lie about in a profile's file.
// Windows leaves that key empty.
std::string originalWithoutSecrets(const Section& section, const EntryKeys& keys, Notes& notes) {
    std::string original(section.raw);
    for (auto each = keys.keys.rbegin(); each != keys.keys.rend(); ++each) { // from the end: offsets stay right
        if ((each->key == "PreSharedKey" || each->key == "Password") && !each->value.empty()) {
            original.erase(static_cast<std::size_t>(each->value.data() - section.raw.data()), each->value.size());
            notes.add("tern.formats.note.secret-left-out", {}, each->line);
        }
    }
    return original;
}

base::Error noServer(const EntryKeys& keys, bool last) {
    if (last && looksLikeEntry(keys) && (!keys.endsInNewline || keys.devices.empty())) {
        return {"tern.formats.entry.cut-off", {}, {}};
    }
    const bool connection = keys.hasMedia || !keys.devices.empty() || keys.find("Type") != nullptr;
    return {connection ? "tern.formats.entry.no-server" : "tern.formats.entry.not-connection", {}, {}};
}

} // namespace

bool looksLikeEntry(const EntryKeys& keys) {
    if (keys.hasMedia || !keys.devices.empty() || !keys.looseNumbers.empty() || keys.find("VpnStrategy") != nullptr) {
        return true;
    }
    constexpr std::array<std::string_view, 8> usual{"Encoding",      "PBVersion",         "Type",
                                                    "AutoLogon",     "UseRasCredentials", "BaseProtocol",
                                                    "DialParamsUID", "LowDateTime"};
    return std::ranges::count_if(usual, [&](auto key) { return keys.find(key) != nullptr; }) >= 2;
}

EntryResult readEntry(const Section& section, const EntryKeys& keys, bool last) {
    EntryResult result;
    const std::string name = cleanName(section.name);
    const auto skip = [&](base::Error error, unsigned line) {
        error.args.insert(error.args.begin(), name);
        result.profile.reset();
        result.problems.push_back({std::move(error), ImportProblem::Severity::Skipped, line, name});
        return std::move(result);
    };
    if (auto error = tooLong(section, keys)) {
        return skip(std::move(*error), keys.longLine != 0 ? keys.longLine : section.line);
    }
    Notes notes(name, section.line, result.problems);
    if (keys.strayLine != 0) {
        notes.add("tern.formats.note.stray-line", {}, keys.strayLine);
    }
    if (auto error = whyNotVpn(keys, notes)) {
        return skip(std::move(*error), section.line);
    }
    auto& profile = result.profile.emplace();
    readServers(profile, keys);
    readProtocol(profile, keys, notes);
    if (profile.servers.empty() && profile.plugin.empty()) {
        return skip(noServer(keys, last), section.line);
    }
    if (const auto bad = std::ranges::find_if_not(profile.servers, isHost); bad != profile.servers.end()) {
        return skip({"tern.formats.entry.bad-server", {}, {}}, section.line);
    }
    profile.name = name.empty() ? profile.server() : name;
    readAuthentication(profile, keys, notes);
    readNetwork(profile, keys, notes);
    readBehaviour(profile, keys, notes);
    profile.origin.line = section.line;
    profile.origin.original = originalWithoutSecrets(section, keys, notes);
    return result;
}

} // namespace tern::formats
