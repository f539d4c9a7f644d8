#include "core/formats/phonebook_document.h"

#include "core/formats/text.h"

#include <algorithm>

namespace tern::formats {

namespace {

// Cuts the next line off `rest`, line end included. Files of old Macs, with carriage returns only, are not known to
// occur and are read as one line.
std::string_view takeLine(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
    rest.remove_prefix(line.size());
    return line;
}

// Phonebooks that were copied one behind the other have byte order marks in the middle.
std::string_view content(std::string_view line) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    line = trimmed(line.ends_with('\n') ? line.substr(0, line.size() - 1) : line);
    while (line.starts_with(mark)) {
        line = trimmed(line.substr(mark.size()));
    }
    return line;
}

// The "]" that closes the name, or npos when the line is no header. The last one that ends the line, or that is
// followed by Key=Value: names hold brackets themselves.
std::size_t closingBracket(std::string_view line) {
    if (!line.starts_with('[')) {
        return std::string_view::npos;
    }
    if (line.ends_with(']')) {
        return line.size() - 1;
    }
    const auto last = line.rfind(']');
    return last != std::string_view::npos && last > 0 ? last : std::string_view::npos;
}

} // namespace

std::vector<Section> splitSections(std::string_view text, std::size_t most) {
    std::vector<Section> sections;
    std::string_view rest = text;
    unsigned number = 0;
    while (!rest.empty()) {
        const std::string_view whole = takeLine(rest);
        ++number;
        const std::string_view line = content(whole);
        const auto bracket = closingBracket(line);
        if (bracket == std::string_view::npos) {
            continue;
        }
        const auto offset = [&](const char* at) { return static_cast<std::size_t>(at - text.data()); };
        if (!sections.empty()) {
            Section& last = sections.back();
            last.raw = last.raw.substr(0, static_cast<std::size_t>(whole.data() - last.raw.data()));
            last.body = last.body.substr(0, static_cast<std::size_t>(whole.data() - last.body.data()));
        }
        if (sections.size() == most) {
            break;
        }
        const bool more = !trimmed(line.substr(bracket + 1)).empty();
        Section section;
        section.name = line.substr(1, bracket - 1);
        section.line = number;
        section.raw = text.substr(offset(whole.data()));
        section.body = more ? text.substr(offset(line.data()) + bracket + 1) : rest;
        section.bodyLine = more ? number : number + 1;
        sections.push_back(section);
    }
    return sections;
}

const KeyValue* EntryKeys::find(std::string_view key) const {
    const auto found = std::ranges::find(keys, key, &KeyValue::key);
    return found == keys.end() ? nullptr : &*found;
}

std::string EntryKeys::joined(std::string_view key, std::size_t most) const {
    std::string all;
    for (const auto& each : keys) {
        if (each.key == key) {
            all += each.value.substr(0, most - all.size());
        }
    }
    return all;
}

EntryKeys readKeys(const Section& section) {
    enum class Group { Entry, NetComponents, Media, Device };
    EntryKeys entry;
    entry.keys.reserve(128);
    entry.endsInNewline = section.raw.ends_with('\n');
    Group group = Group::Entry;
    std::size_t medias = 0;
    std::string_view rest = section.body;
    for (unsigned number = section.bodyLine; !rest.empty(); ++number) {
        const std::string_view line = content(takeLine(rest));
        if (line.size() > maximumLine && entry.longLine == 0) {
            entry.longLine = number;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) {
            const bool meant = !line.empty() && !line.starts_with(';') && !line.starts_with('#');
            if (meant && entry.strayLine == 0) {
                entry.strayLine = number;
            }
            continue;
        }
        const auto key = trimmed(line.substr(0, equals));
        const auto value = trimmed(line.substr(equals + 1));
        if (key == "NETCOMPONENTS") {
            group = Group::NetComponents;
        } else if (key == "MEDIA") {
            group = Group::Media;
            entry.hasMedia = true;
            ++medias;
        } else if (key == "DEVICE") {
            group = Group::Device;
            entry.devices.push_back({value, {}, number});
        } else if (key == "Device" && group != Group::NetComponents) {
            if (medias <= 1 && entry.device.empty()) {
                entry.device = value;
            }
        } else if (key == "PhoneNumber") {
            (group == Group::Device ? entry.devices.back().numbers : entry.looseNumbers).push_back(value);
        } else if (group != Group::NetComponents) {
            // Also behind MEDIA and DEVICE: no key of those groups is one that is looked for in `keys`.
            entry.keys.push_back({key, value, number});
        }
    }
    return entry;
}

} // namespace tern::formats
