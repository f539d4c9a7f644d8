#include "core/eap/text.h"

#include <QString>
#include <algorithm>

namespace tern::eap {

std::string displayText(base::ByteView fromServer) {
    constexpr qsizetype mostCharacters = 1000;
    constexpr std::size_t mostOctets = 4 * mostCharacters;
    const base::ByteView bounded = fromServer.first(std::min(fromServer.size(), mostOctets));
    QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(bounded.data()), static_cast<qsizetype>(bounded.size()))
            .left(mostCharacters);
    for (auto& character : text) {
        if (!character.isPrint() && !character.isSurrogate()) {
            character = u' ';
        }
    }
    return text.trimmed().toStdString();
}

} // namespace tern::eap
