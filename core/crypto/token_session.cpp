#include "core/crypto/token_session.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace tern::crypto {

namespace {

constexpr std::size_t mostObjects = 256;
constexpr std::size_t mostAttribute = 65536;
constexpr std::size_t mostSignature = 4096;
constexpr std::size_t mostSlots = 64;

// Fixed fields of PKCS#11 are padded with spaces.
std::string trimmed(const unsigned char* text, std::size_t size) {
    std::string_view view(reinterpret_cast<const char*>(text), size);
    const auto end = view.find_last_not_of(' ');
    return std::string(view.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

bool isTrustStore(CK_FUNCTION_LIST* module) {
    const MallocText policy(p11_kit_config_option(module, "trust-policy"), &std::free);
    return policy && std::strcmp(policy.get(), "yes") == 0;
}

unsigned char* modifiable(const std::uint8_t* octets) {
    return const_cast<unsigned char*>(octets); // PKCS#11 knows no const
}

} // namespace

TokenModules::TokenModules()
    : m_modules(p11_kit_modules_load_and_initialize(0)) {}

TokenModules::~TokenModules() {
    if (m_modules != nullptr) {
        p11_kit_modules_finalize_and_release(m_modules);
    }
}

std::vector<CK_FUNCTION_LIST*> TokenModules::all() const {
    std::vector<CK_FUNCTION_LIST*> out;
    for (auto** module = m_modules; module != nullptr && *module != nullptr; ++module) {
        if (!isTrustStore(*module)) {
            out.push_back(*module);
        }
    }
    return out;
}

std::string TokenSlot::label() const {
    return trimmed(info.label, sizeof(info.label));
}

std::vector<TokenSlot> tokensOf(const TokenModules& modules) {
    std::vector<TokenSlot> out;
    for (auto* module : modules.all()) {
        std::array<CK_SLOT_ID, mostSlots> slots{};
        CK_ULONG count = slots.size();
        if (module->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) {
            continue;
        }
        for (CK_ULONG i = 0; i < count; ++i) {
            TokenSlot token{module, slots.at(i), {}};
            if (module->C_GetTokenInfo(token.slot, &token.info) == CKR_OK && token.has(CKF_TOKEN_INITIALIZED)) {
                out.push_back(token);
            }
        }
    }
    return out;
}

tl::unexpected<base::Error> tokenFailure(CK_RV answer, const std::string& label, const char* doing) {
    const char* const words = p11_kit_strerror(answer);
    const std::string detail = std::string(doing) + ": " + (words != nullptr ? words : "?");
    switch (answer) {
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
        return base::fail("tern.crypto.token.pin-wrong", {label}, detail);
    case CKR_PIN_LOCKED:
        return base::fail("tern.crypto.token.pin-locked", {label}, detail);
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
        return base::fail("tern.crypto.token.removed", {label}, detail);
    default:
        return base::fail("tern.crypto.token.failed", {label, words != nullptr ? words : "?"}, detail);
    }
}

base::Result<std::shared_ptr<TokenSession>> TokenSession::open(std::shared_ptr<const TokenModules> modules,
                                                               TokenSlot token) {
    CK_SESSION_HANDLE handle = 0;
    const auto answer = token.module->C_OpenSession(token.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle);
    if (answer != CKR_OK) {
        return tokenFailure(answer, token.label(), "C_OpenSession");
    }
    return std::make_shared<TokenSession>(std::move(modules), token, handle);
}

TokenSession::~TokenSession() {
    m_token.module->C_CloseSession(m_handle); // the last session's end logs out
}

base::Result<void> TokenSession::logIn(const std::optional<base::SecureBytes>& pin) {
    auto* const octets = pin ? modifiable(pin->data()) : nullptr;
    const auto answer = m_token.module->C_Login(m_handle, CKU_USER, octets, pin ? pin->size() : 0);
    if (answer != CKR_OK && answer != CKR_USER_ALREADY_LOGGED_IN) {
        return tokenFailure(answer, m_token.label(), "C_Login");
    }
    m_pin = pin ? std::make_optional(pin->clone()) : std::nullopt;
    return {};
}

std::vector<CK_OBJECT_HANDLE> TokenSession::find(CK_OBJECT_CLASS type, const std::vector<CK_ATTRIBUTE>& wanted) const {
    auto attributes = wanted;
    attributes.push_back({CKA_CLASS, &type, sizeof(type)});
    std::vector<CK_OBJECT_HANDLE> found(mostObjects);
    CK_ULONG count = 0;
    if (m_token.module->C_FindObjectsInit(m_handle, attributes.data(), attributes.size()) != CKR_OK) {
        return {};
    }
    const auto answer = m_token.module->C_FindObjects(m_handle, found.data(), found.size(), &count);
    m_token.module->C_FindObjectsFinal(m_handle);
    found.resize(answer == CKR_OK ? std::min<std::size_t>(count, found.size()) : 0);
    return found;
}

base::Bytes TokenSession::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
    CK_ATTRIBUTE attribute{type, nullptr, 0};
    if (m_token.module->C_GetAttributeValue(m_handle, object, &attribute, 1) != CKR_OK ||
        attribute.ulValueLen > mostAttribute) {
        return {};
    }
    base::Bytes value(attribute.ulValueLen);
    attribute.pValue = value.data();
    if (m_token.module->C_GetAttributeValue(m_handle, object, &attribute, 1) != CKR_OK) {
        return {};
    }
    value.resize(std::min<std::size_t>(attribute.ulValueLen, value.size()));
    return value;
}

base::Result<base::Bytes> TokenSession::sign(CK_OBJECT_HANDLE key, CK_MECHANISM mechanism, base::ByteView input) const {
    auto* const module = m_token.module;
    auto answer = module->C_SignInit(m_handle, &mechanism, key);
    if (answer != CKR_OK) {
        return tokenFailure(answer, m_token.label(), "C_SignInit");
    }
    const auto again = attribute(key, CKA_ALWAYS_AUTHENTICATE);
    if (!again.empty() && again.front() != CK_FALSE) {
        auto* const octets = m_pin ? modifiable(m_pin->data()) : nullptr;
        answer = module->C_Login(m_handle, CKU_CONTEXT_SPECIFIC, octets, m_pin ? m_pin->size() : 0);
        if (answer != CKR_OK) {
            return tokenFailure(answer, m_token.label(), "C_Login for a signature");
        }
    }
    base::Bytes signature(mostSignature);
    CK_ULONG size = signature.size();
    answer = module->C_Sign(m_handle, modifiable(input.data()), input.size(), signature.data(), &size);
    if (answer != CKR_OK) {
        return tokenFailure(answer, m_token.label(), "C_Sign");
    }
    signature.resize(std::min<std::size_t>(size, signature.size()));
    return signature;
}

} // namespace tern::crypto
