// PAP, CHAP and MS-CHAPv2 as a server does them (RFC 1334, 1994, 2759).
#include "core/base/byte_io.h"
#include "core/crypto/md4_des.h"
#include "core/crypto/md5.h"
#include "core/crypto/rc4.h"
#include "core/ppp/frame.h"
#include "tests/sim/ppp_server.h"

#include <algorithm>

namespace tern::sim {

using ppp::Method;
using ppp::Packet;
using ppp::Protocol;

namespace {
std::string upperHex(base::ByteView octets) {
    auto text = base::toHex(octets);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}
} // namespace

void PppServer::beginSignIn() {
    const auto method = m_offer < config.offers.size() ? config.offers[m_offer] : Method::None;
    const bool isAsked = ppp::findOption(m_layers[Protocol::Lcp].ours, 3) != nullptr;
    if (!isAsked) {
        return accept({});
    }
    if (method == Method::Eap) {
        m_eap = config.eap ? config.eap() : std::make_unique<EapServer>(config.user, config.password, m_random);
        emit(Protocol::Eap, m_eap->begin());
    } else if (method != Method::Pap) {
        sendChallenge();
    }
}

// ---- PAP ----

void PppServer::receivePap(base::ByteView payload) {
    base::ByteReader reader(payload);
    const bool isRequest = reader.u8() == 1;
    const auto identifier = reader.u8();
    reader.skip(2);
    name = base::toText(reader.take(reader.u8()));
    const auto password = base::toText(reader.take(reader.u8()));
    if (reader.failed() || !isRequest) {
        return;
    }
    ++papRequests;
    const bool isRight = name == config.user && password == config.password;
    const std::string text = isRight ? "Welcome" : "Go away";
    base::ByteWriter writer;
    writer.u8(isRight ? 2 : 3);
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(5 + (config.shortPapAck ? 0 : text.size())));
    writer.u8(static_cast<std::uint8_t>(text.size()));
    writer.bytes(base::toBytes(text));
    emit(Protocol::Pap, writer.take());
    if (isRight) {
        accept({});
    }
}

// ---- CHAP ----

void PppServer::sendChallenge() {
    m_random.fill(m_challenge);
    base::Bytes data{16};
    base::append(data, m_challenge);
    base::append(data, base::toBytes("server"));
    emit(Protocol::Chap, ppp::buildPacket(1, ++m_chapIdentifier, data));
    m_lastChallenge = m_frames.back();
}

base::Bytes PppServer::challengeAgain() {
    sendChallenge();
    m_frames.pop_back();
    return m_lastChallenge;
}

void PppServer::receiveChap(const Packet& packet) {
    if (packet.identifier != m_chapIdentifier) {
        return;
    }
    if (packet.code == 7) {
        changePassword(packet);
    } else if (packet.code == 2) {
        return config.offers[m_offer] == Method::MsChapV2 ? checkMsChapV2(packet) : checkMd5(packet);
    }
}

void PppServer::checkMd5(const Packet& packet) {
    base::ByteReader reader(packet.data);
    const auto value = reader.take(reader.u8());
    name = base::toText(reader.rest());
    const auto expected =
        crypto::md5({base::ByteView(&m_chapIdentifier, 1), base::toBytes(config.password), m_challenge});
    const bool isRight =
        name == config.user && std::equal(value.begin(), value.end(), expected->begin(), expected->end());
    emit(Protocol::Chap, ppp::buildPacket(isRight ? 3 : 4, packet.identifier, base::toBytes("so be it")));
    if (isRight) {
        accept({});
    }
}

void PppServer::failChap(std::uint8_t identifier, const std::string& words) {
    emit(Protocol::Chap, ppp::buildPacket(4, identifier, base::toBytes(words)));
    ++m_chapIdentifier;
}

void PppServer::checkMsChapV2(const Packet& packet) {
    base::ByteReader reader(packet.data);
    reader.skip(1);
    eap::MsChapV2Challenge peer{};
    const auto octets = reader.take(peer.size());
    reader.skip(8);
    const auto response = reader.take(24);
    reader.skip(1);
    name = base::toText(reader.rest());
    if (reader.failed()) {
        return;
    }
    std::copy(octets.begin(), octets.end(), peer.begin());
    if (!config.failure.empty()) {
        return failChap(packet.identifier, std::exchange(config.failure, {}));
    }
    const auto expected = eap::answerMsChapV2(m_challenge, peer, config.user, base::toBytes(config.password));
    if (eap::withoutDomain(name) != eap::withoutDomain(config.user) ||
        !std::equal(response.begin(), response.end(), expected->ntResponse.begin())) {
        m_random.fill(m_challenge);
        return failChap(packet.identifier, std::string("E=691 R=") + (config.retries ? "1" : "0") +
                                               " C=" + upperHex(m_challenge) + " V=3 M=Access denied");
    }
    if (config.isExpired) {
        m_random.fill(m_challenge);
        return failChap(packet.identifier, "E=648 R=1 C=" + upperHex(m_challenge) + " V=3 M=Time for a new one");
    }
    succeedMsChapV2(packet.identifier, peer);
}

void PppServer::succeedMsChapV2(std::uint8_t identifier, const eap::MsChapV2Challenge& peer) {
    const auto expected = eap::answerMsChapV2(m_challenge, peer, config.user, base::toBytes(config.password));
    const auto text = "S=" + upperHex(expected->authenticatorResponse.view()) + " M=Welcome";
    emit(Protocol::Chap, ppp::buildPacket(3, identifier, base::toBytes(text)));
    auto key = expected->sendKey.clone();
    key.append(expected->receiveKey.view());
    accept(std::move(key));
}

// RFC 2759 §7: the packet is 586 octets with its header.
void PppServer::changePassword(const Packet& packet) {
    base::ByteReader reader(packet.data);
    base::SecureBytes block(reader.take(516));
    reader.skip(16);
    eap::MsChapV2Challenge peer{};
    const auto octets = reader.take(peer.size());
    reader.skip(8);
    const auto response = reader.take(24);
    reader.skip(2);
    if (reader.failed() || !reader.atEnd()) {
        return;
    }
    std::copy(octets.begin(), octets.end(), peer.begin());
    const auto oldHash = crypto::md4(crypto::utf16le(base::toBytes(config.password))->view());
    crypto::rc4(oldHash.view(), block.span());
    const std::size_t size = block.view()[512] + 256U * block.view()[513];
    std::string fresh;
    for (std::size_t i = 0; i < size && size <= 512; i += 2) { // ASCII alone in these tests
        fresh.push_back(static_cast<char>(block.view()[512 - size + i]));
    }
    const auto expected = eap::answerMsChapV2(m_challenge, peer, config.user, base::toBytes(fresh));
    if (fresh.size() < 8 || !std::equal(response.begin(), response.end(), expected->ntResponse.begin())) {
        m_random.fill(m_challenge);
        return failChap(packet.identifier, "E=709 R=1 C=" + upperHex(m_challenge) + " V=3 M=Too short");
    }
    config.password = fresh;
    config.isExpired = false;
    succeedMsChapV2(packet.identifier, peer);
}

} // namespace tern::sim
