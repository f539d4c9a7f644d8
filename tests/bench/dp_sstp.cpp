// One end of an SSTP tunnel that is up already, for measuring the data path alone: run one in each of two network
// namespaces. The listening end's TLS is OpenSSL's server; all else is the product's on both.
//
//   dp_sstp -i TUN -l ADDRESS:PORT [-m MTU]     accepts one connection
//   dp_sstp -i TUN -r ADDRESS:PORT [-m MTU]     makes it
//
// Makes the TUN in the namespace it runs in and leaves its address and state to the caller. Ends with SIGINT or SIGTERM
// and prints its counters as one line of JSON then.
#include "core/datapath/sstp_tunnel.h"
#include "tests/bench/ends.h"
#include "tests/unit/datapath/tls_pair.h"

#include <array>
#include <cstdio>

using namespace tern;

namespace {

struct Options {
    std::string tun = "tun0";
    base::Endpoint local;
    base::Endpoint peer;
    unsigned mtu = 1400;
};

bool parse(int argc, char** argv, Options& options) {
    bool good = true;
    for (int option = 0; good && (option = ::getopt(argc, argv, "i:l:r:m:")) != -1;) {
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
        case 'm':
            options.mtu = QByteArray(optarg).toUInt(&good);
            break;
        default:
            good = false;
        }
    }
    return good && (options.local.port != 0) != (options.peer.port != 0);
}

bool sendAll(int socket, crypto::TlsClient& tls) {
    while (!tls.output().empty()) {
        const ssize_t sent = ::send(socket, tls.output().data(), tls.output().size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        tls.sent(static_cast<std::size_t>(sent));
    }
    return true;
}

// Both ends read until their own side is through; what comes with the last of the handshake stays in the TLS object.
bool shakeHands(int socket, crypto::TlsClient& tls) {
    std::array<std::uint8_t, 16'384> buffer{};
    while (!tls.isEstablished()) {
        if (!sendAll(socket, tls)) {
            return false;
        }
        const ssize_t got = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (got <= 0 || !tls.feed(base::ByteView(buffer).first(static_cast<std::size_t>(got)))) {
            return false;
        }
    }
    return sendAll(socket, tls);
}

std::unique_ptr<crypto::TlsClient> clientEnd() {
    crypto::TlsClientConfig config;
    config.check = [](const std::vector<base::Bytes>&) { return base::Result<void>(); };
    config.serverName = "vpn.example";
    auto client = std::move(*crypto::TlsClient::create(std::move(config)));
    static_cast<void>(client->feed({}));
    return client;
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    if (!parse(argc, argv, options)) {
        std::fprintf(stderr, "dp_sstp -i TUN (-l|-r) ADDRESS:PORT [-m MTU]\n");
        return 2;
    }
    const bench::EndSignal end;
    const bool server = options.local.port != 0;
    datapath::SstpTunnelConfig config;
    config.tun = bench::openTun(options.tun);
    config.socket = server ? bench::acceptOne(options.local) : bench::connectTo(options.peer);
    config.tls = server ? std::make_unique<testing::TlsServerEnd>() : clientEnd();
    config.mtu = options.mtu;
    if (!config.socket || !shakeHands(config.socket.get(), *config.tls)) {
        std::fprintf(stderr, "dp_sstp: no TLS\n");
        return 1;
    }
    auto tunnel = datapath::SstpTunnel::start(std::move(config));
    if (!tunnel) {
        std::fprintf(stderr, "dp_sstp: %s\n", tunnel.error().detail.c_str());
        return 1;
    }
    end.wait();
    const auto counted = (*tunnel)->statistics();
    std::printf("{\"received_bytes\": %llu, \"sent_bytes\": %llu, \"dropped\": %llu}\n",
                static_cast<unsigned long long>(counted.receivedBytes),
                static_cast<unsigned long long>(counted.sentBytes), static_cast<unsigned long long>(counted.dropped));
    return 0;
}
