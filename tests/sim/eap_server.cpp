#include "tests/sim/eap_server.h"

#include "core/base/byte_io.h"
#include "core/crypto/md4_des.h"
#include "core/crypto/md5.h"
#include "core/crypto/rc4.h"

#include <algorithm>

namespace tern::sim {

namespace {

constexpr std::uint8_t typeIdentity = 1;
constexpr std::uint8_t typeMsChapV2 = 26;

std::string upperHex(base::ByteView octets) {
    auto text = base::toHex(octets);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

base::Bytes method(std::uint8_t code, std::uint8_t identifier, base::ByteView data) {
    base::ByteWriter writer;
    writer.u8(code);
    writer.u8(identifier);
    writer.u16(static_cast<std::uint16_t>(4 + data.size()));
    writer.bytes(data);
    return writer.take();
}

} // namespace

base::Bytes EapResponder::request(std::uint8_t type, base::ByteView data) {
    base::ByteWriter writer;
    writer.u8(1);
    writer.u8(++m_identifier);
    writer.u16(static_cast<std::uint16_t>(5 + data.size()));
    writer.u8(type);
    writer.bytes(data);
    return writer.take();
}

base::Bytes EapResponder::endPacket(bool success) {
    m_failed = !success;
    return {static_cast<std::uint8_t>(success ? 3 : 4), m_identifier, 0, 4};
}

base::Bytes EapServer::end(bool success) {
    m_state = State::Over;
    return endPacket(success);
}

base::Bytes EapServer::begin() {
    return request(typeIdentity, {});
}

base::Bytes EapServer::challenge() {
    m_random.fill(m_challenge);
    base::Bytes data{16};
    base::append(data, m_challenge);
    base::append(data, base::toBytes("server"));
    return request(typeMsChapV2, method(1, m_identifier, data));
}

base::Bytes EapServer::check(base::ByteView typeData) {
    base::ByteReader reader(typeData);
    reader.skip(5);
    eap::MsChapV2Challenge peer{};
    const auto peerOctets = reader.take(peer.size());
    reader.skip(8);
    const auto response = reader.take(24);
    reader.skip(1);
    const auto name = base::toText(reader.rest());
    if (reader.failed()) {
        return end(false);
    }
    std::copy(peerOctets.begin(), peerOctets.end(), peer.begin());
    const auto expected = eap::answerMsChapV2(m_challenge, peer, m_user, base::toBytes(m_password));
    if (!expected || name != m_user || !std::equal(response.begin(), response.end(), expected->ntResponse.begin())) {
        m_failed = true;
        return fail("E=691 R=0 C=" + upperHex(m_challenge) + " V=3 M=Access denied", State::Acknowledge);
    }
    if (m_isExpired) {
        m_random.fill(m_challenge);
        return fail("E=648 R=1 C=" + upperHex(m_challenge) + " V=3 M=Time for a new one", State::NewPassword);
    }
    return succeed(peer);
}

base::Bytes EapServer::fail(const std::string& words, State next) {
    m_state = next;
    return request(typeMsChapV2, method(4, m_identifier, base::toBytes(words)));
}

// RFC 2759 §7, as a server reads it.
base::Bytes EapServer::change(base::ByteView typeData) {
    base::ByteReader reader(typeData);
    reader.skip(4);
    base::SecureBytes block(reader.take(516));
    const auto encryptedHash = reader.take(16);
    eap::MsChapV2Challenge peer{};
    const auto peerOctets = reader.take(peer.size());
    reader.skip(8);
    const auto response = reader.take(24);
    reader.skip(2);
    if (reader.failed() || !reader.atEnd()) {
        return end(false);
    }
    std::copy(peerOctets.begin(), peerOctets.end(), peer.begin());
    const auto oldHash = crypto::md4(crypto::utf16le(base::toBytes(m_password))->view());
    crypto::rc4(oldHash.view(), block.span());
    const auto octets = block.view();
    const std::size_t size = octets[512] + 256U * octets[513];
    if (size == 0 || size > 512 || octets[514] != 0 || octets[515] != 0) {
        return end(false);
    }
    std::string fresh;
    for (const auto octet : octets.subspan(512 - size, size)) {
        if (octet != 0) { // ASCII alone in these tests
            fresh.push_back(static_cast<char>(octet));
        }
    }
    const auto wide = crypto::utf16le(base::toBytes(fresh));
    if (!wide) {
        return end(false); // no text at all: damaged on the way
    }
    const auto newHash = crypto::md4(wide->view());
    base::Bytes expectedHash;
    for (std::size_t i = 0; i < 2; ++i) {
        base::append(expectedHash,
                     *crypto::desEncrypt(newHash.view().subspan(7 * i, 7), oldHash.view().subspan(8 * i, 8)));
    }
    const auto expected = eap::answerMsChapV2(m_challenge, peer, m_user, base::toBytes(fresh));
    if (!std::equal(expectedHash.begin(), expectedHash.end(), encryptedHash.begin()) ||
        !std::equal(response.begin(), response.end(), expected->ntResponse.begin())) {
        return end(false);
    }
    if (m_refusals > 0) {
        --m_refusals;
        m_random.fill(m_challenge);
        return fail("E=709 R=1 C=" + upperHex(m_challenge) + " V=3 M=Used before", State::NewPassword);
    }
    m_password = fresh;
    m_isExpired = false;
    return succeed(peer);
}

base::Bytes EapServer::succeed(const eap::MsChapV2Challenge& peer) {
    const auto expected = eap::answerMsChapV2(m_challenge, peer, m_user, base::toBytes(m_password));
    m_keys = expected->sendKey.clone();
    m_keys.append(expected->receiveKey.view());
    m_keys.append(base::Bytes(32, 0));
    m_state = State::Acknowledge;
    const auto text = "S=" + upperHex(expected->authenticatorResponse.view()) + " M=Welcome";
    return request(typeMsChapV2, method(3, m_identifier, base::toBytes(text)));
}

std::optional<base::Bytes> EapServer::answer(base::ByteView packet) {
    base::ByteReader reader(packet);
    const auto code = reader.u8();
    const auto identifier = reader.u8();
    reader.skip(2);
    const auto type = reader.u8();
    if (reader.failed() || code != 2 || identifier != m_identifier) {
        return std::nullopt;
    }
    if (m_state == State::Identity && type == typeIdentity) {
        m_state = State::Challenge;
        return challenge();
    }
    if (m_state == State::Challenge && type == typeMsChapV2) {
        return check(reader.rest());
    }
    if (m_state == State::NewPassword && type == typeMsChapV2) {
        return change(reader.rest());
    }
    if (m_state == State::Acknowledge && type == typeMsChapV2) {
        if (!m_failed) {
            m_msk = std::move(m_keys);
        }
        return end(!m_failed);
    }
    return std::nullopt;
}

// ---- EAP-GTC and EAP-MD5 ----

namespace {

// The type of a response with this identifier, and what follows it; nothing for anything else.
struct Response {
    std::uint8_t type = 0;
    base::ByteView data;
};
std::optional<Response> responseOf(base::ByteView packet, std::uint8_t identifier) {
    base::ByteReader reader(packet);
    const bool isResponse = reader.u8() == 2 && reader.u8() == identifier;
    reader.skip(2);
    Response response{reader.u8(), {}};
    response.data = reader.rest();
    return !reader.failed() && isResponse ? std::optional(response) : std::nullopt;
}

constexpr std::uint8_t typeMd5 = 4;
constexpr std::uint8_t typeGtc = 6;
constexpr std::array<std::uint8_t, 4> md5Challenge{9, 8, 7, 6};

} // namespace

base::Bytes GtcServer::begin() {
    return request(typeIdentity, {});
}

std::optional<base::Bytes> GtcServer::answer(base::ByteView packet) {
    const auto response = responseOf(packet, m_identifier);
    if (!response || response->type != (m_knowsName ? typeGtc : typeIdentity)) {
        return std::nullopt;
    }
    if (m_knowsName && base::toText(response->data) != m_steps.at(m_next++).answer) {
        return endPacket(false);
    }
    m_knowsName = true;
    if (m_next < m_steps.size()) {
        return request(typeGtc, base::toBytes(m_steps[m_next].text));
    }
    m_msk.emplace();
    return endPacket(true);
}

base::Bytes Md5Server::begin() {
    return request(typeIdentity, {});
}

std::optional<base::Bytes> Md5Server::answer(base::ByteView packet) {
    const auto response = responseOf(packet, m_identifier);
    if (response && response->type == typeIdentity) {
        base::Bytes data{md5Challenge.size()};
        base::append(data, md5Challenge);
        return request(typeMd5, data);
    }
    if (!response || response->type != typeMd5) {
        return std::nullopt;
    }
    const auto hash = crypto::md5({base::ByteView(&m_identifier, 1), base::toBytes(m_password), md5Challenge});
    base::Bytes expected{16};
    base::append(expected, *hash);
    const bool right = response->data.size() >= expected.size() &&
                       std::equal(expected.begin(), expected.end(), response->data.begin());
    if (right) {
        m_msk.emplace();
    }
    return endPacket(right);
}

} // namespace tern::sim
