#include "core/crypto/buffer_bio.h"

#include <algorithm>
#include <cstring>

namespace tern::crypto {

namespace {

OctetQueue& queueOf(BIO* bio) {
    return *static_cast<OctetQueue*>(BIO_get_data(bio));
}

int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    if (size <= 0) {
        return 0;
    }
    queueOf(bio).add({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
    return size;
}

int read(BIO* bio, char* out, int size) {
    BIO_clear_retry_flags(bio);
    auto& queue = queueOf(bio);
    const auto waiting = queue.view();
    if (waiting.empty()) {
        BIO_set_retry_read(bio);
        return -1;
    }
    const auto count = std::min(waiting.size(), static_cast<std::size_t>(std::max(size, 0)));
    std::memcpy(out, waiting.data(), count);
    queue.drop(count);
    return static_cast<int>(count);
}

long control(BIO* bio, int command, long /*number*/, void* /*pointer*/) {
    switch (command) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_PENDING:
        return static_cast<long>(queueOf(bio).view().size());
    default:
        return 0;
    }
}

const BIO_METHOD* bufferMethod() {
    static const auto method = [] {
        OpensslPtr<BIO_METHOD, BIO_meth_free> made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "octets"));
        if (made) {
            BIO_meth_set_write(made.get(), write);
            BIO_meth_set_read(made.get(), read);
            BIO_meth_set_ctrl(made.get(), control);
        }
        return made;
    }();
    return method.get();
}

} // namespace

void OctetQueue::add(base::ByteView more) {
    if (m_begin > 0 && m_begin == m_octets.size()) {
        m_octets.clear();
        m_begin = 0;
    } else if (m_begin > m_octets.size() / 2) {
        m_octets.erase(m_octets.begin(), m_octets.begin() + static_cast<std::ptrdiff_t>(m_begin));
        m_begin = 0;
    }
    base::append(m_octets, more);
}

void OctetQueue::drop(std::size_t count) {
    m_begin += count;
    if (m_begin >= m_octets.size()) {
        m_octets.clear();
        m_begin = 0;
    }
}

BioPtr makeBufferBio(OctetQueue& queue) {
    const auto* const method = bufferMethod();
    BioPtr bio(method != nullptr ? BIO_new(method) : nullptr);
    if (bio) {
        BIO_set_data(bio.get(), &queue);
        BIO_set_init(bio.get(), 1);
    }
    return bio;
}

} // namespace tern::crypto
