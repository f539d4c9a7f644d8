#include "core/probe/tls_version_question.h"

#include "core/base/byte_io.h"

#include <array>

namespace tern::probe {

namespace {

constexpr std::uint8_t recordAlert = 21;
constexpr std::uint8_t recordHandshake = 22;
constexpr std::uint8_t clientHello = 1;
constexpr std::uint8_t serverHello = 2;
constexpr std::uint8_t majorVersion = 3;
constexpr std::uint16_t tls10 = 0x0301;
constexpr std::uint16_t tls12 = 0x0303;
constexpr std::size_t recordHeader = 5;
constexpr std::size_t handshakeHeader = 4;
constexpr std::size_t largestRecord = 18432; // RFC 5246 §6.2.3
constexpr std::size_t smallestServerHello = 38;
constexpr std::size_t randomSize = 32;
constexpr std::uint16_t extensionServerName = 0;
constexpr std::uint16_t extensionGroups = 10;
constexpr std::uint16_t extensionPointFormats = 11;
constexpr std::uint16_t extensionSignatures = 13;

// What servers of any age have, the outdated last: none of it is ever used.
constexpr std::array<std::uint16_t, 13> oldSuites{0xC014, 0xC013, 0xC00A, 0xC009, 0x0039, 0x0033, 0x0035,
                                                  0x002F, 0xC012, 0xC008, 0x000A, 0x0005, 0x0004};
constexpr std::array<std::uint16_t, 14> newSuites{0xC02C, 0xC030, 0xC02B, 0xC02F, 0xCCA9, 0xCCA8, 0xC024,
                                                  0xC028, 0xC023, 0xC027, 0x009D, 0x009C, 0x003D, 0x003C};
constexpr std::uint16_t noRenegotiation = 0x00FF; // RFC 5746 §3.3
constexpr std::array<std::uint16_t, 5> groups{29, 23, 24, 25, 30};
constexpr std::array<std::uint16_t, 10> signatures{0x0403, 0x0503, 0x0603, 0x0804, 0x0805,
                                                   0x0806, 0x0401, 0x0501, 0x0601, 0x0201};

template<std::size_t Size>
void list16(base::ByteWriter& writer, const std::array<std::uint16_t, Size>& values) {
    writer.u16(static_cast<std::uint16_t>(2 * Size));
    for (const auto value : values) {
        writer.u16(value);
    }
}

void extension(base::ByteWriter& writer, std::uint16_t type, base::ByteView body) {
    writer.u16(type);
    writer.u16(static_cast<std::uint16_t>(body.size()));
    writer.bytes(body);
}

base::Bytes extensions(std::uint16_t newest, const std::string& serverName) {
    base::ByteWriter all;
    if (!serverName.empty()) {
        constexpr std::size_t nameHeader = 3;
        base::ByteWriter name;
        name.u16(static_cast<std::uint16_t>(nameHeader + serverName.size()));
        name.u8(0); // host_name
        name.u16(static_cast<std::uint16_t>(serverName.size()));
        name.bytes(base::toBytes(serverName));
        extension(all, extensionServerName, name.view());
    }
    base::ByteWriter list;
    list16(list, groups);
    extension(all, extensionGroups, list.view());
    constexpr std::array<std::uint8_t, 2> uncompressed{1, 0};
    extension(all, extensionPointFormats, uncompressed);
    if (newest >= tls12) {
        base::ByteWriter schemes;
        list16(schemes, signatures);
        extension(all, extensionSignatures, schemes.view());
    }
    return all.take();
}

base::Bytes suites(std::uint16_t newest) {
    base::ByteWriter writer;
    if (newest >= tls12) {
        for (const auto suite : newSuites) {
            writer.u16(suite);
        }
    }
    for (const auto suite : oldSuites) {
        writer.u16(suite);
    }
    writer.u16(noRenegotiation);
    return writer.take();
}

} // namespace

TlsVersionQuestion::TlsVersionQuestion(Door door, std::uint16_t newest, std::string serverName,
                                       base::RandomSource& random)
    : Question(door)
    , m_newest(newest)
    , m_serverName(std::move(serverName))
    , m_random(random) {}

void TlsVersionQuestion::begin(base::Instant now) {
    std::array<std::uint8_t, randomSize> random{};
    m_random.fill(random);
    base::ByteWriter body;
    body.u16(m_newest);
    body.bytes(random);
    body.u8(0); // no session
    const auto offered = suites(m_newest);
    body.u16(static_cast<std::uint16_t>(offered.size()));
    body.bytes(offered);
    body.u8(1);
    body.u8(0); // no compression
    const auto extra = extensions(m_newest, m_serverName);
    body.u16(static_cast<std::uint16_t>(extra.size()));
    body.bytes(extra);
    base::ByteWriter record;
    record.u8(recordHandshake);
    record.u16(tls10); // RFC 5246 appendix E.1
    record.u16(static_cast<std::uint16_t>(handshakeHeader + body.size()));
    record.u8(clientHello);
    record.u24(static_cast<std::uint32_t>(body.size()));
    record.bytes(body.view());
    ask(now, record.take());
}

void TlsVersionQuestion::take(base::Instant now, base::ByteView octets) {
    constexpr std::size_t enough = recordHeader + handshakeHeader + 2;
    base::append(m_stream, octets.first(std::min(octets.size(), enough - m_stream.size())));
    base::ByteReader reader(m_stream);
    const auto type = reader.u8();
    const auto major = reader.u8();
    reader.skip(1);
    const auto size = reader.u16();
    if (reader.failed()) {
        return;
    }
    if ((type != recordHandshake && type != recordAlert) || major != majorVersion || size == 0 ||
        size > largestRecord) {
        conclude(Verdict::Closed); // something else answers there
        return;
    }
    noteAnswer(now);
    m_tls = true;
    if (type == recordAlert) {
        conclude(Verdict::Closed);
        return;
    }
    const auto message = reader.u8();
    const auto length = reader.u24();
    const auto agreed = reader.u16();
    if (reader.failed()) {
        return;
    }
    if (message != serverHello || length < smallestServerHello || agreed < tls10 || agreed > m_newest) {
        conclude(Verdict::Closed);
        return;
    }
    m_agreed = agreed;
    // "user_canceled" and "close_notify" (RFC 5246 §7.2.1): a goodbye, and no error in anybody's log.
    constexpr std::uint8_t warning = 1;
    constexpr std::uint8_t userCanceled = 90;
    base::ByteWriter goodbye;
    for (const std::uint8_t alert : {userCanceled, std::uint8_t{0}}) {
        goodbye.u8(recordAlert);
        goodbye.u16(agreed);
        goodbye.u16(2);
        goodbye.u8(warning);
        goodbye.u8(alert);
    }
    send(goodbye.take());
    conclude(Verdict::Open);
}

} // namespace tern::probe
