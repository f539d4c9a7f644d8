// Moves SSTP's stream between the TCP socket and packets: what comes is decrypted and cut into SSTP packets where it
// lies; what goes is gathered, many SSTP packets to one TLS record. Belongs to one thread, never waits, and allocates
// nothing a packet (OpenSSL does, a little, for each record).
#pragma once

#include "core/base/error.h"
#include "core/crypto/tls_client.h"
#include "core/sstp/frames.h"

#include <memory>
#include <vector>

namespace tern::datapath {

// Is given the SSTP packets as they come. `frame` is writable where it lies, and good until allRead().
class FrameSink {
public:
    FrameSink() = default;
    FrameSink(const FrameSink&) = delete;
    FrameSink& operator=(const FrameSink&) = delete;
    virtual ~FrameSink() = default;
    // whole: header included. body: behind it.
    virtual void takeFrame(bool control, base::MutableByteView whole) = 0;
    virtual void allRead() = 0;
};

class TlsPump {
public:
    // socket: borrowed. unread: of the decrypted stream.
    TlsPump(int socket, std::unique_ptr<crypto::TlsClient> tls, base::ByteView unread);

    // ---- in ----
    enum class Readable { No, Perhaps };
    // Takes what the socket has, up to a bound; Perhaps: there may be more. Fails with tern.crypto.tls.*,
    // tern.sstp.frame, and tern.sstp.cut when the stream has ended.
    [[nodiscard]] base::Result<Readable> receive(FrameSink& sink);
    // The SSTP packets that are there before anything is received.
    [[nodiscard]] base::Result<void> readWaiting(FrameSink& sink);

    // ---- out ----
    // Room for an SSTP packet with a body of that size (at most 4,091 octets): where the body goes.
    [[nodiscard]] base::Result<base::MutableByteView> body(std::size_t most);
    // It is there, with this size.
    void commit(std::size_t size);
    // Whole SSTP packets.
    [[nodiscard]] base::Result<void> add(base::ByteView packets);
    // Seals what was gathered and sends what there is.
    [[nodiscard]] base::Result<void> flush();
    // The socket takes no more for now: nothing is to be added until it does.
    [[nodiscard]] bool isBlocked() const { return m_blocked; }
    [[nodiscard]] bool hasOutput() const { return !m_tls->output().empty(); }

private:
    static constexpr std::size_t recordSize = 16'384; // the most plaintext of a TLS record
    static constexpr std::size_t receiveSize = 65'536;
    static constexpr std::size_t plainSize = 98'304; // decrypted: what a receive() brings, and an unfinished packet

    [[nodiscard]] base::Result<void> decrypt(FrameSink& sink);
    [[nodiscard]] base::Result<void> cut(FrameSink& sink);
    [[nodiscard]] base::Result<void> seal();
    [[nodiscard]] base::Result<void> send();

    int m_socket;
    std::unique_ptr<crypto::TlsClient> m_tls;
    std::vector<std::uint8_t> m_received;
    std::vector<std::uint8_t> m_plain;
    std::size_t m_plainEnd = 0;
    std::vector<std::uint8_t> m_record;
    std::size_t m_recordEnd = 0;
    bool m_blocked = false;
};

} // namespace tern::datapath
