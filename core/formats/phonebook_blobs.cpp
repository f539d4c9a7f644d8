#include "core/formats/phonebook_blobs.h"

#include "core/base/byte_io.h"
#include "core/formats/text.h"

#include <QString>
#include <QStringList>
#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

constexpr std::size_t recordSize = 512;
constexpr std::size_t mostRecords = 256;
constexpr std::size_t thumbprintSize = 20; // SHA-1
constexpr std::size_t mostThumbprints = 64;
constexpr std::uint32_t eapTls = 13;
constexpr std::uint32_t peap = 25;

// Windows writes little-endian; base::ByteReader reads network order.
std::uint32_t little32(base::ByteReader& reader) {
    const auto octets = reader.take(4);
    return reader.failed()
               ? 0
               : static_cast<std::uint32_t>(octets[0]) | (static_cast<std::uint32_t>(octets[1]) << 8U) |
                     (static_cast<std::uint32_t>(octets[2]) << 16U) | (static_cast<std::uint32_t>(octets[3]) << 24U);
}

base::Bytes blob(std::string_view hex) {
    hex = hex.substr(0, std::min(hex.size(), maximumBlob) & ~std::size_t{1});
    return base::fromHex(hex);
}

// UTF-16LE to its first zero or the end; empty when it holds something no name does.
std::string wideText(base::ByteView octets) {
    QString text;
    for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
        const auto unit = static_cast<char16_t>(octets[i] | (octets[i + 1] << 8U));
        if (unit == 0) {
            break;
        }
        if (unit < 0x20) {
            return {};
        }
        text += QChar(unit);
    }
    return text.isValidUtf16() ? text.toUtf8().toStdString() : std::string();
}

std::string wideText(base::ByteReader& reader) {
    base::Bytes octets;
    while (!reader.failed() && !reader.atEnd()) {
        const auto unit = reader.take(2);
        if (reader.failed() || (unit[0] == 0 && unit[1] == 0)) {
            break;
        }
        base::append(octets, unit);
    }
    return wideText(octets);
}

void addNames(EapSettings& settings, const std::string& list) {
    for (const QString& each : QString::fromStdString(list).split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        const std::string name = each.trimmed().toStdString();
        if (!name.empty() && std::ranges::find(settings.serverNames, name) == settings.serverNames.end()) {
            settings.serverNames.push_back(name);
        }
    }
}

// TrustedCertHashInfo: length of the hash, then 20 octets.
void addThumbprint(EapSettings& settings, base::ByteReader& reader) {
    const auto size = little32(reader);
    const auto octets = reader.take(thumbprintSize);
    if (size != thumbprintSize || reader.failed()) {
        return;
    }
    std::string print = base::toHex(octets);
    if (std::ranges::find(settings.rootSha1, print) == settings.rootSha1.end()) {
        settings.rootSha1.push_back(std::move(print));
    }
}

constexpr std::uint32_t noValidateServerCertificate = 0x2;

// PEAP_TLS_PHASE1_CONN_PROPERTIES: version, size, flags, count, count thumbprints, name.
void readPeapOuter(EapSettings& settings, base::ByteReader& reader) {
    reader.skip(4); // the version: 1 in the specification, 2 in files
    const auto size = little32(reader);
    // Real files write a size four octets too large, so the end is the earlier of the two.
    constexpr std::size_t fixed = 8;
    const std::size_t claimed = size >= fixed ? size - fixed : 0;
    base::ByteReader body(reader.take(std::min(claimed, reader.remaining())));
    const auto flags = little32(body);
    const auto count = little32(body);
    for (std::uint32_t i = 0; i < count && i < mostThumbprints && !body.failed(); ++i) {
        addThumbprint(settings, body);
    }
    settings.whole = settings.whole && !reader.failed() && !body.failed() && count <= mostThumbprints;
    if (!body.failed()) {
        settings.serverValidated = (flags & noValidateServerCertificate) == 0;
        addNames(settings, wideText(body));
    }
}

