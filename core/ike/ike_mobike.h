// MOBIKE at the original initiator (RFC 4555): both ends say they can, we move the SAs to other addresses, and each may
// ask the other to prove that it is where it says (return routability, §3.7).
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

// Of the server's further addresses as many are remembered; a longer list is cut.
constexpr std::size_t mostPeerAddresses = 8;

// In IKE_AUTH: MOBIKE_SUPPORTED both ways and the server's further addresses (§3.3).
class IkeMobility final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;

private:
    bool m_said = false;
};

// Is the server there, and does it see us where it saw us last? Where we are to move, or have reason to believe that
// the address translation on the way has changed, with UPDATE_SA_ADDRESSES (§3.5, §3.8); else an empty request, or one
// with NAT detection.
class IkePath final : public Task {
public:
    enum class Kind { Check, Update };
    explicit IkePath(Kind kind)
        : m_kind(kind) {}
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] bool mayBeForgotten() const override { return m_kind == Kind::Check && !m_awaited; }

private:
    void compareMapping(Context& context, const Payloads& response) const;

    Kind m_kind;
    bool m_awaited = false; // PathConfirmed depends on it
    unsigned m_move = 0;    // of context.mobility.moves, when the request was built
    base::Bytes m_cookie;
};

// What the server says of addresses in a request of its own, and what goes into the answer (§3.6, §3.7, §3.8).
void answerMobility(Context& context, const Payloads& request, Payloads& response);

} // namespace tern::ike
