// The exchanges of one IKE SA: message ids, the window of one, retransmission, fragments, and the repeated answer to
// a repeated request (RFC 7296 §2.1 to §2.3, RFC 7383). Knows nothing of what the payloads mean.
#pragma once

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/ike/fragments.h"
#include "core/ike/message.h"
#include "core/ike/protection.h"
#include "core/ike/session.h"

#include <optional>
#include <vector>

namespace tern::ike {

// A message of the peer that is authentic (or part of IKE_SA_INIT, where nothing can be) and in its turn.
struct Incoming {
    Header header;
    base::Result<Payloads> payloads; // tern.ike.malformed when what was sealed makes no sense
    base::Bytes raw;                 // the datagram; the AUTH octets cover that of IKE_SA_INIT
    std::optional<Opened> opened;    // what was inside SK, fragments put together
};

// When a request is made small: in pieces when it is large, where fragments are agreed on; or emptied once it stays
// unanswered.
enum class Cut { WhenLarge, WhenUnanswered };

class ExchangeManager {
public:
    // `random` must outlive it.
    ExchangeManager(const Timers& timers, base::RandomSource& random);

    void setSpis(Spi initiator, Spi responder, bool weAreInitiator);
    [[nodiscard]] Spi initiatorSpi() const { return m_initiatorSpi; }
    [[nodiscard]] Spi responderSpi() const { return m_responderSpi; }
    // The SPI we chose, by which datagrams find this SA.
    [[nodiscard]] bool isFor(const Header& header) const;
    void protect(Protection protection) { m_protection.emplace(std::move(protection)); }
    [[nodiscard]] bool isProtected() const { return m_protection.has_value(); }
    // Requests and answers larger than a datagram that passes everywhere are cut from now on.
    void allowFragments() { m_mayFragment = true; }
    [[nodiscard]] bool mayFragment() const { return m_mayFragment; }

    // ---- our requests ----
    [[nodiscard]] bool isBusy() const { return m_outstanding.has_value(); }
    [[nodiscard]] std::optional<ExchangeType> outstanding() const;
    // Sends and repeats until concluded or given up; `patience` is how long at most, 0 for the configured limit.
    // Only when not busy.
    [[nodiscard]] base::Result<void> sendRequest(base::Instant now, ExchangeType exchange, const Payloads& payloads,
                                                 base::Duration patience = {}, Cut cut = Cut::WhenLarge);
    // The request under way has been emptied after it had been sent whole.
    [[nodiscard]] bool wasCut() const { return m_outstanding && m_outstanding->cut; }
    // Octets of a message beside its payloads, at most.
    [[nodiscard]] std::size_t overhead() const { return m_protection ? m_protection->overhead() : headerSize; }
    // Over a new stream: the request under way once more, and time for its answer.
    void resend(base::Instant now);
    // As sendRequest, but neither repeated nor waited for: the last word before leaving.
    [[nodiscard]] base::Result<void> sendLastWord(ExchangeType exchange, const Payloads& payloads);
    // An answer is wanted soon: the request is repeated from `first` on at growing intervals, at most for `limit`.
    void hurry(base::Instant now, base::Duration first, base::Duration limit);
    // The request goes out again at once, to wherever datagrams now go.
    void repeat();
    // Gives up at that moment already.
    void limit(base::Instant until);
    // How often the request under way was sent; 0 when there is none.
    [[nodiscard]] unsigned sends() const { return m_outstanding ? m_outstanding->sends : 0; }
    // The answer was taken; the next request gets the next message id.
    void conclude();
    // Its answer is not wanted any more. Nothing is asked on this SA afterwards.
    void abandon() { m_outstanding.reset(); }
    // The answer asks for another first message: id 0 again (RFC 7296 §2.6).
    void concludeForRestart();
    // The datagram of the latest request, whole (before fragmentation: only IKE_SA_INIT's is wanted).
    [[nodiscard]] const base::Bytes& requestDatagram() const { return m_lastRequest; }

    // ---- what arrives ----
    [[nodiscard]] std::optional<Incoming> receive(base::Instant now, base::ByteView datagram);
    [[nodiscard]] base::Result<void> sendResponse(const Header& request, const Payloads& payloads);

    // ---- time ----
    [[nodiscard]] std::optional<base::Instant> deadline() const;
    // Repeats what is due. False when the peer has not answered for too long.
    [[nodiscard]] bool timeout(base::Instant now);

    // What to send, in order.
    [[nodiscard]] std::vector<base::Bytes> takeDatagrams();

private:
    struct Outstanding {
        ExchangeType exchange;
        std::uint32_t messageId;
        Payloads payloads;
        std::vector<base::Bytes> datagrams;
        unsigned sends;
        base::Duration interval;
        base::Instant nextSend;
        base::Instant giveUp;
        bool patient;
        bool whole = false; // sent in one piece, whatever its size
        bool cut = false;
    };

    [[nodiscard]] base::Result<std::vector<base::Bytes>> encode(Header header, const Payloads& payloads,
                                                                std::size_t largest);
    void cutFiner(Outstanding& request);
    [[nodiscard]] Header headerFor(ExchangeType exchange, std::uint32_t messageId, bool response) const;
    [[nodiscard]] std::optional<Incoming> receiveClear(const Header& header, base::ByteView datagram) const;
    [[nodiscard]] std::optional<Incoming> receiveSealed(base::Instant now, const Header& header,
                                                        base::ByteView datagram);
    [[nodiscard]] bool isExpected(const Header& header) const;
    void queue(const std::vector<base::Bytes>& datagrams);

    Timers m_timers;
    base::RandomSource& m_random;
    Spi m_initiatorSpi = 0;
    Spi m_responderSpi = 0;
    bool m_weAreInitiator = true;
    bool m_mayFragment = false;
    std::optional<Protection> m_protection;
    std::optional<Outstanding> m_outstanding;
    base::Bytes m_lastRequest;
    std::uint32_t m_nextRequestId = 0;
    std::uint32_t m_nextIncomingId = 0;
    std::vector<base::Bytes> m_lastResponse; // to the request before m_nextIncomingId
    Reassembler m_requestParts;
    Reassembler m_responseParts;
    std::vector<base::Bytes> m_datagrams;
};

} // namespace tern::ike
