// IKE_AUTH at the responder with clients that have certificates, and RFC 4739.
#include "core/base/byte_io.h"
#include "core/crypto/signature.h"
#include "tests/sim/responder.h"

#include <openssl/x509_vfy.h>

namespace tern::sim {

using namespace ike;

namespace {

struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

// Whether the chain leads to an authority of `pem`, at the tests' moment.
bool leadsTo(const std::string& pem, const std::vector<base::Bytes>& chain) {
    const crypto::OpensslPtr<X509_STORE, X509_STORE_free> store(X509_STORE_new());
    const crypto::BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    while (const crypto::X509Ptr root{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        X509_STORE_add_cert(store.get(), root.get());
    }
    std::vector<crypto::X509Ptr> parsed;
    const std::unique_ptr<STACK_OF(X509), FreeStack> others(sk_X509_new_null());
    for (const auto& der : chain) {
        parsed.push_back(crypto::parseCertificate(der));
        if (!parsed.back()) {
            return false;
        }
        sk_X509_push(others.get(), parsed.back().get());
    }
    const crypto::OpensslPtr<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), parsed.front().get(), others.get());
    X509_STORE_CTX_set_time(context.get(), 0, test::now);
    return X509_verify_cert(context.get()) == 1;
}

std::vector<base::Bytes> chainIn(const Payloads& payloads) {
    std::vector<base::Bytes> chain;
    for (const auto& payload : payloads) {
        if (payload.type == PayloadType::Certificate) {
            chain.push_back(parseCertificate(payload)->data);
        }
    }
    return chain;
}

Payloads refused() {
    return {encodeNotify(NotifyType::AuthenticationFailed)};
}

} // namespace

void Responder::addCertificateHints(Payloads& initAnswer) const {
    if (!m_config.clients) {
        return;
    }
    const auto& clients = *m_config.clients;
    if (!clients.hashes.empty()) {
        base::ByteWriter writer;
        for (const auto hash : clients.hashes) {
            writer.u16(hash);
        }
        initAnswer.push_back(encodeNotify(NotifyType::SignatureHashAlgorithms, writer.view()));
    }
    if (!clients.request.empty()) {
        initAnswer.push_back(encodeCertificateRequest(clients.request));
    }
    if (clients.multiple) {
        initAnswer.push_back(encodeNotify(NotifyType::MultipleAuthSupported));
    }
}

void Responder::addProof(Payloads& answer, const Credentials& credentials) {
    for (const auto& certificate : credentials.chain) {
        answer.push_back(encodeCertificate({m_config.certificateEncoding, certificate}));
    }
    auto signature = credentials.sign(serverOctets());
    signature.back() ^= m_config.wrongAuth ? 1U : 0U;
    answer.push_back(encodeAuth({static_cast<std::uint8_t>(AuthMethod::DigitalSignature), signature}));
}

Payloads Responder::certificateAnswer(Payloads answer, const Payloads& payloads) {
    const auto& clients = *m_config.clients;
    const auto chain = chainIn(payloads);
    const auto* payload = find(payloads, PayloadType::Auth);
    const auto auth = payload != nullptr ? parseAuth(*payload) : base::Result<AuthData>(base::fail("none"));
    const auto proof = clientProof(payloads);
    if (chain.empty() || !auth || !proof || !leadsTo(clients.authorityPem, chain) ||
        !crypto::verifyAuthSignature(auth->method, chain.front(), clientOctets(), *proof)) {
        return refused();
    }
    const bool announced = findNotify(payloads, NotifyType::MultipleAuthSupported).has_value();
    const bool follows = findNotify(payloads, NotifyType::AnotherAuthFollows).has_value();
    if (announced != clients.multiple || follows != clients.thenEap) {
        return refused();
    }
    addProof(answer, *m_config.credentials);
    if (clients.second != nullptr || clients.secondNever) {
        answer.push_back(encodeNotify(NotifyType::AnotherAuthFollows));
    }
    m_secondRound = clients.thenEap || clients.second != nullptr || clients.secondNever;
    return m_secondRound ? answer : finishAuth(std::move(answer));
}

Payloads Responder::secondRound(const Payloads& payloads) {
    const auto& clients = *m_config.clients;
    const auto* identity = find(payloads, PayloadType::IdInitiator);
    if ((identity != nullptr) != clients.thenEap || find(payloads, PayloadType::Auth) != nullptr) {
        return refused();
    }
    Payloads answer;
    if (clients.second != nullptr) {
        const auto ourIdentity = encodeIdentity(PayloadType::IdResponder, Identity::fromText("gateway@example.test"));
        m_serverIdentity = ourIdentity.body;
        answer.push_back(ourIdentity);
        addProof(answer, *clients.second);
    }
    if (!clients.thenEap) {
        return finishAuth(std::move(answer));
    }
    m_clientIdentity = identity->body;
    answer.push_back({PayloadType::Eap, m_eap->begin(), false});
    return answer;
}

} // namespace tern::sim
