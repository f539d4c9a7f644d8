#include "core/probe/text.h"

namespace tern::probe {

std::string fieldText(base::ByteView field) {
    constexpr std::size_t longest = 64;
    std::string text;
    for (const auto octet : field) {
        if (octet == 0 || text.size() == longest) {
            break;
        }
        text += octet >= 0x20 && octet < 0x7F ? static_cast<char>(octet) : '?';
    }
    return text;
}

} // namespace tern::probe
