// The binary property list: objects one after the other, then a table of their offsets, then a trailer of 32 octets
// that says how wide the offsets and the references to objects are (Apple, CFBinaryPList.c's description).
#include "core/base/byte_io.h"
#include "core/formats/plist.h"

#include <QString>
#include <QStringConverter>
#include <bit>

namespace tern::formats {

namespace {

constexpr std::string_view magic = "bplist0";
constexpr std::size_t headerSize = 8;
constexpr std::size_t trailerSize = 32;
constexpr std::size_t mostOctets = 32U * 1024U * 1024U;

std::uint64_t wide(base::ByteReader& reader, std::size_t octets) {
    std::uint64_t value = 0;
    for (const auto octet : reader.take(octets)) {
        value = (value << 8U) | octet;
    }
    return value;
}

std::string wideText(base::ByteView octets) {
    QStringDecoder decoder(QStringConverter::Utf16BE);
    const QString text = decoder(QByteArrayView(octets.data(), static_cast<qsizetype>(octets.size())));
    return text.toUtf8().toStdString();
}

std::string narrowText(base::ByteView octets) { // ASCII by definition; what is not is replaced
    return QString::fromUtf8(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()))
        .toUtf8()
        .toStdString();
}

class Reader {
public:
    explicit Reader(base::ByteView bytes)
        : m_bytes(bytes) {}

    bool readTrailer() {
        if (m_bytes.size() < headerSize + trailerSize) {
            return false;
        }
        base::ByteReader trailer(m_bytes.last(trailerSize));
        trailer.skip(6);
        m_offsetWidth = trailer.u8();
        m_referenceWidth = trailer.u8();
        m_count = trailer.u64();
        m_top = trailer.u64();
        m_table = trailer.u64();
        const auto end = m_bytes.size() - trailerSize;
        return m_offsetWidth >= 1 && m_offsetWidth <= 8 && m_referenceWidth >= 1 && m_referenceWidth <= 8 &&
               m_count > 0 && m_count <= m_bytes.size() && m_top < m_count && m_table >= headerSize && m_table <= end &&
               m_count * m_offsetWidth <= end - m_table;
    }

    [[nodiscard]] std::uint64_t top() const { return m_top; }
    [[nodiscard]] bool tooComplex() const { return m_tooComplex; }

    // False: it does not fit, see also tooComplex().
    bool read(std::uint64_t object, Node& out, unsigned depth) {
        if (depth > maximumDepth || ++m_made > maximumNodes) {
            m_tooComplex = true;
            return false;
        }
        auto reader = at(object);
        const auto marker = reader.u8();
        const unsigned kind = marker >> 4U;
        std::uint64_t size = marker & 0x0FU;
        if (kind >= 4 && kind != 8 && size == 0x0F) {
            const auto sizeMarker = reader.u8();
            if ((sizeMarker & 0xF0U) != 0x10 || (sizeMarker & 0x0FU) > 3) {
                return false;
            }
            size = wide(reader, std::size_t{1} << (sizeMarker & 0x0FU));
        }
        if (reader.failed() || size > m_bytes.size()) {
            return false;
        }
        if (!readKind(kind, static_cast<std::size_t>(size), reader, out, depth)) {
            return false;
        }
        // One long text may be referred to many times.
        m_octets += out.value.size();
        m_tooComplex = m_tooComplex || m_octets > mostOctets;
        return !m_tooComplex;
    }

private:
    base::ByteReader at(std::uint64_t object) {
        if (object >= m_count) {
            return base::ByteReader({});
        }
        base::ByteReader entry(m_bytes.subspan(static_cast<std::size_t>(m_table + object * m_offsetWidth)));
        const auto offset = wide(entry, m_offsetWidth);
        return base::ByteReader(
            offset < m_table
                ? m_bytes.first(static_cast<std::size_t>(m_table)).subspan(static_cast<std::size_t>(offset))
                : base::ByteView());
    }

