#include "core/crypto/signature.h"
#include "core/ike/authenticator.h"

namespace tern::ike {

namespace {

// Bounds on what the server may send as its chain.
constexpr std::size_t maximumCertificates = 16;

base::Result<std::vector<base::Bytes>> chainOf(const Context& context, const Payloads& response) {
    std::vector<base::Bytes> chain;
    for (const auto& payload : response) {
        if (payload.type != PayloadType::Certificate) {
            continue;
        }
        auto certificate = parseCertificate(payload);
        if (!certificate) {
            return base::fail(std::move(certificate.error()));
        }
        // Others, "hash and URL" among them, would have us fetch from where the unverified server says.
        if (certificate->encoding != certificateX509) {
            continue;
        }
        if (chain.size() == maximumCertificates) {
            return base::fail("tern.ike.malformed", {}, "more than 16 certificates");
        }
        chain.push_back(std::move(certificate->data));
    }
    if (chain.empty()) {
        return base::fail("tern.ike.auth.server-cert-missing", {context.config.serverName});
    }
    return chain;
}

// The name the certificate must hold: the one dialled, unless the profile says that the server calls itself
// something else.
std::string expectedName(const SessionConfig& config) {
    if (config.remoteIdentity) {
        const auto type = config.remoteIdentity->type;
        if (type == IdType::Fqdn || type == IdType::Ipv4 || type == IdType::Ipv6) {
            return config.remoteIdentity->text();
        }
    }
    return config.serverName;
}

} // namespace

base::Result<void> verifyServerSignature(Context& context, base::ByteView identity, const Payloads& response) {
    const auto* payload = find(response, PayloadType::Auth);
    if (payload == nullptr) {
        // An EAP method may not stand in for the server's own proof (RFC 5998): MS-CHAPv2 proves nothing before the
        // password's answer is out.
        return base::fail("tern.ike.auth.server-unproven", {context.config.serverName}, "EAP without AUTH");
    }
    const auto auth = parseAuth(*payload);
    if (!auth) {
        return base::fail(auth.error());
    }
    if (auth->method == static_cast<std::uint8_t>(AuthMethod::SharedKey)) {
        return base::fail("tern.ike.auth.server-method", {context.config.serverName}, "pre-shared key before EAP");
    }
    auto chain = chainOf(context, response);
    if (!chain) {
        return base::fail(std::move(chain.error()));
    }
    const crypto::TrustStore::Expectation expectation{expectedName(context.config), context.config.wallClock, true};
    auto trusted = context.config.trust->verifyServer(*chain, expectation);
    if (!trusted) {
        return base::fail(std::move(trusted.error()));
    }
    auto proven =
        crypto::verifyAuthSignature(auth->method, chain->front(), responderOctets(context, identity), auth->data);
    if (!proven) {
        return base::fail(std::move(proven.error()));
    }
    context.peerChain = std::move(*chain);
    return {};
}

} // namespace tern::ike
