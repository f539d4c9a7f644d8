// What a server showed, as org.ternvpn.Engine1.xml has it, and what a person may do about one that was refused.
#pragma once

#include "core/connection/status.h"
#include "core/crypto/certificate.h"
#include "core/profile/profile.h"

#include <QVariantMap>

namespace tern::engine {

// One certificate for people.
[[nodiscard]] QVariantMap describeCertificate(const base::Bytes& der);

// report: null when the server has shown nothing since ternd runs.
[[nodiscard]] QVariantMap certificatesMap(const profile::Profile& profile, const connection::CertificateReport* report);

// What a person can be offered: "trust" (nobody it knows vouches for it), "trust-name" (it is good, for another name),
// "trust-changed" (another key than the one pinned), or "" where trusting it would be wrong whatever they say.
[[nodiscard]] QString trustOffer(const connection::CertificateReport& report);

// Makes the profile trust the leaf of this report, and only that. fingerprint: hexadecimal SHA-256 of what the person
// looked at. Fails with tern.engine.certificate-{changed,hopeless}.
[[nodiscard]] base::Result<void> trustLeaf(profile::Profile& profile, const connection::CertificateReport& report,
                                           std::string_view fingerprint);

// The keys of Edit about trust: ca, pin, revocation, server-name. Nothing for another key.
[[nodiscard]] std::optional<base::Result<void>> applyTrust(profile::Profile& profile, const QString& key,
                                                           const QVariant& value);

} // namespace tern::engine
