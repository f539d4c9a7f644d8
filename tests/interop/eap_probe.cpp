// Signs in at a RADIUS server with Tern's EAP peer, by a small relay of its own (RFC 2865, RFC 3579), and compares what
// both ends derived: the server hands its keys to the relay (RFC 2548 §2.4).
//
// eap_probe KEY=VALUE…: server (address:port), secret, user, password, method, inner (comma-separated), ca, name, cert,
// key, tls13, outer, code, new, unchecked, time. Prints one line of JSON; exits 0 whatever the outcome is.
#include "core/base/byte_io.h"
#include "core/crypto/credential_file.h"
#include "core/crypto/md5.h"
#include "core/crypto/random.h"
#include "core/eap/peer.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <openssl/hmac.h>
#include <sstream>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace tern;
using base::Bytes;
using base::ByteView;

using Arguments = std::map<std::string, std::string>;

std::string readFile(const std::string& path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

namespace attribute {
constexpr std::uint8_t userName = 1;
constexpr std::uint8_t nasIdentifier = 32;
constexpr std::uint8_t state = 24;
constexpr std::uint8_t vendor = 26;
constexpr std::uint8_t eapMessage = 79;
constexpr std::uint8_t authenticator = 80;
} // namespace attribute

// One conversation with a RADIUS server.
class Relay {
public:
    Relay(const std::string& server, std::string secret, base::RandomSource& random)
        : m_secret(std::move(secret))
        , m_random(random)
        , m_socket(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        const auto colon = server.find(':');
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(server.substr(colon + 1))));
        inet_pton(AF_INET, server.substr(0, colon).c_str(), &to.sin_addr);
        static_cast<void>(connect(m_socket, reinterpret_cast<const sockaddr*>(&to), sizeof to));
        const timeval limit{20, 0};
        setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;
    ~Relay() { close(m_socket); }

    // The server's EAP packet; empty when it does not answer.
    Bytes exchange(ByteView eap) {
        static constexpr std::uint8_t response = 2;
        static constexpr std::uint8_t identity = 1;
        if (eap.size() > 5 && eap[0] == response && eap[4] == identity) {
            m_name.assign(eap.begin() + 5, eap.end());
        }
        base::ByteWriter packet;
        packet.u8(1);
        packet.u8(++m_identifier);
        packet.u16(0);
        m_random.fill(m_requestAuthenticator);
        packet.bytes(m_requestAuthenticator);
        add(packet, attribute::userName, m_name);
        add(packet, attribute::nasIdentifier, base::toBytes("tern-test"));
        for (std::size_t at = 0; at < eap.size(); at += 253) {
            add(packet, attribute::eapMessage, eap.subspan(at, std::min<std::size_t>(253, eap.size() - at)));
        }
        if (!m_state.empty()) {
            add(packet, attribute::state, m_state);
        }
        add(packet, attribute::authenticator, Bytes(16, 0));
        packet.patchU16(2, static_cast<std::uint16_t>(packet.size()));
        Bytes octets = packet.take();
        std::array<std::uint8_t, 16> mac{};
        HMAC(EVP_md5(), m_secret.data(), static_cast<int>(m_secret.size()), octets.data(), octets.size(), mac.data(),
             nullptr);
        std::copy(mac.begin(), mac.end(), octets.end() - 16);
        static_cast<void>(send(m_socket, octets.data(), octets.size(), 0));
        Bytes answer(8192);
        const auto size = recv(m_socket, answer.data(), answer.size(), 0);
        answer.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return take(answer);
    }
    [[nodiscard]] const Bytes& sendKey() const { return m_sendKey; }
    [[nodiscard]] const Bytes& receiveKey() const { return m_receiveKey; }
    [[nodiscard]] int code() const { return m_code; }

private:
    static void add(base::ByteWriter& packet, std::uint8_t type, ByteView value) {
        packet.u8(type);
        packet.u8(static_cast<std::uint8_t>(2 + value.size()));
        packet.bytes(value);
    }

    Bytes take(ByteView answer) {
        base::ByteReader reader(answer);
        m_code = reader.u8();
        reader.skip(19);
        Bytes eap;
        m_state.clear();
        while (!reader.failed() && !reader.atEnd()) {
            const auto type = reader.u8();
            const std::size_t length = reader.u8();
            const auto value = reader.take(length < 2 ? 0 : length - 2);
            if (type == attribute::eapMessage) {
                base::append(eap, value);
            } else if (type == attribute::state) {
                m_state.assign(value.begin(), value.end());
            } else if (type == attribute::vendor) {
                takeVendor(value);
            }
        }
        return eap;
    }

    // MS-MPPE-Send-Key and MS-MPPE-Recv-Key.
    void takeVendor(ByteView value) {
        base::ByteReader reader(value);
        constexpr std::uint32_t microsoft = 311;
        if (reader.u32() != microsoft) {
            return;
        }
        while (!reader.failed() && !reader.atEnd()) {
            const auto type = reader.u8();
            const std::size_t length = reader.u8();
            const auto data = reader.take(length < 2 ? 0 : length - 2);
            if (type == 16) {
                m_sendKey = open(data);
            } else if (type == 17) {
                m_receiveKey = open(data);
            }
        }
    }

    [[nodiscard]] Bytes open(ByteView data) const {
        if (data.size() < 18) {
            return {};
        }
        const auto salt = data.first(2);
        auto block = *crypto::md5({base::toBytes(m_secret), m_requestAuthenticator, salt});
        Bytes plain;
        for (auto rest = data.subspan(2); rest.size() >= 16; rest = rest.subspan(16)) {
            for (std::size_t i = 0; i < 16; ++i) {
                plain.push_back(rest[i] ^ block.at(i));
            }
            block = *crypto::md5({base::toBytes(m_secret), rest.first(16)});
        }
        const std::size_t size = plain.front();
        return size < plain.size() ? Bytes(plain.begin() + 1, plain.begin() + 1 + static_cast<std::ptrdiff_t>(size))
                                   : Bytes();
    }

    std::string m_secret;
    base::RandomSource& m_random;
    int m_socket;
    int m_code = 0;
    std::uint8_t m_identifier = 0;
    std::array<std::uint8_t, 16> m_requestAuthenticator{};
    Bytes m_name;
    Bytes m_state;
    Bytes m_sendKey;
    Bytes m_receiveKey;
};

