#include "core/audit/places.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tern::audit {

namespace {

namespace fs = std::filesystem;

// Letters beyond ASCII stay as they are: none of the names looked for has any.
std::string folded(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

template<std::size_t N>
bool isOneOf(const std::string& text, const std::array<std::string_view, N>& list) {
    return std::ranges::find(list, text) != list.end();
}

constexpr std::array<std::string_view, 6> likelyEndings{".pbk",          ".sswan", ".mobileconfig",
                                                        ".nmconnection", ".ovpn",  ".pcf"};
constexpr std::array<std::string_view, 2> likelyNames{"ipsec.conf", "swanctl.conf"};
constexpr std::array<std::string_view, 6> possibleEndings{".xml", ".ps1", ".json", ".cms", ".conf", ".zip"};

// What each of the formats has near its beginning, and the files of other programs that are told of.
constexpr std::array<std::string_view, 16> hints{
    "vpnprofile",     "vpnconnection",        "tunneltype",   "vpnsettings", "<vpn ",
    "networkoptions", "[connection manager]", "remote_addrs", "ikev2",       "\nremote ",
    "[interface]",    "ipsec gateway",        "[lac ",        "[lns ",       "pptp",
    "sstpc"};
constexpr std::size_t searched = 65536;

// Left out where they lie beside a Windows folder.
constexpr std::array<std::string_view, 5> windowsOwn{"program files", "program files (x86)", "$recycle.bin",
                                                     "system volume information", "$winreagent"};
// What is left in the Windows folder, each below the folder before the slash.
constexpr std::array<std::string_view, 3> phonebooksInWindows{"system32/ras", "system32/config/systemprofile",
                                                              "serviceprofiles"};
constexpr std::array<std::string_view, 3> kernels{"proc", "sys", "dev"};

bool isWindowsFolder(const std::string& name) {
    return name == "windows" || name == "winnt";
}

// The sub-folder with this name in whatever case.
std::optional<fs::path> child(const fs::path& folder, std::string_view name) {
    std::error_code error;
    for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
        if (folded(each->path().filename().native()) == name) {
            return each->path();
        }
    }
    return std::nullopt;
}

std::optional<fs::path> below(fs::path folder, std::string_view names) {
    while (!names.empty()) {
        const auto slash = std::min(names.find('/'), names.size());
        auto next = child(folder, names.substr(0, slash));
        if (!next) {
            return std::nullopt;
        }
        folder = std::move(*next);
        names.remove_prefix(std::min(slash + 1, names.size()));
    }
    return folder;
}

} // namespace

Chance chanceOf(const fs::path& file) {
    const auto name = folded(file.filename().native());
    const auto ending = folded(file.extension().native());
    if (isOneOf(ending, likelyEndings) || isOneOf(name, likelyNames) || name == ".pbk" ||
        folded(file.parent_path().filename().native()) == "system-connections") {
        return Chance::Likely;
    }
    // pppd's peers have any name.
    const auto folder = file.parent_path();
    if (folded(folder.filename().native()) == "peers" && folded(folder.parent_path().filename().native()) == "ppp") {
        return Chance::Possible;
    }
    // An archive says nothing readable at its beginning, so its name has to.
    if (ending == ".zip" && name.find("vpn") == std::string::npos) {
        return Chance::None;
    }
    return isOneOf(ending, possibleEndings) ? Chance::Possible : Chance::None;
}

bool speaksOfVpn(std::string_view content) {
    if (content.starts_with("PK\x03\x04")) {
        return true;
    }
    std::string head = folded(content.substr(0, searched));
    std::erase_if(head, [](char c) { return c == '\0' || c == '-'; }); // UTF-16, and Add-VpnConnection
    return std::ranges::any_of(hints, [&](std::string_view hint) { return head.find(hint) != std::string::npos; });
}

std::vector<fs::path> worthwhile(const fs::path& folder, const std::vector<fs::path>& names) {
    std::optional<fs::path> windows;
    for (const auto& each : names) {
        if (isWindowsFolder(folded(each.native())) && child(folder / each, "system32")) {
            windows = each;
        }
    }
    const bool root = folder == folder.root_path();
    std::vector<fs::path> kept;
    for (const auto& each : names) {
        const auto name = folded(each.native());
        if (windows == each) {
            for (const auto place : phonebooksInWindows) {
                if (auto found = below(folder / each, place)) {
                    kept.push_back(std::move(*found));
                }
            }
        } else if (!(windows && isOneOf(name, windowsOwn)) && !(root && isOneOf(name, kernels))) {
            kept.push_back(folder / each);
        }
    }
    return kept;
}

std::string ownerOf(const fs::path& file) {
    constexpr std::array<std::string_view, 3> homes{"users", "documents and settings", "home"};
    for (auto each = file.begin(); each != file.end(); ++each) {
        const auto next = std::next(each);
        if (next != file.end() && std::next(next) != file.end() && isOneOf(folded(each->native()), homes)) {
            return next->native();
        }
    }
    return {};
}

} // namespace tern::audit
