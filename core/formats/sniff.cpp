#include "core/formats/sniff.h"

#include "core/formats/import.h"
#include "core/formats/node.h"
#include "core/formats/text.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

struct Magic {
    std::string_view start;
    std::string_view kind; // a name that is the same in every language
};

using namespace std::string_view_literals;
constexpr std::array magics{Magic{"\x7F"
                                  "ELF"sv,
                                  "ELF"},
                            Magic{"\x89PNG\r\n"sv, "PNG"},
                            Magic{"\xFF\xD8\xFF"sv, "JPEG"},
                            Magic{"GIF8"sv, "GIF"},
                            Magic{"%PDF-"sv, "PDF"},
                            Magic{"\x1F\x8B"sv, "gzip"},
                            Magic{"7z\xBC\xAF\x27\x1C"sv, "7-Zip"},
                            Magic{"Rar!\x1A"sv, "RAR"},
                            Magic{"MZ\x90\0"sv, "EXE"},
                            Magic{"SQLite format 3\0"sv, "SQLite"},
                            Magic{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "OLE"},
                            Magic{"regf"sv, "Windows Registry"}};

constexpr std::array others{Magic{"\nremote ", "OpenVPN"}, Magic{"\n[Interface]", "WireGuard"}, Magic{"<?xml", "XML"},
                            Magic{"<html", "HTML"}, Magic{"<!DOCTYPE html", "HTML"}};

constexpr std::size_t searched = 65536;

bool isControl(char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != '\x1A';
}

unsigned lineOf(std::string_view text, std::size_t offset) {
    return 1U + static_cast<unsigned>(std::ranges::count(text.substr(0, offset), '\n'));
}

unsigned firstFullLine(std::string_view text) {
    const auto at = text.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? 1U : lineOf(text, at);
}

// A list of dial-in numbers of Microsoft's Connection Point Services (MS-CPSP): eleven fields with commas between.
bool isPhoneList(std::string_view text) {
    const auto line = trimmed(text.substr(0, text.find('\n')));
    const auto commas = std::ranges::count(line, ',');
    return commas >= 9 && commas <= 11 && !line.empty() && line.front() >= '0' && line.front() <= '9';
}

// A line that starts with `wanted`; `indented`: after blanks too. The case of letters is not looked at.
bool hasLine(std::string_view text, std::string_view wanted, bool indented) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        line = indented ? trimmed(line) : line;
        if (line.size() >= wanted.size() && sameName(line.substr(0, wanted.size()), wanted)) {
            return true;
        }
    }
    return false;
}

// "connections {", also with the brace on the next line.
bool hasSection(std::string_view text, std::string_view name) {
    for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const bool starts = at == 0 || text[at - 1] == '\n' || text[at - 1] == ' ' || text[at - 1] == '\t';
        const auto next = text.find_first_not_of(" \t\r\n", at + name.size());
        if (starts && next != std::string_view::npos && text[next] == '{') {
            return true;
        }
    }
    return false;
}

// A line of pppd's options that starts PPTP or SSTP.
bool isPppPeer(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto option = line.substr(0, line.find_first_of(" \t"));
        const auto has = [&](std::string_view word) { return line.find(word) != std::string_view::npos; };
        if ((option == "pty" && (has("pptp ") || has("sstpc "))) || (option == "plugin" && has("pptp.so")) ||
            (option == "pptp_server" && option.size() < line.size())) {
            return true;
        }
    }
    return false;
}

} // namespace

std::string_view headOf(std::string_view text) {
    return text.substr(0, searched);
}

TextKind textKind(std::string_view text) {
    const auto head = headOf(text);
    if (hasLine(head, "[connection]", false) && (hasLine(head, "type=", false) || hasLine(head, "[vpn]", false))) {
        return TextKind::NetworkManager;
    }
    if (hasLine(head, "[Connection Manager]", true)) {
        return TextKind::ConnectionManager;
    }
    if (hasSection(head, "connections") && !hasLine(head, "[", false)) {
        return TextKind::Swanctl;
    }
    if (hasLine(head, "[lac ", true) || hasLine(head, "[lns ", true)) {
        return TextKind::Xl2tpd;
    }
    if (isPppPeer(head)) {
        return TextKind::PppPeer;
    }
    if (hasLine(head, "conn ", false) || hasLine(head, "conn\t", false)) {
        return TextKind::IpsecConf;
    }
    // Not in the head alone: comments and functions may come first.
    return lowered(text.substr(0, std::size_t{1} << 20U)).find("add-vpnconnection") != std::string::npos
               ? TextKind::Powershell
               : TextKind::Other;
}

std::optional<base::Error> refuseUnread(base::ByteView bytes, std::string_view name) {
    const std::string file(name);
    if (bytes.empty()) {
        return base::Error{"tern.formats.empty", {file}, {}};
    }
    if (bytes.size() > maximumFileSize) {
        return base::Error{"tern.formats.too-large",
                           {file, std::to_string(maximumFileSize / (1024U * 1024U))},
                           std::to_string(bytes.size()) + " octets"};
    }
    const std::string_view start(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 32));
    for (const auto& magic : magics) {
        if (start.starts_with(magic.start)) {
            return base::Error{"tern.formats.binary", {file, std::string(magic.kind)}, {}};
        }
    }
    return std::nullopt;
}

base::Error refuseText(std::string_view text, std::string_view name, unsigned firstSection) {
    const std::string file(name);
    const auto head = text.substr(0, searched);
    const auto at = [](unsigned line) { return std::to_string(line); };
    if (trimmed(head).find_first_not_of("\n\r \t") == std::string_view::npos) {
        return {"tern.formats.empty", {file}, "only blanks"};
    }
    if (const auto* control = std::ranges::find_if(head, isControl); control != head.end()) {
        const auto offset = static_cast<std::size_t>(control - head.begin());
        return {"tern.formats.not-text", {file, at(lineOf(head, offset))}, "octet " + std::to_string(offset)};
    }
    const std::string withStart = '\n' + std::string(head);
    for (const auto& other : others) {
        if (withStart.find(other.start) != std::string::npos) {
            return {"tern.formats.other-kind", {file, std::string(other.kind)}, {}};
        }
    }
    if (isPhoneList(text)) {
        return {"tern.formats.phone-list", {file, at(firstFullLine(text))}, "MS-CPSP"};
    }
    if (firstSection != 0) {
        return {"tern.formats.no-connections", {file, at(firstSection)}, {}};
    }
    return {"tern.formats.not-phonebook", {file, at(firstFullLine(text))}, {}};
}

} // namespace tern::formats
