// Whether a server still agrees to a version of TLS, asked by a ClientHello alone (RFC 5246 §7.4.1, RFC 4346, RFC
// 2246): what it says to one that knows nothing newer. OpenSSL has no hand in it, which may not have the old versions
// at all.
#pragma once

#include "core/base/random.h"
#include "core/probe/question.h"

#include <string>

namespace tern::probe {

class TlsVersionQuestion final : public Question {
public:
    // newest: 0x0301 for TLS 1.0, 0x0302 for 1.1, 0x0303 for 1.2. serverName: for SNI; empty: none.
    TlsVersionQuestion(Door door, std::uint16_t newest, std::string serverName, base::RandomSource& random);

    [[nodiscard]] std::uint16_t asked() const { return m_newest; }
    // What the server agreed to; 0: nothing.
    [[nodiscard]] std::uint16_t agreed() const { return m_agreed; }
    // It answered in TLS, with a refusal too.
    [[nodiscard]] bool isTls() const { return m_tls; }

private:
    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;

    std::uint16_t m_newest;
    std::string m_serverName;
    base::RandomSource& m_random;
    base::Bytes m_stream;
    std::uint16_t m_agreed = 0;
    bool m_tls = false;
};

} // namespace tern::probe
