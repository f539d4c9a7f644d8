// The steps on Windows Server with Routing and Remote Access. The cmdlets and their values are those of Microsoft's
// reference of the module RemoteAccess, and netsh's context "ras".
#pragma once

#include "core/migrate/document.h"

namespace tern::migrate {

struct StepsWanted {
    bool role = false;        // nothing was seen of Routing and Remote Access
    bool certificate = false; // a new one, or the first
    bool sstp = false;
    bool ikev2 = false;
    bool policy = false; // IKEv2's algorithms
    bool retired = false;
};

// server: its public name; put into commands only when it is a plain host name.
void addSteps(Document& document, const QString& server, const StepsWanted& wanted);

} // namespace tern::migrate
