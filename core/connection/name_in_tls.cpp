#include "core/connection/name_in_tls.h"

namespace tern::connection {

NameInTls::NameInTls(const profile::Sstp& settings)
    : m_mayChoose(!settings.withoutServerName && settings.serverNameIndication.empty())
    , m_remembered(m_mayChoose && settings.nameRefused)
    , m_leftOut(settings.withoutServerName || m_remembered) {}

bool NameInTls::turn(std::string_view code, bool hadName, std::size_t server) {
    if (!m_mayChoose || !hadName) {
        return false;
    }
    if (m_turnedFor == server) {
        m_leftOut = m_remembered; // it was not that
        return false;
    }
    const bool hungUp = code == "tern.sstp.cut" || code == "tern.sstp.tls.closed";
    // Without a name a server of several may show another one's certificate, or have none.
    const bool missesName = code == "tern.crypto.cert.name" || code == "tern.sstp.tls.handshake";
    if (!hungUp && !(m_leftOut ? missesName : code == "tern.sstp.tls.name")) {
        return false;
    }
    m_turnedFor = server;
    m_leftOut = !m_leftOut;
    return true;
}

std::optional<bool> NameInTls::learnt() {
    if (!m_mayChoose || m_leftOut == m_remembered) {
        return std::nullopt;
    }
    m_remembered = m_leftOut;
    return m_remembered;
}

} // namespace tern::connection
