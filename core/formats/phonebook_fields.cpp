#include "core/formats/phonebook_fields.h"

#include "core/formats/eap_host_config.h"
#include "core/formats/phonebook_blobs.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;
using profile::Protocol;

bool flag(const EntryKeys& keys, std::string_view key, bool otherwise, Notes& notes) {
    return number(keys, key, otherwise ? 1 : 0, notes) != 0;
}

std::uint32_t unsignedNumber(const EntryKeys& keys, std::string_view key, Notes& notes) {
    const auto value = number(keys, key, 0, notes);
    return value < 0 || value > std::numeric_limits<std::uint32_t>::max() ? 0U : static_cast<std::uint32_t>(value);
}

std::chrono::seconds secondsOf(const EntryKeys& keys, std::string_view key, Notes& notes) {
    return std::chrono::seconds(unsignedNumber(keys, key, notes));
}

// A count that promises what is not there. Nothing depends on the counts, but the entry may have been cut.
void checkCount(const EntryKeys& keys, std::string_view count, std::string_view key, Notes& notes) {
    const auto* found = keys.find(count);
    if (found != nullptr && keys.find(key) == nullptr && number(keys, count, 0, notes) > 0) {
        notes.add("tern.formats.note.count", {std::string(count), std::string(found->value.substr(0, 64))},
                  found->line);
    }
}

// AuthRestrictions, MS-RRASM §2.2.2.
constexpr std::int64_t eapBit = 0x80;
struct MethodBit {
    std::int64_t bit;
    Method method;
};
constexpr std::array<MethodBit, 7> methodBits{{{0x08, Method::Pap},
                                               {0x10, Method::Spap},
                                               {0x20, Method::Chap},
                                               {0x40, Method::Mschap},
                                               {0x200, Method::Mschapv2},
                                               {0x800, Method::MachineCertificate},
                                               {0x1000, Method::Psk}}};

bool allows(const profile::Authentication& authentication, Method method) {
    return std::ranges::find(authentication.allowed, method) != authentication.allowed.end();
}

void readEap(profile::Profile& profile, const EntryKeys& keys, std::int64_t restrictions, Notes& notes) {
    auto& authentication = profile.authentication;
    std::int64_t type = number(keys, "CustomAuthKey", 0, notes);
    const auto* data = keys.find("CustomAuthData");
    if (data != nullptr && !data->value.empty()) {
        const auto settings = readEapSettings(keys.joined("CustomAuthData", maximumBlob));
        if (!settings || !settings->whole) {
            notes.add("tern.formats.note.eap-data", {}, data->line);
        }
        if (settings) {
            type = type > 0 ? type : static_cast<std::int64_t>(settings->type);
            profile.trust.eapServerNames = settings->serverNames;
            profile.trust.eapRootSha1 = settings->rootSha1;
            profile.trust.eapServerValidated = settings->serverValidated;
        }
    }
    if ((restrictions & eapBit) == 0) {
        return;
    }
    authentication.method = type > 0 ? eapMethodOf(type) : Method::EapMschapv2;
    if (authentication.method == Method::Unknown) {
        authentication.eapType = static_cast<std::uint32_t>(std::min<std::int64_t>(type, 0xFFFFFFFF));
    }
    authentication.allowed.push_back(authentication.method);
}

Encryption encryptionOf(std::int64_t value) {
    switch (value) {
    case 0:
        return Encryption::None;
    case 8:
        return Encryption::Optional;
    case 256:
        return Encryption::Required;
    case 512:
        return Encryption::Maximum;
    default:
        return Encryption::Unset;
    }
}

void addDns(profile::Profile& profile, const EntryKeys& keys, std::string_view key, Notes& notes) {
    const auto* found = keys.find(key);
    if (found == nullptr || found->value.empty()) {
        return;
    }
    const auto address = base::IpAddress::fromText(found->value);
    if (!address) {
        notes.add("tern.formats.note.bad-address", {std::string(key), std::string(found->value.substr(0, 64))},
                  found->line);
    } else if (!address->isUnspecified()) {
        profile.dns.servers.push_back(*address);
    }
}

void readDns(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    constexpr std::int64_t ownServers = 2;
    if (number(keys, "IpNameAssign", 1, notes) == ownServers) {
        addDns(profile, keys, "IpDnsAddress", notes);
        addDns(profile, keys, "IpDns2Address", notes);
    }
    if (number(keys, "Ipv6NameAssign", 1, notes) == ownServers) {
        addDns(profile, keys, "Ipv6DnsAddress", notes);
        addDns(profile, keys, "Ipv6Dns2Address", notes);
    }
    if (const auto* suffix = keys.find("IpDnsSuffix")) {
        profile.dns.suffix = suffix->value;
    }
    profile.dns.domains = readNameRecords(keys.joined("DnsSuffixSearchList", maximumBlob));
    profile.dns.registerAddress = (number(keys, "IpDnsFlags", 0, notes) & 1) != 0;
    checkCount(keys, "NumDnsSearchSuffixes", "DnsSuffixSearchList", notes);
}

