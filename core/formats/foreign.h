// VPN settings of programs whose files Tern does not import: what an audit of a computer ought to mention all the same.
#pragma once

#include "core/base/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace tern::formats {

struct ForeignVpn {
    std::string format; // "openvpn" "wireguard" "vpnc" "pcf"
    std::string kind;   // for people, the same in every language; has "IKEv1" where that is what it speaks
    std::string server; // as Profile::servers has them; "" where none is told
};

// By its beginning; nothing when it is something else, or a server's own side.
[[nodiscard]] std::optional<ForeignVpn> foreignVpn(base::ByteView bytes);

} // namespace tern::formats
