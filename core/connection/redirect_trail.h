// Where servers have sent us (RFC 5685), so that they cannot keep us running.
#pragma once

#include "core/base/error.h"
#include "core/base/time.h"
#include "core/ike/session.h"

#include <optional>
#include <string>
#include <vector>

namespace tern::connection {

class RedirectTrail {
public:
    // Sent on by the server at `from`, which was called by the name `dialled`. Fails with tern.ike.redirect.loop for a
    // server we have come from on this way, and with tern.ike.redirect.too-many (§9: five within 300 s).
    [[nodiscard]] base::Result<void> follow(base::Instant now, const std::string& dialled, const base::IpAddress& from,
                                            const ike::Redirected& redirected);
    // Connected, or on the way to the profile's own server again: a later redirect may lead back. The count stays.
    void arrived() { m_visited.clear(); }
    void forget();

    // While redirected: the server that sent us, for REDIRECTED_FROM.
    [[nodiscard]] const std::optional<base::IpAddress>& from() const { return m_from; }
    // The name that the certificate must hold instead of the dialled one: only a server that had proved itself may name
    // another.
    [[nodiscard]] const std::optional<std::string>& certificateName() const { return m_certificateName; }
    // What to look up instead of the profile's server, or nothing.
    [[nodiscard]] const std::optional<std::string>& name() const { return m_name; }

    static constexpr std::size_t mostRedirects = 5;
    static constexpr base::Duration period = std::chrono::seconds(300);

private:
    std::vector<std::string> m_visited;
    std::vector<base::Instant> m_times;
    std::optional<base::IpAddress> m_from;
    std::optional<std::string> m_name;
    std::optional<std::string> m_certificateName;
};

} // namespace tern::connection
