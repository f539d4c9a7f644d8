// One of the protocols by which a server has us sign in, as the session runs it. Its packets are never repeated by us:
// the stream below loses nothing, and a second request may ring a person's second factor twice.
#pragma once

#include "core/eap/method.h"
#include "core/ppp/session.h"

namespace tern::ppp {

class Authenticator {
public:
    Authenticator() = default;
    Authenticator(const Authenticator&) = delete;
    Authenticator& operator=(const Authenticator&) = delete;
    virtual ~Authenticator() = default;

    // What a packet or an answer led to.
    struct Turn {
        std::vector<base::Bytes> packets; // payloads of protocol()
        std::vector<Prompt> prompts;
        std::optional<base::SecureBytes> hlak; // accepted: 32 octets
        std::optional<base::Error> failure;
    };
    [[nodiscard]] virtual Protocol protocol() const = 0;
    // The link is there.
    [[nodiscard]] virtual Turn begin() { return {}; }
    [[nodiscard]] virtual Turn receive(base::ByteView payload) = 0;
    // The server speaks a network protocol already: Debian's pppd sends no EAP-Success after MSCHAPv2.
    [[nodiscard]] virtual Turn letIn() { return {}; }
    // The answer to a prompt; after Password and Credentials it is in the credentials already.
    [[nodiscard]] virtual Turn answer(base::ByteView secret) = 0;

    [[nodiscard]] virtual bool isWaitingForUser() const = 0;
    // Something that may need a person at the other end was sent: silence is to be borne for long.
    [[nodiscard]] virtual bool mayTakeLong() const = 0;
    // Why the server will refuse us, once it has said so.
    [[nodiscard]] virtual std::optional<base::Error> reason() const = 0;
};

// credentials, config and random must outlive it. Never with Method::None.
[[nodiscard]] std::unique_ptr<Authenticator> createAuthenticator(Method method, const SessionConfig& config,
                                                                 const eap::Credentials& credentials,
                                                                 base::RandomSource& random);

// 32 octets of zero, of methods without keys ([MS-SSTP] §3.2.5.2.4).
[[nodiscard]] inline base::SecureBytes noKey() {
    constexpr std::size_t hlakSize = 32;
    return base::SecureBytes(hlakSize);
}
// The question for what is missing.
[[nodiscard]] inline Prompt promptFor(const eap::Credentials& credentials) {
    return {credentials.username.empty() ? Prompt::Kind::Credentials : Prompt::Kind::Password, {}, false};
}

} // namespace tern::ppp
