// Names to addresses by the host's own resolver (getaddrinfo on Qt's threads, so /etc/hosts and nsswitch count).
#pragma once

#include "core/connection/environment.h"

namespace tern::engine {

class QtResolver final : public connection::Resolver {
public:
    [[nodiscard]] connection::PendingPtr resolve(const std::string& name, Done done) override;
};

} // namespace tern::engine
