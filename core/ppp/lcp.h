// LCP (RFC 1661 §6): MRU, the authentication protocol, Magic-Number with its detection of loops; echo (§5.8),
// Protocol-Reject (§5.7), Identification and Time-Remaining (RFC 1570). What RRAS offers beside, Callback (RFC 1570),
// MRRU and the endpoint discriminator (RFC 1990), is rejected.
#pragma once

#include "core/base/random.h"
#include "core/ppp/automaton.h"

namespace tern::ppp {

class Lcp final : public ControlProtocol {
public:
    // All must outlive this. methods: those that may be used, most wanted first.
    Lcp(const SessionConfig& config, const std::vector<Method>& methods, base::RandomSource& random);

    [[nodiscard]] Automaton& automaton() { return m_automaton; }
    [[nodiscard]] const Automaton& automaton() const { return m_automaton; }

    // A packet of LCP's; a Protocol-Reject is left to the session.
    void receive(base::Instant now, const Packet& packet);
    // Rejects a frame of a protocol that we do not have.
    void rejectProtocol(const Frame& frame);
    void sendEcho();
    [[nodiscard]] std::vector<base::Bytes> takePackets();

    [[nodiscard]] bool isOpened() const { return m_automaton.isOpened(); }
    // Our own packets come back.
    [[nodiscard]] bool isLooped() const { return m_loops >= mostLoops; }
    [[nodiscard]] unsigned echoesUnanswered() const { return m_echoesUnanswered; }
    // The server has been heard: it is not the echo that says so alone.
    void heard() { m_echoesUnanswered = 0; }
    // What it wants us to do; None when it wants nothing. Once opened.
    [[nodiscard]] Method method() const { return m_method; }
    // Methods it has asked for that were not taken, for people; empty: none.
    [[nodiscard]] const std::string& refusedMethods() const { return m_refusedMethods; }
    // The largest packet it takes.
    [[nodiscard]] unsigned peerMru() const { return m_peerMru; }

    [[nodiscard]] Options request() override;
    [[nodiscard]] Verdict judge(const Options& theirs) override;
    void agreed(const Options& theirs) override;
    void acknowledged(const Options& ours) override;
    void naked(const Options& theirs) override;
    void rejected(const Options& ours) override;

private:
    static constexpr unsigned mostLoops = 5;
    static constexpr std::uint16_t defaultMru = 1500;

    [[nodiscard]] std::uint32_t freshMagic();
    [[nodiscard]] base::Bytes magicOctets() const;
    void judgeMethod(const Option& option, Verdict& verdict);
    void judgeMagic(const Option& option, Verdict& verdict);
    void receiveEcho(const Packet& packet);

    const SessionConfig& m_config;
    const std::vector<Method>& m_methods;
    base::RandomSource& m_random;
    Automaton m_automaton;
    std::vector<base::Bytes> m_packets; // beside the automaton's

    std::uint16_t m_mru;
    bool m_wantsMru;
    bool m_wantsMagic = true;
    std::uint32_t m_magic = 0;
    bool m_hasMagic = false; // acknowledged
    Method m_method = Method::None;
    unsigned m_peerMru = defaultMru;
    std::string m_refusedMethods;
    unsigned m_loops = 0;
    unsigned m_echoesUnanswered = 0;
};

} // namespace tern::ppp
