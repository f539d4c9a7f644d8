#include "tests/sim/sstp_server.h"

#include "core/crypto/prf.h"

#include <algorithm>
#include <array>

namespace tern::sim {

namespace {

constexpr std::size_t macAt = 80; // in CALL_CONNECTED, [MS-SSTP] §2.2.11
constexpr std::size_t fieldSize = 32;

// [MS-SSTP] §3.3.5.2.3, from its text and not from the client's code.
base::Bytes expectedMac(crypto::Hash hash, base::ByteView hlak, base::Bytes message) {
    std::fill(message.begin() + macAt, message.end(), std::uint8_t{0});
    base::Bytes seed = base::toBytes("SSTP inner method derived CMK");
    seed.push_back(hash == crypto::Hash::Sha256 ? 0x20 : 0x14);
    seed.push_back(0x00);
    seed.push_back(0x01);
    const auto key = crypto::hmac(hash, hlak, {seed});
    const auto mac = crypto::hmac(hash, key.view(), {message});
    base::Bytes padded(mac.view().begin(), mac.view().end());
    padded.resize(fieldSize);
    return padded;
}

} // namespace

base::Bytes SstpServer::receive(base::ByteView octets) {
    if (ended) {
        return {};
    }
    if (!request.ends_with("\r\n\r\n")) {
        while (!octets.empty() && !request.ends_with("\r\n\r\n")) {
            request += static_cast<char>(octets.front());
            octets = octets.subspan(1);
        }
        if (!request.ends_with("\r\n\r\n")) {
            return {};
        }
        if (config.answersHttp) {
            put(base::toBytes(config.http));
        }
    }
    m_reader.add(octets);
    for (auto frame = m_reader.next(); frame && *frame && !ended; frame = m_reader.next()) {
        base::Bytes body((*frame)->body.begin(), (*frame)->body.end());
        if ((*frame)->control) {
            control(body);
        } else {
            data(body);
        }
    }
    return std::exchange(m_out, {});
}

void SstpServer::control(base::ByteView body) {
    const auto message = sstp::parseControl(body);
    if (!message) {
        ended = true;
        return;
    }
    if (!config.answersCall) {
        sawAbort = sawAbort || message->type == sstp::MessageType::CallAbort;
        return;
    }
    switch (message->type) {
    case sstp::MessageType::CallConnectRequest:
        ++requests;
        if (requests <= config.naks) {
            put(base::Bytes{0x10, 1, 0, 20, 0, 3, 0, 1, 0, 2, 0, 12, 0, 0, 0, 0, 0, 0, 0, 4});
            break;
        }
        m_acked = true;
        m_nonce.resize(fieldSize);
        m_random.fill(m_nonce);
        put(base::Bytes{0x10, 1, 0, 48, 0, 2, 0, 1, 0, 4, 0, 40, 0, 0, 0, config.hashes});
        put(m_nonce);
        for (const auto& frame : m_ppp.start()) {
            put(sstp::writeData(frame));
        }
        break;
    case sstp::MessageType::CallConnected:
        connected(body);
        break;
    case sstp::MessageType::CallAbort:
        sawAbort = true;
        put(sstp::writeEnd(sstp::MessageType::CallAbort, std::nullopt));
        break;
    case sstp::MessageType::CallDisconnect:
        sawDisconnect = true;
        put(sstp::writePlain(sstp::MessageType::CallDisconnectAck));
        break;
    case sstp::MessageType::CallDisconnectAck:
        sawDisconnectAck = true;
        break;
    case sstp::MessageType::EchoRequest:
        ++echoRequests;
        if (config.answersEcho) {
            put(sstp::writePlain(sstp::MessageType::EchoResponse));
        }
        break;
    case sstp::MessageType::EchoResponse:
        ++echoResponses;
        break;
    default:
        ended = true;
    }
}

void SstpServer::connected(base::ByteView body) {
    base::Bytes whole{0x10, 1, 0, 0x70};
    base::append(whole, body);
    const auto hash = (config.hashes & 2U) != 0 ? crypto::Hash::Sha256 : crypto::Hash::Sha1;
    const std::uint8_t hashBit = hash == crypto::Hash::Sha256 ? 2 : 1;
    auto certificateHash = crypto::digest(hash, {config.certificate});
    certificateHash.resize(fieldSize);
    const base::ByteView view(whole);
    const auto part = [view](std::size_t at) {
        const auto piece = view.subspan(at, fieldSize);
        return base::Bytes(piece.begin(), piece.end());
    };
    const bool good = whole.size() == 112 && !isConnected && m_ppp.hlak && whole[15] == hashBit &&
                      part(16) == m_nonce && part(48) == certificateHash &&
                      part(macAt) == expectedMac(hash, m_ppp.hlak->view(), whole);
    if (good) {
        isConnected = true;
        return;
    }
    bindingRefused = true;
    if (config.abortsBinding) {
        put(sstp::writeEnd(sstp::MessageType::CallAbort,
                           sstp::StatusInfo{sstp::AttributeId::CryptoBinding, sstp::Status::ValueNotSupported}));
    } else {
        ended = true;
    }
}

void SstpServer::data(base::ByteView frame) {
    if (!m_acked) {
        ended = true;
        return;
    }
    for (const auto& answer : m_ppp.receive(frame)) {
        put(sstp::writeData(answer));
    }
}

} // namespace tern::sim
