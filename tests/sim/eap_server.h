// The server's side of EAP-MSCHAPv2 (RFC 3748, RFC 2759, draft-kamath-pppext-eap-mschapv2), for tests.
#pragma once

#include "core/base/random.h"
#include "core/base/secure_bytes.h"

#include <array>
#include <optional>
#include <string>

namespace tern::sim {

class EapServer {
public:
    EapServer(std::string user, std::string password, base::RandomSource& random)
        : m_user(std::move(user))
        , m_password(std::move(password))
        , m_random(random) {}

    // The first packet: a request for the identity.
    [[nodiscard]] base::Bytes begin();
    // The next packet after one of the peer; nothing when that was not what the method waits for.
    [[nodiscard]] std::optional<base::Bytes> answer(base::ByteView packet);
    // Set once EAP-Success has been given out.
    [[nodiscard]] const std::optional<base::SecureBytes>& msk() const { return m_msk; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }

private:
    enum class State { Identity, Challenge, Acknowledge, Over };

    [[nodiscard]] base::Bytes request(std::uint8_t type, base::ByteView data);
    [[nodiscard]] base::Bytes challenge();
    [[nodiscard]] base::Bytes check(base::ByteView typeData);
    [[nodiscard]] base::Bytes end(bool success);

    std::string m_user;
    std::string m_password;
    base::RandomSource& m_random;
    State m_state = State::Identity;
    std::uint8_t m_identifier = 1;
    std::array<std::uint8_t, 16> m_challenge{};
    base::SecureBytes m_keys;
    std::optional<base::SecureBytes> m_msk;
    bool m_failed = false;
};

} // namespace tern::sim
