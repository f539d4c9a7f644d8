#include "core/crypto/integrity.h"

#include "core/crypto/aes_mac.h"
#include "core/crypto/sha.h"

#include <algorithm>
#include <array>
#include <variant>

namespace tern::crypto {

namespace {

struct Row {
    Integrity integrity;
    std::variant<Hash, AesMac::Kind> algorithm;
    IntegrityTraits traits;
};

constexpr std::array rows{
    Row{Integrity::HmacSha1_96, Hash::Sha1, {20, 12}},       Row{Integrity::AesXcbc96, AesMac::Kind::Xcbc, {16, 12}},
    Row{Integrity::AesCmac96, AesMac::Kind::Cmac, {16, 12}}, Row{Integrity::HmacSha256_128, Hash::Sha256, {32, 16}},
    Row{Integrity::HmacSha384_192, Hash::Sha384, {48, 24}},  Row{Integrity::HmacSha512_256, Hash::Sha512, {64, 32}},
};

const Row* find(std::uint16_t transform) {
    const auto* const row = std::find_if(rows.begin(), rows.end(), [&](const Row& candidate) {
        return static_cast<std::uint16_t>(candidate.integrity) == transform;
    });
    return row == rows.end() ? nullptr : row;
}

} // namespace

std::optional<IntegrityTraits> integrityTraits(std::uint16_t transform) {
    const Row* const row = find(transform);
    return row != nullptr ? std::optional(row->traits) : std::nullopt;
}

std::optional<Integrity> integrityOf(EspIntegrity integrity) {
    switch (integrity) {
    case EspIntegrity::HmacSha1_96:
        return Integrity::HmacSha1_96;
    case EspIntegrity::HmacSha256_128:
        return Integrity::HmacSha256_128;
    case EspIntegrity::HmacSha384_192:
        return Integrity::HmacSha384_192;
    case EspIntegrity::HmacSha512_256:
        return Integrity::HmacSha512_256;
    case EspIntegrity::AesXcbc96:
        return Integrity::AesXcbc96;
    case EspIntegrity::AesCmac96:
        return Integrity::AesCmac96;
    case EspIntegrity::None:
        break;
    }
    return {};
}

struct IntegrityContext::State {
    State(Hash hash, base::ByteView key, std::size_t icvSize)
        : mac(std::in_place_type<HmacKey>, hash, key)
        , full(hashSize(hash))
        , icv(icvSize) {}
    State(AesMac::Kind kind, base::ByteView key, std::size_t icvSize)
        : mac(std::in_place_type<AesMac>, kind, key)
        , full(AesMac::size)
        , icv(icvSize) {}
    std::variant<HmacKey, AesMac> mac;
    std::size_t full; // octets before it is truncated
    std::size_t icv;
};

IntegrityContext::IntegrityContext(std::unique_ptr<State> state)
    : m_state(std::move(state)) {}
IntegrityContext::IntegrityContext(IntegrityContext&&) noexcept = default;
IntegrityContext& IntegrityContext::operator=(IntegrityContext&&) noexcept = default;
IntegrityContext::~IntegrityContext() = default;

base::Result<IntegrityContext> IntegrityContext::create(Integrity integrity, base::ByteView key) {
    const Row* const row = find(static_cast<std::uint16_t>(integrity));
    if (row == nullptr || key.size() != row->traits.key) {
        return base::fail("tern.crypto.cipher", {}, "integrity key of " + std::to_string(key.size()) + " octets");
    }
    return IntegrityContext(std::visit(
        [&](auto algorithm) { return std::make_unique<State>(algorithm, key, row->traits.icv); }, row->algorithm));
}

std::size_t IntegrityContext::icvSize() const {
    return m_state->icv;
}

bool IntegrityContext::compute(std::initializer_list<base::ByteView> pieces, base::MutableByteView icv) const {
    if (icv.size() != m_state->icv) {
        return false;
    }
    std::array<std::uint8_t, 64> full{};
    const auto whole = base::MutableByteView(full).first(m_state->full);
    std::visit([&](const auto& mac) { mac.compute(pieces, whole); }, m_state->mac);
    std::copy_n(full.begin(), icv.size(), icv.begin());
    return true;
}

bool IntegrityContext::verify(std::initializer_list<base::ByteView> pieces, base::ByteView icv) const {
    std::array<std::uint8_t, 64> expected{};
    const auto mine = base::MutableByteView(expected).first(m_state->icv);
    return compute(pieces, mine) && base::equalConstantTime(mine, icv);
}

} // namespace tern::crypto
