#include "core/ike/auth_certificate.h"

#include "core/crypto/certificate.h"
#include "core/ike/proof.h"

namespace tern::ike {

namespace {

const CertificateAuthentication& settings(const Context& context) {
    return std::get<CertificateAuthentication>(context.config.authentication);
}

const crypto::Credential& own(const Context& context) {
    return settings(context).credentials.at(context.ownCredential);
}

} // namespace

base::Result<void> chooseOwnCredential(Context& context) {
    const auto chosen =
        crypto::chooseCredential(settings(context).credentials, context.certificateRequest, context.config.wallClock);
    if (!chosen) {
        return base::fail(chosen.error());
    }
    context.ownCredential = *chosen;
    return {};
}

std::optional<Identity> certificateIdentity(const Context& context) {
    constexpr std::size_t emptySequence = 2; // a Name without parts
    auto subject = crypto::subjectName(own(context).leaf());
    if (subject.size() > emptySequence) {
        return Identity{IdType::DerAsn1Dn, std::move(subject)};
    }
    const auto certificate = crypto::Certificate::fromDer(own(context).leaf());
    if (certificate && !certificate->emails.empty()) {
        return Identity{IdType::Rfc822, base::toBytes(certificate->emails.front())};
    }
    if (certificate && !certificate->dnsNames.empty()) {
        return Identity{IdType::Fqdn, base::toBytes(certificate->dnsNames.front())};
    }
    return std::nullopt;
}

base::Result<void> CertificateAuthenticator::build(Context& context, base::ByteView identity, Payloads& request) {
    const auto& credential = own(context);
    for (const auto& certificate : credential.chain) {
        request.push_back(encodeCertificate({certificateX509, certificate}));
    }
    unsigned method = 0;
    const auto sign = [&](base::ByteView octets) -> base::Result<AuthData> {
        auto signature = crypto::signAuth(*credential.key, context.peerHashes, settings(context).rsa, octets);
        if (!signature) {
            return base::fail(std::move(signature.error()));
        }
        method = static_cast<unsigned>(signature->method);
        return AuthData{static_cast<std::uint8_t>(signature->method), std::move(signature->data)};
    };
    if (auto proven = addProof(context, identity, request, sign); !proven) {
        return proven;
    }
    const auto shown = crypto::Certificate::fromDer(credential.leaf());
    m_refusal = base::Error{
        "tern.ike.auth.certificate",
        {context.config.serverName, shown ? shown->subject : std::string(), shown ? shown->issuer : std::string()},
        "AUTHENTICATION_FAILED after our AUTH of method " + std::to_string(method)};
    return {};
}

base::Result<Outcome> CertificateAuthenticator::process(Context& context, base::ByteView identity,
                                                        const Payloads& response) {
    auto verified = verifyServerSignature(context, identity, response);
    if (!verified) {
        return base::fail(std::move(verified.error()));
    }
    return Outcome::Done;
}

base::Result<Outcome> CertificateAuthenticator::answer(Context& /*context*/, const std::string& /*username*/,
                                                       base::SecureBytes /*secret*/) {
    return Outcome::Continue;
}

} // namespace tern::ike
