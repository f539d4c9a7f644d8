#include "core/formats/text.h"

#include <QString>
#include <QStringConverter>
#include <QUtf8StringView>
#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>

namespace tern::formats {

namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16LittleMark = "\xFF\xFE";
constexpr std::string_view utf16BigMark = "\xFE\xFF";
constexpr std::size_t sniffed = 4096;

std::string_view view(base::ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool startsWith(base::ByteView bytes, std::string_view mark) {
    return view(bytes).starts_with(mark);
}

bool isUtf8(std::string_view text) {
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

std::string repaired(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUtf8().toStdString();
}

// Phonebooks are mostly ASCII, so in UTF-16 nearly every other octet is zero.
std::string_view sniffUtf16(base::ByteView bytes) {
    const std::size_t size = std::min(sniffed, bytes.size() & ~std::size_t{1});
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        even += bytes[i] == 0 ? 1U : 0U;
        odd += bytes[i + 1] == 0 ? 1U : 0U;
    }
    const std::size_t pairs = size / 2;
    if (pairs < 2) {
        return {};
    }
    if (odd * 10 >= pairs * 6 && even * 20 <= pairs) {
        return "utf-16le";
    }
    return even * 10 >= pairs * 6 && odd * 20 <= pairs ? "utf-16be" : "";
}

DecodedText decodeUtf16(base::ByteView bytes, bool bigEndian, std::string encoding) {
    QStringDecoder decoder(bigEndian ? QStringConverter::Utf16BE : QStringConverter::Utf16LE,
                           QStringConverter::Flag::ConvertInitialBom);
    const QString text = decoder(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    const bool whole = bytes.size() % 2 == 0 && !decoder.hasError() && text.isValidUtf16();
    return {text.toUtf8().toStdString(), std::move(encoding), false, !whole};
}

// From `from` to `to` (names of iconv), all of it or nothing.
std::optional<std::string> convert(std::string_view text, const char* from, const char* to) {
    // iconv_open's failure value is (iconv_t)-1.
    const iconv_t handle = ::iconv_open(to, from);
    if (handle == reinterpret_cast<iconv_t>(-1)) { // NOLINT(performance-no-int-to-ptr): what the interface asks for
        return std::nullopt;
    }
    std::string input(text); // iconv wants a char* that it does not write to
    char* in = input.data();
    std::size_t left = input.size();
    std::string output;
    std::array<char, 16384> chunk{};
    bool good = true;
    while (good && left > 0) {
        char* out = chunk.data();
        std::size_t room = chunk.size();
        good = ::iconv(handle, &in, &left, &out, &room) != static_cast<std::size_t>(-1) || errno == E2BIG;
        output.append(chunk.data(), chunk.size() - room);
    }
    ::iconv_close(handle);
    return good ? std::optional(std::move(output)) : std::nullopt;
}

// UTF-8 with a little damage, as a file that was cut in the middle of a character: the multi-octet characters that are
// whole are many more than the octets that fit nowhere. Text in a code page has hardly any such characters.
bool isDamagedUtf8(base::ByteView bytes) {
    std::size_t whole = 0;
    std::size_t stray = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::uint8_t lead = bytes[i];
        const std::size_t more = lead >= 0xC2 && lead <= 0xDF   ? 1U
                                 : (lead & 0xF0U) == 0xE0U      ? 2U
                                 : lead >= 0xF0 && lead <= 0xF4 ? 3U
                                                                : 0U;
        const auto tail = bytes.subspan(i + 1, std::min(more, bytes.size() - i - 1));
        const bool fits =
            more > 0 && std::ranges::all_of(tail, [](std::uint8_t octet) { return (octet & 0xC0U) == 0x80U; });
        if (fits && tail.size() < more) {
            break; // cut at the end of the file
        }
        whole += fits ? 1U : 0U;
        stray += !fits && lead >= 0x80 ? 1U : 0U;
        i += fits ? more + 1 : 1;
    }
    return whole > 0 && whole >= stray * 4;
}

const char* iconvName(std::string_view encoding) {
    return encoding == "cp936" ? "CP936" : encoding == "cp1251" ? "CP1251" : "CP1252";
}

// Chinese text in code page 936 is pairs of octets, nearly all in the common part of GB 2312. Western text has single
// high octets between letters; Cyrillic text has runs of them too, but in the rows of rare characters.
std::string_view guessCodePage(base::ByteView bytes) {
    std::size_t common = 0;
    std::size_t other = 0;
    std::size_t high = 0;
    std::size_t cyrillic = 0;
    std::size_t runs = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] < 0x80) {
            continue;
        }
        runs += i == 0 || bytes[i - 1] < 0x80 ? 1U : 0U;
        ++high;
        cyrillic += bytes[i] >= 0xC0 || bytes[i] == 0xA8 || bytes[i] == 0xB8 ? 1U : 0U;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] < 0x80) {
            continue;
        }
        const std::uint8_t lead = bytes[i];
        const std::uint8_t trail = i + 1 < bytes.size() ? bytes[i + 1] : std::uint8_t{0};
        const bool row = (lead >= 0xA1 && lead <= 0xA3) || (lead >= 0xB0 && lead <= 0xD7);
        ++(row && trail >= 0xA1 ? common : other);
        ++i;
    }
    if (common >= other * 2 && common > 0) {
        return "cp936";
    }
    return cyrillic * 10 >= high * 9 && high >= runs * 3 ? "cp1251" : "cp1252";
}

