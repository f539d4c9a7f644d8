// EAP-TLS, TTLS and PEAP with a server that holds its key and damages what it says: outside the tunnel, and inside it,
// where nothing but the real handshake gets to. The input chooses the method, what the server does wrong, and the
// damage.
#include "tests/fuzz/choices.h"

#include "core/crypto/openssl_key.h"
#include "core/eap/peer.h"
#include "tests/sim/eap_tls_server.h"
#include "tests/unit/ike/seeded_random.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace tern;
using eap::Inner;
using eap::MethodType;
using sim::EapTlsServer;
using test::Choices;
using test::damage;

namespace {

constexpr auto serverName = "radius.example.test";
constexpr std::string_view password = "Correct-horse-9";

const sim::Credentials& serverCredentials() {
    static const auto made = sim::Credentials::forName(serverName);
    return made;
}

struct Client {
    test::Issued authority = test::issue(test::authoritySpec("Client authority"));
    crypto::Credential credential;

    Client() {
        test::CertificateSpec spec;
        spec.commonName = "alice";
        spec.extendedUsage = "clientAuth";
        auto leaf = test::issue(spec, &authority);
        crypto::Material material;
        material.certificates = {leaf.der()};
        material.keys.push_back(crypto::memoryKey(std::move(leaf.key)).value());
        credential = crypto::assemble(std::move(material))->front();
    }
};

const Client& client() {
    static const Client made;
    return made;
}

struct Setup {
    sim::EapTlsServerConfig server;
    eap::PeerConfig peer;
};

Setup setUp(Choices& choices) {
    constexpr std::array types{MethodType::Tls, MethodType::Ttls, MethodType::Peap};
    constexpr std::array inners{Inner::Pap,    Inner::MsChapV2, Inner::EapMsChapV2,
                                Inner::EapGtc, Inner::EapMd5,   Inner::EapTls};
    const auto kind = choices.next();
    const auto flags = choices.next();
    Setup setup;
    auto& server = setup.server;
    server.type = types.at(kind % types.size());
    server.inner = inners.at(kind / types.size() % inners.size());
    server.credentials = &serverCredentials();
    server.tls13 = (flags & 1U) != 0;
    server.cryptobinding = (flags & 2U) != 0;
    server.code = (flags & 4U) != 0 ? "123456" : "";
    server.wrongMac = (flags & 8U) != 0;
    server.resultAtOnce = (flags & 16U) != 0;
    server.successAfterTls = (flags & 32U) != 0;
    server.noIndication = (flags & 64U) != 0;
    server.fragmentSize = 300U + 4U * choices.next();

    auto& settings = setup.peer.settings;
    setup.peer.username = server.user;
    setup.peer.password = base::SecureBytes(password);
    settings.methods = {server.type};
    settings.inner = {server.inner, Inner::EapMsChapV2};
    settings.requireCryptobinding = (flags & 128U) != 0;
    settings.tls.trust = crypto::TrustStore::fromPem(serverCredentials().authorityPem).value();
    settings.tls.serverNames = {serverName};
    settings.tls.time = base::UnixSeconds(test::now);
    settings.tls.newest = crypto::TlsVersion::Tls13;
    if (server.type == MethodType::Tls || server.inner == Inner::EapTls) {
        settings.tls.credentials = {client().credential};
        server.clientAuthority = server.type == MethodType::Tls ? client().authority.pem() : "";
    }
    return setup;
}

// Takes what the peer says; answers its packet, if there is one.
std::optional<base::Bytes> take(Choices& choices, eap::Peer& peer, bool mayEndWell) {
    std::optional<base::Bytes> packet;
    // An answer to a prompt makes for more to take.
    for (auto outputs = peer.takeOutputs(); !outputs.empty(); outputs = peer.takeOutputs()) {
        for (auto& output : outputs) {
            if (auto* const sent = std::get_if<eap::SendPacket>(&output)) {
                // Nothing of the password outside the tunnel, whatever was said inside.
                const auto& octets = sent->packet;
                if (std::search(octets.begin(), octets.end(), password.begin(), password.end()) != octets.end()) {
                    std::abort();
                }
                packet = std::move(sent->packet);
            } else if (std::holds_alternative<eap::Prompt>(output) && peer.isWaitingForUser()) {
                peer.answer({}, base::SecureBytes(choices.bytes(choices.next() % 32)));
            } else if (const auto* const success = std::get_if<eap::Success>(&output);
                       success != nullptr && (!mayEndWell || success->msk.size() != 64)) {
                std::abort();
            }
        }
    }
    return packet;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Choices choices(base::ByteView(data, size));
    test::SeededRandom random(size);
    auto setup = setUp(choices);
    const bool outside = choices.next() % 4 == 0;
    // Inside a tunnel these take the server's word; with the others it has to show that it knows the password.
    const auto inner = setup.server.inner;
    const bool trusting = inner == Inner::EapGtc || inner == Inner::EapMd5 ||
                          (inner == Inner::Pap && setup.server.type == MethodType::Ttls);
    const bool mayEndWell = setup.server.type == MethodType::Tls || trusting || !setup.server.successAfterTls;
    setup.server.changeTypeData = [&](base::Bytes& octets) {
        if (outside && choices.next() % 8 == 1) {
            damage(choices, octets);
        }
    };
    setup.server.changeData = [&](base::Bytes& octets) {
        if (choices.next() % 2 == 1) {
            damage(choices, octets);
        }
    };
    EapTlsServer server(std::move(setup.server), random);
    eap::Peer peer(std::move(setup.peer), random);
    if (choices.next() % 4 == 1) {
        server.inner().expirePassword();
        server.inner().refuseNewPasswords(1);
    }
    peer.receive(server.begin());
    for (int i = 0; i < 120 && !peer.isFinished(); ++i) {
        const auto said = take(choices, peer, mayEndWell);
        auto next = said ? server.answer(*said) : std::nullopt;
        if (!next) {
            if (choices.atEnd()) {
                break;
            }
            next = server.tell(choices.bytes(choices.next()));
        }
        if (!next) {
            break;
        }
        peer.receive(*next);
    }
    static_cast<void>(take(choices, peer, mayEndWell));
    return 0;
}
