#include "core/connection/sstp_words.h"

#include <algorithm>
#include <span>

namespace tern::connection {

namespace {

bool beginsWithOne(std::string_view code, std::span<const std::string_view> beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [code](std::string_view beginning) { return code.starts_with(beginning); });
}

} // namespace

Stage publicStage(sstp::Stage stage) {
    switch (stage) {
    case sstp::Stage::Calling:
        return Stage::Contacting;
    case sstp::Stage::Negotiating:
        return Stage::Verifying;
    case sstp::Stage::Authenticating:
        return Stage::Authenticating;
    case sstp::Stage::Confirming:
        return Stage::Confirming;
    case sstp::Stage::Configuring:
        break;
    }
    return Stage::Configuring;
}

Questions::Wish wishOf(const sstp::Prompt& prompt) {
    const auto kind = [&prompt] {
        switch (prompt.kind) {
        case sstp::Prompt::Kind::Password:
            return Questions::Kind::Password;
        case sstp::Prompt::Kind::Credentials:
            return Questions::Kind::Credentials;
        case sstp::Prompt::Kind::Code:
            return Questions::Kind::Code;
        case sstp::Prompt::Kind::NewPassword:
            return Questions::Kind::NewPassword;
        case sstp::Prompt::Kind::Message:
            break;
        }
        return Questions::Kind::Message;
    }();
    return {kind, prompt.text, prompt.retry};
}

std::string bindingName(const sstp::SignedIn& done) {
    return done.binding == crypto::Hash::Sha256 ? "SHA-256" : "SHA-1";
}

std::string signedInText(const sstp::SignedIn& done, const std::string& cipher) {
    return "Signed in by " + std::string(ppp::methodName(done.method)) + "; bound to the certificate by " +
           bindingName(done) + "; " + cipher;
}

bool isSstpDeadEnd(std::string_view code) {
    // Once there was TLS, a server has answered, and has decided; silence and dead ends are worth another try.
    constexpr std::string_view ends[]{"tern.sstp.connect.", "tern.sstp.tls.timeout",  "tern.sstp.http.timeout",
                                      "tern.datapath.",     "tern.proxy.unreachable", "tern.proxy.silent"};
    return beginsWithOne(code, ends);
}

bool maySstpPass(std::string_view code) {
    constexpr std::string_view passing[]{
        "tern.sstp.connect.",     "tern.sstp.cut",           "tern.sstp.silent",   "tern.sstp.timeout",
        "tern.sstp.aborted",      "tern.sstp.disconnected",  "tern.sstp.http.",    "tern.sstp.tls.timeout",
        "tern.sstp.tls.closed",   "tern.sstp.refused",       "tern.ppp.no-answer", "tern.ppp.gone",
        "tern.ppp.ended",         "tern.ppp.server-timeout", "tern.datapath.",     "tern.proxy.silent",
        "tern.proxy.unreachable", "tern.proxy.failed",       "tern.proxy.refused"};
    return beginsWithOne(code, passing);
}

bool isSilence(std::string_view code) {
    constexpr std::string_view silent[]{"tern.ike.no-answer", "tern.datapath.", "tern.helper.", "tern.sstp.connect.",
                                        "tern.sstp.tls.timeout"};
    return beginsWithOne(code, silent);
}

bool isRefusal(std::string_view code) {
    constexpr std::string_view refusals[]{"tern.crypto.cert.",
                                          "tern.crypto.signature.invalid",
                                          "tern.ike.auth.rejected",
                                          "tern.ike.auth.certificate",
                                          "tern.ike.auth.psk",
                                          "tern.ike.auth.server-identity",
                                          "tern.ike.auth.server-unproven",
                                          "tern.ike.windows.credentials",
                                          "tern.ike.windows.account-disabled",
                                          "tern.ike.windows.account-locked",
                                          "tern.ike.windows.account-expired",
                                          "tern.ike.windows.account-restricted",
                                          "tern.ike.windows.password-expired",
                                          "tern.ike.windows.password-change",
                                          "tern.ike.windows.must-change",
                                          "tern.ike.windows.logon-hours",
                                          "tern.ike.windows.no-permission",
                                          "tern.ike.windows.certificate-unacceptable",
                                          "tern.ike.windows.certificate-revocation",
                                          "tern.ike.windows.certificate-usage",
                                          "tern.ike.windows.certificate-untrusted",
                                          "tern.ike.windows.certificate-expired",
                                          "tern.ike.windows.certificate-revoked",
                                          "tern.eap.password",
                                          "tern.eap.refused",
                                          "tern.eap.logon-hours",
                                          "tern.eap.account-disabled",
                                          "tern.eap.no-dial-in",
                                          "tern.eap.code",
                                          "tern.eap.server-proof",
                                          "tern.eap.server-certificate.",
                                          "tern.eap.tls.certificate-refused",
                                          "tern.sstp.tls.certificate-refused"};
    return beginsWithOne(code, refusals);
}

} // namespace tern::connection
