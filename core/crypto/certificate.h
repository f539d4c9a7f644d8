// A certificate as people look at it. Nothing here says that it is to be trusted: that is crypto::TrustStore.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/ip.h"
#include "core/base/time.h"

#include <string>
#include <vector>

namespace tern::crypto {

struct Certificate {
    std::string subject;    // RFC 4514 text, UTF-8; from outside, to be shown as plain text
    std::string commonName; // of the subject; empty when there is none
    std::string issuer;
    std::string serial; // lower-case hexadecimal
    std::vector<std::string> dnsNames;
    std::vector<base::IpAddress> addresses;
    std::vector<std::string> emails;
    base::UnixSeconds notBefore{};
    base::UnixSeconds notAfter{};
    std::string keyAlgorithm; // "RSA", "EC", "ED25519"; OpenSSL's name for others
    unsigned keyBits = 0;
    std::string signatureAlgorithm; // "sha256WithRSAEncryption"
    base::Bytes sha256;             // fingerprint of the DER
    base::Bytes publicKey;          // DER SubjectPublicKeyInfo
    bool authority = false;         // basicConstraints CA

    // One certificate, DER, at most 64 KiB and with nothing behind it; tern.crypto.cert.malformed otherwise.
    [[nodiscard]] static base::Result<Certificate> fromDer(base::ByteView der);
};

// The certificates of a file, DER: PEM (any number; other blocks are skipped) or one DER certificate. Fails with
// tern.crypto.ca.{none,malformed}.
[[nodiscard]] base::Result<std::vector<base::Bytes>> certificatesIn(base::ByteView file);
// PEM of a DER certificate.
[[nodiscard]] std::string pemOf(base::ByteView der);

} // namespace tern::crypto
