#include "core/ike/ike_config.h"

#include "core/ike/notify_error.h"

#include <algorithm>

namespace tern::ike {

namespace {

constexpr std::size_t mostAddresses = 16;
constexpr std::size_t mostSubnets = 256;
constexpr std::size_t mostDomains = 256;
constexpr std::size_t longestDomain = 253;
constexpr std::size_t longestBanner = 4096;

bool isUsable(const base::IpAddress& address) {
    return !address.isUnspecified() && !address.isLoopback() && !address.isMulticast();
}

void addAddress(std::vector<base::IpAddress>& list, base::ByteView octets, std::size_t size) {
    const auto address = base::IpAddress::fromBytes(octets);
    if (octets.size() == size && address && isUsable(*address) && list.size() < mostAddresses &&
        std::find(list.begin(), list.end(), *address) == list.end()) {
        list.push_back(*address);
    }
}

// 4 octets, or 16 and a prefix length. Always one host's address: the IPv4 netmask and the IPv6 prefix tell of the
// network behind the server, and there is no link that the others of it could be on.
void addHost(std::vector<base::IpPrefix>& list, base::ByteView octets, bool v6) {
    const std::size_t size = v6 ? 16 : 4;
    if (octets.size() < size || octets.size() > size + 1 || list.size() == mostAddresses) {
        return;
    }
    const auto address = base::IpAddress::fromBytes(octets.first(size));
    if (address && isUsable(*address)) {
        list.push_back({*address, static_cast<std::uint8_t>(address->bits())});
    }
}

// RFC 7296 §3.15.1: an address and a netmask, or for IPv6 a prefix length.
void addSubnet(std::vector<base::IpPrefix>& list, base::ByteView octets, bool v6) {
    if (octets.size() != (v6 ? 17U : 8U) || list.size() == mostSubnets) {
        return;
    }
    const auto address = base::IpAddress::fromBytes(octets.first(v6 ? 16 : 4));
    unsigned length = v6 ? octets[16] : 0;
    if (!v6) {
        const auto mask = octets.last(4);
        while (length < 32 && (mask[length / 8] & (0x80U >> (length % 8))) != 0) {
            ++length;
        }
    }
    if (address && length <= address->bits()) {
        list.push_back(base::IpPrefix{*address, static_cast<std::uint8_t>(length)}.masked());
    }
}

bool isHostName(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    };
    return !text.empty() && text.size() <= longestDomain && text.front() != '.' && text.front() != '-' &&
           text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), allowed);
}

// One name each by RFC 8598; some servers send several with commas or blanks between.
void addDomains(std::vector<std::string>& list, base::ByteView octets) {
    std::string name;
    const auto finish = [&] {
        while (!name.empty() && name.back() == '.') {
            name.pop_back();
        }
        if (isHostName(name) && list.size() < mostDomains && std::find(list.begin(), list.end(), name) == list.end()) {
            list.push_back(name);
        }
        name.clear();
    };
    for (const auto octet : octets) {
        const auto c = static_cast<char>(octet);
        if (c == ',' || c == ' ' || c == ';' || c == '\0' || c == '\t' || c == '\n' || c == '\r') {
            finish();
        } else {
            name.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
        }
    }
    finish();
}

// What the specification leaves open: an address, or an IPv6 address and a prefix length.
void addServer(std::vector<base::IpAddress>& list, base::ByteView octets, bool v6) {
    addAddress(list, v6 && octets.size() == 17 ? octets.first(16) : octets, v6 ? 16 : 4);
}

