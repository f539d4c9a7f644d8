#include "core/crypto/tls_client.h"

#include <algorithm>
#include <array>

namespace tern::crypto {

namespace {

struct AlertRow {
    std::uint8_t number;
    const char* name; // of RFC 8446 §6
    const char* code;
};

constexpr std::array alerts{
    AlertRow{0, "close_notify", "tern.crypto.tls.alert.closed"},
    AlertRow{10, "unexpected_message", "tern.crypto.tls.alert.protocol"},
    AlertRow{20, "bad_record_mac", "tern.crypto.tls.alert.damaged"},
    AlertRow{22, "record_overflow", "tern.crypto.tls.alert.protocol"},
    AlertRow{40, "handshake_failure", "tern.crypto.tls.alert.handshake"},
    AlertRow{42, "bad_certificate", "tern.crypto.tls.alert.bad-certificate"},
    AlertRow{43, "unsupported_certificate", "tern.crypto.tls.alert.certificate-kind"},
    AlertRow{44, "certificate_revoked", "tern.crypto.tls.alert.certificate-revoked"},
    AlertRow{45, "certificate_expired", "tern.crypto.tls.alert.certificate-expired"},
    AlertRow{46, "certificate_unknown", "tern.crypto.tls.alert.certificate-unknown"},
    AlertRow{47, "illegal_parameter", "tern.crypto.tls.alert.protocol"},
    AlertRow{48, "unknown_ca", "tern.crypto.tls.alert.unknown-ca"},
    AlertRow{49, "access_denied", "tern.crypto.tls.alert.access-denied"},
    AlertRow{50, "decode_error", "tern.crypto.tls.alert.protocol"},
    AlertRow{51, "decrypt_error", "tern.crypto.tls.alert.damaged"},
    AlertRow{70, "protocol_version", "tern.crypto.tls.alert.version"},
    AlertRow{71, "insufficient_security", "tern.crypto.tls.alert.security"},
    AlertRow{80, "internal_error", "tern.crypto.tls.alert.internal"},
    AlertRow{90, "user_canceled", "tern.crypto.tls.alert.closed"},
    AlertRow{109, "missing_extension", "tern.crypto.tls.alert.protocol"},
    AlertRow{110, "unsupported_extension", "tern.crypto.tls.alert.protocol"},
    AlertRow{112, "unrecognized_name", "tern.crypto.tls.alert.name"},
    AlertRow{116, "certificate_required", "tern.crypto.tls.alert.certificate-required"},
};

} // namespace

base::Error tlsAlertError(std::uint8_t description) {
    const auto number = std::to_string(description);
    const auto* row =
        std::find_if(alerts.begin(), alerts.end(), [&](const AlertRow& one) { return one.number == description; });
    if (row == alerts.end()) {
        return {"tern.crypto.tls.alert.other", {number}, "TLS alert " + number};
    }
    return {row->code, {}, std::string("TLS alert ") + number + " " + row->name};
}

} // namespace tern::crypto
