// The client's end of SSTP without I/O ([MS-SSTP] §3.2): octets out of the TLS stream, answers and the time go in;
// octets for the stream and events come out. Owns the PPP session inside.
//
// Usage: create(), start() when TLS stands, then feed receive(), timeout() when deadline() has passed, and answer() to
// prompts; after every call take the outputs, in order. After Closed nothing more happens. No socket, clock, thread or
// random source inside; one Session is used from one thread.
//
// Once Up has come, a data path may read the stream instead: it hands the frames that carry no packet to receive(), and
// tells sawTraffic() of the others.
#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/base/time.h"
#include "core/crypto/prf.h"
#include "core/ppp/session.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tern::sstp {

// §3.2.2, but for `answer` and the last two.
struct Timers {
    base::Duration http = std::chrono::seconds(60);
    base::Duration negotiation = std::chrono::seconds(60); // for the answer to our request, and between PPP's frames
    base::Duration answer = std::chrono::seconds(20);      // without an octet meanwhile: there is nobody
    base::Duration hello = std::chrono::seconds(60);       // silence before an ECHO_REQUEST, and again before the end
    base::Duration abort = std::chrono::seconds(3);        // for the answer to an abort of ours
    base::Duration abortAnswered = std::chrono::seconds(1);
    base::Duration disconnect = std::chrono::seconds(5); // for the answer to a disconnect of ours
    base::Duration disconnectAnswered = std::chrono::seconds(1);
    base::Duration probe = std::chrono::seconds(8); // for a sign of life after probe(): some servers answer no echo,
                                                    // but send their own every five seconds
    base::Duration bindingDoubt = std::chrono::seconds(10); // an end so soon after CALL_CONNECTED is about that
};

struct SessionConfig {
    std::string host; // for the request
    std::uint16_t port = 443;
    std::string tenantId;   // empty: none
    ppp::SessionConfig ppp; // serverVerified as TLS has it
    unsigned requests = 3;  // sends of CALL_CONNECT_REQUEST to a server that says no, the first included
    Timers timers;
};

// ---- what comes out ----

// Into the TLS stream. A single chunk may hold several frames.
struct SendBytes {
    base::Bytes bytes;
};
enum class Stage { Calling, Negotiating, Authenticating, Confirming, Configuring };
struct Progress {
    Stage stage;
};
using ppp::Prompt;
// The login is accepted, and CALL_CONNECTED is out.
struct SignedIn {
    ppp::Method method;
    crypto::Hash binding;
};
// As ppp::Up: packets flow; may come again.
using ppp::Up;
// The server has been heard since the last probe().
struct Alive {};
// The end: the stream is to be closed. error is empty after a close() of ours.
struct Closed {
    std::optional<base::Error> error; // tern.sstp.*, tern.ppp.*, tern.eap.*
};
using Output = std::variant<SendBytes, Progress, Prompt, SignedIn, Up, Alive, Closed>;

class Session {
public:
    // Fails as ppp::Session::create(). `random` must outlive the session.
    [[nodiscard]] static base::Result<std::unique_ptr<Session>> create(SessionConfig config,
                                                                       base::RandomSource& random);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    // serverCertificate: DER, the leaf of TLS.
    virtual void start(base::Instant now, base::ByteView serverCertificate) = 0;
    // More of the stream; once the data path reads it, whole frames.
    virtual void receive(base::Instant now, base::ByteView octets) = 0;
    // What was received behind the last whole frame: for the data path that takes over.
    [[nodiscard]] virtual base::Bytes takeUnread() = 0;
    // Something arrived then that receive() is not given.
    virtual void sawTraffic(base::Instant when) = 0;
    virtual void timeout(base::Instant now) = 0;
    virtual void answer(base::Instant now, std::string username, base::SecureBytes secret) = 0;
    // Asks whether the server is still there. Alive follows, or Closed after Timers::probe at most.
    virtual void probe(base::Instant now) = 0;
    // Somebody else ended the stream; cause: why, when it is known.
    virtual void streamEnded(base::Instant now, std::optional<base::Error> cause) = 0;
    // Says goodbye, and closes when that is acknowledged, or after Timers::disconnect.
    virtual void close(base::Instant now) = 0;

    [[nodiscard]] virtual std::optional<base::Instant> deadline() const = 0;
    [[nodiscard]] virtual std::vector<Output> takeOutputs() = 0;

protected:
    Session() = default;
};

} // namespace tern::sstp
