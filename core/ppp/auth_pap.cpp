#include "core/ppp/auth_pap.h"

#include "core/base/byte_io.h"
#include "core/eap/text.h"
#include "core/ppp/packet.h"

#include <algorithm>

namespace tern::ppp {

namespace {
constexpr std::uint8_t request = 1;
constexpr std::uint8_t ack = 2;
constexpr std::uint8_t nak = 3;
constexpr std::size_t longest = 255;
} // namespace

Authenticator::Turn PapAuthenticator::begin() {
    if (m_credentials.username.empty() || !m_credentials.password) {
        m_isAsking = true;
        Turn turn;
        turn.prompts.push_back(promptFor(m_credentials));
        return turn;
    }
    return answer({});
}

Authenticator::Turn PapAuthenticator::answer(base::ByteView /*secret*/) {
    Turn turn;
    m_isAsking = false;
    if (!m_credentials.password || m_credentials.username.size() > longest ||
        m_credentials.password->size() > longest) {
        turn.failure = base::Error{"tern.ppp.auth.too-long", {std::string(methodName(Method::Pap))}, {}};
        return turn;
    }
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(m_credentials.username.size()));
    writer.bytes(base::toBytes(m_credentials.username));
    writer.u8(static_cast<std::uint8_t>(m_credentials.password->size()));
    writer.bytes(m_credentials.password->view());
    turn.packets.push_back(buildPacket(request, ++m_identifier, writer.view()));
    m_isSent = true;
    return turn;
}

// The lengths in an answer are not looked at: MikroTik leaves the message out of the packet's, others send no message
// length at all. The frame below is the measure.
Authenticator::Turn PapAuthenticator::receive(base::ByteView payload) {
    Turn turn;
    base::ByteReader reader(payload);
    const auto code = reader.u8();
    const auto identifier = reader.u8();
    reader.skip(2);
    if (reader.failed() || !m_isSent || identifier != m_identifier || (code != ack && code != nak)) {
        return turn;
    }
    m_isSent = false;
    const std::size_t announced = reader.u8();
    const auto rest = reader.rest();
    const auto text = eap::displayText(rest.first(std::min(announced, rest.size())));
    if (code == ack) {
        turn.hlak = noKey();
    } else {
        m_reason = base::Error{"tern.eap.password", {}, "PAP: " + text};
        turn.failure = m_reason;
    }
    return turn;
}

} // namespace tern::ppp
