#include "core/ike/notify_error.h"

#include "core/base/byte_io.h"

#include <algorithm>
#include <array>

namespace tern::ike {

namespace {

struct WindowsRow {
    std::uint32_t number;
    std::string_view code;
};

// Errors of remote access, logon, certificates and IPsec ("Routing and Remote Access Error Codes", winerror.h).
constexpr std::array windowsTable{
    WindowsRow{633, "tern.ike.windows.no-port"},
    WindowsRow{646, "tern.ike.windows.logon-hours"},
    WindowsRow{647, "tern.ike.windows.account-disabled"},
    WindowsRow{648, "tern.ike.windows.password-expired"},
    WindowsRow{649, "tern.ike.windows.no-permission"},
    WindowsRow{691, "tern.ike.windows.credentials"},
    WindowsRow{709, "tern.ike.windows.password-change"},
    WindowsRow{812, "tern.ike.windows.policy"},
    WindowsRow{853, "tern.ike.windows.auth-method"},
    WindowsRow{919, "tern.ike.windows.auth-method"},
    WindowsRow{930, "tern.ike.windows.radius-silent"},
    WindowsRow{1225, "tern.ike.windows.policy"},
    WindowsRow{1311, "tern.ike.windows.no-logon-server"},
    WindowsRow{1326, "tern.ike.windows.credentials"},
    WindowsRow{1327, "tern.ike.windows.account-restricted"},
    WindowsRow{1328, "tern.ike.windows.logon-hours"},
    WindowsRow{1329, "tern.ike.windows.account-restricted"},
    WindowsRow{1330, "tern.ike.windows.password-expired"},
    WindowsRow{1331, "tern.ike.windows.account-disabled"},
    WindowsRow{1385, "tern.ike.windows.no-permission"},
    WindowsRow{1398, "tern.ike.windows.clock"},
    WindowsRow{1793, "tern.ike.windows.account-expired"},
    WindowsRow{1907, "tern.ike.windows.must-change"},
    WindowsRow{1909, "tern.ike.windows.account-locked"},
    WindowsRow{13801, "tern.ike.windows.certificate-unacceptable"},
    WindowsRow{13804, "tern.ike.windows.negotiation"},
    WindowsRow{13805, "tern.ike.windows.timed-out"},
    WindowsRow{13806, "tern.ike.windows.no-certificate"},
    WindowsRow{13816, "tern.ike.windows.key-exchange"},
    WindowsRow{13817, "tern.ike.windows.certificate-revocation"},
    WindowsRow{13818, "tern.ike.windows.certificate-usage"},
    WindowsRow{13819, "tern.ike.windows.certificate-usage"},
    WindowsRow{13820, "tern.ike.windows.no-certificate"},
    WindowsRow{13822, "tern.ike.windows.key-exchange"},
    WindowsRow{13825, "tern.ike.windows.no-policy"},
    WindowsRow{13826, "tern.ike.windows.signature"},
    WindowsRow{13863, "tern.ike.windows.negotiation"},
    WindowsRow{13868, "tern.ike.windows.policy-match"},
    WindowsRow{0x80090304, "tern.ike.windows.no-logon-server"},
    WindowsRow{0x8009030C, "tern.ike.windows.credentials"},
    WindowsRow{0x80090325, "tern.ike.windows.certificate-untrusted"},
    WindowsRow{0x80090328, "tern.ike.windows.certificate-expired"},
    WindowsRow{0x80092010, "tern.ike.windows.certificate-revoked"},
    WindowsRow{0x80092012, "tern.ike.windows.certificate-revocation"},
    WindowsRow{0x80092013, "tern.ike.windows.certificate-revocation"},
    WindowsRow{0x800B0101, "tern.ike.windows.certificate-expired"},
    WindowsRow{0x800B0109, "tern.ike.windows.certificate-untrusted"},
    WindowsRow{0x800B010A, "tern.ike.windows.certificate-untrusted"},
    WindowsRow{0x800B010C, "tern.ike.windows.certificate-revoked"},
    WindowsRow{0x800B0110, "tern.ike.windows.certificate-usage"},
};

struct NotifyRow {
    NotifyType type;
    ErrorPlace place;
    std::string_view code;
};

// Rows for one place come before those that hold anywhere; an unlisted error is tern.ike.server-error.
constexpr std::array notifyTable{
    NotifyRow{NotifyType::NoProposalChosen, ErrorPlace::Init, "tern.ike.proposal"},
    NotifyRow{NotifyType::NoProposalChosen, ErrorPlace::Auth, "tern.ike.child.proposal"},
    NotifyRow{NotifyType::NoProposalChosen, ErrorPlace::Child, "tern.ike.child.proposal"},
    NotifyRow{NotifyType::InvalidMajorVersion, ErrorPlace::Init, "tern.ike.version"},
    NotifyRow{NotifyType::InvalidSyntax, ErrorPlace::Init, "tern.ike.syntax"},
    NotifyRow{NotifyType::InvalidSyntax, ErrorPlace::Auth, "tern.ike.syntax"},
    NotifyRow{NotifyType::UnsupportedCriticalPayload, ErrorPlace::Init, "tern.ike.syntax"},
    NotifyRow{NotifyType::UnsupportedCriticalPayload, ErrorPlace::Auth, "tern.ike.syntax"},
    NotifyRow{NotifyType::SinglePairRequired, ErrorPlace::Child, "tern.ike.child.single-pair"},
    NotifyRow{NotifyType::SinglePairRequired, ErrorPlace::Auth, "tern.ike.child.single-pair"},
    NotifyRow{NotifyType::InternalAddressFailure, ErrorPlace::Child, "tern.ike.address"},
    NotifyRow{NotifyType::InternalAddressFailure, ErrorPlace::Auth, "tern.ike.address"},
    NotifyRow{NotifyType::FailedCpRequired, ErrorPlace::Child, "tern.ike.config-required"},
    NotifyRow{NotifyType::FailedCpRequired, ErrorPlace::Auth, "tern.ike.config-required"},
    NotifyRow{NotifyType::TsUnacceptable, ErrorPlace::Child, "tern.ike.child.selectors"},
    NotifyRow{NotifyType::TsUnacceptable, ErrorPlace::Auth, "tern.ike.child.selectors"},
    NotifyRow{NotifyType::NoAdditionalSas, ErrorPlace::Child, "tern.ike.child.no-more"},
    NotifyRow{NotifyType::TemporaryFailure, ErrorPlace::Child, "tern.ike.child.busy"},
    NotifyRow{NotifyType::TemporaryFailure, ErrorPlace::Auth, "tern.ike.child.busy"},
};

base::Error make(std::string_view code, const SessionConfig& config, std::string detail) {
    return {std::string(code), {config.serverName}, std::move(detail)};
}

base::Error windowsError(const Notification& notification, const SessionConfig& config) {
    base::ByteReader reader(notification.data);
    auto number = reader.u32();
    if (reader.failed()) {
        return make("tern.ike.auth.rejected", config, "notify 12345 without a number");
    }
    constexpr std::uint32_t win32AsResult = 0x80070000; // FACILITY_WIN32: the number is in the lower half
    if ((number & 0xFFFF0000U) == win32AsResult) {
        number &= 0xFFFFU;
    }
    const auto* row = std::find_if(windowsTable.begin(), windowsTable.end(),
                                   [number](const WindowsRow& candidate) { return candidate.number == number; });
    const auto text = "Windows error " + std::to_string(number);
    if (row != windowsTable.end()) {
        return make(row->code, config, text);
    }
    return {"tern.ike.windows.other", {config.serverName, std::to_string(number)}, text};
}

} // namespace

base::Error notifyError(const Notification& notification, ErrorPlace place, const SessionConfig& config) {
    const auto number = std::to_string(static_cast<unsigned>(notification.type));
    const auto detail = "notify " + number + (notification.data.empty() ? "" : " " + base::toHex(notification.data));
    if (notification.type == NotifyType::WindowsError) {
        return windowsError(notification, config);
    }
    if (notification.type == NotifyType::AuthenticationFailed) {
        const bool psk = std::holds_alternative<PskAuthentication>(config.authentication);
        return make(psk ? "tern.ike.auth.psk" : "tern.ike.auth.rejected", config, detail);
    }
    const bool refused = notification.type == NotifyType::NoProposalChosen && place == ErrorPlace::Init;
    if (refused && config.algorithms.legacy) {
        return make("tern.ike.proposal.none", config, detail);
    }
    const auto* row = std::find_if(notifyTable.begin(), notifyTable.end(), [&](const NotifyRow& candidate) {
        return candidate.type == notification.type && candidate.place == place;
    });
    if (row != notifyTable.end()) {
        return make(row->code, config, detail);
    }
    return {"tern.ike.server-error", {config.serverName, number}, detail};
}

std::optional<base::Error> errorOf(const Payloads& payloads, ErrorPlace place, const SessionConfig& config) {
    if (const auto windows = findNotify(payloads, NotifyType::WindowsError)) {
        return notifyError(*windows, place, config);
    }
    if (const auto error = findError(payloads)) {
        return notifyError(*error, place, config);
    }
    return std::nullopt;
}

} // namespace tern::ike
