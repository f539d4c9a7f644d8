#include "core/eap/method_ms_chap_v2.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::eap {

namespace {

enum class OpCode : std::uint8_t { Challenge = 1, Response = 2, Success = 3, Failure = 4, ChangePassword = 7 };

constexpr std::size_t headerSize = 4; // OpCode, MS-CHAPv2-ID, MS-Length
constexpr std::size_t responseSize = 49;
constexpr unsigned mostAttempts = 5;
constexpr std::size_t longestName = 1024;
constexpr unsigned changeVersion = 3;

Step outOfOrder(const char* what) {
    return Abandon{{"tern.eap.protocol", {}, what}};
}

// Acknowledgements of Success and Failure are the OpCode alone.
Step acknowledge(OpCode code) {
    return Respond{{static_cast<std::uint8_t>(code)}};
}

} // namespace

Step MsChapV2Method::request(const Credentials& credentials, std::uint8_t /*identifier*/, base::ByteView typeData) {
    base::ByteReader reader(typeData);
    const auto code = static_cast<OpCode>(reader.u8());
    const std::uint8_t identifier = reader.u8();
    const std::size_t length = reader.u16();
    if (reader.failed() || length < headerSize || length > typeData.size()) {
        return outOfOrder("MS-CHAPv2 packet with a wrong length");
    }
    const base::ByteView data = reader.take(length - headerSize);
    if (code == OpCode::Challenge && m_state == State::Fresh) {
        m_identifier = identifier;
        return challenge(credentials, data);
    }
    if (code == OpCode::Success && m_state == State::Answered) {
        return success(data);
    }
    if (code == OpCode::Failure && m_state == State::Answered) {
        // RFC 2759 §9.1: the answer to the challenge in a Failure counts the identifier up.
        m_identifier = static_cast<std::uint8_t>(identifier + 1);
        return failure(data);
    }
    return outOfOrder("MS-CHAPv2 packet out of order");
}

Step MsChapV2Method::challenge(const Credentials& credentials, base::ByteView data) {
    base::ByteReader reader(data);
    const std::uint8_t size = reader.u8();
    const base::ByteView value = reader.take(m_challenge.size());
    if (reader.failed() || size != m_challenge.size()) {
        return outOfOrder("MS-CHAPv2 challenge of a wrong length");
    }
    std::copy(value.begin(), value.end(), m_challenge.begin());
    m_state = State::Asking;
    return credentials.password ? respond(credentials) : Ask{Prompt{}};
}

Step MsChapV2Method::answered(const Credentials& credentials, base::ByteView secret) {
    return m_state == State::AskingNew ? changePassword(credentials, secret) : respond(credentials);
}

// Fills m_answer; answers our challenge.
base::Result<MsChapV2Challenge> MsChapV2Method::answerChallenge(const std::string& username, base::ByteView password) {
    MsChapV2Challenge mine{};
    m_random.fill(mine);
    auto answer = answerMsChapV2(m_challenge, mine, username, password);
    if (!answer) {
        return base::fail(std::move(answer.error()));
    }
    m_answer = std::move(*answer);
    m_state = State::Answered;
    ++m_attempts;
    return mine;
}

Step MsChapV2Method::respond(const Credentials& credentials) {
    if (m_state != State::Asking || !credentials.password || credentials.username.size() > longestName) {
        return Abandon{{"tern.eap.internal", {}, "an answer to MS-CHAPv2 that cannot be used"}};
    }
    const auto mine = answerChallenge(credentials.username, credentials.password->view());
    if (!mine) {
        return Abandon{mine.error()};
    }
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(OpCode::Response));
    writer.u8(m_identifier);
    writer.u16(static_cast<std::uint16_t>(headerSize + 1 + responseSize + credentials.username.size()));
    writer.u8(responseSize);
    writer.bytes(*mine);
    writer.zeros(8);
    writer.bytes(m_answer->ntResponse);
    writer.u8(0); // flags
    writer.bytes(base::toBytes(credentials.username));
    return Respond{writer.take()};
}

// RFC 2759 §7. From here on the new password is the one both ends compute with.
Step MsChapV2Method::changePassword(const Credentials& credentials, base::ByteView newPassword) {
    constexpr std::size_t changeSize = 586; // with the header
    if (!credentials.password) {
        return Abandon{{"tern.eap.internal", {}, "a new password without the old one"}};
    }
    const auto change = changeMsChapV2Password(credentials.password->view(), newPassword, m_random);
    if (!change) {
        return Abandon{change.error()};
    }
    const auto mine = answerChallenge(credentials.username, newPassword);
    if (!mine) {
        return Abandon{mine.error()};
    }
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(OpCode::ChangePassword));
    writer.u8(m_identifier);
    writer.u16(changeSize);
    writer.bytes(change->encryptedPassword);
    writer.bytes(change->encryptedHash);
    writer.bytes(*mine);
    writer.zeros(8);
    writer.bytes(m_answer->ntResponse);
    writer.u16(0); // flags
    return Respond{writer.take()};
}

Step MsChapV2Method::success(base::ByteView message) {
    if (!provesServer(message, m_answer->authenticatorResponse.view())) {
        return Abandon{{"tern.eap.server-proof", {}, "MS-CHAPv2 authenticator response does not match"}};
    }
    m_state = State::Proven;
    m_reason.reset();
    return acknowledge(OpCode::Success);
}

Step MsChapV2Method::failure(base::ByteView message) {
    m_answer.reset();
    const auto said = parseMsChapV2Failure(message);
    m_reason = said ? msChapV2Error(*said) : base::Error{"tern.eap.refused", {}, "MS-CHAPv2 failure without a code"};
    if (said && said->challenge && m_attempts < mostAttempts) {
        m_challenge = *said->challenge;
        if (said->code == msChapV2WrongPassword && said->retryAllowed) {
            m_state = State::Asking;
            return Ask{Prompt{Prompt::Kind::Password, said->text, true}};
        }
        const bool again = said->code == msChapV2ChangeFailed && said->retryAllowed;
        if ((said->code == msChapV2PasswordExpired || again) && said->version >= changeVersion) {
            m_state = State::AskingNew;
            return Ask{Prompt{Prompt::Kind::NewPassword, said->text, again}};
        }
    }
    m_state = State::Refused;
    return acknowledge(OpCode::Failure);
}

// MSK: MasterReceiveKey, MasterSendKey as the server calls them, then zeros ([MS-CHAP] §3.1.5.1). HLAK: our
// MasterSendKey and MasterReceiveKey ([MS-SSTP] §3.2.5.2.2), which are the same octets.
Keys MsChapV2Method::takeKeys() {
    Keys keys;
    keys.hlak = std::move(m_answer->sendKey);
    keys.hlak.append(m_answer->receiveKey.view());
    keys.msk = base::SecureBytes(64);
    std::copy(keys.hlak.view().begin(), keys.hlak.view().end(), keys.msk.data());
    m_answer.reset();
    return keys;
}

} // namespace tern::eap
