#include "core/formats/export.h"

#include "core/formats/exporters.h"
#include "core/formats/import.h"
#include "core/formats/phonebook_export.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Profile;
using profile::Protocol;

struct Row {
    ExportFormat format;
    std::string_view name;
    std::string_view ending;
    std::string_view shown; // the same in every language
    Written (*write)(const Profile&);
};
constexpr std::array rows{
    Row{ExportFormat::Pbk, "pbk", ".pbk", ".pbk", nullptr},
    Row{ExportFormat::PowerShell, "powershell", ".ps1", "PowerShell", writePowerShell},
    Row{ExportFormat::MobileConfig, "mobileconfig", ".mobileconfig", ".mobileconfig", writeMobileConfig},
    Row{ExportFormat::Sswan, "sswan", ".sswan", "strongSwan", writeSswan},
    Row{ExportFormat::NetworkManager, "networkmanager", ".nmconnection", "NetworkManager", writeNetworkManager},
    Row{ExportFormat::ProfileXml, "profilexml", ".xml", "ProfileXML", writeProfileXml}};

const Row& rowOf(ExportFormat format) {
    return *std::ranges::find(rows, format, &Row::format);
}

bool isWindows(ExportFormat format) {
    return format == ExportFormat::PowerShell || format == ExportFormat::ProfileXml;
}

// Whether the format has the way to sign in at all; a way that is only told apart less finely is a note.
bool hasSignIn(ExportFormat format, const Profile& profile) {
    const auto method = profile.authentication.method;
    if (format == ExportFormat::Sswan) {
        return method != Method::Psk;
    }
    if (!isWindows(format)) {
        return true;
    }
    // Windows signs in to IKEv2 with a certificate or EAP only.
    return method == Method::Unknown || method == Method::EapMschapv2 || method == Method::EapTls ||
           method == Method::Peap || method == Method::Ttls ||
           (profile.protocol == Protocol::Sstp ? method == Method::Mschapv2 : method == Method::MachineCertificate);
}

std::optional<base::Error> whyNot(ExportFormat format, const Profile& profile) {
    const auto& row = rowOf(format);
    const std::string shown(row.shown);
    switch (profile.protocol) {
    case Protocol::Pptp:
        return base::Error{"tern.formats.export.retired", {shown, "PPTP"}, {}};
    case Protocol::L2tp:
        return base::Error{"tern.formats.export.retired", {shown, "L2TP"}, {}};
    case Protocol::Unsupported:
        return base::Error{"tern.formats.export.protocol", {shown, profile.plugin}, {}};
    case Protocol::Sstp:
        if (format == ExportFormat::MobileConfig || format == ExportFormat::Sswan) {
            return base::Error{"tern.formats.export.protocol", {shown, "SSTP"}, {}};
        }
        break;
    case Protocol::Ikev2:
    case Protocol::Automatic:
        break;
    }
    if (!hasSignIn(format, profile)) {
        return base::Error{
            "tern.formats.export.sign-in", {shown}, std::string(profile::methodName(profile.authentication.method))};
    }
    return std::nullopt;
}

// A file's name out of the connection's: no folder, nothing hidden, nothing a file system on the way would refuse.
std::string fileName(const Profile& profile, std::string_view ending) {
    constexpr std::size_t longest = 120;
    std::string name;
    for (const char c : oneLine(profile.name)) {
        name += std::string_view("/\\:*?\"<>|").find(c) == std::string_view::npos ? c : '_';
    }
    while (!name.empty() && (name.front() == '.' || name.front() == ' ' || name.front() == '-')) {
        name.erase(name.begin());
    }
    if (name.size() > longest) {
        auto end = longest;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        name.resize(end);
    }
    return (name.empty() ? "vpn" : name) + std::string(ending);
}

Written writePbk(const Profile& profile) {
    const auto bytes = writePhonebook({&profile, 1});
    Written written{base::toText(bytes), settingsOf(profile)};
    // What comes back is what was written.
    const auto back = importFile(bytes, "x.pbk");
    if (back && back->profiles.size() == 1) {
        for (const auto lost : differing(profile, back->profiles.front())) {
            written.settings.erase(lost);
        }
    }
    return written;
}

} // namespace

std::string_view exportFormatName(ExportFormat format) {
    return rowOf(format).name;
}

std::optional<ExportFormat> exportFormatFromName(std::string_view name) {
    const auto* found = std::ranges::find(rows, name, &Row::name);
    return found == rows.end() ? std::nullopt : std::optional(found->format);
}

base::Result<ExportedFile> exportProfile(const Profile& profile, ExportFormat format) {
    const auto& row = rowOf(format);
    if (format != ExportFormat::Pbk) {
        if (auto error = whyNot(format, profile)) {
            return base::fail(std::move(*error));
        }
    }
    auto written = row.write == nullptr ? writePbk(profile) : row.write(profile);
    ExportedFile file{base::toBytes(written.text), fileName(profile, row.ending), {}};
    for (const auto setting : settingsOf(profile)) {
        if (!written.settings.contains(setting)) {
            file.notes.push_back({std::string(leftOutCode(setting)), {std::string(row.shown)}, {}});
        }
    }
    return file;
}

// ---- what several writers need ----

std::string oneLine(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(
        out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    return out;
}

std::string hostAndPort(const Profile& profile) {
    std::string host = oneLine(profile.server());
    if (profile.port == 0) {
        return host;
    }
    host = host.find(':') == std::string::npos ? host : '[' + host + ']';
    return host + ':' + std::to_string(profile.port);
}

std::vector<std::string> certificatesOf(const std::string& pem) {
    constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----";
    constexpr std::string_view end = "-----END CERTIFICATE-----";
    std::vector<std::string> all;
    for (std::size_t at = pem.find(begin); at != std::string::npos; at = pem.find(begin, at)) {
        at += begin.size();
        const auto stop = pem.find(end, at);
        if (stop == std::string::npos) {
            break;
        }
        std::string body = pem.substr(at, stop - at);
        std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
        all.push_back(std::move(body));
        at = stop;
    }
    return all;
}

} // namespace tern::formats
