// A TLS client without I/O for EAP and SSTP (RFC 5246, RFC 8446): octets from the server go in, octets for it come out.
//
// The server's certificate is judged by `check` alone; TLS 1.2 is the oldest version; there is no resumption, no
// ticket, no renegotiation and no compression. The keys are wiped with the object. Its randomness is OpenSSL's own,
// which cannot be replaced for one connection: the one exception to "randomness is passed in".
#pragma once

#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/crypto/credential.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::crypto {

enum class TlsVersion { Tls12, Tls13 };

struct TlsClientConfig {
    // Whether the server's chain (DER, leaf first, as it was sent) is good. Required.
    std::function<base::Result<void>(const std::vector<base::Bytes>& chain)> check;
    // Ours, for servers that ask for one, most wanted first. Of several the first is shown that the server's
    // CertificateRequest allows by its authorities, signatures and kinds of keys; when none is, the first it can read.
    std::vector<Credential> credentials;
    TlsVersion newest = TlsVersion::Tls13;
    std::string serverName = {};     // SNI (RFC 6066 §3); empty: none
    bool wantOcsp = false;           // ask for a stapled OCSP response
    bool forwardSecrecyOnly = false; // no key exchange by RSA encryption, which old servers still do
};

class TlsClient {
public:
    // Fails with tern.crypto.key.*, tern.crypto.tls.credential or tern.crypto.internal.
    [[nodiscard]] static base::Result<std::unique_ptr<TlsClient>> create(TlsClientConfig config);
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;
    virtual ~TlsClient() = default;

    // Whole or partial records from the server; an empty view begins the handshake. Fails with what `check` said, with
    // tern.crypto.tls.* or tern.crypto.tls.alert.*; then takeOutput() holds the alert for the server, if there is one.
    [[nodiscard]] virtual base::Result<void> receive(base::ByteView octets) = 0;
    // To be sent; empty when there is nothing.
    [[nodiscard]] virtual base::Bytes takeOutput() = 0;

    // The handshake is over at our end, and `check` was content.
    [[nodiscard]] virtual bool isEstablished() const = 0;
    [[nodiscard]] virtual TlsVersion version() const = 0;
    // What the server sent through the tunnel since the last call. At most 256 KiB come at once.
    [[nodiscard]] virtual base::SecureBytes takeData() = 0;
    // Puts data into takeOutput(). Only when established.
    [[nodiscard]] virtual base::Result<void> send(base::ByteView data) = 0;
    // ---- for streams: the same without a copy and without an allocation, instead of receive(), takeData() and
    // takeOutput() ----
    // As receive(), but leaves what is in the tunnel for read().
    [[nodiscard]] virtual base::Result<void> feed(base::ByteView octets) = 0;
    // What the server sent through the tunnel, into out; 0: nothing more for now. Fails as receive().
    [[nodiscard]] virtual base::Result<std::size_t> read(base::MutableByteView out) = 0;
    // To be sent, and how much of it was. Borrowed until the next call.
    [[nodiscard]] virtual base::ByteView output() const = 0;
    virtual void sent(std::size_t count) = 0;
    // Says goodbye (close_notify) by output().
    virtual void shutdown() = 0;

    // DER of what the server has shown itself with, leaf first; empty before it has.
    [[nodiscard]] virtual const std::vector<base::Bytes>& serverChain() const = 0;
    // The OCSP response it sent along (RFC 6066 §8), DER; empty without one, and unless it was wanted.
    [[nodiscard]] virtual base::Bytes stapledOcsp() const = 0;
    // "TLS 1.3, TLS_AES_256_GCM_SHA384", for people; once established.
    [[nodiscard]] virtual std::string cipherText() const = 0;

    // RFC 5705, RFC 8446 §7.5. Only when established.
    [[nodiscard]] virtual base::Result<base::SecureBytes>
    exportKey(std::string_view label, std::optional<base::ByteView> context, std::size_t size) const = 0;

protected:
    TlsClient() = default;
};

// An alert of the server's (RFC 8446 §6) in our words. %1 of a code without a row of its own is the number.
[[nodiscard]] base::Error tlsAlertError(std::uint8_t description);

} // namespace tern::crypto
