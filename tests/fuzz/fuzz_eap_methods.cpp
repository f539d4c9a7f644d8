// A hostile EAP server against every method. The input is a script: one octet for the method and the configuration,
// then steps of an octet for the kind, two for the length and the data. Whatever it does: nothing made from the
// password leaves before a server is verified, and no success without what the method demands. The TLS-based ones see
// fragments and records of the fuzzer's; a server that cannot hold the certificate's key never gets further than the
// handshake.
#include "core/base/byte_io.h"
#include "core/eap/peap_binding.h"
#include "core/eap/peer.h"
#include "core/eap/ttls_avp.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace {

using namespace tern;
using base::ByteView;
using eap::MethodType;

constexpr std::string_view password = "Canary-password-7";
constexpr std::array kinds{MethodType::Md5, MethodType::Gtc, MethodType::Tls, MethodType::Ttls, MethodType::Peap};

class FixedRandom final : public base::RandomSource {
public:
    void fill(base::MutableByteView out) override { std::fill(out.begin(), out.end(), std::uint8_t{0x5A}); }
};

eap::PeerConfig configOf(MethodType type, bool checks) {
    eap::PeerConfig config;
    config.username = "alice";
    config.password = base::SecureBytes(password);
    config.settings.methods = {type};
    config.settings.tls.checkServer = checks;
    config.settings.tls.newest = crypto::TlsVersion::Tls13;
    return config;
}

class Server {
public:
    explicit Server(std::uint8_t configuration)
        : m_type(kinds.at((configuration >> 2U) % kinds.size()))
        , m_verified((configuration & 1U) != 0)
        , m_peer(configOf(m_type, (configuration & 2U) != 0), m_random) {
        if (m_verified) {
            m_peer.setServerVerified();
        }
    }

    void step(std::uint8_t kind, ByteView data) {
        switch (kind % 4) {
        case 0:
            m_peer.receive(data);
            break;
        case 1:
            request(data);
            break;
        case 2:
            m_peer.answer({}, base::SecureBytes(data.first(std::min<std::size_t>(data.size(), 300))));
            break;
        case 3:
            m_peer.receive(base::Bytes{3, m_identifier, 0, 4});
            break;
        }
        check();
    }

private:
    void request(ByteView data) {
        base::ByteWriter packet;
        packet.u8(1);
        packet.u8(++m_identifier);
        packet.u16(static_cast<std::uint16_t>(5 + data.size()));
        packet.u8(static_cast<std::uint8_t>(m_type));
        packet.bytes(data.first(std::min<std::size_t>(data.size(), 65000)));
        m_peer.receive(packet.view());
    }

    void check() {
        const bool isTunnel = m_type != MethodType::Md5 && m_type != MethodType::Gtc;
        for (const auto& output : m_peer.takeOutputs()) {
            if (const auto* const sent = std::get_if<eap::SendPacket>(&output)) {
                const auto& octets = sent->packet;
                const bool inClear =
                    std::search(octets.begin(), octets.end(), password.begin(), password.end()) != octets.end();
                if (inClear && (!m_verified || m_type != MethodType::Gtc)) {
                    std::abort();
                }
                if (!m_verified && m_type == MethodType::Md5 && octets.size() > 5 && octets[4] == 4) {
                    std::abort();
                }
            } else if (std::holds_alternative<eap::Success>(output) && (isTunnel || !m_verified)) {
                std::abort();
            }
        }
    }

    FixedRandom m_random;
    MethodType m_type;
    bool m_verified;
    eap::Peer m_peer;
    std::uint8_t m_identifier = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The parsers behind the tunnel, which the fuzzer cannot reach through one.
    static_cast<void>(eap::parseAvps({data, size}));
    static_cast<void>(eap::PeapBinding(base::Bytes(60, 1), base::Bytes(32, 2)).verifies({data, size}));

    base::ByteReader script({data, size});
    Server server(script.u8());
    while (!script.failed() && !script.atEnd()) {
        const std::uint8_t kind = script.u8();
        const std::size_t length = script.u16();
        server.step(kind, script.take(std::min(length, script.remaining())));
    }
    return 0;
}
