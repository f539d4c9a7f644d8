// One end of a tunnel with keys that everybody knows, for measuring the data path alone: run one in each of two network
// namespaces.
//
//   dp_tuntun -i TUN -l ADDRESS:PORT -r ADDRESS:PORT -e 0|1 [-c CIPHER] [-m MTU] [-x OFFLOAD]…
//
// -e      which end this is; the two differ
// -c      aes256gcm16 (default), aes128gcm16, chacha20poly1305, aes256-sha256, aes256ctr-sha256
// -x      leave an offload out: tun-tcp, tun-udp, udp-segment, udp-gather, ipsec-mb
//
// Makes the TUN in the namespace it runs in and leaves its address and state to the caller. Ends with SIGINT or SIGTERM
// and prints its counters as one line of JSON then.
#include "core/datapath/esp_tunnel.h"
#include "tests/bench/ends.h"

#include <cstdio>
#include <map>
#include <string>

using namespace tern;

namespace {

struct Options {
    std::string tun = "tun0";
    base::Endpoint local;
    base::Endpoint peer;
    int end = -1;
    std::string cipher = "aes256gcm16";
    unsigned mtu = 1400;
    datapath::Offloads offloads;
};

struct Suite {
    crypto::EspCipher cipher;
    std::size_t key;
    std::size_t salt;
    crypto::EspIntegrity integrity = crypto::EspIntegrity::None;
    std::size_t integrityKey = 0;
};

const std::map<std::string, Suite>& suites() {
    using crypto::EspCipher;
    using crypto::EspIntegrity;
    static const std::map<std::string, Suite> all{
        {"aes256gcm16", {EspCipher::AesGcm16, 32, 4}},
        {"aes128gcm16", {EspCipher::AesGcm16, 16, 4}},
        {"chacha20poly1305", {EspCipher::ChaCha20Poly1305, 32, 4}},
        {"aes256-sha256", {EspCipher::AesCbc, 32, 0, EspIntegrity::HmacSha256_128, 32}},
        {"aes256ctr-sha256", {EspCipher::AesCtr, 32, 4, EspIntegrity::HmacSha256_128, 32}},
    };
    return all;
}

crypto::SaKeys keysFor(const Suite& suite, std::uint32_t spi) {
    const auto fixed = [spi](std::size_t size) {
        return base::SecureBytes(base::ByteView(base::Bytes(size, static_cast<std::uint8_t>(spi))));
    };
    crypto::SaKeys keys;
    keys.spi = spi;
    keys.cipher = suite.cipher;
    keys.integrity = suite.integrity;
    keys.encryptionKey = fixed(suite.key);
    keys.salt = fixed(suite.salt);
    keys.integrityKey = fixed(suite.integrityKey);
    return keys;
}

bool leaveOut(datapath::Offloads& offloads, const std::string& name) {
    const std::map<std::string, bool*> all{{"tun-tcp", &offloads.tunTcp},
                                           {"tun-udp", &offloads.tunUdp},
                                           {"udp-segment", &offloads.udpSegment},
                                           {"udp-gather", &offloads.udpGather},
                                           {"ipsec-mb", &offloads.ipsecMb}};
    const auto found = all.find(name);
    if (found == all.end()) {
        return false;
    }
    *found->second = false;
    return true;
}

bool parse(int argc, char** argv, Options& options) {
    bool good = true;
    for (int option = 0; good && (option = ::getopt(argc, argv, "i:l:r:e:c:m:x:")) != -1;) {
        switch (option) {
        case 'i':
            options.tun = optarg;
            break;
        case 'l':
            good = bench::parseEndpoint(optarg, options.local);
            break;
        case 'r':
            good = bench::parseEndpoint(optarg, options.peer);
            break;
        case 'e':
            options.end = std::strcmp(optarg, "0") == 0 ? 0 : 1;
            break;
        case 'c':
            options.cipher = optarg;
            good = suites().contains(options.cipher);
            break;
        case 'm':
            options.mtu = QByteArray(optarg).toUInt(&good);
            break;
        case 'x':
            good = leaveOut(options.offloads, optarg);
            break;
        default:
            good = false;
        }
    }
    return good && options.end >= 0 && options.local.port != 0 && options.peer.port != 0;
}

void print(const datapath::TunnelStatistics& s) {
    const auto row = [](const char* name, std::uint64_t value, const char* end) {
        std::printf("\"%s\": %llu%s", name, static_cast<unsigned long long>(value), end);
    };
    std::printf("{");
    row("received_bytes", s.receivedBytes, ", ");
    row("sent_bytes", s.sentBytes, ", ");
    row("received_packets", s.receivedPackets, ", ");
    row("sent_packets", s.sentPackets, ", ");
    row("replayed", s.replayed, ", ");
    row("auth_failures", s.authFailures, ", ");
    row("unknown_spi", s.unknownSpi, ", ");
    row("dropped", s.dropped, "}\n");
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    if (!parse(argc, argv, options)) {
        std::fprintf(stderr,
                     "dp_tuntun -i TUN -l ADDRESS:PORT -r ADDRESS:PORT -e 0|1 [-c CIPHER] [-m MTU] [-x OFFLOAD]\n");
        return 2;
    }
    const bench::EndSignal end;

    datapath::EspTunnelConfig config;
    config.tun = bench::openTun(options.tun);
    config.outer.socket = bench::boundSocket(options.local, SOCK_DGRAM);
    config.outer.peer = options.peer;
    config.mtu = options.mtu;
    config.offloads = options.offloads;
    auto tunnel = datapath::EspTunnel::start(std::move(config));
    const Suite& suite = suites().at(options.cipher);
    const std::uint32_t inbound = options.end == 0 ? 0x1001 : 0x1002;
    const std::uint32_t outbound = options.end == 0 ? 0x1002 : 0x1001;
    if (!tunnel || !(*tunnel)->install({{keysFor(suite, inbound), keysFor(suite, outbound)}, {}, {}})) {
        std::fprintf(stderr, "dp_tuntun: %s\n", tunnel ? "cipher" : tunnel.error().detail.c_str());
        return 1;
    }
    end.wait();
    print((*tunnel)->statistics());
    return 0;
}
