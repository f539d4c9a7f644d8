// Whether a server speaks IKEv2 at one door, and with which algorithms (RFC 7296 §1.2): IKE_SA_INIT with today's
// proposals, and where those are refused another one with what Windows Server had as its default for long. What was
// begun is deleted again, as far as the server listens to that.
#pragma once

#include "core/base/random.h"
#include "core/crypto/diffie_hellman.h"
#include "core/ike/payloads.h"
#include "core/ike/proposal.h"
#include "core/probe/question.h"

#include <memory>

namespace tern::probe {

// How IKE messages lie on the wire.
enum class Framing {
    Plain,  // UDP port 500
    Marked, // UDP port 4500: four zero octets first (RFC 3948 §2.2)
    Stream, // TCP: "IKETCP", then frames with a length and the marker (RFC 9329 §3)
};

class Ikev2Question final : public Question {
public:
    // random: borrowed, outlives this.
    Ikev2Question(Door door, Framing framing, base::RandomSource& random);

    [[nodiscard]] const Ikev2Facts& facts() const { return m_facts; }
    // "3DES, SHA-1, MODP-1024": what is outdated in the suite it agreed to.
    [[nodiscard]] const std::string& weakParts() const { return m_weakParts; }
    // It answered as IKEv1 does that knows no other version.
    [[nodiscard]] bool isOldVersion() const { return m_oldVersion; }

private:
    enum class Round { Today, Outdated };

    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;
    [[nodiscard]] base::Bytes lastTry() override;

    void beginRound(base::Instant now, Round round);
    void askAgain(base::Instant now);
    [[nodiscard]] base::Bytes request(const ike::Proposals& proposals) const;
    [[nodiscard]] base::Bytes framed(base::ByteView message);
    void takeStream(base::Instant now, base::ByteView octets);
    void takeMessage(base::Instant now, base::ByteView message);
    void takeAnswer(base::Instant now, const ike::Header& header, const ike::Payloads& payloads);
    void takeError(base::Instant now, const ike::Notification& error);
    void takeWrongGroup(base::Instant now, const ike::Notification& notification);
    void noteFacts(const ike::Payloads& payloads);
    [[nodiscard]] bool agree(const ike::Header& header, const ike::Payloads& payloads);
    void sayGoodbye(const ike::ChosenSuite& suite, const ike::Header& header, base::ByteView peerKey,
                    base::ByteView peerNonce);

    Framing m_framing;
    base::RandomSource& m_random;
    Ikev2Facts m_facts;
    std::string m_weakParts;
    Round m_round = Round::Today;
    ike::Proposals m_offered;
    std::unique_ptr<crypto::KeyExchange> m_key;
    base::Bytes m_nonce;
    base::Bytes m_cookie;
    base::Bytes m_stream; // what came and is no whole frame yet
    ike::Spi m_spi = 0;
    unsigned m_restarts = 0;
    bool m_groupChanged = false;
    bool m_prefixSent = false;
    bool m_oldVersion = false;
};

// "NO_PROPOSAL_CHOSEN", or "error 99".
[[nodiscard]] std::string notifyName(std::uint16_t type);

} // namespace tern::probe
