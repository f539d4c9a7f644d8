// AES-GCM by Intel's ipsec-mb, two to four times as fast as OpenSSL 3.0 on packets. Optional: looked for when the
// program runs (Debian: libipsec-mb1), used only on processors with AES instructions and only in the version whose
// header Tern was built with, since the library is entered through a table in a struct of its own.
#pragma once

#include "core/base/bytes.h"

#include <memory>

namespace tern::esp {

class IpsecMbGcm {
public:
    // Whether the library was found and suits this processor.
    [[nodiscard]] static bool available();
    // key: 16, 24 or 32 octets; icvSize: 8, 12 or 16. Nothing when not available() or a size is wrong.
    [[nodiscard]] static std::unique_ptr<IpsecMbGcm> create(base::ByteView key, std::size_t icvSize);
    IpsecMbGcm(const IpsecMbGcm&) = delete;
    IpsecMbGcm& operator=(const IpsecMbGcm&) = delete;
    ~IpsecMbGcm();

    // As crypto::AeadContext: in place, a nonce of 12 octets, icvSize() octets of tag.
    [[nodiscard]] std::size_t icvSize() const { return m_icvSize; }
    [[nodiscard]] bool seal(base::ByteView nonce, base::ByteView aad, base::MutableByteView data,
                            base::MutableByteView icv);
    [[nodiscard]] bool open(base::ByteView nonce, base::ByteView aad, base::MutableByteView data, base::ByteView icv);

private:
    struct Functions;
    struct State;
    IpsecMbGcm(std::unique_ptr<State> state, std::size_t icvSize);
    static const Functions* functions();

    std::unique_ptr<State> m_state;
    std::size_t m_icvSize;
};

} // namespace tern::esp
