// One VPN payload of Apple's configuration profiles.
#pragma once

#include "core/formats/collector.h"

namespace tern::formats {

// What payloads beside the connections hold, borrowed from the tree.
struct SharedPayloads {
    std::vector<std::string> authorities; // DER or PEM
    std::vector<Node*> identities;        // com.apple.security.pkcs12
    std::vector<std::string> others;      // types of payloads that are for other things
};

void addApplePayload(Collector& collector, Node& payload, SharedPayloads& shared);

} // namespace tern::formats