// Code page 1252 leaves five octets undefined, which iconv refuses; Windows maps them to the C1 controls.
std::string decodeWestern(base::ByteView bytes) {
    static const auto table = [] {
        std::array<std::string, 256> rows;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const char octet = static_cast<char>(i);
            rows[i] = convert({&octet, 1}, "CP1252", "UTF-8")
                          .value_or(QString(QChar(static_cast<char16_t>(i))).toUtf8().toStdString());
        }
        return rows;
    }();
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const auto octet : bytes) {
        text += table[octet];
    }
    return text;
}

} // namespace

DecodedText decodeText(base::ByteView bytes) {
    if (startsWith(bytes, utf8Mark)) {
        const auto rest = view(bytes.subspan(utf8Mark.size()));
        if (isUtf8(rest)) {
            return {std::string(rest), "utf-8-bom", false, false};
        }
        return {QString::fromUtf8(rest.data(), static_cast<qsizetype>(rest.size())).toUtf8().toStdString(), "utf-8-bom",
                false, true};
    }
    if (startsWith(bytes, utf16LittleMark)) {
        return decodeUtf16(bytes.subspan(2), false, "utf-16le-bom");
    }
    if (startsWith(bytes, utf16BigMark)) {
        return decodeUtf16(bytes.subspan(2), true, "utf-16be-bom");
    }
    if (const auto wide = sniffUtf16(bytes); !wide.empty()) {
        return decodeUtf16(bytes, wide == "utf-16be", std::string(wide));
    }
    if (isUtf8(view(bytes))) {
        return {std::string(view(bytes)), "utf-8", false, false};
    }
    if (isDamagedUtf8(bytes)) {
        return {repaired(view(bytes)), "utf-8", false, true};
    }
    const auto page = guessCodePage(bytes);
    if (page != "cp1252") {
        // A C library without this table, or an octet outside it: the Western table knows every octet.
        if (auto text = convert(view(bytes), iconvName(page), "UTF-8")) {
            return {std::move(*text), std::string(page), true, false};
        }
    }
    return {decodeWestern(bytes), "cp1252", true, false};
}

std::optional<base::Bytes> encodeText(std::string_view text, std::string_view encoding) {
    const auto withMark = [](std::string_view mark, std::string_view body) {
        base::Bytes out = base::toBytes(mark);
        out.insert(out.end(), body.begin(), body.end());
        return out;
    };
    if (encoding.starts_with("utf-8")) {
        return withMark(encoding == "utf-8-bom" ? utf8Mark : "", text);
    }
    if (encoding.starts_with("utf-16")) {
        const bool big = encoding.starts_with("utf-16be");
        const bool marked = encoding.ends_with("-bom");
        QStringEncoder encoder(big ? QStringConverter::Utf16BE : QStringConverter::Utf16LE);
        // Not QString::fromUtf8, which drops a U+FEFF at the start.
        QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
        const QString units = decoder(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
        const QByteArray body = encoder(units);
        return withMark(!marked ? ""
                        : big   ? utf16BigMark
                                : utf16LittleMark,
                        {body.constData(), static_cast<std::size_t>(body.size())});
    }
    if (const auto out = convert(text, "UTF-8", iconvName(encoding))) {
        return base::toBytes(*out);
    }
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\v\f";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace tern::formats
