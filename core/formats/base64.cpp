#include "core/formats/base64.h"

#include <QByteArray>
#include <algorithm>
#include <string>

namespace tern::formats {

std::optional<base::Bytes> fromBase64(std::string_view text) {
    std::string digits;
    digits.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; });
    const auto result =
        QByteArray::fromBase64Encoding(QByteArray::fromRawData(digits.data(), static_cast<qsizetype>(digits.size())),
                                       QByteArray::AbortOnBase64DecodingErrors);
    if (!result || result.decoded.isEmpty()) {
        return std::nullopt;
    }
    const auto& octets = result.decoded;
    return base::Bytes(octets.begin(), octets.end());
}

} // namespace tern::formats
