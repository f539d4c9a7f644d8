#include "core/eap/server_refusal.h"

#include <array>

namespace tern::eap {

namespace {

struct Row {
    const char* of;
    const char* becomes;
};
// With the same arguments.
constexpr std::array rows{
    Row{"tern.crypto.cert.untrusted", "tern.eap.server-certificate.untrusted"},
    Row{"tern.crypto.cert.self-signed", "tern.eap.server-certificate.self-signed"},
    Row{"tern.crypto.cert.name", "tern.eap.server-certificate.name"},
    Row{"tern.crypto.cert.expired", "tern.eap.server-certificate.expired"},
    Row{"tern.crypto.cert.not-yet-valid", "tern.eap.server-certificate.not-yet-valid"},
    Row{"tern.crypto.cert.usage", "tern.eap.server-certificate.usage"},
};

} // namespace

base::Error ofSignInServer(base::Error error) {
    for (const auto& row : rows) {
        if (error.code == row.of) {
            error.code = row.becomes;
            return error;
        }
    }
    if (error.code.starts_with("tern.crypto.cert.")) {
        auto why = error.code.substr(std::string_view("tern.crypto.cert.").size());
        return {"tern.eap.server-certificate.unfit", {}, why + (error.detail.empty() ? "" : ": " + error.detail)};
    }
    return error;
}

} // namespace tern::eap