// EAPTLS_CONN_PROPERTIES: version, size, flags, one thumbprint, name, count, count thumbprints.
void readTls(EapSettings& settings, base::ByteReader& reader) {
    reader.skip(8);
    const auto flags = little32(reader);
    addThumbprint(settings, reader);
    settings.whole = settings.whole && !reader.failed();
    if (reader.failed()) {
        return;
    }
    settings.serverValidated = (flags & noValidateServerCertificate) == 0;
    addNames(settings, wideText(reader));
    // Version 1 ends here; what follows in version 2 repeats the first thumbprint.
    const auto count = reader.remaining() >= 4 ? little32(reader) : 0;
    for (std::uint32_t i = 0; i < count && i < mostThumbprints && !reader.failed(); ++i) {
        addThumbprint(settings, reader);
    }
}

// The names as people write proposals; the index is the number in the file. "" is a number that has no name.
constexpr std::array<std::string_view, 4> integrities{"MD5", "SHA1", "SHA256", "SHA384"};
constexpr std::array<std::string_view, 7> ciphers{"DES",    "3DES",        "AES128",     "AES192",
                                                  "AES256", "AES-GCM-128", "AES-GCM-256"};
constexpr std::array<std::string_view, 7> groups{"none", "group1", "group2", "group14", "ECP256", "ECP384", "group24"};
constexpr std::array<std::string_view, 9> espCiphers{"none",   "DES",         "3DES",        "AES128",     "AES192",
                                                     "AES256", "AES-GCM-128", "AES-GCM-192", "AES-GCM-256"};
constexpr std::array<std::string_view, 6> espIntegrities{"MD5",         "SHA1",        "SHA256",
                                                         "AES-GCM-128", "AES-GCM-192", "AES-GCM-256"};
constexpr std::array<std::string_view, 8> pfsGroups{"none",   "group1", "group2", "group14",
                                                    "ECP256", "ECP384", "as-ike", "group24"};

} // namespace

std::optional<EapSettings> readEapSettings(std::string_view hex) {
    const base::Bytes bytes = blob(hex);
    base::ByteReader reader(bytes);
    if (base::toText(reader.take(4)) != "1DBC") {
        return std::nullopt;
    }
    EapSettings settings;
    settings.type = little32(reader);
    const auto length = little32(reader);
    if (reader.failed()) {
        return std::nullopt;
    }
    settings.whole = length <= reader.remaining();
    base::ByteReader data(reader.take(std::min<std::size_t>(length, reader.remaining())));
    if (settings.type == peap) {
        data.skip(16); // PEAP_CONN_PROP: version, size, number of inner methods, flags
        readPeapOuter(settings, data);
    } else if (settings.type == eapTls) {
        readTls(settings, data);
    }
    return settings;
}

std::optional<profile::IkePolicy> readIkePolicy(std::string_view hex) {
    const base::Bytes bytes = blob(hex);
    base::ByteReader reader(bytes);
    bool known = true;
    const auto next = [&](const auto& names) {
        const auto number = little32(reader);
        known = known && !reader.failed() && number < names.size();
        return known ? std::string(names.at(number)) : std::string();
    };
    profile::IkePolicy policy;
    policy.integrity = next(integrities);
    policy.cipher = next(ciphers);
    policy.group = next(groups);
    policy.espCipher = next(espCiphers);
    policy.espIntegrity = next(espIntegrities);
    policy.pfs = next(pfsGroups);
    return known ? std::optional(std::move(policy)) : std::nullopt;
}

std::vector<std::string> readNameRecords(std::string_view hex) {
    const base::Bytes bytes = blob(hex);
    std::vector<std::string> names;
    for (std::size_t at = 0; at < bytes.size() && names.size() < mostRecords; at += recordSize) {
        const auto record = base::ByteView(bytes).subspan(at);
        std::string name = wideText(record.first(std::min(recordSize, record.size())));
        if (!name.empty()) {
            names.push_back(std::move(name));
        }
    }
    return names;
}

} // namespace tern::formats
