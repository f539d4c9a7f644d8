// What a profile says about signing in by EAP: which methods, what inside a tunnel, and how the EAP server is
// recognised.
#pragma once

#include "core/base/time.h"
#include "core/crypto/tls_client.h"
#include "core/crypto/trust.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tern::eap {

// IANA "EAP Method Types" we can do.
enum class MethodType : std::uint8_t { Md5 = 4, Gtc = 6, Tls = 13, Ttls = 21, Peap = 25, MsChapV2 = 26 };

// What is done inside the tunnel of TTLS; PEAP takes the EAP ones of these.
enum class Inner { Pap, MsChapV2, EapMsChapV2, EapGtc, EapMd5, EapTls };

// The TLS of EAP-TLS, TTLS and PEAP.
struct TlsSettings {
    std::shared_ptr<const crypto::TrustStore> trust; // without one, and with checkServer, these methods are refused
    std::vector<std::string> serverNames;            // the certificate must hold one; empty: any of `trust`'s
    base::UnixSeconds time{};                        // for the dates in certificates
    // False only when the profile says so in so many words. Then a password goes in only if the layer below (IKE) has
    // verified its server.
    bool checkServer = true;
    std::vector<crypto::Credential> credentials; // ours, most wanted first (see TlsClientConfig); EAP-TLS needs one
    // TLS 1.2 unless the profile asks for more: Windows Server 2022 and older agree to TLS 1.3 for EAP and then fail.
    // The one thing 1.3 would add, a hidden client certificate, IKE and the outer tunnel give already.
    crypto::TlsVersion newest = crypto::TlsVersion::Tls12;
};

struct Settings {
    std::vector<MethodType> methods = {MethodType::MsChapV2}; // what the profile allows, most wanted first
    std::vector<Inner> inner = {Inner::EapMsChapV2};          // likewise, inside TTLS and PEAP
    std::string outerIdentity;                                // told outside a tunnel instead of the user name
    bool requireCryptobinding = false;                        // of PEAP ([MS-PEAP] §3.1.5.5)
    TlsSettings tls;
};

} // namespace tern::eap