void take(ServerConfiguration& configuration, const Attribute& attribute) {
    switch (attribute.type) {
    case AttributeType::InternalIp4Address:
        addHost(configuration.addresses, attribute.value, false);
        break;
    case AttributeType::InternalIp6Address:
        addHost(configuration.addresses, attribute.value, true);
        break;
    case AttributeType::InternalIp4Dns:
        addAddress(configuration.dns, attribute.value, 4);
        break;
    case AttributeType::InternalIp6Dns:
        addAddress(configuration.dns, attribute.value, 16);
        break;
    case AttributeType::InternalIp4Nbns:
        addAddress(configuration.nbns, attribute.value, 4);
        break;
    case AttributeType::InternalIp4Subnet:
        addSubnet(configuration.subnets, attribute.value, false);
        break;
    case AttributeType::InternalIp6Subnet:
        addSubnet(configuration.subnets, attribute.value, true);
        break;
    case AttributeType::InternalDnsDomain:
    case AttributeType::UnityDefaultDomain:
    case AttributeType::UnitySplitDns:
        addDomains(configuration.domains, attribute.value);
        break;
    case AttributeType::UnityBanner:
        configuration.banner =
            base::toText(base::ByteView(attribute.value).first(std::min(attribute.value.size(), longestBanner)));
        break;
    case AttributeType::WindowsIp4Server:
        addServer(configuration.servers, attribute.value, false);
        break;
    case AttributeType::WindowsIp6Server:
        addServer(configuration.servers, attribute.value, true);
        break;
    case AttributeType::InternalDnssecTa: // never asked for: who validates is the resolver, not the tunnel
    case AttributeType::InternalIp4Netmask:
    case AttributeType::ApplicationVersion:
        break;
    }
}

} // namespace

ServerConfiguration readConfiguration(const ConfigurationData& data) {
    ServerConfiguration configuration;
    for (const auto& attribute : data.attributes) {
        take(configuration, attribute);
    }
    return configuration;
}

base::Result<void> IkeConfig::build(Context& context, Payloads& request) {
    if (m_asked) {
        return {};
    }
    m_asked = true;
    ConfigurationData wanted{ConfigurationType::Request, {}};
    const auto ask = [&wanted](AttributeType type) { wanted.attributes.push_back({type, {}}); };
    if (context.config.requestIpv4) {
        ask(AttributeType::InternalIp4Address);
        ask(AttributeType::InternalIp4Dns);
        ask(AttributeType::InternalIp4Nbns);
        ask(AttributeType::InternalIp4Subnet);
        ask(AttributeType::WindowsIp4Server);
    }
    if (context.config.requestIpv6) {
        ask(AttributeType::InternalIp6Address);
        ask(AttributeType::InternalIp6Dns);
        ask(AttributeType::InternalIp6Subnet);
        ask(AttributeType::WindowsIp6Server);
    }
    ask(AttributeType::InternalDnsDomain);
    for (const auto& address : context.config.previousAddresses) {
        const auto type = address.isV6() ? AttributeType::InternalIp6Address : AttributeType::InternalIp4Address;
        const auto asked = std::find_if(wanted.attributes.begin(), wanted.attributes.end(),
                                        [type](const Attribute& attribute) { return attribute.type == type; });
        if (asked != wanted.attributes.end()) {
            asked->value.assign(address.bytes().begin(), address.bytes().end());
            if (address.isV6()) {
                asked->value.push_back(128); // the prefix length (RFC 7296 §3.15.1)
            }
        }
    }
    request.push_back(encodeConfiguration(wanted));
    return {};
}

base::Result<Outcome> IkeConfig::process(Context& context, const Incoming& response) {
    if (!context.authenticated) {
        return Outcome::Continue;
    }
    const auto* payload = find(*response.payloads, PayloadType::Configuration);
    if (payload != nullptr) {
        const auto data = parseConfiguration(*payload);
        if (!data) {
            return base::fail(data.error());
        }
        if (data->type == ConfigurationType::Reply) {
            context.serverConfiguration = readConfiguration(*data);
        }
    }
    if (context.serverConfiguration.addresses.empty()) {
        if (auto error = errorOf(*response.payloads, ErrorPlace::Child, context.config)) {
            return base::fail(std::move(*error));
        }
        return base::fail("tern.ike.no-address", {context.config.serverName});
    }
    return Outcome::Done;
}

} // namespace tern::ike