const std::map<std::string, eap::MethodType> methods{
    {"md5", eap::MethodType::Md5},   {"gtc", eap::MethodType::Gtc},   {"tls", eap::MethodType::Tls},
    {"ttls", eap::MethodType::Ttls}, {"peap", eap::MethodType::Peap}, {"mschapv2", eap::MethodType::MsChapV2}};
const std::map<std::string, eap::Inner> inners{
    {"pap", eap::Inner::Pap},        {"mschapv2", eap::Inner::MsChapV2}, {"eap-mschapv2", eap::Inner::EapMsChapV2},
    {"eap-gtc", eap::Inner::EapGtc}, {"eap-md5", eap::Inner::EapMd5},    {"eap-tls", eap::Inner::EapTls}};

eap::PeerConfig configOf(Arguments& given) {
    eap::PeerConfig config;
    config.username = given["user"];
    if (given.contains("password")) {
        config.password = base::SecureBytes(std::string_view(given["password"]));
    }
    auto& settings = config.settings;
    settings.methods = {methods.at(given["method"])};
    settings.inner.clear();
    std::istringstream list(given["inner"]);
    for (std::string one; std::getline(list, one, ',');) {
        settings.inner.push_back(inners.at(one));
    }
    settings.outerIdentity = given["outer"];
    settings.requireCryptobinding = given.contains("binding");
    settings.tls.newest = given.contains("tls13") ? crypto::TlsVersion::Tls13 : crypto::TlsVersion::Tls12;
    settings.tls.checkServer = !given.contains("unchecked");
    settings.tls.time = base::UnixSeconds(std::time(nullptr));
    if (given.contains("ca")) {
        settings.tls.trust = *crypto::TrustStore::fromPem(readFile(given["ca"]));
    }
    if (given.contains("name")) {
        settings.tls.serverNames = {given["name"]};
    }
    if (given.contains("cert")) {
        const auto pem = readFile(given["cert"]) + readFile(given["key"]);
        auto material = crypto::readCredentialFile(base::toBytes(pem), std::nullopt);
        if (material) {
            if (auto mine = crypto::assemble(std::move(*material))) {
                settings.tls.credentials = std::move(*mine);
            }
        }
    }
    return config;
}

