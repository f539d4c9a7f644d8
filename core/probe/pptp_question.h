// Whether a server takes PPTP's control connection (RFC 2637 §2.1 to §2.4): asks for one, and stops it again.
#pragma once

#include "core/probe/question.h"

namespace tern::probe {

class PptpQuestion final : public Question {
public:
    explicit PptpQuestion(Door door)
        : Question(door) {}

    [[nodiscard]] const PptpFacts& facts() const { return m_facts; }

private:
    void begin(base::Instant now) override;
    void take(base::Instant now, base::ByteView octets) override;
    void giveUp(base::Instant now) override;
    void takeReply(base::Instant now);

    PptpFacts m_facts;
    base::Bytes m_stream;
    bool m_stopping = false;
};

} // namespace tern::probe
