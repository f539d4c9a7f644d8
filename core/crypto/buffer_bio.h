// A BIO over a buffer of ours, whose octets can be looked at where they are: OpenSSL's own memory BIO clears all of it
// each time it runs empty, or has to be copied out of. For the .cpp files of this folder only.
#pragma once

#include "core/crypto/openssl.h"

namespace tern::crypto {

// First in, first out. Keeps its memory when it runs empty, so a busy one allocates nothing.
class OctetQueue {
public:
    void add(base::ByteView more);
    [[nodiscard]] base::ByteView view() const { return base::ByteView(m_octets).subspan(m_begin); }
    void drop(std::size_t count); // at most view().size()

private:
    base::Bytes m_octets;
    std::size_t m_begin = 0;
};

// Reads from and writes into `queue`, which must outlive it. An empty one says "later", not "the end". Null when
// OpenSSL has no memory.
[[nodiscard]] BioPtr makeBufferBio(OctetQueue& queue);

} // namespace tern::crypto
