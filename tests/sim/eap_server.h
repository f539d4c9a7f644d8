// The server's side of EAP for tests: what every method has, and EAP-MSCHAPv2 (RFC 3748, RFC 2759,
// draft-kamath-pppext-eap-mschapv2) with a password that may have expired.
#pragma once

#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/eap/ms_chap_v2.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace tern::sim {

class EapResponder {
public:
    EapResponder() = default;
    EapResponder(const EapResponder&) = delete;
    EapResponder& operator=(const EapResponder&) = delete;
    virtual ~EapResponder() = default;

    // The first packet: a request for the identity.
    [[nodiscard]] virtual base::Bytes begin() = 0;
    // The next packet after one of the peer; nothing when that was not what the method waits for.
    [[nodiscard]] virtual std::optional<base::Bytes> answer(base::ByteView packet) = 0;
    // Set once EAP-Success has been given out; empty from a method that makes no key.
    [[nodiscard]] const std::optional<base::SecureBytes>& msk() const { return m_msk; }
    [[nodiscard]] bool hasFailed() const { return m_failed; }
    [[nodiscard]] std::uint8_t identifier() const { return m_identifier; }

protected:
    [[nodiscard]] base::Bytes request(std::uint8_t type, base::ByteView data);
    [[nodiscard]] base::Bytes endPacket(bool success);

    std::uint8_t m_identifier = 1;
    std::optional<base::SecureBytes> m_msk;
    bool m_failed = false;
};

class EapServer final : public EapResponder {
public:
    EapServer(std::string user, std::string password, base::RandomSource& random)
        : m_user(std::move(user))
        , m_password(std::move(password))
        , m_random(random) {}

    [[nodiscard]] base::Bytes begin() override;
    [[nodiscard]] std::optional<base::Bytes> answer(base::ByteView packet) override;
    // The password is right, but must be changed first.
    void expirePassword() { m_isExpired = true; }
    // Refuse the first `count` new passwords with error 709.
    void refuseNewPasswords(unsigned count) { m_refusals = count; }
    [[nodiscard]] const std::string& password() const { return m_password; }

private:
    enum class State { Identity, Challenge, Acknowledge, NewPassword, Over };

    [[nodiscard]] base::Bytes fail(const std::string& words, State next);
    [[nodiscard]] base::Bytes succeed(const eap::MsChapV2Challenge& peer);
    [[nodiscard]] base::Bytes change(base::ByteView typeData);
    [[nodiscard]] base::Bytes challenge();
    [[nodiscard]] base::Bytes check(base::ByteView typeData);
    [[nodiscard]] base::Bytes end(bool success);

    std::string m_user;
    std::string m_password;
    base::RandomSource& m_random;
    State m_state = State::Identity;
    std::array<std::uint8_t, 16> m_challenge{};
    base::SecureBytes m_keys;
    bool m_isExpired = false;
    unsigned m_refusals = 0;
};

// EAP-GTC: shows a text, wants an answer; once a step.
class GtcServer final : public EapResponder {
public:
    struct Step {
        std::string text;
        std::string answer;
    };
    explicit GtcServer(std::vector<Step> steps)
        : m_steps(std::move(steps)) {}
    [[nodiscard]] base::Bytes begin() override;
    [[nodiscard]] std::optional<base::Bytes> answer(base::ByteView packet) override;

private:
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    bool m_knowsName = false;
};

// EAP-MD5.
class Md5Server final : public EapResponder {
public:
    explicit Md5Server(std::string password)
        : m_password(std::move(password)) {}
    [[nodiscard]] base::Bytes begin() override;
    [[nodiscard]] std::optional<base::Bytes> answer(base::ByteView packet) override;

private:
    std::string m_password;
};

} // namespace tern::sim
