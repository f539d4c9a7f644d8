#include "core/connection/own_certificate.h"

#include "core/crypto/certificate_owner.h"
#include "core/crypto/credential_file.h"
#include "core/crypto/token.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace tern::connection {

namespace {

using profile::Method;
using Secret = std::optional<base::SecureBytes>;

// In IKEv2 a PPP method stands for user name and password too, and those go by EAP.
bool signsInByEap(Method method) {
    return method != Method::Psk && method != Method::MachineCertificate;
}

// A key file: small, and wiped afterwards for it may hold the key in clear.
base::Result<base::SecureBytes> readFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return base::fail("tern.engine.file-unreadable", {path}, std::strerror(errno));
    }
    base::SecureBytes octets(crypto::mostCredentialOctets + 1);
    file.read(reinterpret_cast<char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
    const auto size = static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0));
    if (file.bad() || size == 0) {
        return base::fail("tern.engine.file-unreadable", {path}, "empty, or no file");
    }
    return base::SecureBytes(octets.view().first(size));
}

base::Result<crypto::Material> readSource(const std::string& source, const Secret& secret) {
    if (isTokenUri(source)) {
        return crypto::openToken(source, secret);
    }
    const auto file = readFile(source);
    if (!file) {
        return base::fail(file.error());
    }
    return crypto::readCredentialFile(file->view(), secret);
}

} // namespace

bool provesByCertificate(const profile::Profile& profile) {
    const auto& authentication = profile.authentication;
    return authentication.method == Method::MachineCertificate ||
           (authentication.certificateFirst && signsInByEap(authentication.method));
}

bool needsCertificate(const profile::Profile& profile) {
    return provesByCertificate(profile) || profile.authentication.method == Method::EapTls;
}

bool needsUsername(const profile::Profile& profile) {
    return signsInByEap(profile.authentication.method) && profile.authentication.method != Method::EapTls;
}

bool isTokenUri(std::string_view source) {
    return source.starts_with("pkcs11:");
}

base::Result<std::vector<crypto::Credential>> openOwnCertificate(const profile::Profile& profile,
                                                                 const std::optional<base::SecureBytes>& secret) {
    const auto& own = profile.authentication.certificate;
    if (own.source.empty()) {
        return base::fail("tern.engine.no-certificate", {profile.name});
    }
    if (own.key.empty()) {
        auto material = readSource(own.source, secret);
        return material ? crypto::assemble(std::move(*material), profile.trust.caPem)
                        : base::Result<std::vector<crypto::Credential>>(base::fail(std::move(material.error())));
    }
    // What belongs to the certificate needs no secret: that is for the key.
    auto certificates = lookAtCertificates(own.source, std::nullopt);
    if (!certificates) {
        return base::fail(std::move(certificates.error()));
    }
    auto material = readSource(own.key, secret);
    if (!material) {
        return base::fail(std::move(material.error()));
    }
    material->certificates.insert(material->certificates.begin(), certificates->begin(), certificates->end());
    return crypto::assemble(std::move(*material), profile.trust.caPem);
}

std::vector<crypto::Credential> credentialsForTls(const std::vector<crypto::Credential>& own,
                                                  const std::string& username, base::UnixSeconds time) {
    std::vector<crypto::Credential> usable;
    for (const auto& mine : own) {
        if (crypto::checkOwnCertificate(mine.leaf(), time)) {
            usable.push_back(mine);
        }
    }
    if (usable.empty()) {
        return own;
    }
    std::stable_partition(usable.begin(), usable.end(), [&username](const crypto::Credential& mine) {
        return crypto::certificateOwner(mine.leaf()) == username;
    });
    return usable;
}

base::Result<void> checkKeyFile(const std::string& path) {
    const auto material = readSource(path, std::nullopt);
    if (!material && material.error().code != "tern.crypto.key.passphrase-needed") {
        return base::fail(material.error());
    }
    return {};
}

base::Result<std::vector<base::Bytes>> lookAtCertificates(const std::string& source,
                                                          const std::optional<base::SecureBytes>& secret) {
    if (isTokenUri(source)) {
        return crypto::certificatesOnToken(source);
    }
    const auto file = readFile(source);
    if (!file) {
        return base::fail(file.error());
    }
    auto certificates = crypto::certificatesInFile(file->view(), secret);
    if (!certificates) {
        return certificates;
    }
    if (certificates->empty()) {
        return base::fail("tern.crypto.key.certificate-missing");
    }
    // Ours is the one that is no authority.
    std::stable_partition(certificates->begin(), certificates->end(), [](const base::Bytes& der) {
        const auto certificate = crypto::Certificate::fromDer(der);
        return certificate && !certificate->authority;
    });
    return certificates;
}

} // namespace tern::connection
