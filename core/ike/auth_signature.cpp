#include "core/crypto/signature.h"
#include "core/ike/authenticator.h"

namespace tern::ike {

namespace {

// Bounds on what the server may send.
constexpr std::size_t maximumCertificates = 16;
constexpr std::size_t maximumRevocations = 16; // of each kind

base::Result<void> take(std::vector<base::Bytes>& into, base::Bytes data, std::size_t most, const char* what) {
    if (into.size() == most) {
        return base::fail("tern.ike.malformed", {}, "more than " + std::to_string(most) + ' ' + what);
    }
    into.push_back(std::move(data));
    return {};
}

base::Result<ServerCertificates> certificatesOf(const Context& context, const Payloads& response) {
    ServerCertificates found;
    bool elsewhere = false;
    for (const auto& payload : response) {
        if (payload.type != PayloadType::Certificate) {
            continue;
        }
        auto certificate = parseCertificate(payload);
        if (!certificate) {
            return base::fail(std::move(certificate.error()));
        }
        base::Result<void> taken;
        switch (certificate->encoding) {
        case certificateX509:
            taken = take(found.sent, std::move(certificate->data), maximumCertificates, "certificates");
            break;
        case certificateOcsp:
            taken = take(found.ocspResponses, std::move(certificate->data), maximumRevocations, "OCSP responses");
            break;
        case certificateCrl:
            taken = take(found.crls, std::move(certificate->data), maximumRevocations, "CRLs");
            break;
        case certificateHashAndUrl:
        case certificateHashAndUrlBundle:
            elsewhere = true;
            break;
        default:
            break; // PGP keys, Kerberos tokens and the like prove nothing to us
        }
        if (!taken) {
            return base::fail(std::move(taken.error()));
        }
    }
    if (found.sent.empty()) {
        // It was not asked for (no HTTP_CERT_LOOKUP_SUPPORTED), and fetching would be from wherever a server says that
        // has proven nothing yet.
        return base::fail(elsewhere ? "tern.ike.auth.server-cert-url" : "tern.ike.auth.server-cert-missing",
                          {context.config.serverName});
    }
    return found;
}

// The name the certificate must hold: the one dialled, unless the profile says that the server calls itself something
// else. What the server's IDr says counts for nothing here.
std::string expectedName(const SessionConfig& config) {
    if (!config.certificateName.empty()) {
        return config.certificateName;
    }
    if (config.remoteIdentity) {
        const auto type = config.remoteIdentity->type;
        if (type == IdType::Fqdn || type == IdType::Ipv4 || type == IdType::Ipv6) {
            return config.remoteIdentity->text();
        }
    }
    return config.serverName;
}

base::Result<AuthData> signatureOf(const Context& context, const Payloads& response) {
    const auto* payload = find(response, PayloadType::Auth);
    if (payload == nullptr) {
        // An EAP method may not stand in for the server's own proof (RFC 5998): MS-CHAPv2 proves nothing before the
        // password's answer is out.
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName}, "EAP without AUTH");
    }
    auto auth = parseAuth(*payload);
    if (auth && auth->method == static_cast<std::uint8_t>(AuthMethod::SharedKey)) {
        return base::fail("tern.ike.auth.server-method", {context.config.serverName}, "pre-shared key before EAP");
    }
    return auth;
}

base::Result<std::vector<base::Bytes>> verify(const Context& context, const AuthData& auth,
                                              const ServerCertificates& certificates, base::ByteView identity) {
    crypto::TrustStore::Expectation expectation;
    expectation.name = certificates.expectedName;
    expectation.time = context.config.wallClock;
    expectation.pins = context.config.pins;
    auto chain = context.config.trust->verifiedChain(certificates.sent, expectation);
    if (!chain) {
        return chain;
    }
    auto proven = crypto::verifyAuthSignature(auth.method, certificates.sent.front(),
                                              responderOctets(context, identity), auth.data);
    if (!proven) {
        return base::fail(std::move(proven.error()));
    }
    return chain;
}

} // namespace

base::Result<void> verifyServerSignature(Context& context, base::ByteView identity, const Payloads& response) {
    const auto auth = signatureOf(context, response);
    if (!auth) {
        return base::fail(auth.error());
    }
    auto certificates = certificatesOf(context, response);
    if (!certificates) {
        return base::fail(std::move(certificates.error()));
    }
    certificates->expectedName = expectedName(context.config);
    auto chain = verify(context, *auth, *certificates, identity);
    if (!chain) {
        certificates->refusal = chain.error();
        context.emit(std::move(*certificates));
        return base::fail(std::move(chain.error()));
    }
    context.peerChain = certificates->sent;
    context.learnt.authority = crypto::authorityHash(chain->back());
    certificates->chain = std::move(*chain);
    certificates->awaitsCheck = context.config.certificateCheck == SessionConfig::CertificateCheck::Awaited;
    context.certificatesAwaitCheck = certificates->awaitsCheck;
    context.emit(std::move(*certificates));
    return {};
}

} // namespace tern::ike
