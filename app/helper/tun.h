// The TUN device. Its descriptor's holder can make the link outlive the descriptor (TUNSETPERSIST), so the link is
// always deleted by its index; closing is not relied on.
#pragma once

#include "core/base/error.h"
#include "core/base/unique_fd.h"

#include <string>

namespace tern::helper {

struct Tun {
    base::UniqueFd fd; // IFF_TUN|IFF_NO_PI|IFF_VNET_HDR, one queue, non-blocking
    std::string name;
    unsigned index = 0;
};

// A new device, down and without addresses. Errors: tern.helper.tun.
[[nodiscard]] base::Result<Tun> createTun();

// Whether the link is still there and up, whatever its holder or others did.
[[nodiscard]] bool isUp(const Tun& tun);

} // namespace tern::helper
