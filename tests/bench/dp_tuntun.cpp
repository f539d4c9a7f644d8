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

#include <QByteArray>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <map>
#include <net/if.h>
#include <netinet/in.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

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

// "192.0.2.1:4500"
bool parseEndpoint(std::string_view text, base::Endpoint& endpoint) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return false;
    }
    const auto address = base::IpAddress::fromText(text.substr(0, colon));
    bool ok = false;
    const auto port =
        QByteArray(text.data() + colon + 1, static_cast<qsizetype>(text.size() - colon - 1)).toUShort(&ok);
    if (address && ok) {
        endpoint = {*address, port};
    }
    return address && ok;
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
            good = parseEndpoint(optarg, options.local);
            break;
        case 'r':
            good = parseEndpoint(optarg, options.peer);
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

base::UniqueFd openTun(const std::string& name) {
    base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC));
    ifreq request{};
    std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    return ::ioctl(fd.get(), TUNSETIFF, &request) == 0 ? std::move(fd) : base::UniqueFd();
}

base::UniqueFd openSocket(const base::Endpoint& local) {
    const base::ByteView octets = local.address.bytes();
    base::UniqueFd fd(::socket(local.address.isV6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    int bound = -1;
    if (local.address.isV6()) {
        sockaddr_in6 name{};
        name.sin6_family = AF_INET6;
        name.sin6_port = htons(local.port);
        std::memcpy(&name.sin6_addr, octets.data(), octets.size());
        bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name);
    } else {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_port = htons(local.port);
        std::memcpy(&name.sin_addr, octets.data(), octets.size());
        bound = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name);
    }
    return bound == 0 ? std::move(fd) : base::UniqueFd();
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
    sigset_t ends{};
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);

    datapath::EspTunnelConfig config;
    config.tun = openTun(options.tun);
    config.outer.socket = openSocket(options.local);
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
    int signal = 0;
    sigwait(&ends, &signal);
    print((*tunnel)->statistics());
    return 0;
}
