// Whether SSTP's server is told in TLS the name it is called by (SNI, RFC 6066 §3). Some servers know no name: they
// answer with the alert unrecognized_name, or hang up in the middle of the handshake. Such a one is called once more
// without it, and remembered; one that is remembered and does not take the call without a name, the other way round.
// What the certificate must hold is the name that was dialled, in either case.
#pragma once

#include "core/profile/profile.h"

#include <optional>
#include <string_view>

namespace tern::connection {

class NameInTls {
public:
    explicit NameInTls(const profile::Sstp& settings);

    [[nodiscard]] bool isLeftOut() const { return m_leftOut; }
    // A call ended with this error before TLS was up. True: the other way is worth a call now; said once for a server.
    // hadName: there was a name that could have been sent, that is, not an address alone.
    [[nodiscard]] bool turn(std::string_view code, bool hadName, std::size_t server);
    // The server has taken the call. What the profile is to remember of it (Sstp::nameRefused), when that is news.
    [[nodiscard]] std::optional<bool> learnt();

private:
    bool m_mayChoose; // the profile leaves it open
    bool m_remembered;
    bool m_leftOut;
    std::optional<std::size_t> m_turnedFor;
};

} // namespace tern::connection
