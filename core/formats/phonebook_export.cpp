#include "core/formats/phonebook_export.h"

#include "core/formats/exporters.h"
#include "core/formats/phonebook_entry.h"
#include "core/formats/phonebook_kind.h"
#include "core/formats/text.h"

#include <algorithm>
#include <initializer_list>

namespace tern::formats {

namespace {

using profile::Method;
using profile::Profile;
using profile::Protocol;

std::string_view lineEnd(std::string_view text) {
    return text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
}

void replace(std::string& text, std::string_view part, std::string_view with) {
    text.replace(static_cast<std::size_t>(part.data() - text.data()), part.size(), with);
}

Section sectionOf(std::string_view text) {
    const auto sections = splitSections(text, 1);
    return sections.empty() ? Section{} : sections.front();
}

// Behind the header, which may have a key on its own line.
void insertLine(std::string& text, const std::string& line) {
    const auto at = static_cast<std::size_t>(sectionOf(text).body.data() - text.data());
    const bool headerAlone = at > 0 && text[at - 1] == '\n';
    text.insert(at, (headerAlone ? "" : std::string(lineEnd(text))) + line + std::string(lineEnd(text)));
}

// The first line with the key gets the value, or a new line is added.
void setKey(std::string& text, std::string_view key, std::string_view value) {
    const EntryKeys keys = readKeys(sectionOf(text));
    if (const auto* found = keys.find(key)) {
        replace(text, found->value, value);
    } else {
        insertLine(text, std::string(key) + '=' + std::string(value));
    }
}

void setServer(std::string& text, std::string_view value) {
    const EntryKeys keys = readKeys(sectionOf(text));
    const auto isVpn = [](const DeviceGroup& group) { return isVpnDevice(group.kind); };
    const auto group = std::ranges::find_if(keys.devices, isVpn);
    if (group != keys.devices.end() && !group->numbers.empty()) {
        replace(text, group->numbers.front(), value);
    } else if (!keys.looseNumbers.empty()) {
        replace(text, keys.looseNumbers.front(), value);
    } else {
        text += std::string("DEVICE=vpn") + std::string(lineEnd(text)) + "PhoneNumber=" + std::string(value) +
                std::string(lineEnd(text));
    }
}

// The whole line of each such key.
void removeKeys(std::string& text, std::initializer_list<std::string_view> names) {
    const EntryKeys keys = readKeys(sectionOf(text));
    std::vector<std::size_t> places;
    for (const auto& each : keys.keys) {
        if (std::ranges::find(names, each.key) != names.end()) {
            places.push_back(static_cast<std::size_t>(each.key.data() - text.data()));
        }
    }
    std::string kept;
    std::size_t from = 0;
    for (const auto place : places) {
        const auto before = text.rfind('\n', place);
        const auto start = before == std::string::npos || before + 1 < from ? place : before + 1;
        const auto end = text.find('\n', place);
        kept.append(text, from, start - from);
        from = end == std::string::npos ? text.size() : end + 1;
    }
    text = kept.append(text, from);
}

void setSpares(std::string& text, const Profile& profile) {
    removeKeys(text, {"ServerListServerName", "ServerListFriendlyName"});
    for (std::size_t i = profile.servers.size(); i > 1; --i) {
        const auto name = oneLine(profile.servers[i - 1]);
        const std::string end(lineEnd(text));
        std::string lines = "ServerListServerName=";
        lines.append(name).append(end).append("ServerListFriendlyName=").append(name);
        insertLine(text, lines);
    }
    setKey(text, "NumServers", std::to_string(profile.servers.empty() ? 0 : profile.servers.size() - 1));
}

std::string_view strategyOf(Protocol protocol) {
    switch (protocol) {
    case Protocol::Ikev2:
        return "7";
    case Protocol::Sstp:
        return "5";
    case Protocol::Pptp:
        return "1";
    case Protocol::L2tp:
        return "3";
    case Protocol::Automatic:
    case Protocol::Unsupported:
        break;
    }
    return "14"; // IKEv2, then SSTP: the one automatic choice without a retired protocol
}

std::string_view flag(bool value) {
    return value ? "1" : "0";
}

// What the user changed since the import, written over the entry's own lines.
std::string changedEntry(const Profile& profile) {
    std::string text = profile.origin.original;
    const auto before = readEntry(sectionOf(text), readKeys(sectionOf(text)), false).profile;
    if (!before) {
        return text;
    }
    if (profile.servers.empty() || before->servers.empty() || hostAndPort(profile) != hostAndPort(*before)) {
        setServer(text, hostAndPort(profile));
    }
    const auto spares = [](const Profile& each) {
        return std::vector<std::string>(each.servers.begin() + (each.servers.empty() ? 0 : 1), each.servers.end());
    };
    if (spares(profile) != spares(*before)) {
        setSpares(text, profile);
    }
    if (profile.protocol != before->protocol) {
        setKey(text, "VpnStrategy", strategyOf(profile.protocol));
    }
    if (profile.routing.fullTunnelIpv4 != before->routing.fullTunnelIpv4) {
        setKey(text, "IpPrioritizeRemote", flag(profile.routing.fullTunnelIpv4));
    }
    if (profile.routing.fullTunnelIpv6 != before->routing.fullTunnelIpv6) {
        setKey(text, "Ipv6PrioritizeRemote", flag(profile.routing.fullTunnelIpv6));
    }
    if (profile.name != before->name) {
        replace(text, sectionOf(text).name, oneLine(profile.name));
    }
    return text;
}

struct MethodKeys {
    std::string_view restrictions;
    std::string_view eapType;
};

MethodKeys keysOf(Method method) {
    switch (method) {
    case Method::EapTls:
        return {"128", "13"};
    case Method::Ttls:
        return {"128", "21"};
    case Method::Peap:
        return {"128", "25"};
    case Method::EapMschapv2:
        return {"128", "26"};
    case Method::MachineCertificate:
        return {"2048", "0"};
    case Method::Psk:
        return {"4096", "0"};
    default:
        return {"512", "0"};
    }
}

std::string freshEntry(const Profile& profile) {
    const auto method = keysOf(profile.authentication.method);
    const bool ownDns = !profile.dns.servers.empty();
    std::string text = '[' + oneLine(profile.name) + "]\r\n";
    const auto add = [&](std::string_view key, std::string_view value) {
        text += std::string(key) + '=' + oneLine(value) + "\r\n";
    };
    add("Encoding", "1");
    add("PBVersion", "8");
    add("Type", "2");
    add("VpnStrategy", strategyOf(profile.protocol));
    add("DataEncryption", "256");
    add("CustomAuthKey", method.eapType);
    add("AuthRestrictions", method.restrictions);
    add("IpPrioritizeRemote", flag(profile.routing.fullTunnelIpv4));
    add("Ipv6PrioritizeRemote", flag(profile.routing.fullTunnelIpv6));
    add("DisableClassBasedDefaultRoute", flag(!profile.routing.classRoute));
    add("IpDnsSuffix", profile.dns.suffix);
    for (const bool v6 : {false, true}) {
        unsigned count = 0;
        for (const auto& each : profile.dns.servers) {
            if (each.isV6() == v6 && ++count <= 2) {
                const std::string key = std::string(v6 ? "Ipv6Dns" : "IpDns") + (count == 1 ? "" : "2") + "Address";
                add(key, each.text());
            }
        }
        add(v6 ? "Ipv6NameAssign" : "IpNameAssign", ownDns && count > 0 ? "2" : "1");
    }
    text += "\r\nMEDIA=rastapi\r\nPort=VPN2-0\r\nDevice=WAN Miniport (IKEv2)\r\n\r\nDEVICE=vpn\r\n";
    add("PhoneNumber", hostAndPort(profile));
    text += "\r\n";
    if (profile.servers.size() > 1) {
        setSpares(text, profile);
    }
    return text;
}

} // namespace

base::Bytes writePhonebook(std::span<const Profile> profiles) {
    std::string text;
    std::string encoding = profiles.empty() ? std::string() : profiles.front().origin.encoding;
    for (const auto& profile : profiles) {
        if (!text.empty() && !text.ends_with('\n')) {
            text += lineEnd(text);
        }
        const bool imported = profile.origin.format == "pbk" && !profile.origin.original.empty();
        text += imported ? changedEntry(profile) : freshEntry(profile);
        encoding = profile.origin.encoding == encoding ? encoding : std::string();
    }
    // A name with letters that the file's old code page lacks.
    if (auto bytes = encodeText(text, encoding.empty() ? "utf-8" : encoding)) {
        return std::move(*bytes);
    }
    return base::toBytes(text);
}

} // namespace tern::formats
