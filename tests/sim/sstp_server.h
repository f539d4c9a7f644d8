// The server's end of SSTP for tests: HTTP, the call, the crypto binding computed apart from the client's code, and the
// PPP server inside. Octets of the decrypted stream in, octets out, no time.
#pragma once

#include "core/sstp/frames.h"
#include "tests/sim/ppp_server.h"

#include <string>

namespace tern::sim {

struct SstpServerConfig {
    PppServerConfig ppp;
    std::string http = "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\nServer: test\r\n\r\n";
    std::uint8_t hashes = 3;
    bool answersHttp = true;
    bool answersCall = true;   // or says nothing any more after HTTP
    unsigned naks = 0;         // before the ACK
    bool answersEcho = true;   // SoftEther does not
    base::Bytes certificate;   // that it believes to have shown
    bool abortsBinding = true; // a wrong one; else it ends the stream without a word
};

class SstpServer {
public:
    SstpServer(SstpServerConfig wanted, base::RandomSource& random)
        : config(std::move(wanted))
        , m_random(random)
        , m_ppp(config.ppp, random) {}

    [[nodiscard]] base::Bytes receive(base::ByteView octets);
    [[nodiscard]] base::Bytes echo() const { return sstp::writePlain(sstp::MessageType::EchoRequest); }
    [[nodiscard]] base::Bytes disconnect() const {
        return sstp::writeEnd(sstp::MessageType::CallDisconnect, std::nullopt);
    }

    SstpServerConfig config;
    // ---- seen ----
    bool ended = false; // it has closed the stream
    bool isConnected = false;
    bool bindingRefused = false;
    bool sawDisconnect = false;
    bool sawDisconnectAck = false;
    bool sawAbort = false;
    unsigned requests = 0;
    unsigned echoRequests = 0;
    unsigned echoResponses = 0;
    std::string request; // HTTP

private:
    void control(base::ByteView whole);
    void connected(base::ByteView whole);
    void data(base::ByteView frame);
    void put(base::ByteView octets) { base::append(m_out, octets); }

    base::RandomSource& m_random;
    PppServer m_ppp;
    sstp::FrameReader m_reader;
    base::Bytes m_out;
    base::Bytes m_nonce;
    bool m_acked = false;
};

} // namespace tern::sim