void readAddresses(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    constexpr std::int64_t fixed = 2;
    const auto address = [&](std::string_view assign, std::string_view key) -> std::optional<base::IpAddress> {
        const auto* found = keys.find(key);
        if (found == nullptr || number(keys, assign, 1, notes) != fixed) {
            return std::nullopt;
        }
        const auto parsed = base::IpAddress::fromText(found->value);
        if (!parsed || parsed->isUnspecified()) {
            notes.add("tern.formats.note.bad-address", {std::string(key), std::string(found->value.substr(0, 64))},
                      found->line);
            return std::nullopt;
        }
        return parsed;
    };
    profile.addresses.ipv4 = address("IpAssign", "IpAddress");
    if (const auto ipv6 = address("Ipv6Assign", "Ipv6Address")) {
        const auto length = number(keys, "Ipv6PrefixLength", 64, notes);
        profile.addresses.ipv6 =
            base::IpPrefix{*ipv6, static_cast<std::uint8_t>(length > 0 && length <= 128 ? length : 64)};
    }
}

} // namespace

profile::Method mainMethod(const profile::Profile& profile) {
    const auto& authentication = profile.authentication;
    if (profile.protocol == Protocol::Ikev2 || profile.protocol == Protocol::Automatic) {
        // IKEv2 takes no PPP method: Windows uses EAP-MSCHAPv2 for a user name and password.
        for (const auto method : {Method::MachineCertificate, Method::Psk}) {
            if (allows(authentication, method) && !allows(authentication, Method::Mschapv2)) {
                return method;
            }
        }
        return Method::EapMschapv2;
    }
    for (const auto method : {Method::Mschapv2, Method::Mschap, Method::Chap, Method::Spap, Method::Pap}) {
        if (allows(authentication, method)) {
            return method;
        }
    }
    return Method::Mschapv2;
}

void readAuthentication(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    auto& authentication = profile.authentication;
    const auto restrictions = number(keys, "AuthRestrictions", 0, notes);
    for (const auto& [bit, method] : methodBits) {
        if ((restrictions & bit) != 0) {
            authentication.allowed.push_back(method);
        }
    }
    const bool l2tp = profile.protocol == Protocol::L2tp;
    if (l2tp && (number(keys, "IpSecFlags", 0, notes) & 1) != 0 && !allows(authentication, Method::Psk)) {
        authentication.allowed.push_back(Method::Psk);
    }
    authentication.method = mainMethod(profile);
    readEap(profile, keys, restrictions, notes);
    authentication.rememberPassword = flag(keys, "CacheCredentials", false, notes);
    profile.trust.nameCheckDisabled = flag(keys, "DisableIKENameEkuCheck", false, notes);
    if (keys.find("DataEncryption") != nullptr) {
        profile.encryption = encryptionOf(number(keys, "DataEncryption", -1, notes));
    }
}

void readNetwork(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    auto& routing = profile.routing;
    routing.fullTunnelIpv4 = flag(keys, "IpPrioritizeRemote", true, notes);
    // Phonebooks older than Vista have no IPv6 keys: the user's one choice counts for both.
    routing.fullTunnelIpv6 = flag(keys, "Ipv6PrioritizeRemote", routing.fullTunnelIpv4, notes);
    routing.classRoute = !flag(keys, "DisableClassBasedDefaultRoute", false, notes);
    routing.routesFromSelectors = flag(keys, "PlumbIKEv2TSAsRoutes", false, notes);
    routing.metric = unsignedNumber(keys, "IpInterfaceMetric", notes);
    // The layout of these two is not published: kept word for word, and the user is told.
    for (const std::string_view key : {"Routes", "NrptRules"}) {
        if (const auto* found = keys.find(key); found != nullptr && !found->value.empty()) {
            notes.add("tern.formats.note.kept", {std::string(key)}, found->line);
        }
    }
    checkCount(keys, "NumRoutes", "Routes", notes);
    checkCount(keys, "NumNrptRules", "NrptRules", notes);
    checkCount(keys, "NumServers", "ServerListServerName", notes);
    readDns(profile, keys, notes);
    readAddresses(profile, keys, notes);
}

void readBehaviour(profile::Profile& profile, const EntryKeys& keys, Notes& notes) {
    const auto* policy = keys.find("CustomIPSecPolicies");
    if (policy != nullptr && !policy->value.empty()) {
        profile.ike.policy = readIkePolicy(keys.joined("CustomIPSecPolicies", maximumBlob));
        if (!profile.ike.policy) {
            notes.add("tern.formats.note.policy", {}, policy->line);
        }
    }
    checkCount(keys, "NumCustomPolicy", "CustomIPSecPolicies", notes);
    profile.ike.mobility = !flag(keys, "DisableMobility", false, notes);
    profile.ike.outage = secondsOf(keys, "NetworkOutageTime", notes);

    profile.alwaysOn.enabled = flag(keys, "AlwaysOnCapable", false, notes);
    profile.alwaysOn.deviceTunnel = flag(keys, "DeviceTunnel", false, notes);
    profile.alwaysOn.triggered = flag(keys, "AutoTiggerCapable", false, notes); // so spelt in the files
    profile.alwaysOn.trustedNetworks = readNameRecords(keys.joined("TrustedNetworks", maximumBlob));
    checkCount(keys, "NumTrustedNetworks", "TrustedNetworks", notes);

    profile.redial.attempts = unsignedNumber(keys, "RedialAttempts", notes);
    profile.redial.pause = secondsOf(keys, "RedialSeconds", notes);
    profile.redial.idleDisconnect = secondsOf(keys, "IdleDisconnectSeconds", notes);
    if (const auto* version = keys.find("PBVersion"); version != nullptr) {
        profile.origin.version = unsignedNumber(keys, "PBVersion", notes);
    }
}

} // namespace tern::formats