std::string inQuotes(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    }
    return out + "\"";
}

class Probe {
public:
    explicit Probe(Arguments given)
        : m_given(std::move(given))
        , m_peer(configOf(m_given), m_random)
        , m_relay(m_given["server"], m_given["secret"], m_random) {
        m_peer.setServerVerified();
    }

    void run() {
        constexpr std::array<std::uint8_t, 5> identityRequest{1, 1, 0, 5, 1};
        m_peer.receive(identityRequest);
        while (!m_ended) {
            takeOutputs();
        }
        std::printf("{\"outcome\": %s, \"detail\": %s, \"msk\": %s, \"hlak\": %s, \"receive\": %s, \"send\": %s, "
                    "\"radius\": %d, "
                    "\"shown\": %s}\n",
                    inQuotes(m_outcome).c_str(), inQuotes(m_detail).c_str(), inQuotes(m_msk).c_str(),
                    inQuotes(m_hlak).c_str(), inQuotes(base::toHex(m_relay.receiveKey())).c_str(),
                    inQuotes(base::toHex(m_relay.sendKey())).c_str(), m_relay.code(), inQuotes(m_shown).c_str());
    }

private:
    void takeOutputs() {
        Bytes packet;
        for (auto& output : m_peer.takeOutputs()) {
            if (auto* const sent = std::get_if<eap::SendPacket>(&output)) {
                packet = std::move(sent->packet);
            } else if (const auto* const prompt = std::get_if<eap::Prompt>(&output)) {
                answer(*prompt);
            } else if (const auto* const success = std::get_if<eap::Success>(&output)) {
                m_msk = base::toHex(success->msk.view());
                m_hlak = base::toHex(success->hlak.view());
                end("success", {});
            } else if (const auto* const failure = std::get_if<eap::Failure>(&output)) {
                end(failure->error.code, failure->error.detail);
            }
        }
        if (m_ended || m_asked) {
            m_asked = false;
            return;
        }
        const auto next = packet.empty() ? Bytes() : m_relay.exchange(packet);
        if (next.empty()) {
            end("silence", {});
            return;
        }
        m_peer.receive(next);
    }

    void answer(const eap::Prompt& prompt) {
        using Kind = eap::Prompt::Kind;
        m_shown += prompt.text;
        if (prompt.kind == Kind::Message) {
            return;
        }
        m_asked = true;
        const char* const key = prompt.kind == Kind::Code          ? "code"
                                : prompt.kind == Kind::NewPassword ? "new"
                                                                   : "password";
        if (!m_given.contains(key) || prompt.retry) {
            end("asked", key);
            return;
        }
        m_peer.answer({}, base::SecureBytes(std::string_view(m_given[key])));
    }

    void end(std::string outcome, std::string detail) {
        m_ended = true;
        m_outcome = std::move(outcome);
        m_detail = std::move(detail);
    }

    Arguments m_given;
    crypto::SystemRandom m_random;
    eap::Peer m_peer;
    Relay m_relay;
    bool m_ended = false;
    bool m_asked = false;
    std::string m_outcome;
    std::string m_detail;
    std::string m_msk;
    std::string m_hlak;
    std::string m_shown;
};

} // namespace

int main(int count, char** values) {
    Arguments given;
    for (int i = 1; i < count; ++i) {
        const std::string one = values[i];
        const auto equals = one.find('=');
        given[one.substr(0, equals)] = equals == std::string::npos ? "" : one.substr(equals + 1);
    }
    Probe(std::move(given)).run();
    return 0;
}
