// The peer (client) side of EAP without I/O (RFC 3748): packets, answers and the caller's word that the server is
// verified go in; packets to send, prompts and the end come out.
//
// Usage: construct, setServerVerified() as soon as IKE or TLS has verified the server, then feed receive() each EAP
// packet and answer() each prompt; after every call take the outputs, in order. After Success or Failure nothing more
// happens. Retransmission is the lower layer's (RFC 3748 §4.3): IKE and SSTP are reliable.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/eap/settings.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tern::eap {

struct PeerConfig {
    std::string username;                      // as typed, DOMAIN\user included; UTF-8
    std::optional<base::SecureBytes> password; // UTF-8; without one a prompt is raised
    Settings settings;
};

// To the server, a whole EAP packet.
struct SendPacket {
    base::Bytes packet;
};
// Answer with Peer::answer(). The server waits meanwhile: a second factor may take minutes.
struct Prompt {
    enum class Kind {
        Password,    // for PeerConfig::username
        Credentials, // name and password; no name is known
        Code,        // what `text` asks for: a one-time code, the answer to a challenge
        NewPassword, // the password was right, but has expired; the answer replaces it
        Message,     // nothing to answer: the server's text is to be shown (RFC 3748 §5.2)
    };
    Kind kind = Kind::Password;
    std::string text;   // from the server, untrusted, at most 1,000 characters; may be empty
    bool retry = false; // an earlier password was refused
};
struct Success {
    base::SecureBytes msk;  // 64 octets (RFC 3748 §7.10); empty from a method that makes no key
    base::SecureBytes hlak; // 32 octets, for SSTP's crypto binding ([MS-SSTP] §3.2.5.2.4); empty when there is none
};
struct Failure {
    base::Error error; // tern.eap.*
};
using Output = std::variant<SendPacket, Prompt, Success, Failure>;

class Peer {
public:
    // `random` must outlive the peer.
    Peer(PeerConfig config, base::RandomSource& random);
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer();

    // The server has proved who it is to the layer below. Nothing that depends on the password leaves before; a
    // method that would have to ends in Failure (tern.eap.server-unverified).
    void setServerVerified();
    // One EAP packet. Octets behind its length are ignored (RFC 3748 §4); malformed ones are dropped.
    void receive(base::ByteView packet);
    // The layer below lets us in, and no EAP-Success has come: taken for one when the method is complete (RFC 3748
    // §4.2, §7.12), else for nothing.
    void letIn();
    // The answer to a prompt that needs one. With Password and Credentials an empty username keeps the one we have;
    // with Code and NewPassword it is not looked at.
    void answer(std::string username, base::SecureBytes secret);

    // A prompt is out and not answered.
    [[nodiscard]] bool isWaitingForUser() const;
    [[nodiscard]] bool isFinished() const;
    // All that must come before EAP-Success has come: for a layer above that ends without one.
    [[nodiscard]] bool isMethodComplete() const;
    // Why the server will refuse us, once it has said so: for a layer below that sees the end before Failure does
    // (an IKE AUTHENTICATION_FAILED, a hung-up line, a retry prompt nobody answers).
    [[nodiscard]] std::optional<base::Error> reason() const;
    [[nodiscard]] std::vector<Output> takeOutputs();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tern::eap
