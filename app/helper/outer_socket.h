// The sockets to the server: the only ones that leave outside the tunnel.
#pragma once

#include "app/helper/request.h"
#include "core/base/unique_fd.h"

namespace tern::helper {

// Marked, non-blocking, close-on-exec. UDP: bound to an ephemeral port; TCP: as it comes. Errors: tern.helper.socket.
[[nodiscard]] base::Result<base::UniqueFd> openOuterSocket(const SocketRequest& request);

} // namespace tern::helper
