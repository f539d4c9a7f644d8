#include "core/ike/session.h"

namespace tern::ike {

Identity Identity::fromText(std::string_view text) {
    if (const auto address = base::IpAddress::fromText(text)) {
        const auto octets = address->bytes();
        return {address->isV6() ? IdType::Ipv6 : IdType::Ipv4, {octets.begin(), octets.end()}};
    }
    const auto type = text.find('@') == std::string_view::npos ? IdType::Fqdn : IdType::Rfc822;
    return {type, base::toBytes(text)};
}

std::string Identity::text() const {
    switch (type) {
    case IdType::Fqdn:
    case IdType::Rfc822:
        return base::toText(data);
    case IdType::Ipv4:
    case IdType::Ipv6:
        if (const auto address = base::IpAddress::fromBytes(data)) {
            return address->text();
        }
        break;
    case IdType::DerAsn1Dn:
        if (auto name = crypto::distinguishedNameText(data); !name.empty()) {
            return name;
        }
        break;
    case IdType::KeyId:
        break;
    }
    return "0x" + base::toHex(data);
}

} // namespace tern::ike
