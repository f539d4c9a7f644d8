#include "core/datapath/tls_pump.h"

#include "core/datapath/ip_packet.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace tern::datapath {

namespace {

// Ciphertext that waits for the socket, above which nothing more is taken.
constexpr std::size_t mostWaiting = 131'072;

tl::unexpected<base::Error> cutOff(std::string detail) {
    return base::fail("tern.sstp.cut", {}, std::move(detail));
}

} // namespace

TlsPump::TlsPump(int socket, std::unique_ptr<crypto::TlsClient> tls, base::ByteView unread)
    : m_socket(socket)
    , m_tls(std::move(tls))
    , m_received(receiveSize)
    , m_plain(plainSize)
    , m_plainEnd(std::min(unread.size(), plainSize))
    , m_record(recordSize) {
    copyOctets(unread.first(m_plainEnd), m_plain);
}

base::Result<TlsPump::Readable> TlsPump::receive(FrameSink& sink) {
    const ssize_t got = ::recv(m_socket, m_received.data(), m_received.size(), MSG_DONTWAIT);
    if (got == 0) {
        return cutOff("ended by the server");
    }
    if (got < 0) {
        if (errno == EAGAIN || errno == EINTR) {
            return errno == EINTR ? Readable::Perhaps : Readable::No;
        }
        return cutOff(std::strerror(errno));
    }
    const auto size = static_cast<std::size_t>(got);
    if (auto fed = m_tls->feed(base::ByteView(m_received).first(size)); !fed) {
        return base::fail(std::move(fed.error()));
    }
    if (auto done = decrypt(sink); !done) {
        return base::fail(std::move(done.error()));
    }
    return size == m_received.size() ? Readable::Perhaps : Readable::No;
}

base::Result<void> TlsPump::readWaiting(FrameSink& sink) {
    if (auto done = cut(sink); !done) {
        return done;
    }
    return decrypt(sink);
}

base::Result<void> TlsPump::decrypt(FrameSink& sink) {
    for (;;) {
        const auto read = m_tls->read(base::MutableByteView(m_plain).subspan(m_plainEnd));
        if (!read) {
            // What came before the end is still good.
            static_cast<void>(cut(sink));
            return base::fail(read.error());
        }
        m_plainEnd += *read;
        // A record is read at once only when there is room for it.
        if (*read == 0 || m_plain.size() - m_plainEnd < recordSize) {
            if (auto done = cut(sink); !done || *read == 0) {
                return done;
            }
        }
    }
}

base::Result<void> TlsPump::cut(FrameSink& sink) {
    base::MutableByteView rest = base::MutableByteView(m_plain).first(m_plainEnd);
    base::Result<void> done;
    for (;;) {
        auto found = sstp::findFrame(rest);
        if (!found) {
            done = base::fail(std::move(found.error()));
            break;
        }
        if (found->size == 0) {
            break;
        }
        sink.takeFrame(found->frame.control, rest.first(found->size));
        rest = rest.subspan(found->size);
    }
    sink.allRead();
    std::memmove(m_plain.data(), rest.data(), rest.size());
    m_plainEnd = rest.size();
    return done;
}

base::Result<base::MutableByteView> TlsPump::body(std::size_t most) {
    if (m_recordEnd + sstp::headerSize + most > recordSize) {
        if (auto sealed = seal(); !sealed) {
            return base::fail(std::move(sealed.error()));
        }
    }
    return base::MutableByteView(m_record).subspan(m_recordEnd + sstp::headerSize, most);
}

void TlsPump::commit(std::size_t size) {
    sstp::writeHeader(base::MutableByteView(m_record).subspan(m_recordEnd), false, size);
    m_recordEnd += sstp::headerSize + size;
}

base::Result<void> TlsPump::add(base::ByteView packets) {
    while (!packets.empty()) {
        const auto size = std::min(packets.size(), recordSize - m_recordEnd);
        copyOctets(packets.first(size), base::MutableByteView(m_record).subspan(m_recordEnd));
        m_recordEnd += size;
        packets = packets.subspan(size);
        if (m_recordEnd == recordSize) {
            if (auto sealed = seal(); !sealed) {
                return sealed;
            }
        }
    }
    return {};
}

base::Result<void> TlsPump::seal() {
    if (m_recordEnd == 0) {
        return {};
    }
    auto sealed = m_tls->send(base::ByteView(m_record).first(m_recordEnd));
    m_recordEnd = 0;
    // Large enough for one send; more would only wait in memory.
    if (sealed && m_tls->output().size() >= recordSize * 4) {
        return send();
    }
    return sealed;
}

base::Result<void> TlsPump::flush() {
    if (auto sealed = seal(); !sealed) {
        return sealed;
    }
    return send();
}

base::Result<void> TlsPump::send() {
    for (auto waiting = m_tls->output(); !waiting.empty(); waiting = m_tls->output()) {
        const ssize_t sent = ::send(m_socket, waiting.data(), waiting.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent >= 0) {
            m_tls->sent(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == ENOBUFS) {
            m_blocked = waiting.size() >= mostWaiting / 4 || m_blocked;
            return {};
        } else if (errno != EINTR) {
            return cutOff(std::strerror(errno));
        }
    }
    m_blocked = false;
    return {};
}

} // namespace tern::datapath
