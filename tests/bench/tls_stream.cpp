// The bound of SSTP: one TLS stream and nothing else, 16,384 octets a write, by OpenSSL alone.
//
//   tls_stream -l ADDRESS:PORT              accepts one connection, reads it to its end, prints what came as JSON
//   tls_stream -r ADDRESS:PORT -t SECONDS   writes as fast as it can
#include "tests/bench/ends.h"
#include "tests/unit/datapath/tls_pair.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <memory>

using namespace tern;

namespace {

using Connection = std::unique_ptr<SSL, decltype(&SSL_free)>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t recordSize = 16'384;
constexpr std::size_t readAhead = 65'536; // without it each record would cost two system calls

int receive(const base::Endpoint& local) {
    const auto context = testing::selfSignedServer();
    SSL_CTX_set_read_ahead(context.get(), 1);
    SSL_CTX_set_default_read_buffer_len(context.get(), readAhead);
    const auto socket = bench::acceptOne(local);
    const Connection ssl(SSL_new(context.get()), SSL_free);
    SSL_set_fd(ssl.get(), socket.get());
    if (SSL_accept(ssl.get()) != 1) {
        return 1;
    }
    std::array<std::uint8_t, recordSize> buffer{};
    unsigned long long octets = 0;
    const auto started = Clock::now();
    for (std::size_t got = 0; SSL_read_ex(ssl.get(), buffer.data(), buffer.size(), &got) == 1;) {
        octets += got;
    }
    std::printf("{\"octets\": %llu, \"seconds\": %.4f}\n", octets,
                std::chrono::duration<double>(Clock::now() - started).count());
    return 0;
}

int send(const base::Endpoint& peer, double seconds) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const auto socket = bench::connectTo(peer);
    const Connection ssl(SSL_new(context.get()), SSL_free);
    SSL_set_fd(ssl.get(), socket.get());
    if (SSL_connect(ssl.get()) != 1) {
        return 1;
    }
    const std::array<std::uint8_t, recordSize> record{};
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < until) {
        std::size_t written = 0;
        if (SSL_write_ex(ssl.get(), record.data(), record.size(), &written) != 1) {
            return 1;
        }
    }
    SSL_shutdown(ssl.get());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    base::Endpoint local;
    base::Endpoint peer;
    double seconds = 3;
    bool good = true;
    for (int option = 0; good && (option = ::getopt(argc, argv, "l:r:t:")) != -1;) {
        good = option == 'l'   ? bench::parseEndpoint(optarg, local)
               : option == 'r' ? bench::parseEndpoint(optarg, peer)
                               : option == 't';
        if (option == 't') {
            seconds = QByteArray(optarg).toDouble(&good);
        }
    }
    if (!good || (local.port != 0) == (peer.port != 0)) {
        std::fprintf(stderr, "tls_stream -l ADDRESS:PORT | -r ADDRESS:PORT [-t SECONDS]\n");
        return 2;
    }
    return local.port != 0 ? receive(local) : send(peer, seconds);
}
