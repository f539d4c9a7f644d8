// A hostile EAP server. The input is a script: one octet of configuration, then steps of an octet for the kind, two for
// the length and the data. Two things must hold whatever it does: no success without a server that knows the password,
// and nothing made from the password before the server is verified.
#include "core/base/byte_io.h"
#include "core/eap/ms_chap_v2.h"
#include "core/eap/packet.h"
#include "core/eap/peer.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace tern;
using base::ByteView;

constexpr std::uint8_t msChapV2 = 26;
constexpr std::string_view username = "CORP\\user";
constexpr std::string_view password = "secret";

class FixedRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override { std::fill(out.begin(), out.end(), std::uint8_t{0x5A}); }
};

base::SecureBytes secret() {
    return base::SecureBytes(password);
}

class Server {
public:
    explicit Server(std::uint8_t configuration)
        : m_peer({(configuration & 1U) != 0 ? std::string(username) : std::string(),
                  (configuration & 2U) != 0 ? std::optional(secret()) : std::nullopt,
                  {}},
                 m_random)
        , m_verified((configuration & 4U) != 0) {
        if (m_verified) {
            m_peer.setServerVerified();
        }
    }

    void step(std::uint8_t kind, ByteView data) {
        const bool wasFinished = m_peer.isFinished();
        switch (kind % 6) {
        case 0:
            m_peer.receive(data);
            break;
        case 1:
            request(data);
            break;
        case 2:
            m_peer.answer(base::toText(data.first(std::min<std::size_t>(data.size(), 40))), secret());
            break;
        case 3:
            prove();
            break;
        case 4:
            m_peer.receive(base::Bytes{3, m_identifier, 0, 4});
            break;
        case 5:
            m_peer.setServerVerified();
            m_verified = true;
            break;
        }
        check(wasFinished);
    }

private:
    // data: OpCode and what follows MS-Length. The challenge is remembered as a server would.
    void request(ByteView data) {
        base::ByteReader reader(data);
        const std::uint8_t opCode = reader.u8();
        const ByteView rest = reader.rest();
        ++m_identifier;
        base::ByteWriter chap;
        chap.u8(opCode);
        chap.u8(m_identifier);
        chap.u16(static_cast<std::uint16_t>(4 + rest.size()));
        chap.bytes(rest);
        if (opCode == 1 && rest.size() >= 17) {
            std::copy_n(rest.begin() + 1, 16, m_challenge.begin());
        } else if (const auto failure = opCode == 4 ? eap::parseMsChapV2Failure(rest) : std::nullopt;
                   failure && failure->challenge) {
            m_challenge = *failure->challenge;
        }
        send(chap.view());
    }

    // What only a server that knows the password can send.
    void prove() {
        eap::MsChapV2Challenge peer{};
        peer.fill(0x5A);
        const auto answer = eap::answerMsChapV2(m_challenge, peer, m_name, ByteView(secret().view()));
        if (!answer) {
            return;
        }
        ++m_identifier;
        base::ByteWriter chap;
        chap.u8(3);
        chap.u8(m_identifier);
        chap.u16(4 + 42);
        chap.bytes(base::toBytes("S=" + base::toHex(answer->authenticatorResponse.view())));
        m_proved = true;
        send(chap.view());
    }

    void send(ByteView chap) {
        base::ByteWriter packet;
        packet.u8(1);
        packet.u8(m_identifier);
        packet.u16(static_cast<std::uint16_t>(5 + chap.size()));
        packet.u8(msChapV2);
        packet.bytes(chap);
        m_peer.receive(packet.view());
    }

    void check(bool wasFinished) {
        for (const auto& output : m_peer.takeOutputs()) {
            if (wasFinished) {
                std::abort();
            }
            if (const auto* const sent = std::get_if<eap::SendPacket>(&output)) {
                const auto& octets = sent->packet;
                const bool isResponse = octets.size() > 58 && octets[4] == msChapV2 && octets[5] == 2;
                if (isResponse && !m_verified) {
                    std::abort();
                }
                if (isResponse) {
                    m_name = base::toText(ByteView(octets).subspan(59));
                }
            } else if (const auto* const success = std::get_if<eap::Success>(&output)) {
                if (!m_proved || !m_verified || success->msk.size() != 64) {
                    std::abort();
                }
            }
        }
    }

    FixedRandom m_random;
    eap::Peer m_peer;
    eap::MsChapV2Challenge m_challenge{};
    std::string m_name;
    std::uint8_t m_identifier = 0;
    bool m_verified = false;
    bool m_proved = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    base::ByteReader script({data, size});
    Server server(script.u8());
    while (!script.failed() && !script.atEnd()) {
        const std::uint8_t kind = script.u8();
        const std::size_t length = script.u16();
        server.step(kind, script.take(std::min(length, script.remaining())));
    }
    return 0;
}