    bool readKind(unsigned kind, std::size_t size, base::ByteReader& reader, Node& out, unsigned depth) {
        switch (kind) {
        case 0x0: // null, false, true
            out.value = size == 9 ? "true" : size == 8 ? "false" : "";
            return true;
        case 0x1:
            return readInteger(size, reader, out);
        case 0x2:
            return readReal(size, reader, out);
        case 0x3: // seconds since 2001
            return readReal(3, reader, out);
        case 0x4:
            out.kind = Node::Kind::Data;
            out.value = base::toText(reader.take(size));
            return !reader.failed();
        case 0x5:
            out.value = narrowText(reader.take(size));
            return !reader.failed();
        case 0x6:
            out.value = wideText(reader.take(size * 2));
            return !reader.failed();
        case 0x8:
            out.value = std::to_string(wide(reader, size + 1));
            return !reader.failed();
        case 0xA:
        case 0xC:
            return readItems(size, reader, out, depth);
        case 0xD:
            return readMembers(size, reader, out, depth);
        default:
            return false;
        }
    }

    static bool readInteger(std::size_t power, base::ByteReader& reader, Node& out) {
        if (power > 4) {
            return false;
        }
        if (power == 4) {
            reader.skip(8);
        }
        const auto value = wide(reader, power == 4 ? 8 : std::size_t{1} << power);
        out.value = power >= 3 ? std::to_string(static_cast<std::int64_t>(value)) : std::to_string(value);
        return !reader.failed();
    }

    static bool readReal(std::size_t power, base::ByteReader& reader, Node& out) {
        const auto value =
            power == 2 ? static_cast<double>(std::bit_cast<float>(reader.u32())) : std::bit_cast<double>(reader.u64());
        out.value = QByteArray::number(value).toStdString();
        return !reader.failed() && (power == 2 || power == 3);
    }

    bool readItems(std::size_t size, base::ByteReader& reader, Node& out, unsigned depth) {
        out.kind = Node::Kind::Group;
        for (std::size_t i = 0; i < size; ++i) {
            const auto reference = wide(reader, m_referenceWidth);
            if (reader.failed() || !read(reference, out.children.emplace_back(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    bool readMembers(std::size_t size, base::ByteReader& reader, Node& out, unsigned depth) {
        out.kind = Node::Kind::Group;
        base::ByteReader keys(reader.take(size * m_referenceWidth));
        for (std::size_t i = 0; i < size; ++i) {
            const auto key = wide(keys, m_referenceWidth);
            const auto value = wide(reader, m_referenceWidth);
            Node name;
            if (keys.failed() || reader.failed() || !read(key, name, depth + 1) || name.kind != Node::Kind::Text) {
                return false;
            }
            auto& member = out.children.emplace_back();
            member.name = std::move(name.value);
            if (!read(value, member, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    base::ByteView m_bytes;
    std::size_t m_offsetWidth = 0;
    std::size_t m_referenceWidth = 0;
    std::uint64_t m_count = 0;
    std::uint64_t m_top = 0;
    std::uint64_t m_table = 0;
    std::size_t m_made = 0;
    std::size_t m_octets = 0;
    bool m_tooComplex = false;
};

} // namespace

bool isBinaryPlist(base::ByteView bytes) {
    return base::toText(bytes.first(std::min(bytes.size(), magic.size()))) == magic;
}

base::Result<Node> plistFromBinary(base::ByteView bytes, std::string_view file) {
    Reader reader(bytes);
    Node out;
    if (isBinaryPlist(bytes) && reader.readTrailer() && reader.read(reader.top(), out, 0)) {
        return out;
    }
    if (reader.tooComplex()) {
        return base::fail("tern.formats.too-complex", {std::string(file)});
    }
    return base::fail("tern.formats.broken", {std::string(file), "1", "property list"}, "binary");
}

} // namespace tern::formats
