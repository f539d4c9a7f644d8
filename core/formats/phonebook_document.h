// The text of a phonebook as sections and keys, nothing interpreted: MS-RRASM §2.2.2, read as leniently as files in
// the wild need. Everything borrows from the text that was handed in.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

struct Section {
    std::string_view name;
    unsigned line = 0;    // of the header, from 1
    std::string_view raw; // header line to the last octet before the next one
    std::string_view body;
    unsigned bodyLine = 0; // of the first line of `body`
};

// Every [name] line starts a section. A name may hold brackets; "[name]Key=Value" on one line occurs.
[[nodiscard]] std::vector<Section> splitSections(std::string_view text, std::size_t most);

struct KeyValue {
    std::string_view key;
    std::string_view value; // from behind the first "=", blanks at the ends removed
    unsigned line = 0;
};

struct DeviceGroup {
    std::string_view kind; // what follows DEVICE=
    std::vector<std::string_view> numbers;
    unsigned line = 0;
};

// One section taken apart. Keys keep their case: "Device" (in the MEDIA group) and "DEVICE" are different.
struct EntryKeys {
    std::vector<KeyValue> keys; // in order; those of NETCOMPONENTS are left out
    bool hasMedia = false;
    std::string_view device; // Device= of the first MEDIA group
    std::vector<DeviceGroup> devices;
    std::vector<std::string_view> looseNumbers; // PhoneNumber= without a DEVICE group
    unsigned strayLine = 0;                     // the first line without "=", or 0
    unsigned longLine = 0;                      // the first line longer than maximumLine, or 0
    bool endsInNewline = false;

    // The first value, or nullptr.
    [[nodiscard]] const KeyValue* find(std::string_view key) const;
    // All values of a repeated key, one behind the other, at most `most` characters of them.
    [[nodiscard]] std::string joined(std::string_view key, std::size_t most) const;
};

inline constexpr std::size_t maximumLine = 65536;

[[nodiscard]] EntryKeys readKeys(const Section& section);

} // namespace tern::formats
