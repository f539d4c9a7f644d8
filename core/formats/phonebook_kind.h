// Which phonebook entries are VPN connections, and by which protocols.
#pragma once

#include "core/formats/notes.h"
#include "core/formats/phonebook_document.h"

#include <optional>

namespace tern::formats {

// The number behind a key; `otherwise` when it is absent, or no number, which is noted.
[[nodiscard]] std::int64_t number(const EntryKeys& keys, std::string_view key, std::int64_t otherwise, Notes& notes);

// What follows DEVICE= of a VPN entry.
[[nodiscard]] bool isVpnDevice(std::string_view kind);

// The token of a device in upper case: "WAN Miniport (L2TP)" and "WAN 微型端口 (L2TP)" are "L2TP"; "" without one.
[[nodiscard]] std::string deviceToken(std::string_view device);

// The reason when the entry is no VPN: PPPoE, modem, ISDN, cable. The entry's name is left out of the arguments.
[[nodiscard]] std::optional<base::Error> whyNotVpn(const EntryKeys& keys, Notes& notes);

// What a VpnStrategy number means: protocol, originTries and plugin. False, and nothing set, for an unknown one.
[[nodiscard]] bool setProtocol(profile::Profile& profile, std::int64_t strategy);

// Sets protocol, originTries and plugin, from VpnStrategy alone: Device is often left over from another connection.
void readProtocol(profile::Profile& profile, const EntryKeys& keys, Notes& notes);

} // namespace tern::formats
