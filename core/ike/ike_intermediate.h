// IKE_INTERMEDIATE (RFC 9242), in which the additional key exchanges agreed in IKE_SA_INIT are done before anything is
// said about who we are (RFC 9370 §2.2.2). Each one replaces all keys of the IKE SA.
#pragma once

#include "core/crypto/diffie_hellman.h"
#include "core/ike/task.h"

namespace tern::ike {

class IkeIntermediate final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    // Nothing of the kind was agreed.
    [[nodiscard]] bool isObsolete(const Context& context) const override {
        return context.sa->suite.additional.empty();
    }

private:
    [[nodiscard]] base::Result<void> takeKeys(Context& context, const Payloads& payloads) const;

    std::size_t m_round = 0;
    std::unique_ptr<crypto::KeyExchange> m_keyExchange;
    base::Bytes m_plain; // the payloads of the request
};

} // namespace tern::ike
