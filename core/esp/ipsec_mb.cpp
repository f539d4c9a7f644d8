#include "core/esp/ipsec_mb.h"

#ifdef TERN_HAVE_IPSEC_MB

#include "core/base/secure_bytes.h"

#include <array>
#include <dlfcn.h>
#include <intel-ipsec-mb.h>

namespace tern::esp {

struct IpsecMbGcm::State {
    alignas(64) gcm_key_data key{};
    alignas(64) gcm_context_data context{};
    aes_gcm_enc_dec_t encrypt = nullptr;
    aes_gcm_enc_dec_t decrypt = nullptr;
};

struct IpsecMbGcm::Functions {
    IMB_MGR* table = nullptr;
};

namespace {

// The manager, for the processor at hand; null when the library is missing or does not fit. Lives as long as the
// program and is only read, so threads may share it.
IMB_MGR* loadManager() {
    void* const library = ::dlopen("libIPSec_MB.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return nullptr;
    }
    const auto version = reinterpret_cast<decltype(&imb_get_version)>(::dlsym(library, "imb_get_version"));
    const auto allocate = reinterpret_cast<decltype(&alloc_mb_mgr)>(::dlsym(library, "alloc_mb_mgr"));
    const auto initialise = reinterpret_cast<decltype(&init_mb_mgr_auto)>(::dlsym(library, "init_mb_mgr_auto"));
    if (version == nullptr || allocate == nullptr || initialise == nullptr || version() != IMB_VERSION_NUM) {
        ::dlclose(library);
        return nullptr;
    }
    IMB_MGR* const manager = allocate(0);
    if (manager == nullptr || (manager->features & IMB_FEATURE_AESNI) == 0) {
        return nullptr;
    }
    IMB_ARCH architecture = IMB_ARCH_NONE;
    initialise(manager, &architecture);
    // The processor has AES instructions, so an architecture without them (in versions before 2.0) is none of these.
    return architecture == IMB_ARCH_NONE ? nullptr : manager;
}

} // namespace

const IpsecMbGcm::Functions* IpsecMbGcm::functions() {
    static const Functions functions{loadManager()};
    return functions.table == nullptr ? nullptr : &functions;
}

bool IpsecMbGcm::available() {
    return functions() != nullptr;
}

std::unique_ptr<IpsecMbGcm> IpsecMbGcm::create(base::ByteView key, std::size_t icvSize) {
    const Functions* const all = functions();
    if (all == nullptr || (icvSize != 8 && icvSize != 12 && icvSize != 16)) {
        return nullptr;
    }
    auto state = std::make_unique<State>();
    const IMB_MGR& table = *all->table;
    switch (key.size()) {
    case 16:
        table.gcm128_pre(key.data(), &state->key);
        state->encrypt = table.gcm128_enc;
        state->decrypt = table.gcm128_dec;
        break;
    case 24:
        table.gcm192_pre(key.data(), &state->key);
        state->encrypt = table.gcm192_enc;
        state->decrypt = table.gcm192_dec;
        break;
    case 32:
        table.gcm256_pre(key.data(), &state->key);
        state->encrypt = table.gcm256_enc;
        state->decrypt = table.gcm256_dec;
        break;
    default:
        return nullptr;
    }
    return std::unique_ptr<IpsecMbGcm>(new IpsecMbGcm(std::move(state), icvSize));
}

IpsecMbGcm::~IpsecMbGcm() {
    base::wipe({reinterpret_cast<std::uint8_t*>(&m_state->key), sizeof m_state->key});
    base::wipe({reinterpret_cast<std::uint8_t*>(&m_state->context), sizeof m_state->context});
}

bool IpsecMbGcm::seal(base::ByteView nonce, base::ByteView aad, base::MutableByteView data, base::MutableByteView icv) {
    if (nonce.size() != 12 || icv.size() != m_icvSize) {
        return false;
    }
    m_state->encrypt(&m_state->key, &m_state->context, data.data(), data.data(), data.size(), nonce.data(), aad.data(),
                     aad.size(), icv.data(), icv.size());
    return true;
}

bool IpsecMbGcm::open(base::ByteView nonce, base::ByteView aad, base::MutableByteView data, base::ByteView icv) {
    if (nonce.size() != 12 || icv.size() != m_icvSize) {
        return false;
    }
    std::array<std::uint8_t, 16> tag{};
    m_state->decrypt(&m_state->key, &m_state->context, data.data(), data.data(), data.size(), nonce.data(), aad.data(),
                     aad.size(), tag.data(), m_icvSize);
    return base::equalConstantTime(base::ByteView(tag).first(m_icvSize), icv);
}

#else // built without the library's header

namespace tern::esp {

struct IpsecMbGcm::State {};

const IpsecMbGcm::Functions* IpsecMbGcm::functions() {
    return nullptr;
}
bool IpsecMbGcm::available() {
    return functions() != nullptr;
}
std::unique_ptr<IpsecMbGcm> IpsecMbGcm::create(base::ByteView, std::size_t) {
    return nullptr;
}
IpsecMbGcm::~IpsecMbGcm() = default;
bool IpsecMbGcm::seal(base::ByteView, base::ByteView, base::MutableByteView, base::MutableByteView) {
    return false;
}
bool IpsecMbGcm::open(base::ByteView, base::ByteView, base::MutableByteView, base::ByteView) {
    return false;
}

#endif

IpsecMbGcm::IpsecMbGcm(std::unique_ptr<State> state, std::size_t icvSize)
    : m_state(std::move(state))
    , m_icvSize(icvSize) {}

} // namespace tern::esp
