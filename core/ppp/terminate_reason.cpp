#include "core/ppp/terminate_reason.h"

#include "core/base/byte_io.h"
#include "core/eap/ms_chap_v2.h"
#include "core/eap/text.h"

#include <algorithm>

namespace tern::ppp {

namespace {

// Magic-Number, then this mark, then the number.
constexpr std::size_t markAt = 4;
constexpr std::uint32_t windowsMark = 0x003CCD74;

// Numbers of Windows' raserror.h.
base::Error windowsError(std::uint32_t number) {
    const std::string detail = "Terminate-Request with error " + std::to_string(number);
    switch (number) {
    case 646:
    case 647:
    case 648:
    case 649:
    case 691:
    case 709:
        return eap::msChapV2Error({number, false, 0, std::nullopt, "in a Terminate-Request"});
    case 718: // ERROR_PPP_TIMEOUT
        return {"tern.ppp.server-timeout", {}, detail};
    case 720: // ERROR_PPP_NO_PROTOCOLS_CONFIGURED
    case 733: // ERROR_PPP_NOT_CONVERGING of a network protocol
        return {"tern.ppp.no-network", {}, detail};
    case 736: // ERROR_PPP_LOOPBACK_DETECTED
        return {"tern.ppp.loop", {}, detail};
    case 738: // ERROR_PPP_NO_ADDRESS_ASSIGNED
        return {"tern.ppp.no-address", {}, detail};
    case 741:
    case 742: // ERROR_NO_LOCAL_ENCRYPTION, ERROR_NO_REMOTE_ENCRYPTION
        return {"tern.ppp.wants-mppe", {}, detail};
    default:
        return {"tern.eap.error-number", {std::to_string(number)}, detail};
    }
}

} // namespace

std::optional<base::Error> terminateReason(base::ByteView data) {
    for (const std::size_t at : {markAt, std::size_t{0}}) {
        base::ByteReader reader(data);
        reader.skip(at);
        const auto mark = reader.u32();
        const auto number = reader.u32();
        if (!reader.failed() && mark == windowsMark) {
            return number == 0 ? std::nullopt : std::optional(windowsError(number));
        }
    }
    const bool isText = std::all_of(data.begin(), data.end(), [](auto octet) { return octet >= ' ' || octet == '\n'; });
    auto text = isText ? eap::displayText(data) : std::string();
    if (text.empty()) {
        return std::nullopt;
    }
    return base::Error{"tern.ppp.ended-because", {text}, {}};
}

} // namespace tern::ppp
