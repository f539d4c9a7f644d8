#include "core/eap/method_md5.h"

#include "core/base/byte_io.h"
#include "core/crypto/md5.h"

namespace tern::eap {

Step Md5Method::request(const Credentials& credentials, std::uint8_t identifier, base::ByteView typeData) {
    base::ByteReader reader(typeData);
    const auto value = reader.take(reader.u8());
    // The server's name behind the value is of no use: it is not proven.
    if (reader.failed() || value.empty() || m_isAnswered) {
        return Abandon{{"tern.eap.protocol", {}, "EAP-MD5 challenge of a wrong length, or a second one"}};
    }
    m_identifier = identifier;
    m_challenge.assign(value.begin(), value.end());
    return credentials.password ? answered(credentials, {}) : Ask{Prompt{}};
}

// RFC 1994 §4.1: MD5(identifier | secret | challenge).
Step Md5Method::answered(const Credentials& credentials, base::ByteView /*secret*/) {
    constexpr std::size_t longestName = 1024;
    if (!credentials.password || credentials.username.size() > longestName) {
        return Abandon{{"tern.eap.internal", {}, "an answer to EAP-MD5 that cannot be used"}};
    }
    const auto hash =
        crypto::md5({base::ByteView(&m_identifier, 1), credentials.password->view(), base::ByteView(m_challenge)});
    if (!hash) {
        return Abandon{hash.error()};
    }
    m_isAnswered = true;
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>(hash->size()));
    writer.bytes(*hash);
    writer.bytes(base::toBytes(credentials.username));
    return Respond{writer.take()};
}

std::optional<base::Error> Md5Method::reason() const {
    return m_isAnswered ? std::optional(base::Error{"tern.eap.password", {}, "EAP-Failure after EAP-MD5"})
                        : std::nullopt;
}

} // namespace tern::eap
