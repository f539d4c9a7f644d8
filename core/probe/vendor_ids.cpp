#include "core/probe/vendor_ids.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tern::probe {

namespace {

struct Vendor {
    std::string_view begins; // hexadecimal; versions may follow
    std::string_view name;
};

// Most are the MD5 digest of a text, which the tests compute.
constexpr std::array vendors{
    Vendor{"1e2b516905991c7d7c96fcbfb587e461", "Windows"}, // "MS NT5 ISAKMPOAKLEY", then a version
    Vendor{"fb1de3cdf341b7ea16b7e5be0855f120", "MS-Negotiation Discovery Capable"},
    Vendor{"26244d38eddb61b3172a36e3d0cfb819", "Vid-Initial-Contact"},
    Vendor{"e3a5966a76379fe707228231e5ce8652", "IKE CGA version 1"},
    Vendor{"214ca4faffa7f32d6748e5303395ae83", "MS-MamieExists"},
    Vendor{"4048b7d56ebce88525e7de7f00d6c2d3", "FRAGMENTATION"},
    Vendor{"882fe56d6fd20dbc2251613b2ebe5beb", "strongSwan"},
    Vendor{"afcad71368a1f1c96b8696fc77570100", "Dead Peer Detection"}, // RFC 3706 §5.1
    Vendor{"09002689dfd6b712", "XAUTH"},
    Vendor{"12f5f28c457168a9702d9fe274cc", "Cisco Unity"}, // then a version
    Vendor{"4a131c81070358455c5728f20e95452f", "RFC 3947 NAT-Traversal"},
    Vendor{"90cb80913ebb696e086381b5ec427b1f", "draft-ietf-ipsec-nat-t-ike-02"}, // with a line's end
    Vendor{"cd60464335df21f87cfdb2fc68b6a448", "draft-ietf-ipsec-nat-t-ike-02"},
    Vendor{"7d9419a65310ca6f2c179d9215529d56", "draft-ietf-ipsec-nat-t-ike-03"},
};

constexpr std::size_t longest = 64;

} // namespace

std::string vendorName(base::ByteView id) {
    const auto hex = base::toHex(id.first(std::min(id.size(), longest / 2)));
    const auto* known =
        std::find_if(vendors.begin(), vendors.end(), [&](const Vendor& one) { return hex.starts_with(one.begins); });
    if (known != vendors.end()) {
        return std::string(known->name);
    }
    const bool text =
        !id.empty() && std::all_of(id.begin(), id.end(), [](auto octet) { return octet >= 0x20 && octet < 0x7F; });
    return text ? base::toText(id.first(std::min(id.size(), longest))) : hex;
}

} // namespace tern::probe
