#include "core/connection/redirect_trail.h"

#include <algorithm>

namespace tern::connection {

base::Result<void> RedirectTrail::follow(base::Instant now, const std::string& dialled, const base::IpAddress& from,
                                         const ike::Redirected& redirected) {
    std::erase_if(m_times, [now](base::Instant then) { return now - then >= period; });
    const auto target = redirected.target.text();
    if (m_times.size() >= mostRedirects) {
        return base::fail("tern.ike.redirect.too-many", {target});
    }
    const auto visited = [this](const std::string& server) {
        return std::find(m_visited.begin(), m_visited.end(), server) != m_visited.end();
    };
    m_visited.push_back(from.text());
    m_visited.push_back(m_name.value_or(dialled));
    if (visited(target)) {
        return base::fail("tern.ike.redirect.loop", {target});
    }
    m_times.push_back(now);
    m_from = from;
    m_name.reset();
    if (!redirected.target.address) {
        m_name = target;
    }
    if (redirected.authenticated && m_name) {
        m_certificateName = m_name;
    }
    return {};
}

void RedirectTrail::forget() {
    m_visited.clear();
    m_from.reset();
    m_name.reset();
    m_certificateName.reset();
}

} // namespace tern::connection
