// The server's answer to the request, read strictly and within bounds ([MS-SSTP] §2.2.3, RFC 9112).
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

#include <optional>
#include <string>

namespace tern::sstp {

// The most octets of head that are looked at, interim responses included.
constexpr std::size_t mostHttpHead = 16384;

class HttpResponse {
public:
    // More of the stream. Answers how many octets of it belong to the head: fewer than all once isComplete(), and what
    // is behind them is SSTP. Fails when this server does not take the call, with tern.sstp.http.*:
    //   malformed, too-long   it is no HTTP, or without end
    //   redirect              3xx; %1 where to
    //   web-page              200, but a page instead of a stream: a captive portal, or an ordinary web server
    //   proxy-login           407
    //   refused               401, 403
    //   not-sstp              400, 404, 405, 410, 501, 505: a web server that knows no SSTP
    //   unavailable           408, 429 and the other 5xx
    //   status                anything else; %1 the number
    [[nodiscard]] base::Result<std::size_t> take(base::ByteView more);
    [[nodiscard]] bool isComplete() const { return m_complete; }

private:
    struct Head {
        unsigned status = 0;
        std::optional<std::string> location;
        std::optional<std::uint64_t> length;
        bool html = false;
        bool chunked = false;
    };
    [[nodiscard]] static base::Result<Head> parse(std::string_view head);
    [[nodiscard]] static base::Result<void> statusLine(std::string_view line, Head& head);
    [[nodiscard]] static base::Result<void> field(std::string_view line, Head& head);
    [[nodiscard]] static base::Result<void> judge(const Head& head);

    std::string m_head;
    std::size_t m_seen = 0; // octets of all heads
    bool m_complete = false;
};

} // namespace tern::sstp
