// How the two ends prove who they are in IKE_AUTH (RFC 7296 §2.15, §2.16). One authenticator proves both ends for
// one kind of profile; rounds compose because IkeAuth only sees this interface.
#pragma once

#include "core/ike/task.h"

#include <optional>

namespace tern::ike {

class Authenticator {
public:
    Authenticator() = default;
    Authenticator(const Authenticator&) = delete;
    Authenticator& operator=(const Authenticator&) = delete;
    virtual ~Authenticator() = default;

    // Adds AUTH or EAP. `identity` is the body of our IDi payload.
    [[nodiscard]] virtual base::Result<void> build(Context& context, base::ByteView identity, Payloads& request) = 0;
    // Done when both ends are proven. `identity` is the body of the server's IDr payload.
    [[nodiscard]] virtual base::Result<Outcome> process(Context& context, base::ByteView identity,
                                                        const Payloads& response) = 0;
    [[nodiscard]] virtual base::Result<Outcome> answer(Context& context, const std::string& username,
                                                       base::SecureBytes secret) = 0;
    [[nodiscard]] virtual base::Duration patience(const SessionConfig& /*config*/) const { return {}; }
    // Why the server will refuse us, when it has said so before its AUTHENTICATION_FAILED.
    [[nodiscard]] virtual std::optional<base::Error> refusal() const { return std::nullopt; }
    // Whether certificates are to be asked for.
    [[nodiscard]] virtual bool wantsCertificate() const = 0;
};

[[nodiscard]] std::unique_ptr<Authenticator> createAuthenticator(Context& context);
// What follows when that one is done and the server knows RFC 4739; null when nothing does.
[[nodiscard]] std::unique_ptr<Authenticator> createSecondAuthenticator(Context& context);
// Our EAP settings, of whichever round; null without EAP.
[[nodiscard]] EapAuthentication* eapAuthentication(SessionConfig& config);
[[nodiscard]] const EapAuthentication* eapAuthentication(const SessionConfig& config);

// What the AUTH payloads cover: first message | other end's nonce | prf(SK_p, identity) | what RFC 9242
// adds after IKE_INTERMEDIATE.
// In ours the PPK is mixed in when one is in use, unless said otherwise; in the server's when it says that it has.
enum class WithPpk { IfAgreed, No };
[[nodiscard]] base::Bytes initiatorOctets(const Context& context, base::ByteView identity,
                                          WithPpk ppk = WithPpk::IfAgreed);
[[nodiscard]] base::Bytes responderOctets(const Context& context, base::ByteView identity);

// AUTH from a shared secret: prf(prf(secret, "Key Pad for IKEv2"), octets). Also with an EAP method's MSK.
[[nodiscard]] base::SecureBytes sharedSecretAuth(PrfId prf, base::ByteView secret, base::ByteView octets);

// The server's certificates, name and signature in the first IKE_AUTH response. Success fills context.peerChain.
[[nodiscard]] base::Result<void> verifyServerSignature(Context& context, base::ByteView identity,
                                                       const Payloads& response);

} // namespace tern::ike
