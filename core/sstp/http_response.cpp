#include "core/sstp/http_response.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <string_view>

namespace tern::sstp {

namespace {

constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t mostFields = 100;
constexpr std::size_t mostShown = 200; // of what the server sent, in an error

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// RFC 9110 §5.6.2.
bool isTokenCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

// Visible characters, spaces, tabs, and what is above ASCII.
bool isText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return (octet >= ' ' && octet != 0x7F) || octet == '\t';
    });
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::uint64_t> number(std::string_view digits) {
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), isDigit)) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (const char c : digits) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (endless - digit) / 10) {
            return std::nullopt;
        }
        value = value * 10 + digit;
    }
    return value;
}

tl::unexpected<base::Error> malformed(const char* what) {
    return base::fail("tern.sstp.http.malformed", {}, what);
}

} // namespace

base::Result<std::size_t> HttpResponse::take(base::ByteView more) {
    std::size_t used = 0;
    for (const auto octet : more) {
        if (m_complete) {
            break;
        }
        ++used;
        if (++m_seen > mostHttpHead) {
            return base::fail("tern.sstp.http.too-long", {}, std::to_string(mostHttpHead) + " octets without an end");
        }
        m_head += static_cast<char>(octet);
        // What is no HTTP is known by its first octets: nobody has to wait for a line to end.
        constexpr std::string_view start = "HTTP/1.";
        const auto compared = std::min(m_head.size(), start.size());
        if (m_head.compare(0, compared, start, 0, compared) != 0) {
            return malformed("does not begin with HTTP/1.");
        }
        if (!m_head.ends_with("\n\r\n") && !m_head.ends_with("\n\n")) {
            continue;
        }
        const auto head = parse(m_head);
        if (!head) {
            return base::fail(head.error());
        }
        m_head.clear();
        if (head->status >= 100 && head->status < 200 && head->status != 101) {
            continue; // interim: the answer follows (RFC 9110 §15.2)
        }
        if (auto judged = judge(*head); !judged) {
            return base::fail(std::move(judged.error()));
        }
        m_complete = true;
    }
    return used;
}

base::Result<HttpResponse::Head> HttpResponse::parse(std::string_view text) {
    Head head;
    std::size_t fields = 0;
    bool first = true;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end + 1); // the head ends with a line's end
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!isText(line)) {
            return malformed("control characters");
        }
        if (line.empty()) {
            break;
        }
        if (!first && ++fields > mostFields) {
            return base::fail("tern.sstp.http.too-long", {}, "more than 100 fields");
        }
        auto taken = first ? statusLine(line, head) : field(line, head);
        if (!taken) {
            return base::fail(std::move(taken.error()));
        }
        first = false;
    }
    return head;
}

// HTTP-version SP status-code [SP reason]
base::Result<void> HttpResponse::statusLine(std::string_view line, Head& head) {
    constexpr std::size_t version = std::string_view("HTTP/1.1").size();
    constexpr std::size_t code = version + 4; // SP and three digits
    if (line.size() < code || !isDigit(line[version - 1]) || line[version] != ' ' ||
        (line.size() > code && line[code] != ' ')) {
        return malformed("status line");
    }
    const auto status = number(line.substr(version + 1, 3));
    if (!status || *status < 100) {
        return malformed("status code");
    }
    head.status = static_cast<unsigned>(*status);
    return {};
}

base::Result<void> HttpResponse::field(std::string_view line, Head& head) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        !std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), isTokenCharacter)) {
        return malformed("header field");
    }
    const auto name = lower(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-length") {
        const auto length = number(value);
        if (!length || (head.length && head.length != length)) {
            return malformed("Content-Length");
        }
        head.length = length;
    } else if (name == "location") {
        head.location = std::string(value.substr(0, mostShown));
    } else if (name == "content-type") {
        const auto type = lower(value);
        head.html = type.starts_with("text/") || type.starts_with("application/xhtml");
    } else if (name == "transfer-encoding") {
        head.chunked = lower(value) != "identity";
    }
    return {};
}

base::Result<void> HttpResponse::judge(const Head& head) {
    const auto shown = std::to_string(head.status);
    if (head.status >= 300 && head.status < 400) {
        return base::fail("tern.sstp.http.redirect", {head.location.value_or(std::string("?"))}, shown);
    }
    switch (head.status) {
    case 200:
        // Some servers leave the length out; a finite one, or a page, is no stream.
        if (head.length.value_or(endless) != endless || head.chunked || (head.html && !head.length)) {
            return base::fail("tern.sstp.http.web-page", {}, "200, but not for a stream without end");
        }
        return {};
    case 401:
    case 403:
        return base::fail("tern.sstp.http.refused", {shown});
    case 407:
        return base::fail("tern.sstp.http.proxy-login", {}, shown);
    case 400:
    case 404:
    case 405:
    case 410:
    case 501:
    case 505:
        return base::fail("tern.sstp.http.not-sstp", {shown});
    case 408:
    case 429:
        return base::fail("tern.sstp.http.unavailable", {shown});
    default:
        break;
    }
    if (head.status >= 500 && head.status < 600) {
        return base::fail("tern.sstp.http.unavailable", {shown});
    }
    return base::fail("tern.sstp.http.status", {shown});
}

} // namespace tern::sstp
