#include "tests/sim/eap_server.h"

#include "core/base/byte_io.h"
#include "core/eap/ms_chap_v2.h"

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

base::Bytes EapServer::request(std::uint8_t type, base::ByteView data) {
    base::ByteWriter writer;
    writer.u8(1);
    writer.u8(++m_identifier);
    writer.u16(static_cast<std::uint16_t>(5 + data.size()));
    writer.u8(type);
    writer.bytes(data);
    return writer.take();
}

base::Bytes EapServer::end(bool success) {
    m_state = State::Over;
    m_failed = !success;
    return {static_cast<std::uint8_t>(success ? 3 : 4), m_identifier, 0, 4};
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
        const auto text = "E=691 R=0 C=" + upperHex(m_challenge) + " V=3 M=Access denied";
        m_failed = true;
        m_state = State::Acknowledge;
        return request(typeMsChapV2, method(4, m_identifier, base::toBytes(text)));
    }
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
    if (m_state == State::Acknowledge && type == typeMsChapV2) {
        if (!m_failed) {
            m_msk = std::move(m_keys);
        }
        return end(!m_failed);
    }
    return std::nullopt;
}

} // namespace tern::sim
