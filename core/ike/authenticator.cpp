#include "core/ike/authenticator.h"

#include "core/crypto/prf.h"
#include "core/ike/auth_certificate.h"
#include "core/ike/auth_eap.h"
#include "core/ike/auth_psk.h"
#include "core/ike/ike_resume.h"

#include <string_view>

namespace tern::ike {

namespace {

constexpr std::string_view keyPad = "Key Pad for IKEv2";

base::Bytes signedOctets(const Context& context, const base::Bytes& message, const base::Bytes& nonce,
                         const base::SecureBytes& proofKey, base::ByteView identity) {
    base::Bytes octets = message;
    base::append(octets, nonce);
    base::append(octets, crypto::prf(context.sa->keys.prf, proofKey.view(), {identity}).view());
    base::append(octets, context.intAuth.octets());
    return octets;
}

} // namespace

std::unique_ptr<Authenticator> createAuthenticator(Context& context) {
    if (context.resuming) {
        return std::make_unique<ResumeAuthenticator>();
    }
    if (std::holds_alternative<PskAuthentication>(context.config.authentication)) {
        return std::make_unique<PskAuthenticator>();
    }
    if (std::holds_alternative<CertificateAuthentication>(context.config.authentication)) {
        return std::make_unique<CertificateAuthenticator>();
    }
    return std::make_unique<EapAuthenticator>(context, EapAuthenticator::Server::Unverified);
}

std::unique_ptr<Authenticator> createSecondAuthenticator(Context& context) {
    const auto* certificate = std::get_if<CertificateAuthentication>(&context.config.authentication);
    if (certificate == nullptr || !certificate->then || context.resuming) {
        return nullptr;
    }
    return std::make_unique<EapAuthenticator>(context, EapAuthenticator::Server::Verified);
}

EapAuthentication* eapAuthentication(SessionConfig& config) {
    if (auto* certificate = std::get_if<CertificateAuthentication>(&config.authentication)) {
        return certificate->then ? &*certificate->then : nullptr;
    }
    return std::get_if<EapAuthentication>(&config.authentication);
}

const EapAuthentication* eapAuthentication(const SessionConfig& config) {
    if (const auto* certificate = std::get_if<CertificateAuthentication>(&config.authentication)) {
        return certificate->then ? &*certificate->then : nullptr;
    }
    return std::get_if<EapAuthentication>(&config.authentication);
}

base::Bytes initiatorOctets(const Context& context, base::ByteView identity, WithPpk ppk) {
    const bool mixed = context.ppkKeys && ppk == WithPpk::IfAgreed;
    return signedOctets(context, context.initRequest, context.responderNonce,
                        mixed ? context.ppkKeys->proofInitiator : context.sa->keys.proofInitiator, identity);
}

base::Bytes responderOctets(const Context& context, base::ByteView identity) {
    const bool mixed = context.ppkKeys && context.ppkAccepted;
    return signedOctets(context, context.initResponse, context.initiatorNonce,
                        mixed ? context.ppkKeys->proofResponder : context.sa->keys.proofResponder, identity);
}

base::SecureBytes sharedSecretAuth(PrfId prf, base::ByteView secret, base::ByteView octets) {
    const auto key = crypto::prf(prf, secret, {base::toBytes(keyPad)});
    return crypto::prf(prf, key.view(), {octets});
}

} // namespace tern::ike
