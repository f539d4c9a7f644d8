#include "core/eap/method_peap.h"

#include "core/base/byte_io.h"
#include "core/eap/method_tls.h"
#include "core/eap/packet.h"

#include <algorithm>
#include <iterator>

namespace tern::eap {

namespace {

constexpr std::uint8_t typeExtensions = 33; // [MS-PEAP] §2.2.8.1
constexpr std::size_t packetHeaderSize = 4;

constexpr std::uint16_t typeMask = 0x3FFF;
constexpr std::uint16_t flagMandatory = 0x8000;
constexpr std::uint16_t tlvResult = 3;
constexpr std::uint16_t tlvCryptobinding = 12;
constexpr std::uint16_t resultSuccess = 1;
constexpr std::uint16_t resultFailure = 2;

struct Tlvs {
    std::optional<std::uint16_t> result;
    std::optional<base::ByteView> cryptobinding;
};

// Nothing for what is malformed, and for a mandatory one that is unknown.
std::optional<Tlvs> parseTlvs(base::ByteView octets) {
    Tlvs tlvs;
    base::ByteReader reader(octets);
    while (!reader.atEnd()) {
        const auto type = reader.u16();
        const auto value = reader.take(reader.u16());
        if (reader.failed()) {
            return std::nullopt;
        }
        if ((type & typeMask) == tlvResult) {
            base::ByteReader status(value);
            tlvs.result = status.u16();
            if (status.failed() || !status.atEnd()) {
                return std::nullopt;
            }
        } else if ((type & typeMask) == tlvCryptobinding) {
            tlvs.cryptobinding = value;
        } else if ((type & flagMandatory) != 0) {
            return std::nullopt;
        }
    }
    return tlvs;
}

// An EAP packet of the extensions method, which keeps its header inside the tunnel.
base::Bytes extensionsPacket(std::uint8_t identifier, std::uint16_t result, base::ByteView binding) {
    base::ByteWriter tlvs;
    tlvs.u16(flagMandatory | tlvResult);
    tlvs.u16(2);
    tlvs.u16(result);
    tlvs.bytes(binding);
    return buildResponse(identifier, typeExtensions, tlvs.view());
}

} // namespace

Step PeapMethod::request(const Credentials& credentials, std::uint8_t identifier, base::ByteView typeData) {
    auto event = m_tls.receive(typeData);
    if (auto* const step = std::get_if<Step>(&event)) {
        return std::move(*step);
    }
    if (!m_tls.isEstablished()) {
        return m_tls.flush();
    }
    if (!m_inner) {
        m_inner = std::make_unique<InnerPeer>(m_settings, credentials, m_random);
    }
    const auto data = m_tls.takeData();
    if (data.empty()) {
        return m_tls.flush();
    }
    if (m_isComplete || m_reason) {
        return Abandon{m_reason.value_or(base::Error{"tern.eap.protocol", {}, "PEAP goes on after its end"})};
    }
    const auto whole = parsePacket(data.view());
    if (whole && whole->code == Code::Request && whole->type == typeExtensions) {
        return extensions(whole->identifier, whole->typeData);
    }
    return innerPacket(identifier, data.view());
}

// The header of an inner packet is left out: code and identifier are those of the packet outside.
Step PeapMethod::innerPacket(std::uint8_t identifier, base::ByteView data) {
    base::ByteWriter packet;
    packet.u8(static_cast<std::uint8_t>(Code::Request));
    packet.u8(identifier);
    packet.u16(static_cast<std::uint16_t>(std::min<std::size_t>(packetHeaderSize + data.size(), 0xFFFF)));
    packet.bytes(data);
    return handle(m_inner->receive(packet.view()));
}

Step PeapMethod::answered(const Credentials& credentials, base::ByteView secret) {
    return handle(m_inner->answer(credentials, secret));
}

Step PeapMethod::handle(InnerPeer::Turn turn) {
    std::move(turn.messages.begin(), turn.messages.end(), std::back_inserter(m_messages));
    if (turn.failure) {
        return Abandon{std::move(*turn.failure)};
    }
    if (turn.question) {
        return Ask{std::move(*turn.question)};
    }
    if (!turn.packet) {
        return m_tls.flush();
    }
    return m_tls.send(base::ByteView(*turn.packet).subspan(packetHeaderSize));
}

Step PeapMethod::extensions(std::uint8_t identifier, base::ByteView tlvs) {
    const auto said = parseTlvs(tlvs);
    if (!said || !said->result) {
        return fail(identifier, {"tern.eap.protocol", {}, "malformed or unknown TLVs inside PEAP"});
    }
    if (*said->result != resultSuccess) {
        return fail(identifier, m_inner->reason().value_or(base::Error{"tern.eap.refused", {}, "PEAP Result TLV"}));
    }
    if (!m_inner->isMethodComplete()) {
        return fail(identifier, {"tern.eap.early-success", {}, "PEAP Result TLV before the inner method's end"});
    }
    return succeed(identifier, said->cryptobinding);
}

Step PeapMethod::succeed(std::uint8_t identifier, const std::optional<base::ByteView>& binding) {
    constexpr std::array<std::uint8_t, packetHeaderSize> successPacket{3, 0, 0, 4};
    auto turn = m_inner->receive(successPacket);
    const auto tunnelKey = m_tls.keyMaterial();
    if (!turn.success || !tunnelKey) {
        return fail(identifier, {"tern.eap.internal", {}, "no keys from PEAP"});
    }
    base::Bytes answer;
    if (binding) {
        m_binding.emplace(tunnelKey->view(), turn.success->msk.view());
        if (!m_binding->verifies(*binding)) {
            return fail(identifier, {"tern.eap.peap.binding", {}, "the compound MAC does not match"});
        }
        std::array<std::uint8_t, 32> nonce{};
        m_random.fill(nonce);
        answer = m_binding->tlv(PeapBinding::Kind::Response, nonce);
    } else if (m_settings.requireCryptobinding) {
        return fail(identifier, {"tern.eap.peap.no-binding", {}, {}});
    }
    m_isComplete = true;
    return m_tls.send(extensionsPacket(identifier, resultSuccess, answer));
}

Step PeapMethod::fail(std::uint8_t identifier, base::Error error) {
    m_reason = std::move(error);
    return m_tls.send(extensionsPacket(identifier, resultFailure, {}));
}

Keys PeapMethod::takeKeys() {
    if (!m_binding) {
        return keysOf(m_tls);
    }
    constexpr std::size_t mskSize = 64;
    constexpr std::size_t hlakSize = 32;
    const auto key = m_binding->sessionKey();
    return {base::SecureBytes(key.view().first(mskSize)), base::SecureBytes(key.view().first(hlakSize))};
}

std::optional<base::Error> PeapMethod::reason() const {
    if (m_reason || m_tls.reason()) {
        return m_reason ? m_reason : m_tls.reason();
    }
    return m_inner ? m_inner->reason() : std::nullopt;
}

} // namespace tern::eap
