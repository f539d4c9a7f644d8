// Whether a server speaks IKEv1, which L2TP/IPsec stands on (RFC 2408, RFC 2409): the first message of main mode with
// the proposals that Windows makes for L2TP. Nobody is named in it, and no key is exchanged.
#pragma once

#include "core/base/random.h"
#include "core/ike/message.h"
#include "core/probe/question.h"

namespace tern::probe {

class Ikev1Question final : public Question {
public:
    Ikev1Question(Door door, base::RandomSource& random);

    [[nodiscard]] Ikev1 ikev1() const { return m_ikev1; }
    // "3DES / SHA-1 / MODP-1024".
    [[nodiscard]] const std::string& suite() const { return m_suite; }
    [[nodiscard]] const std::vector<std::string>& vendors() const { return m_vendors; }

private:
    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;
    void takeMainMode(base::Instant now, const ike::Payloads& payloads);

    base::RandomSource& m_random;
    ike::Spi m_cookie = 0;
    Ikev1 m_ikev1 = Ikev1::None;
    std::string m_suite;
    std::vector<std::string> m_vendors;
};

} // namespace tern::probe
