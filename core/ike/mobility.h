// What a session knows of the way to its server (RFC 4555).
#pragma once

#include "core/base/bytes.h"
#include "core/base/ip.h"
#include "core/ike/constants.h"

#include <vector>

namespace tern::ike {

struct Mobility {
    bool supported = false;                     // by both ends
    std::vector<base::IpAddress> peerAddresses; // ADDITIONAL_IP4_ADDRESS and ADDITIONAL_IP6_ADDRESS
    unsigned moves = 0;                         // counts the calls of addressChanged()
    bool updatePending = false;                 // UPDATE_SA_ADDRESSES is to go out as soon as the window is free
    bool unproven = false;                      // the server's present address has not answered yet: with COOKIE2
    bool unconfirmed = false;                   // PathConfirmed is owed
    bool deadTold = false;                      // PathDead is out
    // How the server last saw us: the NAT detection hash it gave, and the SA whose SPIs are in it.
    base::Bytes mapping;
    Spi mappingSpi = 0;
};

} // namespace tern::ike
