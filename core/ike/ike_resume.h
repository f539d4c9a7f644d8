// Session resumption (RFC 5723): a ticket of the server's stands for the IKE SA it was given in, and brings a new one
// up in two round trips, without certificate, key exchange or EAP.
#pragma once

#include "core/ike/authenticator.h"

namespace tern::ike {

// What RFC 5723 §5 has the client keep. Lives in memory only; the key is wiped with it.
struct ResumptionTicket {
    base::Bytes opaque;
    base::SecureBytes derive; // SK_d of the SA it was given in
    ChosenSuite suite;
    PostQuantumSecrets postQuantum; // that SK_d comes from
    std::string serverName;
    Identity localIdentity;
    Identity peerIdentity;
    std::vector<base::Bytes> peerChain;
    base::Instant expires{};
};

// Of what is kept; a ticket by value carries the server's whole state.
constexpr std::size_t largestTicket = 16384;
// However long the server would take it: keys of long ago are not to be lying about.
constexpr base::Duration longestTicketLife = std::chrono::hours(12);

// Asks for a ticket, in IKE_AUTH or later in an exchange of its own (§4.1), and puts out TicketIssued.
class IkeTicket final : public Task {
public:
    enum class Place { Auth, Alone };
    explicit IkeTicket(Place place)
        : m_place(place) {}
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] bool mayBeForgotten() const override { return true; }

private:
    Place m_place;
    bool m_asked = false;
};

// IKE_SESSION_RESUME (§4.3.2). Any failure means that the whole exchange is needed instead.
class IkeResume final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

private:
    [[nodiscard]] base::Result<void> agree(Context& context, const Incoming& response) const;

    base::Bytes m_cookie;
    unsigned m_restarts = 0;
};

// Both ends prove that they have the keys that come from the ticket's (§5.1).
class ResumeAuthenticator final : public Authenticator {
public:
    [[nodiscard]] base::Result<void> build(Context& context, base::ByteView identity, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, base::ByteView identity,
                                                const Payloads& response) override;
    [[nodiscard]] base::Result<Outcome> answer(Context& /*context*/, const std::string& /*username*/,
                                               base::SecureBytes /*secret*/) override {
        return Outcome::Continue;
    }
    [[nodiscard]] bool wantsCertificate() const override { return false; }
};

// SKEYSEED = prf(SK_d, "Resumption" | Ni | Nr), then as in IKE_SA_INIT (§5.1).
[[nodiscard]] base::Result<IkeKeys> deriveResumedIkeKeys(const ResumptionTicket& ticket, const KeySeed& seed);

// Whether the ticket is for this server and not too old.
[[nodiscard]] bool isUsable(const ResumptionTicket& ticket, const SessionConfig& config, base::Instant now);

} // namespace tern::ike
