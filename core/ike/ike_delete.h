// Ending SAs (RFC 7296 §1.4.1): the IKE SA with all its children, or one CHILD_SA.
#pragma once

#include "core/ike/task.h"

namespace tern::ike {

class IkeDelete final : public Task {
public:
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
};

class ChildDelete final : public Task {
public:
    explicit ChildDelete(std::uint32_t inboundSpi)
        : m_spi(inboundSpi) {}
    [[nodiscard]] base::Result<void> build(Context& context, Payloads& request) override;
    [[nodiscard]] base::Result<Outcome> process(Context& context, const Incoming& response) override;
    [[nodiscard]] bool isObsolete(const Context& context) const override { return !context.children.contains(m_spi); }

private:
    std::uint32_t m_spi;
};

} // namespace tern::ike
