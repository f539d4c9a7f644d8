// Our certificate and key as a profile names them: read where they are, each time they are needed. Tern keeps no copy.
#pragma once

#include "core/base/secure_bytes.h"
#include "core/crypto/credential.h"
#include "core/profile/profile.h"

#include <optional>
#include <vector>

namespace tern::connection {

// A certificate proves us in IKE, alone or before EAP.
[[nodiscard]] bool provesByCertificate(const profile::Profile& profile);
// That, or EAP-TLS.
[[nodiscard]] bool needsCertificate(const profile::Profile& profile);
// Whether a user name goes to the server.
[[nodiscard]] bool needsUsername(const profile::Profile& profile);

[[nodiscard]] bool isTokenUri(std::string_view source);

// Opens files and tokens. secret: the pass phrase or the PIN. Fails with tern.engine.{no-certificate,file-unreadable},
// tern.crypto.key.* and tern.crypto.token.*.
[[nodiscard]] base::Result<std::vector<crypto::Credential>>
openOwnCertificate(const profile::Profile& profile, const std::optional<base::SecureBytes>& secret);

// What of ours can be shown in TLS (EAP-TLS, SSTP) at that time, most wanted first: the certificates of the person who
// signs in before others. With none that is good any more, all.
[[nodiscard]] std::vector<crypto::Credential> credentialsForTls(const std::vector<crypto::Credential>& own,
                                                                const std::string& username, base::UnixSeconds time);

// Whether there is a file with a key or a certificate; one that a pass phrase would open is fine. For a new setting.
[[nodiscard]] base::Result<void> checkKeyFile(const std::string& path);

// The certificates that a source holds, leaf first as far as that can be told; what needs no secret is shown without.
[[nodiscard]] base::Result<std::vector<base::Bytes>> lookAtCertificates(const std::string& source,
                                                                        const std::optional<base::SecureBytes>& secret);

} // namespace tern::connection
