// A Peer inside the tunnel of another method: the same methods, the same prompts, with the tunnel as what verifies the
// server.
#pragma once

#include "core/eap/method.h"

namespace tern::eap {

class InnerPeer {
public:
    // Of settings.inner the EAP ones are allowed. What `settings` says of TLS holds inside as well.
    InnerPeer(const Settings& settings, const Credentials& credentials, base::RandomSource& random);

    // What one packet or answer led to. At most one of packet, question and failure is set.
    struct Turn {
        std::optional<base::Bytes> packet; // a whole EAP packet
        std::optional<Prompt> question;
        std::vector<Prompt> messages;
        std::optional<Success> success;
        std::optional<base::Error> failure;
    };
    [[nodiscard]] Turn receive(base::ByteView packet);
    [[nodiscard]] Turn answer(const Credentials& credentials, base::ByteView secret);

    [[nodiscard]] bool isMethodComplete() const { return m_peer.isMethodComplete(); }
    [[nodiscard]] std::optional<base::Error> reason() const { return m_peer.reason(); }

private:
    [[nodiscard]] Turn turn();

    Peer m_peer;
};

} // namespace tern::eap
