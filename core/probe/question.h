// One question put to one door of a server, without I/O: what to send, when to repeat it, and what the answer means.
// The one who has the socket hands in what happens and takes what is to be sent; he ends the socket once isOver().
//
// A datagram is sent three times at most; a stream is asked once. Nothing is sent that names a person.
#pragma once

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/probe/result.h"

#include <optional>
#include <utility>
#include <vector>

namespace tern::probe {

class Question {
public:
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;
    virtual ~Question() = default;

    // The socket is there; a stream is being connected.
    void start(base::Instant now);
    // The stream stands. Of datagrams start() is enough.
    void connected(base::Instant now);
    // One datagram, or more of the stream.
    void receive(base::Instant now, base::ByteView octets);
    // Nobody listens there.
    void refused(base::Instant now);
    // The stream is over, or the way there does not exist.
    void ended(base::Instant now);
    void timeout(base::Instant now);

    [[nodiscard]] std::optional<base::Instant> deadline() const;
    // Datagrams, or pieces of the stream.
    [[nodiscard]] std::vector<base::Bytes> takeOutput() { return std::exchange(m_output, {}); }
    [[nodiscard]] bool isOver() const { return m_over; }
    [[nodiscard]] bool isConnected() const { return m_connected; }
    [[nodiscard]] const Door& door() const { return m_door; }

protected:
    explicit Question(Door door)
        : m_door(door) {}

    virtual void begin(base::Instant now) = 0;
    virtual void take(base::Instant now, base::ByteView octets) = 0;
    // The end of the stream, or of our patience: the last chance to conclude something. Of itself, a stream that stood
    // and said nothing is another protocol's.
    virtual void giveUp(base::Instant now);
    // What is sent the third time, where the first two may have been too much.
    [[nodiscard]] virtual base::Bytes lastTry() { return m_asked; }

    // Once.
    void send(base::Bytes octets) { m_output.push_back(std::move(octets)); }
    // To be answered: repeated where it is a datagram, and waited for.
    void ask(base::Instant now, base::Bytes octets);
    // From here on there is an answer of this protocol, whatever it says.
    void noteAnswer(base::Instant now);
    void conclude(Verdict verdict);
    // The verdict stands, and there is a goodbye to wait for.
    void linger(base::Instant until, Verdict verdict);
    void setVerdict(Verdict verdict) { m_door.verdict = verdict; }

private:
    Door m_door;
    std::vector<base::Bytes> m_output;
    base::Bytes m_asked;
    base::Instant m_started{};
    base::Instant m_firstSent{};
    std::optional<base::Instant> m_deadline;
    unsigned m_sends = 0;
    bool m_connected = false;
    bool m_over = false;
};

} // namespace tern::probe
