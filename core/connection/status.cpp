#include "core/connection/status.h"

namespace tern::connection {

std::string_view publicState(StateName state) {
    switch (state) {
    case StateName::Disconnected:
        return "disconnected";
    case StateName::Resolving:
    case StateName::Negotiating:
    case StateName::Configuring:
    case StateName::Moving:
    case StateName::Reconnecting:
        return "connecting";
    case StateName::Connected:
        return "connected";
    case StateName::Disconnecting:
        return "disconnecting";
    case StateName::Failed:
        return "failed";
    }
    return "disconnected";
}

std::string_view stageName(Stage stage) {
    switch (stage) {
    case Stage::Resolving:
        return "resolving";
    case Stage::Contacting:
        return "contacting";
    case Stage::Verifying:
        return "verifying";
    case Stage::Authenticating:
        return "authenticating";
    case Stage::Confirming:
        return "confirming";
    case Stage::Configuring:
        return "configuring";
    case Stage::Waiting:
        return "waiting";
    case Stage::Moving:
        return "moving";
    case Stage::Checking:
        return "checking";
    }
    return "resolving";
}

} // namespace tern::connection
